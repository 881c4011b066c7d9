"""Dates: an expression and the publication date give an interval; nothing is guessed."""

import datetime as dt

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from onrecord.article import Article, Furniture, Published
from onrecord.dates import find_dates
from onrecord.language import annotate
from onrecord.record import When

THURSDAY = dt.date(2021, 6, 17)


def find(text: str, first: dt.date | None = THURSDAY, last: dt.date | None = None) -> tuple[When, ...]:
    published = Published(first, last or first, "given") if first else Published()
    article = Article("a", "0", text, dt.datetime(2024, 1, 1, tzinfo=dt.UTC), published=published)
    return find_dates(article, annotate(text))


def seen(when: When) -> str:
    """Write a date as "words: start/end granularity", open ends as dots."""
    start, end = (d.isoformat() if d else ".." for d in (when.start, when.end))
    return f"{when.mention.text}: {start}/{end} {when.granularity}"


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("It began on 4 May 2019.", "4 May 2019: 2019-05-04/2019-05-04 day"),
        ("It began on Tuesday, May 4, 2019, at dawn.", "Tuesday, May 4, 2019: 2019-05-04/2019-05-04 day"),
        ("Signed 2019-05-04.", "2019-05-04: 2019-05-04/2019-05-04 day"),
        ("They talked on 5-7 March 2021.", "5-7 March 2021: 2021-03-05/2021-03-07 day"),
        ("The strike of September 2019 failed.", "September 2019: 2019-09-01/2019-09-30 month"),
        ("It came in late October 2020.", "late October 2020: 2020-10-21/2020-10-31 month"),
        ("They met from March to May 2020.", "March to May 2020: 2020-03-01/2020-05-31 month"),
        ("Exports fell in 2015.", "2015: 2015-01-01/2015-12-31 year"),
        ("The 2015 treaty held.", "2015: 2015-01-01/2015-12-31 year"),
        ("They fought from 1962 to 1966.", "1962 to 1966: 1962-01-01/1966-12-31 years"),
        ("Deliveries of 2014-16 were late.", "2014-16: 2014-01-01/2016-12-31 years"),
        ("It was built in the 1980s.", "the 1980s: 1980-01-01/1989-12-31 years"),
        ("It was built in the early 1980s.", "the early 1980s: 1980-01-01/1983-12-31 years"),
        ("Ships came in the summer of 2018.", "the summer of 2018: 2018-06-01/2018-08-31 season"),
        ("It rose in the third quarter of 2020.", "the third quarter of 2020: 2020-07-01/2020-09-30 season"),
        ("A fort of the 18th century stands.", "the 18th century: 1701-01-01/1800-12-31 years"),
    ],
)  # fmt: skip
def test_a_date_that_needs_no_publication(sentence: str, found: str) -> None:
    for first in (THURSDAY, None):
        (when,) = find(sentence, first)
        assert seen(when) == found
        assert when.relative_to is None


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("In November, ships arrived.", "November: 2020-11-01/2020-11-30 month"),
        ("In June, ships arrived.", "June: 2021-06-01/2021-06-30 month"),
        ("Last June ships arrived.", "Last June: 2020-06-01/2020-06-30 month"),
        ("They will arrive in November.", "November: 2021-11-01/2021-11-30 month"),
        ("On 3 March the vote failed.", "3 March: 2021-03-03/2021-03-03 day"),
        ("On 20 August the vote failed.", "20 August: 2020-08-20/2020-08-20 day"),
        ("The vote failed on June 17.", "June 17: 2021-06-17/2021-06-17 day"),
        ("He said so on Tuesday.", "Tuesday: 2021-06-15/2021-06-15 day"),
        ("He said so on Thursday.", "Thursday: 2021-06-17/2021-06-17 day"),
        ("He said so last Thursday.", "last Thursday: 2021-06-10/2021-06-10 day"),
        ("They will meet on Tuesday.", "Tuesday: 2021-06-22/2021-06-22 day"),
        ("He left yesterday.", "yesterday: 2021-06-16/2021-06-16 day"),
        ("He left last week.", "last week: 2021-06-07/2021-06-13 day"),
        ("He left last month.", "last month: 2021-05-01/2021-05-31 month"),
        ("Talks start next month.", "next month: 2021-07-01/2021-07-31 month"),
        ("He left last year.", "last year: 2020-01-01/2020-12-31 year"),
        ("It rose last autumn.", "last autumn: 2020-09-01/2020-11-30 season"),
        ("It fell two weeks ago.", "two weeks ago: 2021-05-31/2021-06-06 day"),
        ("It fell one year ago.", "one year ago: 2019-12-18/2020-12-16 year"),
        ("It grew over the past five years.", "the past five years: 2016-06-17/2021-06-17 year"),
        ("They clashed over the weekend.", "over the weekend: 2021-06-12/2021-06-13 day"),
    ],
)  # fmt: skip
def test_a_relative_date_counts_from_publication(sentence: str, found: str) -> None:
    (when,) = find(sentence)
    assert seen(when) == found
    assert when.relative_to == THURSDAY


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("It must be built by 2030.", "by 2030: ../2030-12-31 year"),
        ("The ban held until May 2020.", "until May 2020: ../2020-05-31 month"),
        ("No tanks came before June 2014.", "before June 2014: ../2014-05-31 month"),
        ("After 2011 the trade grew.", "After 2011: 2011-01-01/.. year"),
    ],
)  # fmt: skip
def test_an_open_end_is_null(sentence: str, found: str) -> None:
    assert [seen(w) for w in find(sentence)] == [found]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Since September they have bought jets.", "Since September: 2020-09-01/2021-06-17 month"),
        ("They have traded since 2004.", "since 2004: 2004-01-01/2021-06-17 year"),
        ("It has grown since last week.", "since last week: 2021-06-07/2021-06-17 day"),
    ],
)
def test_since_ends_with_the_publication(sentence: str, found: str) -> None:
    (when,) = find(sentence)
    assert seen(when) == found
    assert when.relative_to == THURSDAY
    (when,) = find("They have traded since 2004.", None)
    assert seen(when) == "since 2004: 2004-01-01/.. year"


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("They will meet on Friday.", "Friday: 2021-06-18/2021-06-18 day"),
        ("They met on Friday.", "Friday: 2021-06-11/2021-06-11 day"),
        ("They may have met on Friday.", "Friday: 2021-06-11/2021-06-11 day"),
        ("They failed to meet on Friday.", "Friday: 2021-06-11/2021-06-11 day"),
        ("They agreed to meet on Friday.", "Friday: 2021-06-18/2021-06-18 day"),
        ("The ministers meet on Friday in Oslo.", "Friday: 2021-06-18/2021-06-18 day"),
        ("The minister is meeting them on Friday.", "Friday: 2021-06-18/2021-06-18 day"),
        ("It should be ratified by 4 October.", "by 4 October: ../2021-10-04 day"),
        ("The vote failed on 4 October.", "4 October: 2020-10-04/2020-10-04 day"),
        ("The vote is due on 4 October.", "4 October: 2021-10-04/2021-10-04 day"),
        ("The vote was scheduled for 4 October.", "4 October: 2021-10-04/2021-10-04 day"),
        ("OSLO, June 16 (Reuters) - Norway will sign.", "June 16: 2021-06-16/2021-06-16 day"),
        ("They will sign next March.", "next March: 2022-03-01/2022-03-31 month"),
        ("They will sign in March of next year.", "March of next year: 2022-03-01/2022-03-31 month"),
        ("The treaty will lapse in two months.", "in two months: 2021-08-02/2021-09-01 month"),
    ],
)
def test_the_tense_of_the_clause_says_which(sentence: str, found: str) -> None:
    assert [seen(w) for w in find(sentence)] == [found]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("It sank earlier this month.", "earlier this month: 2021-06-01/2021-06-17 month"),
        ("It will sail later this year.", "later this year: 2021-06-17/2021-12-31 year"),
        ("It sank late last year.", "late last year: 2020-09-01/2020-12-31 year"),
        ("It sank at the end of last month.", "the end of last month: 2021-05-21/2021-05-31 month"),
        ("It sank more than 20 years ago.", "more than 20 years ago: ../2001-06-17 year"),
        ("It sank less than two weeks ago.", "less than two weeks ago: 2021-06-03/2021-06-17 day"),
        ("It sank forty-five years ago.", "forty-five years ago: 1975-12-18/1976-12-16 year"),
        ("It sank last night.", "last night: 2021-06-16/2021-06-16 day"),
        ("It sank on Friday of last week.", "Friday of last week: 2021-06-11/2021-06-11 day"),
        ("It sank in the summer of last year.", "the summer of last year: 2020-06-01/2020-08-31 season"),
        ("It sank in the last week of May.", "the last week of May: 2021-05-25/2021-05-31 day"),
        ("It rained from May 3 to 7.", "May 3 to 7: 2021-05-03/2021-05-07 day"),
        ("It rained between May 3 and June 7.", "between May 3 and June 7: 2021-05-03/2021-06-07 day"),
        ("It rained from November to March.", "November to March: 2020-11-01/2021-03-31 month"),
        ("He was there on 9/11.", "9/11: 2001-09-11/2001-09-11 day"),
        ("He survived the Sept. 11 attacks.", "Sept. 11: 2001-09-11/2001-09-11 day"),
        ("It rose in the '90s.", "the '90s: 1990-01-01/1999-12-31 years"),
    ],
)
def test_other_forms(sentence: str, found: str) -> None:
    assert [seen(w) for w in find(sentence)] == [found]


def test_on_a_sunday_last_week_is_the_one_that_ends() -> None:
    (when,) = find("It sank last week.", dt.date(2021, 6, 20))
    assert (when.start, when.end) == (dt.date(2021, 6, 14), dt.date(2021, 6, 20))


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("It rose after Friday's vote.", "Friday: 2021-06-11/2021-06-11 day"),
        ("It fell after last week's talks.", "last week: 2021-06-07/2021-06-13 day"),
        ("She showed tax returns from 1995.", "1995: 1995-01-01/1995-12-31 year"),
    ],
)
def test_a_date_that_marks_a_noun_is_not_open(sentence: str, found: str) -> None:
    assert [seen(w) for w in find(sentence)] == [found]


@pytest.mark.parametrize(
    ("sentence", "granularity"),
    [
        ("In November, ships arrived.", "month"),
        ("He said so on Tuesday.", "day"),
        ("He left last year.", "year"),
        ("It rose last winter.", "season"),
    ],
)
def test_without_a_publication_date_a_relative_one_is_unknown(sentence: str, granularity: str) -> None:
    (when,) = find(sentence, None)
    assert (when.start, when.end, when.relative_to, when.granularity) == (None, None, None, granularity)


@pytest.mark.parametrize(
    "sentence",
    [
        "It grew in recent years.",
        "Several years ago it grew.",
        "It ended a week later.",
        "It ended the day after the election.",
        "It shrank during the years of the embargo.",
        "He won that year.",
        "He spent the next three years in jail.",
    ],
)
def test_a_vague_time_has_no_interval(sentence: str) -> None:
    (when,) = find(sentence)
    assert (when.start, when.end, when.granularity) == (None, None, "unknown")


def test_a_publication_interval_is_covered() -> None:
    first, last = dt.date(2021, 6, 25), dt.date(2021, 7, 6)
    assert [seen(w) for w in find("In November it sank.", first, last)] == [
        "November: 2020-11-01/2020-11-30 month"
    ]
    (when,) = find("It sank last week.", first, last)
    assert (when.start, when.end, when.relative_to) == (dt.date(2021, 6, 14), dt.date(2021, 7, 4), first)


@pytest.mark.parametrize(
    "sentence",
    [
        "They may march on the second floor.",
        "Theresa May and April Jones read the Sunday Times at Sunday School.",
        "One of the 24 read a 2,000-page book in a second.",
        "It cost $2015 and weighed 2000 pounds.",
        "The T-2000 tank and the Boeing 2020 flew 2019 km.",
        "It is part of Vision 2030.",
        "They bought 2014 rifles.",
        "Black Friday sales rose.",
        "It ruled for two years and a five-day visit took 24-hour care of the 50-year-old.",
        "It is the first in two weeks.",
        "Readers of USA Today want a better tomorrow.",
        "At the end of the day, nobody knows.",
    ],
)
def test_ordinary_words_are_no_dates(sentence: str) -> None:
    assert [w.mention.text for w in find(sentence)] == []


def test_furniture_is_not_read() -> None:
    text = "It sank in 2015.\nIt sank in 2016."
    article = Article(
        "a", "0", text, dt.datetime(2024, 1, 1, tzinfo=dt.UTC), furniture=(Furniture("bio", (0, 16)),)
    )
    assert [w.mention.text for w in find_dates(article, annotate(text))] == ["2016"]


PIECES = [
    "since ", "in ", "on ", "May", "March", " 24", " February", " 2022", ", ", "last ", "next ", "week",
    "two ", "9999 ", "years ago", "the 1990s", "Tuesday", "31 ", "30 February", "0000-00-00", "\n",
    "by the end of ",
    "the year", "-", "’s",
]  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), max_size=14).map("".join),
    st.one_of(st.none(), st.dates(dt.date.min, dt.date.max)),
    st.integers(0, 400),
)
@example("next week, in March, two years ago, since May, next year, last autumn", dt.date.max, 0)
@example("last week, in March, two years ago, before 1 March, last year, last autumn", dt.date.min, 0)
def test_dates_lie_in_the_text_and_their_ends_are_in_order(
    text: str, first: dt.date | None, days: int
) -> None:
    last = min(first.toordinal() + days, dt.date.max.toordinal()) if first else None
    end = 0
    for when in find(text, first, dt.date.fromordinal(last) if last else None):
        assert text[when.mention.start : when.mention.end] == when.mention.text
        assert when.mention.start >= end
        end = when.mention.end
        assert when.start is None or when.end is None or when.start <= when.end


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    assert isinstance(find(text), tuple)

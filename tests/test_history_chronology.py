"""Chronologies, anyone's own, and the dates that people write."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.history import embedded, formats, shipped
from onrecord.history.expressions import read_interval
from onrecord.history.imported import Imported, Part, Source, UnreadableError

TODAY = dt.date(2026, 11, 28)
HEAD = (
    "dyad,dimension,direction,start,end,granularity,what,title,publisher,published,url,"
    "title_2,publisher_2,published_2,url_2,first,note\n"
)


def imported(text: str) -> Imported:
    (group,) = formats.group([Part("mine.csv", None, text.encode())])
    return group.importer.read(Source(group.parts, TODAY))


@pytest.mark.parametrize(
    ("start", "end", "granularity", "days"),
    [
        ("1966", "", "", ("1966-01-01", "1966-12-31")),
        ("1990-1994", "", "", ("1990-01-01", "1994-12-31")),
        ("1921/1927-1941", "", "", ("1921-01-01", "1941-12-31")),
        ("2001-2018+", "", "", ("2001-01-01", None)),
        ("2001+", "", "", ("2001-01-01", None)),
        ("2015-09-26/27", "", "", ("2015-09-26", "2015-09-27")),
        ("2015-09", "", "", ("2015-09-01", "2015-09-30")),
        ("2015-09-26", "", "month", ("2015-09-01", "2015-09-30")),
        ("2015-09-26", "", "year", ("2015-01-01", "2015-12-31")),
        ("2001-03-12", "open", "day", ("2001-03-12", None)),
        ("2001-03-12", "2002", "", ("2001-03-12", "2002-12-31")),
        ("2001-02-30", "", "", None),
        ("2005", "2001", "", None),
        ("2005-2001", "", "", None),
        ("1974-2010 / 1980-2010", "", "", None),
        ("soon", "", "", None),
        ("", "2001", "", None),
    ],
)
def test_dates(start: str, end: str, granularity: str, days: tuple[str, str | None] | None) -> None:
    found = read_interval(start, end, granularity)
    assert days == (found and (found.start.isoformat(), found.end and found.end.isoformat()))


@given(st.text(alphabet="0123456789-/+ to", max_size=24), st.text(alphabet="0123456789-open", max_size=10))
def test_any_date_is_an_interval_or_none(start: str, end: str) -> None:
    found = read_interval(start, end, "")
    assert found is None or found.end is None or found.start <= found.end


def test_a_fact_with_two_pages() -> None:
    found = imported(
        HEAD
        + "RUS-IRN,basing,RUS->IRN,2016-08-16,,day,Bombers flew from Hamadan,A page,AFP,2016-08-17,https://a,"
        + "Another,BBC,2016-08-16,https://b,yes,for a week\n"
        + "Iran–Russia,exercises,undirected,2019-12-27,,day,Naval exercise,A page,,,https://c,,,,,,\n"
        + "RUS-IRN,arms delivered,Soviet Union->Iran,1967,,year,First deliveries,P,,1968,https://d,,,,,,\n"
    )
    basing, exercise, arms = found.observations
    assert (basing.first, basing.second, basing.known) == ("RUS", "IRN", dt.date(2016, 8, 16))
    assert basing.cites == ("A page (AFP, 2016-08-17) https://a", "Another (BBC, 2016-08-16) https://b")
    assert basing.what == "Bombers flew from Hamadan"
    assert (exercise.first, exercise.second, exercise.known) == ("IRN", "RUS", TODAY)
    assert (arms.first, arms.second, arms.known) == ("SUN", "IRN", dt.date(1968, 12, 31))
    assert {s.dimension: s.measure for s in found.series} == {
        "basing": "stock",
        "exercises": "flow",
        "arms delivered": "flow",
    }
    assert not any(s.complete for s in found.series)


def test_the_form_of_a_ledger() -> None:
    found = imported(
        "dimension,direction,date,event,source,source_type,found_how\n"
        "arms transfers,Russia->Iran,1966,first entries,a register,dataset,measured\n"
        "basing,Russia in Iran,2016-08-16,flown from Hamadan,a.com/x; b.org/y,news,look-up\n"
        "agreement,undirected,2001-2018+,treaty,ATOP,dataset,measured\n"
        "exercises,undirected,1974-2010 / 1980-2010,no exercise,JME; MME,dataset,measured\n"
        "UN voting,undirected,2022,far apart,Voeten,dataset,measured\n"
    )
    assert [(o.dimension, o.first, o.second) for o in found.observations] == [
        ("arms delivered", "SUN", "IRN"),
        ("basing", "RUS", "IRN"),
        ("agreements", "IRN", "RUS"),
        ("votes", "IRN", "RUS"),
    ]
    assert found.observations[1].cites == ("a.com/x (news)", "b.org/y (news)")
    assert found.observations[2].end is None
    assert found.observations[3].value is None
    assert any("2 of them, are taken to be of IRN and RUS" in note for note in found.notes)
    assert any("did not happen are no observations: 1" in note for note in found.notes)
    assert found.problems == ()


def test_rows_that_cannot_be_read_are_said() -> None:
    found = imported(
        HEAD
        + "RUS-IRN,exercises,,2019,,,Naval exercise,P,,,https://c,,,,,,\n"
        + "RUS-IRN,fishing,,2019,,,Fished,P,,,https://c,,,,,,\n"
        + "RUS-IRN,exercises,,someday,,,Naval exercise,P,,,https://c,,,,,,\n"
        + "RUS-IRN,training,undirected,2019,,,Trained,P,,,https://c,,,,,,\n"
        + "RUS-IRN,training,there and back,2019,,,Trained,P,,,https://c,,,,,,\n"
        + "Atlantis-IRN,exercises,,2019,,,Naval exercise,P,,,https://c,,,,,,\n"
    )
    assert len(found.observations) == 1
    assert [p.line for p in found.problems] == [3, 4, 5, 6]
    assert found.unrecognised == {"Atlantis-IRN": 1}
    with pytest.raises(UnreadableError, match="no row of the chronology can be read: row 2"):
        imported(HEAD + "RUS-IRN,fishing,,2019,,,Fished,P,,,https://c,,,,,,\n")


def test_what_a_spreadsheet_saves() -> None:
    found = imported(
        "Dyad;Dimension;Direction;Start;What;Title;Published\n"
        "RUS-IRN;basing;RUS->IRN;2016-08-16;No fewer than two bombers;A page;17 August 2016\n"
        "RUS-IRN;basing;RUS->IRN;2017;;A page;\n"
    )
    (fact,) = found.observations
    assert fact.what == "No fewer than two bombers"
    assert fact.known == TODAY, "the day that it was known is not readable"
    assert [p.line for p in found.problems] == [3, 2]


def test_rows_without_a_dyad_need_one_pair() -> None:
    found = imported(
        "dimension,direction,date,event,source\n"
        "basing,Russia->Iran,2016,a,x\n"
        "basing,Russia->Syria,2016,a,x\n"
        "exercises,undirected,2016,a,x\n"
    )
    assert len(found.observations) == 2
    assert found.problems[0].line == 4


def test_the_shipped_chronology_or_none(monkeypatch: pytest.MonkeyPatch) -> None:
    embedded.cache_clear()
    given = embedded()
    if given is not None:
        dataset, observations = given
        assert {o.series for o in observations} <= {s.id for s in dataset.series}
        assert all(o.cites for o in observations)
        content = shipped._content()
        assert content is not None
        whole = imported(content.decode())
        assert whole.problems == ()
        assert whole.unrecognised == {}
    monkeypatch.setattr(shipped, "_content", lambda: None)
    embedded.cache_clear()
    assert embedded() is None
    row = (
        "RUS-IRN,exercises,undirected,2019-12-27,,day,Naval exercise,A page,AFP,2019-12-28,https://c,,,,,,\n"
    )
    monkeypatch.setattr(shipped, "_content", (HEAD + row).encode)
    embedded.cache_clear()
    found = embedded()
    assert found is not None
    dataset, (exercise,) = found
    assert (dataset.id, dataset.vintage) == ("chronology-2019-12-28", dt.date(2019, 12, 28))
    assert exercise.series == "chronology-2019-12-28/exercises"
    embedded.cache_clear()

"""The terminal brief: everything in it, at any width, and nothing in it that is not text."""

from __future__ import annotations

import datetime as dt
import io
import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from records_for_show import TEXT, article, show, words
from rich.console import Console

from onrecord.article import Article, Published, mention
from onrecord.record import Attribution, Quantity, Record, Speaker, When
from onrecord.show import brief, outline, wording


def printed(record: Record, width: int = 100, colour: bool = False) -> str:
    out = io.StringIO()
    brief.print_brief(record, Console(file=out, width=width, force_terminal=colour, no_color=not colour))
    return out.getvalue()


def flat(text: str) -> str:
    """All words of the brief without what layout puts between them."""
    return re.sub(r"\s+", "", text)


def said(text: str, content: str = "words", **changes: object) -> Record:
    source = Article("a", "0", text, dt.datetime(2021, 5, 4, tzinfo=dt.UTC))
    one = Attribution("att-1", "direct", None, None, (words(text, content),), None, False, None, 0.5)
    return Record(source, attributions=(msgspec.structs.replace(one, **changes),))


@pytest.mark.parametrize("width", [20, 40, 72, 80, 120, 300])
def test_every_attribution_is_printed_in_its_words_at_any_width(width: int) -> None:
    record = show()
    lines = printed(record, width)
    for attribution in record.attributions:
        assert flat(attribution.id) in flat(lines) or width < 40
        for content in attribution.content:
            if width >= 80:  # in less, the column of cues wraps as well and stands between the lines
                assert flat(content.text) in flat(lines)
            assert all(word in flat(lines) for word in content.text.split() if len(word) < 8)
    assert max(len(line.rstrip()) for line in lines.splitlines()) <= min(width, brief.WIDEST)


def test_a_claim_is_never_printed_without_the_voice_that_makes_it() -> None:
    lines = printed(show(), 110).splitlines()
    radars = [line for line in lines if "14 radars," in line]
    assert len(radars) == 2  # the table and the timeline
    assert all("asserted by Ilze Ozola" in line for line in radars)
    missiles = next(line for line in lines if "missiles (" in line)
    assert "denied by Finland" in missiles
    assert "≥ 200 missiles (“at least 200”)" in missiles
    assert "possible, says the outlet" in next(line for line in lines if "24–99 them" in line)


def test_a_voice_in_a_voice_and_a_guess_are_marked() -> None:
    text = flat(printed(show()))
    assert flat("from “a pilot”; as told by Ilze Ozola") in text
    assert flat("ten years.” [direct; speaker inferred;") in text
    assert text.index(flat("No speaker in the text")) < text.index(flat("Riga could order dozens"))


def test_the_timeline_is_in_the_order_of_time_and_counts_what_has_no_date() -> None:
    text = printed(show())
    timeline = text[text.index("TIMELINE") : text.index("EVENTS")]
    assert [timeline.index(date) for date in ("1998 ", "30 April 2021", "2022")] == sorted(
        timeline.index(date) for date in ("1998 ", "30 April 2021", "2022")
    )
    assert "[background]" in timeline
    assert "and 2 deeds without a date" in timeline


def test_problems_positions_and_what_was_left_out_are_named() -> None:
    text = flat(printed(show()))
    for wanted in ("°®Âþµº", "the speaker of a quotation is missing", "the partnership will last"):
        assert flat(wanted) in text
    assert flat("disagrees the outlet: Wind") in text
    assert flat("pull quote that repeats a passage") in text


def test_words_of_an_article_are_never_markup() -> None:
    text = "[bold]Heed[/bold] [link=http://x.example]words[/link] [/nothing] :smile: words"
    record = said(text, text)
    shown = printed(msgspec.structs.replace(record, article=record.article), 110, colour=True)
    for literal in ("[bold]", "[/bold]", "[/nothing]", ":smile:", "[link=http://x.example]"):
        assert literal in shown


def test_control_characters_never_reach_the_terminal() -> None:
    text = "a \x1b]0;owned\x07 b \x9b31m c \u202e d \x00 e \r f \x08 g"
    record = said(text, text, speaker=Speaker(None, "\x1b[2Jname", "\u2066role"))
    shown = printed(record)
    assert not set(shown) & set("\x1b\x07\x9b\u202e\u2066\x00\r\x08")
    for spelt in (r"\x1b]0;owned\x07", r"\x9b31m", r"\u202e", r"\x1b[2Jname"):
        assert spelt in shown


def test_without_colour_there_are_no_escapes() -> None:
    assert "\x1b" not in printed(show())
    assert "\x1b" in printed(show(), colour=True)


def test_the_record_of_nothing_is_still_a_brief() -> None:
    assert "(an empty text)" in printed(Record(article("")))
    assert "Nothing found." in printed(Record(article("Some words.")))


def test_a_very_long_quotation_ends_in_its_id() -> None:
    text = "word " * 1000
    shown = flat(printed(said(text, text.strip())))
    assert flat("… (the whole: att-1)") in shown
    assert len(shown) < 2000


def test_the_same_record_is_printed_the_same() -> None:
    assert printed(show()) == printed(show())


@given(st.text(min_size=1, max_size=40))
def test_anything_can_be_printed(text: str) -> None:
    shown = printed(said(text, text, speaker=Speaker(None, text, text, text, text)), 60)
    assert "\x1b" not in shown
    shown.encode()


def test_a_headline_is_the_title_or_the_first_words_of_the_story() -> None:
    record = show()
    assert outline.headline(record.article) == "Wind over the strait"
    untitled = msgspec.structs.replace(record.article, title=None)
    assert outline.headline(untitled) == "Wind over the strait"
    assert outline.headline(article("\n \n" + "word " * 30)) == "word " * outline.HEADLINE + "…"


@pytest.mark.parametrize(
    ("low", "high", "words_", "additional", "wanted"),
    [
        (46, 46, "46", False, "46"),
        (24, None, "at least 24", False, "≥ 24"),
        (None, 3, "up to three", False, "≤ 3"),
        (200, 999, "hundreds", False, "200–999"),
        (6000, 6000, "6,000", False, "6,000"),
        (12, 12, "another 12", True, "12 more"),
        (None, None, "a number of", False, "a number of"),
    ],
)
def test_quantities_show_their_bounds(
    low: int | None, high: int | None, words_: str, additional: bool, wanted: str
) -> None:
    assert wording.bounds(Quantity(low, high, words_, additional)) == wanted


@pytest.mark.parametrize(
    ("start", "end", "wanted"),
    [
        ("2024-03-14", "2024-03-14", "14 March 2024"),
        ("2024-02-01", "2024-02-29", "February 2024"),
        ("2024-03-01", "2024-05-31", "March–May 2024"),
        ("2023-12-01", "2024-02-29", "December 2023–February 2024"),
        ("2024-01-01", "2024-12-31", "2024"),
        ("2015-01-01", "2023-12-31", "2015–2023"),
        ("2024-03-11", "2024-03-14", "11–14 March 2024"),
        ("2024-02-24", "2024-03-01", "24 February – 1 March 2024"),
        ("2023-12-30", "2024-01-02", "30 December 2023 – 2 January 2024"),
        ("0001-01-01", "9999-12-31", "1–9999"),
    ],
)
def test_intervals_read_as_their_shortest_exact_words(start: str, end: str, wanted: str) -> None:
    assert wording.interval(dt.date.fromisoformat(start), dt.date.fromisoformat(end)) == wanted


def test_an_open_interval_is_no_finer_than_its_words() -> None:
    said_at = mention("since December", 6, 14)
    assert wording.when(When(dt.date(2022, 12, 1), None, "month", said_at)) == "from December 2022"
    assert wording.when(When(None, dt.date(2022, 12, 31), "year", said_at)) == "until 2022"
    assert wording.when(When(None, None, "unknown", said_at)) == "“December”"
    assert wording.when(None) == "undated"
    assert wording.published(Published()) == "date unknown"
    assert wording.published(Published(dt.date(2022, 1, 1), None, "inferred")) == (
        "1 January 2022 or later (inferred)"
    )


def test_voices_that_hold_each_other_do_not_hang() -> None:
    one = said("words", within="att-1").attributions[0]
    assert wording.voice("att-1", {"att-1": one}) == "a speaker the text does not name"
    assert "lacks" in wording.voice("att-9", {"att-1": one})


def test_direct_words_stand_in_one_pair_of_marks() -> None:
    record = show()
    shown = [wording.content(record.article, a) for a in record.attributions]
    assert "“We asked for help, and help came,” … “It came early. … “It may well come again.”" in shown
    assert "‘the old sets were blind’" in shown
    assert TEXT.count("“") > 0


def test_speakers_are_grouped_by_actor_in_the_order_of_their_words() -> None:
    groups = outline.by_speaker(show().attributions)
    assert [g.speaker.name if g.speaker else None for g in groups] == ["Ilze Ozola", "Finland", None]
    assert sum(len(g.attributions) for g in groups) == len(show().attributions)


def test_marks_that_the_text_has_not_are_given_only_to_direct_speech_without_any() -> None:
    text = "He said that ‘it is late’ and: go home."
    inside = said(text, "that ‘it is late’", kind="direct")
    bare = said(text, "go home", kind="direct")
    indirect = said(text, "go home", kind="indirect")
    shown = [wording.content(r.article, r.attributions[0]) for r in (inside, bare, indirect)]
    assert shown == ["that ‘it is late’", "“go home”", "go home"]
    typed = said("''We go home,'' he said.", "''We go home,''", kind="direct")
    assert wording.content(typed.article, typed.attributions[0]) == "''We go home,''"


@pytest.mark.parametrize(("confidence", "mark"), [(0.49, "uncertain (49 %)"), (0.5, None), (0.97, None)])
def test_what_is_more_likely_wrong_than_right_says_so(confidence: float, mark: str | None) -> None:
    text = printed(said("Some words.", "words", confidence=confidence))
    assert ("uncertain" in text) == (mark is not None)
    assert flat(mark or "") in flat(text)

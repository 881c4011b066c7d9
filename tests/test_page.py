"""The HTML page: the article's text and nothing else in the left pane; hostile text is only ever text."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import itertools
import re
from html.parser import HTMLParser

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from records_for_show import TEXT, article, show, words

from onrecord.article import Article, Furniture, Mention, Problem
from onrecord.record import Attribution, Event, Record, Speaker, When
from onrecord.show import chart, marking
from onrecord.show.page import render_page

VOID = {"meta", "input"}
HOSTILE = """\
<script>alert(1)</script> </script><img src=x onerror=alert(2)> "double" 'single' & &amp; &#65;
\u202eturned\u202c {{ 7 * 7 }} {% raw %} <!-- --> ]]> </style> \u2028 \x0b \x85 \ufeff
"""


class Reader(HTMLParser):
    """Reads a page as a browser does: elements with their attributes, and the text of the left panes."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.panes: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.content: dict[str, str] = {"script": "", "style": ""}
        self.depth: int | None = None
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag in VOID:
            return
        if dict(attrs).get("class") == "text":
            self.panes.append("")
            self.depth = len(self.open)
        self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag
        if self.depth == len(self.open):
            self.depth = None

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in self.content:
            self.content[self.open[-1]] += data
            return
        self.words.append(data)
        if self.depth is not None:
            self.panes[-1] += data

    def named(self, kind: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.elements if tag == kind]


def read(*records: Record) -> Reader:
    reader = Reader(render_page(records))
    assert not reader.open, "every element is closed"
    return reader


def quoting(text: str) -> Record:
    """A record all of whose words are hostile."""
    source = Article(
        text[:200],
        "0",
        text,
        dt.datetime(2021, 5, 4, tzinfo=dt.UTC),
        url=f"javascript:{text}",
        title=text,
        outlet=text,
        authors=(text,),
        furniture=(Furniture("other", (3, 9)),),
        problems=(Problem("garbled", text, (1, 4)),),
    )
    whole = Mention((0, len(text)), text)
    speaker = Speaker(None, text, text, text, text)
    return Record(
        source, (), (Attribution("a b", "mixed", whole, whole, (whole,), speaker, True, None, 0.1),)
    )


def test_the_left_pane_is_the_text() -> None:
    assert read(show()).panes == [TEXT]


@pytest.mark.parametrize("text", [HOSTILE, "\n\n a\n\n", "", "\r\n a \r b", "no line break", "𝔘𝔫𝔦 😀 é"])
def test_any_text_is_shown_as_it_stands(text: str) -> None:
    assert read(Record(article(text))).panes == [text]


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet=st.characters(), max_size=60), st.data())
def test_any_marks_on_any_text_leave_the_text_whole(text: str, data: st.DataObject) -> None:
    spans = st.tuples(st.integers(-5, len(text) + 5), st.integers(-5, len(text) + 5))
    furniture = tuple(Furniture("other", s) for s in data.draw(st.lists(spans, max_size=4)))
    source = msgspec.structs.replace(article(text), furniture=furniture)
    found = [marking.Mark(s, "x", "content") for s in data.draw(st.lists(spans, max_size=6))]
    lines = marking.lines(source, found)
    assert "\n".join("".join(s.text for s in line.segments) for line in lines) == text
    for line in lines:
        for segment in line.segments:
            end = segment.start + len(segment.text)
            assert text[segment.start : end] == segment.text
            covered = any(m.span[0] <= segment.start and end <= m.span[1] for m in found if m.span[0] >= 0)
            assert covered == bool(segment.ids)


def test_what_html_cannot_carry_is_shown_as_one_other_character() -> None:
    assert read(Record(article("a\x00b\ud800c"))).panes == ["a\ufffdb\ufffdc"]
    render_page([Record(article("a\ud800"))]).encode()


def test_every_thing_has_its_words_in_the_text() -> None:
    record = show()
    lines = marking.lines(record.article, marking.marks(record))
    shown: dict[str, str] = {}
    for line in lines:
        for segment in line.segments:
            for key in segment.ids:
                shown[key] = shown.get(key, "") + segment.text
    for one in record.attributions:
        for content in one.content:
            assert content.text in shown[one.id]
    assert all(e.act.text in shown[e.id] for e in record.events)
    assert all(t.item.text in shown[t.id] for t in record.transfers)
    assert shown["problem-0"] == "°®Âþµº"


def test_every_thing_has_a_card_with_its_words_and_its_voice() -> None:
    reader = read(show())
    cards = {e["data-id"] for e in reader.named("li") if "card" in (e.get("class") or "").split()}
    record = show()
    assert {a.id for a in record.attributions} | {t.id for t in record.transfers} <= cards
    assert {p.id for p in record.positions} <= cards
    text = "".join(reader.words)
    for wanted in (
        "denied by Finland",
        "≥ 200",
        "as told by",
        "speaker inferred",
        "possible, says the outlet",
    ):
        assert wanted in text
    assert text.count("asserted by Ilze Ozola") >= 2


def test_every_link_inside_the_page_leads_somewhere() -> None:
    reader = read(show(), show())
    ids = {attributes["id"] for _, attributes in reader.elements if "id" in attributes}
    links = [e["href"] or "" for e in reader.named("a")]
    inside = [link[1:] for link in links if link.startswith("#")]
    assert inside
    for link in inside:
        target, _, place = link.partition("&char=")
        assert target in ids
        assert not place or re.fullmatch(r"\d+,\d+", place)


def test_links_to_words_are_their_offsets() -> None:
    record = show()
    spans = {e["href"] for e in read(record).named("a") if e.get("class") == "place"}
    for one in record.attributions:
        start, end = one.content[0].span
        assert f"#article-1&char={start},{end}" in spans


def test_hostile_text_is_only_ever_text() -> None:
    reader = read(quoting(HOSTILE))
    assert reader.panes == [HOSTILE]
    assert len(reader.named("script")) == len(reader.named("style")) == 1
    assert not reader.named("img")
    for _, attributes in reader.elements:
        assert not any(name.startswith("on") or name == "style" for name in attributes)
        assert not (attributes.get("href") or "#").lower().startswith("javascript")
    for own in reader.content.values():
        assert "alert" not in own
    assert "{{ 7 * 7 }}" in "".join(reader.words)


def test_the_policy_names_the_style_and_script_that_the_page_has() -> None:
    reader = read(show())
    policy = next(m["content"] for m in reader.named("meta") if "http-equiv" in m)
    assert policy is not None
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for kind, content in reader.content.items():
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy


def test_the_page_needs_no_network() -> None:
    reader = read(show())
    loading = [(tag, name) for tag, a in reader.elements for name in a if name in ("src", "srcset", "poster")]
    assert not loading
    assert not {"link", "iframe", "object", "embed", "base", "form"} & {tag for tag, _ in reader.elements}
    assert not re.search(r"url\(|@import|fetch\(|XMLHttpRequest", "".join(reader.content.values()))


def test_only_an_address_of_the_web_is_a_link() -> None:
    assert "https://paper.example/strait?a=1&b=2" in {e["href"] for e in read(show()).named("a")}
    odd = msgspec.structs.replace(article(), url="file:///etc/passwd")
    assert not any((e["href"] or "").startswith("file") for e in read(Record(odd)).named("a"))


def test_furniture_is_marked_and_a_pull_quote_leads_to_what_it_repeats() -> None:
    furniture = [e for e in read(show()).named("p") if e.get("class") == "furniture"]
    assert [e["data-kind"] for e in furniture] == ["breadcrumb", "pull quote", "bio"]
    start, end = words(TEXT, "“We asked for help, and help came,”").span
    assert furniture[1]["data-repeats"] == f"{start},{end}"


def test_several_articles_have_a_table_of_contents() -> None:
    reader = read(show(), Record(article("Second story.")), show())
    assert reader.panes == [TEXT, "Second story.", TEXT]
    contents = [e["href"] for e in reader.named("a") if re.fullmatch(r"#article-\d", e["href"] or "")]
    assert contents == ["#article-1", "#article-2", "#article-3"]
    assert "3 articles" in "".join(reader.words)
    assert [e["href"] for e in reader.named("a")].count("#contents") == 3, "a way back from each"
    assert "#contents" not in render_page([show()])


def test_nothing_to_show_says_so() -> None:
    assert "No article was read." in "".join(read().words)
    assert "puts nothing on the record" in "".join(read(Record(article("Words."))).words)


def test_the_same_records_give_the_same_page() -> None:
    assert render_page([show(), show()]) == render_page([show(), show()])


def at(start: dt.date | None, end: dt.date | None) -> Record:
    act = words(TEXT, "signed")
    event = Event(
        "eve-1", "AGREE", (), (), act, "asserted", None, (act,), 1.0, when=When(start, end, "day", act)
    )
    return Record(article(), events=(event,))


@given(st.lists(st.tuples(st.none() | st.dates(), st.none() | st.dates()), max_size=30))
def test_any_dates_fit_on_the_axis(times: list[tuple[dt.date | None, dt.date | None]]) -> None:
    events = tuple(
        msgspec.structs.replace(at(start, end).events[0], id=f"eve-{n}")
        for n, (start, end) in enumerate(times)
    )
    drawn = chart.draw(Record(article(), events=events))
    if not any(start or end for start, end in times):
        assert drawn is None
        return
    assert drawn is not None
    assert drawn.lanes <= chart.MOST_LANES
    assert len(drawn.ticks) <= chart.MOST_TICKS + 1
    for bar in drawn.bars:
        assert bar.left >= 0
        assert bar.width >= chart.NARROWEST
        assert bar.left + bar.width <= 100.01
    assert all(0 <= tick.at <= 100 for tick in drawn.ticks)


def test_an_axis_of_months_and_one_of_years() -> None:
    months = chart.draw(at(dt.date(2024, 1, 10), dt.date(2024, 5, 2)))
    years = chart.draw(at(dt.date(1950, 1, 10), dt.date(2024, 5, 2)))
    assert months is not None
    assert years is not None
    assert [t.label for t in months.ticks] == ["Jan 2024", "Feb 2024", "Mar 2024", "Apr 2024", "May 2024"]
    assert [t.label for t in years.ticks] == ["1960", "1980", "2000", "2020"]


def test_bars_of_one_lane_do_not_touch() -> None:
    drawn = chart.draw(show())
    assert drawn is not None
    for lane in range(drawn.lanes):
        bars = [b for b in drawn.bars if b.lane == lane]
        assert all(a.left + a.width <= b.left for a, b in itertools.pairwise(bars))

"""From an article to its record: what must hold for any text, and the golden record of the example."""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import Record, examples, extract, from_json, to_json
from onrecord.article import Article
from onrecord.reading import read_bytes
from onrecord.record import Event, Item, Transfer

NOW = dt.datetime(2024, 3, 15, 12, tzinfo=dt.UTC)
GOLDEN = Path(__file__).parent / "golden" / "example.json"

WORDS = [
    "Norway", "Ghana's", "Accra", "Oslo and Accra", "the two countries", "Marta Holt", "Holt", "She",
    "the minister", "said", "told reporters", "denied", "claims that", "could", "will", "has", "not",
    "sold", "ship", "delivered", "ordered", "supplied", "24 Leopard 2 tanks", "dozens of drones",
    "at least 6,000 shells", "missiles", "to Ghana", "by Norway", "from Oslo", "an alliance",
    "unprecedented", "in November", "on Monday", "last year", "since 2019", "according to",
    "in the view of", "“", "”", '"', "''", "'", ".", ",", ":", "(", ")", "—", "\n", "\n\n", "°®Âþµº",
    "if", "reportedly", "attacked", "accused", "agreed with", "sanctions on",
]  # fmt: skip


def mentions(node: Any) -> Iterator[dict[str, Any]]:
    """Walk the JSON of a record to everything that has both a span and words."""
    if isinstance(node, dict):
        if node.get("span") is not None and "text" in node:
            yield node
        for value in node.values():
            yield from mentions(value)
    elif isinstance(node, list):
        for value in node:
            yield from mentions(value)


def sound(record: Record) -> None:
    """Hold what must hold for every record."""
    text = record.article.text
    for m in mentions(json.loads(to_json(record))):
        assert text[slice(*m["span"])] == m["text"] != ""
    items: list[Item] = [*record.actors, *record.attributions, *record.events]
    items += [*record.transfers, *record.positions]
    ids = [item.id for item in items]
    assert len(ids) == len(set(ids))
    said = {a.id for a in record.attributions}
    deeds: list[Event | Transfer] = [*record.events, *record.transfers]
    voices = [a.within for a in record.attributions] + [d.according_to for d in deeds]
    assert {v for v in voices if v is not None} <= said
    assert {t.event for t in record.transfers} <= {e.id for e in record.events}
    assert {a for p in record.positions for a in p.attributions} <= said
    assert all(0 <= a.confidence <= 1 for a in record.attributions)
    assert all(0 <= d.confidence <= 1 for d in deeds)
    assert from_json(to_json(record)) == record


def claimed(record: Record) -> None:
    """Hold that nothing is asserted in the outlet's own voice that stands in somebody's words."""
    contents = [c.span for a in record.attributions for c in a.content]
    for event in record.events:
        inside = any(s <= event.act.start and event.act.end <= e for s, e in contents)
        assert not (inside and event.status == "asserted" and event.according_to is None)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=50).map(" ".join))
def test_any_text_gives_a_sound_record(text: str) -> None:
    record = extract(Article(id="t", sha256="", text=text, retrieved=NOW))
    sound(record)
    claimed(record)


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=200))
def test_any_characters_give_a_sound_record(text: str) -> None:
    sound(extract(Article(id="t", sha256="", text=text.encode("utf-8", "replace").decode(), retrieved=NOW)))


def test_an_article_in_another_language_gives_its_problem_and_nothing_else() -> None:
    words = (
        "Der Minister sagte am Montag, dass die Panzer aus Norwegen noch nicht geliefert worden seien. " * 4
    )
    record = extract(read_bytes(words.encode(), name="x", now=NOW))
    assert [p.kind for p in record.article.problems] == ["language"]
    assert (record.attributions, record.events, record.transfers, record.actors) == ((), (), (), ())


@pytest.fixture(scope="module")
def example() -> Record:
    return extract(read_bytes(examples.path().read_bytes(), name="example", now=NOW))


def test_the_example_is_sound(example: Record) -> None:
    sound(example)
    claimed(example)


def test_the_same_article_gives_the_same_record(example: Record) -> None:
    again = extract(read_bytes(examples.path().read_bytes(), name="example", now=NOW))
    assert to_json(again) == to_json(example)


def test_the_example_gives_its_golden_record(example: Record, request: pytest.FixtureRequest) -> None:
    """Run pytest with --update-golden after a change, and read the difference."""
    found = json.dumps(json.loads(to_json(example)), indent=1, ensure_ascii=False) + "\n"
    if request.config.getoption("--update-golden"):
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(found, encoding="utf-8")
    assert found == GOLDEN.read_text(encoding="utf-8")


SHARED = Path(__file__).parents[2] / "shared" / "articles"


@pytest.mark.skipif(not SHARED.is_dir(), reason="no articles beside the project")
def test_real_articles_give_sound_records() -> None:
    for path in sorted(SHARED.glob("*.txt")):
        record = extract(read_bytes(path.read_bytes(), name=path.name, now=NOW))
        sound(record)
        claimed(record)
        assert record.attributions, path.name

"""What counts as a false alarm, on invented sentences and an invented reader."""

import hashlib
import json
import sys
from pathlib import Path

import pytest
import silence
from rich.console import Console

from onrecord.article import Mention
from onrecord.record import Event

ALARM = (Event("e", "ACCUSE", (), (), Mention((0, 9), "condemned"), "asserted", None, (), 0.5),)


def line(origin: str, label: str, half: str = "look", where: object = 1, words: str = "") -> silence.Line:
    sha = hashlib.sha256(words.encode()).hexdigest()[:12]
    return silence.Line(origin, where, sha, label, half)  # type: ignore[arg-type]


def reader(text: str) -> tuple[Event, ...]:
    return ALARM if "condemned" in text else ()


TOLD = [
    (line("cameo", "none"), "France is large."),
    (line("cameo", "none"), "The condemned house in Lyon is old."),
    (line("cameo", "event"), "Spain condemned Chad."),
    (line("polnear", "none"), "Rome is old."),
    (line("polnear", "none", "held"), "The condemned bridge in Oslo is new."),
    (line("polnear", "event"), "Envoys dined."),
]


def test_any_event_in_a_sentence_without_one_is_a_false_alarm() -> None:
    figures = silence.measure(list(silence.run(TOLD, reader)))
    none, event = figures["none"], figures["event"]
    assert (none["all"].hits, none["all"].n, none["all"].share) == (2, 4, 0.5)
    assert [(none[o].hits, none[o].n) for o in silence.ORIGINS] == [(1, 2), (1, 2)]
    assert [(event[o].hits, event[o].n) for o in silence.ORIGINS] == [(1, 1), (0, 1)]
    assert none["all"].low == pytest.approx(0.150, abs=0.001)
    assert none["all"].high == pytest.approx(0.850, abs=0.001)


def test_nothing_read_says_nothing() -> None:
    assert silence.share([], "none") == silence.Share(0, 0, 0.0, 0.0, 1.0)


def test_false_alarms_of_the_held_half_stay_unread(capsys: pytest.CaptureFixture[str]) -> None:
    silence.list_errors(silence.run(TOLD, reader), Console(width=200))
    printed = capsys.readouterr().out
    assert "house in Lyon" in printed
    assert "ACCUSE" in printed
    assert "bridge in Oslo" not in printed
    assert "Spain" not in printed


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    cameo, polnear = tmp_path / silence.CAMEO, tmp_path / silence.POLNEAR
    cameo.parent.mkdir(parents=True)
    cameo.write_text("Rome is old.\t0\nOslo “is” new. \t3\n", encoding="utf-8")
    polnear.mkdir(parents=True)
    (polnear / "a.txt").write_text("Ça va. Chad is dry. It is.", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("origin", "where", "words"),
    [("cameo", 2, "Oslo “is” new."), ("polnear", ("a", 7, 19), "Chad is dry.")],
)
def test_the_words_are_looked_up(shared: Path, origin: str, where: object, words: str) -> None:
    assert silence.sentence(line(origin, "none", where=where, words=words), shared) == words


@pytest.mark.parametrize("where", [1, 0, 9, ("a", 0, 6), ("b", 0, 6)])
def test_other_words_or_none_at_the_place_give_none(shared: Path, where: object) -> None:
    assert silence.sentence(line("cameo", "none", where=where, words="Oslo is new."), shared) is None


def test_without_the_data_it_says_that_it_skips(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["silence.py", "--shared", str(tmp_path)])
    assert silence.main() == 0
    assert "skipped" in capsys.readouterr().err


def test_the_annotation_is_stand_off() -> None:
    lines = silence.read_annotation()
    assert {x.half for x in lines} == set(silence.HALVES)
    assert len({x.where for x in lines}) == len(lines)
    for row in silence.ANNOTATED.read_text(encoding="utf-8").splitlines():
        assert set(json.loads(row)) == {"set", "where", "sha", "label", "half"}

"""What counts as a date found and read right, on an invented stretch."""

import datetime as dt
import hashlib
import json
import sys
from pathlib import Path

import dates
import pytest

from onrecord.record import Granularity

TEXT = "It sank in May 2019, long before last week, and for two years nobody knew. It rose in 2020."
DAY = dt.date(2021, 6, 17)


def dated(words: str, first: str | None, last: str | None, granularity: Granularity) -> dates.Dated:
    start = TEXT.index(words)
    low, high = (dt.date.fromisoformat(d) if d else None for d in (first, last))
    return dates.Dated(start, start + len(words), low, high, granularity)


MAY = dated("May 2019", "2019-05-01", "2019-05-31", "month")
WEEK = dated("last week", "2021-06-07", "2021-06-13", "day")
YEAR = dated("2020", "2020-01-01", "2020-12-31", "year")
LINE = dates.Line("a", hashlib.sha256(TEXT.encode()).hexdigest(), DAY, (0, 75), (MAY, WEEK))


def counted(*found: dates.Dated) -> dict[str, tuple[int, int]]:
    shares = dates.figures(list(dates.align(LINE, found)))
    return {name: (s.right, s.count) for name, s in shares.items()}


def test_what_is_annotated_is_right() -> None:
    assert all(right == count == 2 for right, count in counted(MAY, WEEK).values())


def test_what_lies_outside_of_the_stretch_does_not_count() -> None:
    assert counted(MAY, WEEK, YEAR) == counted(MAY, WEEK)


def test_a_false_alarm_costs_precision_and_a_miss_costs_recall() -> None:
    false = dated("two years", None, None, "unknown")
    got = counted(MAY, false)
    assert got["exact span, precision"] == got["exact span, recall"] == (1, 2)
    assert got["interval right where found"] == (1, 1)
    assert got["found, interval and granularity right"] == (1, 2)


def test_another_span_overlaps_and_another_interval_is_wrong() -> None:
    wider = dated("before last week", None, "2021-06-06", "day")
    got = counted(MAY, wider)
    assert got["exact span, recall"] == (1, 2)
    assert got["overlapping span, recall"] == got["overlapping span, precision"] == (2, 2)
    assert got["interval right where found"] == (1, 2)
    assert got["granularity right where found"] == (2, 2)


def test_one_found_date_is_paired_once() -> None:
    both = dated("May 2019, long before last week", "2019-05-01", "2019-05-31", "month")
    got = counted(both)
    assert got["overlapping span, recall"] == (1, 2)
    assert got["overlapping span, precision"] == (1, 1)


def test_f1_is_the_harmonic_mean() -> None:
    assert dates.f1(dates.Share(1, 2), dates.Share(1, 4)) == pytest.approx(1 / 3)
    assert dates.f1(dates.Share(0, 0), dates.Share(0, 0)) == 0


def test_halves_are_drawn_by_article_and_always_the_same() -> None:
    docs = [f"d{i}" for i in range(9)]
    half = dates.halves(docs)
    assert half == dates.halves(reversed(docs + docs))
    assert sorted(half.values()).count("look") == 5


def test_a_changed_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text").mkdir()
    file = tmp_path / "text" / "a.txt"
    file.write_text(TEXT)
    assert len(dates.run(tmp_path, [LINE], lambda _line, _text: [MAY])) == 2
    file.write_text(TEXT + " ")
    with pytest.raises(ValueError, match="not the text"):
        dates.run(tmp_path, [LINE])


def test_the_annotation_is_in_order_and_holds_no_words() -> None:
    lines = dates.read_annotation()
    assert sum(len(x.dates) for x in lines) >= 170
    assert len({x.doc for x in lines}) >= 25
    for line in lines:
        at = line.stretch[0]
        for one in line.dates:
            assert at <= one.begin < one.stop <= line.stretch[1]
            assert one.first is None or one.last is None or one.first <= one.last
            assert (one.granularity == "unknown") == (one.first is None and one.last is None)
            at = one.stop


def test_without_the_texts_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["dates.py", str(tmp_path)])
    assert dates.main() == 0
    assert "skipped" in capsys.readouterr().err


def test_errors_of_the_half_held_are_not_shown(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "argv", ["dates.py", str(tmp_path), "--half", "held", "--errors"])
    with pytest.raises(SystemExit):
        dates.main()


def test_figures_are_plain_json() -> None:
    figures = dates.as_json(list(dates.align(LINE, [MAY])))
    assert json.loads(json.dumps(figures))["exact span, F1"] == pytest.approx(2 / 3, abs=1e-4)

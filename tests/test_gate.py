"""Floors rise and never fall, ceilings fall and never rise, and no bound is compared with other data."""

import io
import json
from pathlib import Path

import gate
import pytest
import scoring
from attribution import digest, predict
from gate import Bounds, Measured, missed, read_bounds, tightened, write_bounds
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

DATA = "d" * 64
NAMES = st.sampled_from(["end to end F1", "calibration error", "Brier score", "share at .9 or more"])
FIGURES = st.dictionaries(NAMES, st.floats(0, 1), min_size=1)
SCORER = Path(__file__).parents[2] / "shared" / "eval" / "score_attribution.py"


def run(path: Path, *, lift: bool = False, data: str = DATA, **groups: dict[str, float]) -> tuple[int, str]:
    told = io.StringIO()
    measured = {name: Measured(data, figures) for name, figures in groups.items()}
    code = gate.gate(measured, path, lift=lift, console=Console(file=told, width=110))
    return code, told.getvalue()


@pytest.fixture
def bounds(tmp_path: Path) -> Path:
    path = tmp_path / "floors.json"
    write_bounds(path, {"attribution": Bounds(DATA, {"F1": 0.6}, {"calibration error": 0.05})})
    return path


def test_what_keeps_to_its_bounds_passes(bounds: Path) -> None:
    assert run(bounds, attribution={"F1": 0.61, "calibration error": 0.03})[0] == 0


def test_a_processor_may_round_differently(bounds: Path) -> None:
    assert run(bounds, attribution={"F1": 0.5985, "calibration error": 0.0515})[0] == 0


@pytest.mark.parametrize(
    ("figures", "name"),
    [
        ({"F1": 0.59, "calibration error": 0.05}, "F1"),
        ({"F1": 0.6, "calibration error": 0.06}, "calibration error"),
        ({"calibration error": 0.05}, "F1"),  # what has a floor has to be measured
        ({"F1": float("nan"), "calibration error": 0.05}, "F1"),
    ],
)
def test_what_misses_a_bound_fails_and_is_named(bounds: Path, figures: dict[str, float], name: str) -> None:
    code, told = run(bounds, attribution=figures)
    assert code == 1
    (line,) = (line for line in told.splitlines() if "MISSED" in line)
    assert name in line


def test_a_group_that_nobody_measured_fails(bounds: Path) -> None:
    assert run(bounds, speakers={"right": 1.0})[0] == 1
    assert run(bounds, lift=True, speakers={"right": 1.0})[0] == 1


def test_other_data_are_not_compared(bounds: Path) -> None:
    before = bounds.read_bytes()
    for lift in (False, True):
        code, told = run(bounds, lift=lift, data="e" * 64, attribution={"F1": 0.99, "calibration error": 0.0})
        assert (code, "other data" in told) == (2, True)
    assert bounds.read_bytes() == before


def test_without_any_bounds_nothing_passes(tmp_path: Path) -> None:
    assert run(tmp_path / "none.json", attribution={"F1": 0.9})[0] == 2


def test_raising_writes_what_was_measured(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    assert run(path, lift=True, attribution={"F1": 0.61289, "calibration error": 0.0311})[0] == 0
    assert json.loads(path.read_text()) == {
        "attribution": {"data": DATA, "floors": {"F1": 0.612}, "ceilings": {"calibration error": 0.032}}
    }
    assert run(path, attribution={"F1": 0.61289, "calibration error": 0.0311})[0] == 0


def test_raising_with_a_figure_missed_writes_nothing(bounds: Path) -> None:
    before = bounds.read_bytes()
    assert run(bounds, lift=True, attribution={"F1": 0.9, "calibration error": 0.2})[0] == 1
    assert bounds.read_bytes() == before


def test_raising_adds_a_new_group_and_keeps_the_others(bounds: Path) -> None:
    figures = {"F1": 0.6, "calibration error": 0.05}
    assert run(bounds, lift=True, attribution=figures, speakers={"right speaker": 0.8})[0] == 0
    kept = read_bounds(bounds)
    assert kept["speakers"].floors == {"right speaker": 0.8}
    assert kept["attribution"] == Bounds(DATA, {"F1": 0.6}, {"calibration error": 0.05})


@given(st.lists(FIGURES, min_size=1, max_size=6))
def test_no_measurement_ever_loosens_a_bound(history: list[dict[str, float]]) -> None:
    bounds = Bounds(DATA)
    for figures in history:
        after = tightened(Measured(DATA, figures), bounds)
        assert all(after.floors[n] >= v for n, v in bounds.floors.items())
        assert all(after.ceilings[n] <= v for n, v in bounds.ceilings.items())
        assert not set(after.floors) & gate.FALLING
        bounds = after


@given(FIGURES)
def test_what_was_measured_keeps_to_the_bounds_it_sets(figures: dict[str, float]) -> None:
    measured = Measured(DATA, figures)
    assert missed(measured, tightened(measured, Bounds(DATA))) == ()


def test_more_than_nine_in_ten_is_not_asked_of_what_says_nine_in_ten() -> None:
    measured = Measured(DATA, {"right at .9 or more": 0.97})
    assert tightened(measured, Bounds(DATA)).floors == {"right at .9 or more": 0.9}


def test_a_file_of_another_form_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    path.write_text('{"data": "72b1", "floors": {"F1": 0.6}}')
    with pytest.raises(ValueError, match="no groups of data"):
        read_bounds(path)


def test_the_bounds_of_the_project_can_be_read() -> None:
    kept = read_bounds(gate.FLOORS)
    assert kept["attribution"].floors["end to end F1"] >= 0.6
    assert all(len(b.data) == 64 for b in kept.values())


# --- a split of one article, from its files to the exit code

TEXT = "“We have signed nothing,” said Marta Holt. The ships are old, Kofi Mensah told the paper.\n"


@pytest.fixture
def split(tmp_path: Path) -> Path:
    root = tmp_path / "split"
    for name in ("text", "attributions"):
        (root / name).mkdir(parents=True)
    (root / "text" / "ships.txt").write_text(TEXT, encoding="utf-8")
    lines = []
    for i, (source, cue, content) in enumerate(
        [("Marta Holt", "said", "“We have signed nothing,”"), ("Kofi Mensah", "told", "The ships are old")]
    ):
        for j, (role, words) in enumerate((("Source", source), ("Cue", cue), ("Content", content))):
            at = TEXT.index(words)
            lines.append(f"T{3 * i + j}\t{role} {at} {at + len(words)}\t{words}")
        lines.append(f"E{i}\tCue:T{3 * i + 1} Source:T{3 * i} Content:T{3 * i + 2}")
    (root / "attributions" / "ships_a1.ann").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return root


def test_the_digest_tells_one_byte_of_text_or_annotation(split: Path) -> None:
    seen = {digest(split)}
    for path in (split / "text" / "ships.txt", split / "attributions" / "ships_a1.ann"):
        path.write_text(path.read_text(encoding="utf-8") + " ", encoding="utf-8")
        seen.add(digest(split))
    assert len(seen) == 3


@pytest.mark.skipif(not SCORER.exists(), reason="the scorer is not beside the project")
def test_from_a_split_to_the_exit_code(split: Path, tmp_path: Path) -> None:
    floors = tmp_path / "floors.json"
    command = [str(split), "--scorer", str(SCORER), "--floors", str(floors)]
    assert gate.main(command) == 2
    assert gate.main([*command, "--raise"]) == 0
    assert gate.main(command) == 0
    assert read_bounds(floors)["attribution"].floors["end to end F1"] == 1.0
    annotated = split / "attributions" / "ships_a1.ann"
    annotated.write_text(annotated.read_text(encoding="utf-8").replace("E1", "F1"), encoding="utf-8")
    assert gate.main(command) == 2


@pytest.mark.skipif(not SCORER.exists(), reason="the scorer is not beside the project")
def test_what_is_right_is_what_the_scorer_counts(split: Path) -> None:
    scorer = scoring.load(SCORER)
    ((text, truth),) = scoring.gold(scorer, split).values()
    predicted = predict(split)["ships"]
    assert scoring.right(scorer, text, truth, predicted) == [True, True]
    assert scoring.right(scorer, text, truth, (*predicted, predicted[0])) == [True, True, False]
    assert scoring.right(scorer, text, truth[:1], predicted) == [True, False]
    swapped = [{**truth[0], "source": truth[1]["source"]}, truth[1]]
    assert scoring.right(scorer, text, swapped, predicted) == [False, True]

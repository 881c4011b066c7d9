"""The figures of the validation, on invented cases and a small register."""

import datetime as dt
import math
from pathlib import Path

import msgspec
import numpy as np
import precedent
import pytest
from precedent import Case, Judged, auc, judge, ranks, read_cases, read_register, report, spearman

EASY = "id,a,b,asof_year,label,event,source_pointer_to_verify\n1,Russia,Egypt,1955,3,a deal,somebody\n"
HARD = "id,a,b,as_of,from,to,label,case,why\nh1,FRA,IRQ,1983-12-31,FRA,IRQ,2,landmark,so\n"
PREAMBLE = (
    "Transfers of major conventional arms from All countries  to All countries . Deals with deliveries made "
    "for the year range 'Not specified' to 'Not specified' \nData generated: 18 May 2026 2:29:20 PM\n"
)
COLUMNS = (
    "Recipient,Supplier,Year of order, ,Number ordered, ,Weapon designation,Weapon description,"
    "Number delivered, ,Year(s) of delivery,status,Comments,SIPRI TIV per unit,SIPRI TIV for total order,"
    "SIPRI TIV of delivered weapons\n"
)


def register(path: Path) -> Path:
    """Write a register: France sells Iraq a little every year, and much in 1983."""

    def line(to: str, of: str, year: int, tiv: float) -> str:
        return f"{to},{of},{year},,1,,Thing,tank,1,,{year},New,,{tiv},{tiv},{tiv}\n"

    usual = [line("Iraq", "France", y, 10) for y in range(1960, 1982)]
    others = [line("Zimbabwe", s, y, 5 + y % 4) for s in ("China", "Italy") for y in range(1955, 2020)]
    path.write_text(PREAMBLE + COLUMNS + "".join([*usual, line("Iraq", "France", 1983, 4000), *others]))
    return path


def cases(*labels: tuple[str, str, int]) -> list[Judged]:
    made = []
    for i, (a, b, label) in enumerate(labels):
        case = Case(str(i), a, b, dt.date(2000, 12, 31), None, None, label, "")
        made.append(Judged(case, float(label), 0.0, float(-label), 1.0, "precedented"))
    return made


def test_the_auc_counts_ties_half() -> None:
    labels = np.array([3.0, 2.0, 1.0, 0.0])
    assert auc(np.array([4.0, 3.0, 2.0, 1.0]), labels) == 1.0
    assert auc(np.array([1.0, 1.0, 1.0, 1.0]), labels) == 0.5
    assert auc(np.array([1.0, 4.0, 2.0, 3.0]), labels) == 0.5
    assert auc(np.array([1.0]), np.array([3.0])) is None


def test_spearman_shares_ranks_between_ties() -> None:
    assert ranks(np.array([5.0, 1.0, 5.0])).tolist() == [2.5, 1.0, 2.5]
    assert spearman(np.array([1.0, 2.0, 3.0]), np.array([2.0, 4.0, 9.0])) == pytest.approx(1.0)
    assert spearman(np.array([1.0, 1.0]), np.array([0.0, 1.0])) is None


def test_both_forms_of_cases_are_read(tmp_path: Path) -> None:
    easy, hard = tmp_path / "easy.csv", tmp_path / "hard.csv"
    easy.write_text(EASY)
    hard.write_text(HARD)
    (one,), (other,) = read_cases(easy), read_cases(hard)
    assert (one.a, one.b, one.as_of, one.from_) == ("RUS", "EGY", dt.date(1955, 12, 31), None)
    assert (other.from_, other.to, other.label) == ("FRA", "IRQ", 2)
    hard.write_text(HARD.replace("FRA", "Nowhere"))
    with pytest.raises(ValueError, match="no state: 'Nowhere'"):
        read_cases(hard)


def test_all_cases_of_a_dyad_lie_in_one_half() -> None:
    def half(a: str, b: str, year: int) -> str:
        return Case("1", a, b, dt.date(year, 12, 31), a, b, 1, "").half

    assert half("FRA", "IRQ", 1970) == half("IRQ", "FRA", 1990)
    assert half("RUS", "EGY", 1970) == half("EGY", "SUN", 1990)
    assert {half(d[:3], d[4:], 2000) for d in precedent.SEEN} == {"look"}
    codes = ["FRA", "IRQ", "USA", "CHN", "BRA", "IND", "PAK", "TUR"]
    assert {half(a, b, 2000) for a in codes for b in codes if a < b} == {"look", "held"}


def test_the_difference_is_paired_and_drawn_by_dyad() -> None:
    judged = cases(("FRA", "IRQ", 3), ("FRA", "IRQ", 0), ("USA", "CHN", 2), ("USA", "CHN", 1))
    one, again = (report(judged, half="all", register="r", cases="c") for _ in range(2))
    assert one == again
    assert one.auc["measure"].value == 1.0
    assert one.auc["ratio"].value == 0.0
    gain = one.gain_over["ratio"]
    assert (gain.value, gain.low, gain.high) == (1.0, 1.0, 1.0)
    assert one.dyads == 2
    assert report([], half="all", register="r", cases="c").auc["measure"].value is None


def test_cases_of_the_held_half_are_never_listed() -> None:
    judged = cases(
        ("FRA", "IRQ", 3), ("USA", "CHN", 2), ("BRA", "IND", 1), ("PAK", "TUR", 0), ("RUS", "IND", 2)
    )
    listed = report(judged, half="all", register="r", cases="c", errors=True).listed
    assert listed
    assert {j.case.half for j in listed} == {"look"}


def test_a_register_is_read_and_its_landmark_ranked_first(tmp_path: Path) -> None:
    evidence = read_register(register(tmp_path / "register.csv"))
    asked = [
        Case(str(y), "FRA", "IRQ", dt.date(y, 12, 31), "FRA", "IRQ", label, "")
        for y, label in ((1983, 3), (1975, 0), (1979, 0))
    ]
    judged = judge(asked, evidence)
    assert max(judged, key=lambda j: j.score).case.label == 3
    assert math.isclose(judged[1].ratio, 1.0, rel_tol=0.9)
    again = judge(asked, evidence)
    assert msgspec.json.encode(judged) == msgspec.json.encode(again)
    told = report(judged, half="all", register="r", cases="c", other=again).stability
    assert told is not None
    assert told["largest_shift_bits"] == 0.0


def test_the_command_prints_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "cases.csv"
    path.write_text(HARD + "h2,FRA,IRQ,1975-12-31,FRA,IRQ,0,control,so\n")
    assert precedent.main([str(register(tmp_path / "r.csv")), "--cases", str(path), "--json"]) == 0
    told = msgspec.json.decode(capsys.readouterr().out)
    assert told["auc"]["measure"]["value"] == 1.0
    assert told["listed"] is None

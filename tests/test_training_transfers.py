"""What training makes of sentences with marked items, and how the evaluation counts: no torch is needed."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import transfers

from training.transfers.rows import Row, elsewhere, place, written

HEAD = "text\titem\tsupplier\trecipient\tstage\tstatus\tkind\n"
TEXT = "Norway has sold Chile 20 tanks, and Chile wants 40 tanks more."


def sentences(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "some.tsv"
    path.write_text(HEAD + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def test_words_are_found_whole_and_by_their_place() -> None:
    assert place(TEXT, "tanks") == (25, 30)
    assert place(TEXT, "tanks#2") == (51, 56)
    assert place("Within it", "it") == (7, 9), "a whole word goes before a part of one"
    assert place(TEXT, "-") is None
    with pytest.raises(ValueError, match="Peru"):
        place(TEXT, "Peru")


def test_a_line_is_an_item_with_its_sides(tmp_path: Path) -> None:
    told = f"{TEXT}\ttanks\tNorway\tChile\tordered\tasserted\ttransfer"
    none = f"{TEXT}\ttanks#2\t-\t-\tnone\tnone\tnone"
    one, other = written(sentences(tmp_path, told, none))
    assert one == Row(TEXT, (25, 30), (0, 6), (16, 21), "ordered", "asserted", "transfer")
    assert (other.stage, other.supplier) == (None, None)


@pytest.mark.parametrize(
    "line",
    [
        f"{TEXT}\tships\tNorway\tChile\tordered\tasserted\ttransfer",
        f"{TEXT}\ttanks\tNorway\tChile\tsold\tasserted\ttransfer",
        f"{TEXT}\ttanks\tNorway",
    ],
    ids=["no such item", "no such stage", "too few columns"],
)
def test_a_malformed_line_is_named(tmp_path: Path, line: str) -> None:
    with pytest.raises(ValueError, match=r"some\.tsv:2"):
        list(written(sentences(tmp_path, line)))


def test_the_same_deed_between_other_states(tmp_path: Path) -> None:
    told = f"{TEXT}\ttanks\tNorway\tChile\tordered\tasserted\ttransfer"
    (row,) = written(sentences(tmp_path, told))
    (other,) = elsewhere([row], seed=1)
    assert other.text != row.text
    assert other.text[slice(*other.item)] == "tanks"
    assert other.supplier is not None
    assert other.recipient is not None
    supplier, recipient = (other.text[slice(*side)] for side in (other.supplier, other.recipient))
    assert {supplier, recipient}.isdisjoint({"Norway", "Chile"})
    assert other.text.count(recipient) >= 2, "one state stays one"
    assert list(elsewhere([row], seed=1)) == [other], "drawn from a seed"


def test_our_sentences_can_all_be_read() -> None:
    folder = Path(__file__).parent.parent / "training" / "transfers" / "sentences"
    rows = [row for path in sorted(folder.glob("*.tsv")) for row in written(path)]
    assert len(rows) > 2000
    assert 0.15 < sum(row.stage is None for row in rows) / len(rows) < 0.4


# --- how rows are counted

FIELDS = ("supplier", "recipient", "low", "high", "stage", "status", "kind", "designation")


def scorer() -> Any:
    """Give a scorer that matches rows by their item."""

    def match(gold: list[dict[str, Any]], told: list[dict[str, Any]]) -> list[tuple[int, int]]:
        return [(i, j) for i, g in enumerate(gold) for j, t in enumerate(told) if g["item"] == t["item"]]

    return SimpleNamespace(
        FIELDS=FIELDS, flat=lambda row: row, match=match, same=lambda field, g, t: g[field] == t[field]
    )


def row(**fields: object) -> dict[str, object]:
    plain = {
        "supplier": "NOR",
        "recipient": "CHL",
        "stage": "ordered",
        "status": "asserted",
        "kind": "transfer",
    }
    return {"item": "tanks", "low": 20, "high": 20, "designation": None, **plain, **fields}


def test_figures_say_what_is_right() -> None:
    units: list[transfers.Unit] = [
        {"id": "a", "transfers": [row(), row(item="ships")]},
        {"id": "b", "transfers": []},
    ]
    told = {"a": [row(supplier="CHL", recipient="NOR", high=None)], "b": [row()]}
    figures = transfers.measure(scorer(), units, told)
    assert figures["rows, precision"] == 0.5
    assert figures["rows, recall"] == 0.5
    assert (figures["supplier"], figures["direction swapped"]) == (0, 1)
    assert figures["quantity bounds"] == 0
    assert figures["stage"] == 1
    assert figures["given a row"] == 1
    low, high = transfers.intervals(scorer(), units, told, draws=50)["rows, F1"]
    assert low <= figures["rows, F1"] <= high


def test_halves_are_read_apart() -> None:
    look, held = (transfers.read_gold(transfers.ANNOTATED, half) for half in ("look", "held"))
    assert (len(look), len(held)) == (110, 60)
    assert {u["id"] for u in look}.isdisjoint(u["id"] for u in held)
    for unit in (*look, *held):
        for one in unit["transfers"]:
            assert one["item_text"] in unit["text"]


def test_no_sentence_for_training_is_one_for_testing() -> None:
    folder = Path(__file__).parent.parent / "training" / "transfers" / "sentences"
    learned = {row.text for path in folder.glob("*.tsv") for row in written(path)}
    tested = {sentence for unit in transfers.read_gold(transfers.ANNOTATED) for sentence in [unit["text"]]}
    runs = {run for text in learned for run in _runs(text)}
    shared = [text for text in tested if len(_runs(text) & runs) > 1]
    assert shared == []


def _runs(text: str) -> set[str]:
    words = text.casefold().split()
    return {" ".join(words[i : i + 8]) for i in range(len(words) - 7)}

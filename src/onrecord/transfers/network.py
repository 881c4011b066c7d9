"""What a small network thinks of one military item in a text: is it transferred, by whom, and how far along.

The words around the item are read once, with the item marked: an embedding of the part that a piece has is
added to that of the piece. Out come the scores of the stages (and of none: the item is not transferred), of
the statuses, of the kinds, and of each piece as a word for the supplier and for the recipient.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, get_args

import msgspec
import numpy as np

from onrecord.attributions.network import shipped as attribution
from onrecord.events.network import CLS, SEP, Floats, Ints, Sentence, Span
from onrecord.record import Stage, Status, TransferKind

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

STAGES: tuple[Stage, ...] = tuple(s for s in get_args(Stage) if s != "unknown")
NONE = len(STAGES)
"""Where the scores of stages have that of none."""
STATUSES: tuple[Status, ...] = get_args(Status)
KINDS: tuple[TransferKind, ...] = get_args(TransferKind)

BEFORE, AFTER = 100, 60
"""Pieces before and after the item that are read."""

FOLDER = resources.files("onrecord").joinpath("models/transfers")


def inputs(text: Sentence, item: Span) -> tuple[Ints, Ints, tuple[Span, ...]]:
    """Give pieces, their parts (1 for the item), and where they stand ((0, 0): nowhere)."""
    start, end = item
    parts = np.array([a < end and b > start for a, b in text.offsets], np.int64)
    marked = np.flatnonzero(parts)
    first, last = (int(marked[0]), int(marked[-1])) if len(marked) else (0, 0)
    low, high = max(0, first - BEFORE), min(len(parts), last + 1 + AFTER)
    edge = np.zeros(1, np.int64)
    pieces = np.concatenate([[CLS], text.pieces[low:high], [SEP]]).astype(np.int64)
    return pieces, np.concatenate([edge, parts[low:high], edge]), ((0, 0), *text.offsets[low:high], (0, 0))


class Calibration(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What turns scores into probabilities, fitted on sentences that the network did not learn from."""

    stage_temperature: float
    status_temperature: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What the network makes of an item: probabilities by name, and for each piece of the text two of sides.

    `told` is how probable it is that the item is transferred; `stages` are the probabilities given that it
    is.
    `offsets` say where the pieces stand in the text, `supplier` and `recipient` how probable it is that each
    is a word for that side.
    """

    told: float
    stages: dict[Stage, float]
    statuses: dict[Status, float]
    kinds: dict[TransferKind, float]
    offsets: tuple[Span, ...]
    supplier: Floats
    recipient: Floats


@functools.cache
def load() -> tuple[InferenceSession, Calibration]:
    """Load the network, once a process."""
    graph = attribution.open_graph(FOLDER.joinpath("reader.onnx"))
    return graph, msgspec.json.decode(FOLDER.joinpath("calibration.json").read_bytes(), type=Calibration)


def read(text: Sentence, item: Span) -> Reading:
    """Read one item of a text."""
    graph, calibration = load()
    pieces, parts, offsets = inputs(text, item)
    asked = ["stages", "statuses", "kinds", "sides"]
    stages, statuses, kinds, sides = graph.run(asked, {"pieces": pieces, "parts": parts})
    likely = _softmax(stages / calibration.stage_temperature)
    told = float(1 - likely[NONE])
    given = _softmax(stages[:NONE] / calibration.stage_temperature)
    probable = 1 / (1 + np.exp(-sides))
    return Reading(
        told,
        dict(zip(STAGES, given.tolist(), strict=True)),
        dict(zip(STATUSES, _softmax(statuses / calibration.status_temperature).tolist(), strict=True)),
        dict(zip(KINDS, _softmax(kinds).tolist(), strict=True)),
        offsets,
        probable[:, 0],
        probable[:, 1],
    )


def _softmax(scores: Floats) -> Floats:
    power = np.exp(scores - scores.max())
    result: Floats = power / power.sum()
    return result


def runs(probable: Floats, offsets: Sequence[Span], least: float) -> list[tuple[Span, float]]:
    """Give the stretches of pieces that are likely words for a side, each with its chance, best first."""
    found: list[tuple[Span, list[float]]] = []
    open_run = False
    for chance, (start, end) in zip(probable.tolist(), offsets, strict=True):
        if chance < least or start == end:
            open_run = False
            continue
        if open_run:
            (first, _), chances = found[-1]
            found[-1] = (first, end), [*chances, chance]
        else:
            found.append(((start, end), [chance]))
        open_run = True
    return sorted(((span, max(chances)) for span, chances in found), key=lambda r: (-r[1], r[0]))

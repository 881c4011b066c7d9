"""What a small network thinks that one actor does to another in a sentence.

The sentence is read once a pair, with both actors marked: an embedding of the part that a piece has is added
to that of the piece. Out come the scores of the PLOVER types (and of none), of the statuses, of whether
somebody is reported to say it, and of each piece as the word that names the deed.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, get_args

import msgspec
import numpy as np
from numpy.typing import NDArray

from onrecord.attributions.network import shipped as attribution
from onrecord.record import EventType, Status

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

Span = tuple[int, int]
Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

TYPES: tuple[str, ...] = (*get_args(EventType), "IMPOSE", "NONE")
"""What the network tells apart: PLOVER's types, IMPOSE (sanctions and embargoes, which its editions file
differently; see `onrecord.events.plover.IMPOSE`), and NONE."""
STATUSES: tuple[Status, ...] = get_args(Status)

SOURCE, RECIPIENT = 1, 2
CLS, SEP = 101, 102
LONGEST = 126
"""Pieces of a sentence that are read at most, around its pair."""
BEFORE, AFTER = 16, 24
"""Pieces before the first and after the last word of a pair that are read: more change no figure."""

FOLDER = resources.files("onrecord").joinpath("models/events")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as the network sees it: pieces, and where each stands in the text."""

    text: str
    pieces: Ints
    offsets: tuple[Span, ...]


def sentence(text: str, tokenizer: Tokenizer) -> Sentence:
    """Cut a sentence into pieces, without those around it."""
    encoded = tokenizer.encode(text, add_special_tokens=False)
    return Sentence(text, np.array(encoded.ids, np.int64), tuple(encoded.offsets))


def inputs(
    one: Sentence, source: Sequence[Span], recipient: Sequence[Span]
) -> tuple[Ints, Ints, tuple[Span, ...]]:
    """Give pieces, their parts (0 none, 1 source, 2 recipient), and where they stand ((0, 0): nowhere)."""
    parts = np.zeros(len(one.pieces), np.int64)
    for part, spans in ((SOURCE, source), (RECIPIENT, recipient)):
        for start, end in spans:
            inside = [i for i, (a, b) in enumerate(one.offsets) if a < end and b > start]
            parts[inside] = part
    low, high = _window(parts)
    edge = np.zeros(1, np.int64)
    pieces = np.concatenate([[CLS], one.pieces[low:high], [SEP]]).astype(np.int64)
    return pieces, np.concatenate([edge, parts[low:high], edge]), ((0, 0), *one.offsets[low:high], (0, 0))


def _window(parts: Ints) -> Span:
    """Give the stretch around the pair that is read."""
    marked = np.flatnonzero(parts)
    if not len(marked):
        return 0, min(len(parts), LONGEST)
    low, high = max(0, int(marked[0]) - BEFORE), min(len(parts), int(marked[-1]) + 1 + AFTER)
    if high - low > LONGEST:
        middle = int(marked.mean())
        low = max(0, min(middle - LONGEST // 2, len(parts) - LONGEST))
        high = low + LONGEST
    return low, high


class Calibration(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What turns scores into probabilities, fitted on sentences that the network did not learn from."""

    type_temperature: float
    status_temperature: float


@dataclass(frozen=True, slots=True)
class Loaded:
    """The network with its tokenizer."""

    graph: InferenceSession
    tokenizer: Tokenizer
    calibration: Calibration


@dataclass(frozen=True, slots=True)
class Reading:
    """What the network makes of a pair: probabilities by name, and where the word of the deed stands."""

    types: dict[str, float]
    statuses: dict[Status, float]
    said: float
    """How probable it is that somebody is reported to say it."""
    act: Span
    """Characters of the sentence; the whole word. Of a sentence that is all pair, (0, 0)."""


@functools.cache
def load() -> Loaded:
    """Load the network, once a process."""
    graph = attribution.open_graph(FOLDER.joinpath("coder.onnx"))
    calibration = msgspec.json.decode(FOLDER.joinpath("calibration.json").read_bytes(), type=Calibration)
    # Both networks come from one encoder and cut words alike.
    return Loaded(graph, attribution.load().tokenizer, calibration)


def read(
    one: Sentence, source: Sequence[Span], recipient: Sequence[Span], inside: Span | None = None
) -> Reading:
    """Read one pair of a sentence; the act is looked for `inside`."""
    loaded = load()
    low, high = inside or (0, len(one.text))
    pieces, parts, offsets = inputs(one, source, recipient)
    asked = ["types", "statuses", "said", "acts"]
    types, statuses, said, acts = loaded.graph.run(asked, {"pieces": pieces, "parts": parts})
    free = np.array([low <= a < b <= high for a, b in offsets]) & (parts == 0)
    start, end = offsets[int(np.argmax(np.where(free, acts, -np.inf)))] if free.any() else (0, 0)
    return Reading(
        dict(zip(TYPES, _softmax(types / loaded.calibration.type_temperature).tolist(), strict=True)),
        dict(zip(STATUSES, _softmax(statuses / loaded.calibration.status_temperature).tolist(), strict=True)),
        float(1 / (1 + np.exp(-said))),
        _word(one.text, start, end) if start < end else (0, 0),
    )


def _softmax(scores: Floats) -> Floats:
    power = np.exp(scores - scores.max())
    result: Floats = power / power.sum()
    return result


def _word(text: str, start: int, end: int) -> Span:
    """Give the whole word that a piece is part of."""
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return start, end

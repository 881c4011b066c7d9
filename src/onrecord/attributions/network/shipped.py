"""The trained network as it ships: two ONNX graphs, a tokenizer, and the numbers that decode their scores.

`training/` makes these files; the README beside them is the model card.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from onrecord.attributions.network.paths import Floats
from onrecord.attributions.network.words import Ints

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

FOLDER = resources.files("onrecord").joinpath("models/attribution")


class Decoder(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What turns scores into attributions, fitted on articles that the network did not learn from."""

    transitions: tuple[tuple[float, ...], ...]
    """Scores of steps between tags, from × to."""
    start: tuple[float, ...]
    """Scores of a first tag."""
    least_cue: float
    """The least probability of a cue that is looked at at all."""
    least: float
    """The least confidence of an attribution that is given."""
    network_weights: tuple[float, ...]
    """Of the signals of what the network links; `onrecord.attributions.candidates.SIGNALS` names them."""
    rules_weights: tuple[float, ...]
    """Of the signals of what only rules find."""
    knots: tuple[tuple[float, float], ...]
    """From what the signals weigh to a probability."""


@dataclass(frozen=True, slots=True)
class Graphs:
    """The network itself, one window or one cue at a time, on one thread."""

    tagger: InferenceSession
    arguments: InferenceSession
    transitions: Floats
    start: Floats

    def tag(self, pieces: Ints, features: Ints, word_at: Ints) -> tuple[Floats, Floats, Floats]:
        """Give each word of a window as a word near a cue, as a cue (words × width), and its flat scores."""
        near, keys, flat = self.tagger.run(None, {"pieces": pieces, "features": features, "word_at": word_at})
        return near, keys, flat

    def argue(self, near: Floats, cue: Floats, relations: Ints) -> Floats:
        """Give the scores (words × tags) of the words near one cue."""
        scores: Floats = self.arguments.run(None, {"near": near, "cue": cue, "relations": relations})[0]
        return scores


@dataclass(frozen=True, slots=True)
class Loaded:
    """The network with what stands before and after it."""

    graphs: Graphs
    tokenizer: Tokenizer
    decoder: Decoder


@functools.cache
def load() -> Loaded:
    """Load the network and its decoder, once a process."""
    from tokenizers import Tokenizer  # heavy, and most commands never need it  # noqa: PLC0415

    decoder = msgspec.json.decode(FOLDER.joinpath("decoder.json").read_bytes(), type=Decoder)
    tokenizer = Tokenizer.from_str(FOLDER.joinpath("tokenizer.json").read_text(encoding="utf-8"))
    return Loaded(
        opened(FOLDER, {"transitions": decoder.transitions, "start": decoder.start}), tokenizer, decoder
    )


def opened(folder: Traversable, chain: Mapping[str, Any]) -> Graphs:
    """Open the graphs of a folder; `chain` has the scores of steps between tags and of first tags."""
    return Graphs(
        open_graph(folder.joinpath("tagger.onnx")),
        open_graph(folder.joinpath("arguments.onnx")),
        np.array(chain["transitions"], np.float32),
        np.array(chain["start"], np.float32),
    )


def open_graph(file: Traversable) -> InferenceSession:
    """Open one ONNX graph, on one thread."""
    import onnxruntime  # heavy, and most commands never need it  # noqa: PLC0415

    options = onnxruntime.SessionOptions()
    # One thread: sums in another order would round otherwise, and articles are what is read in parallel.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(file.read_bytes(), options, providers=["CPUExecutionProvider"])

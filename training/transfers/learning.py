"""Train the network on rows; seeded, so that the same rows and machine give the same weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn

from onrecord.events.network import Span, sentence
from onrecord.transfers.network import KINDS, NONE, STAGES, STATUSES, inputs
from training.events.learning import batches
from training.steps import fit

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from training.transfers.reader import Reader
    from training.transfers.rows import Row


@dataclass(frozen=True, slots=True)
class Settings:
    """What a network is made with."""

    epochs: int = 8
    seed: int = 20161108
    encoder_rate: float = 1.2e-4
    head_rate: float = 1.0e-3
    warmup: float = 0.1
    decay: float = 0.01
    smoothing: float = 0.05
    averaged: float = 0.99
    """How much of the running average of the weights each step keeps."""
    pieces_a_step: int = 1100
    sides_weigh: float = 3.0
    """How much a word of a side counts against one that is none: there are few."""


@dataclass(frozen=True, slots=True)
class Example:
    """A row as tensors: what the network sees, and what it should say (-1: not labelled)."""

    pieces: Tensor
    parts: Tensor
    sides: Tensor
    stage: int
    status: int
    kind: int
    weight: float


def example(row: Row, tokenizer: Tokenizer, weight: float = 1.0) -> Example:
    """Give the tensors of a row."""
    pieces, parts, offsets = inputs(sentence(row.text, tokenizer), row.item)
    sides = torch.zeros(len(pieces), 2)
    for k, side in enumerate((row.supplier, row.recipient)):
        if side is not None:
            sides[_inside(offsets, side), k] = 1.0
    return Example(
        torch.from_numpy(pieces),
        torch.from_numpy(parts),
        sides,
        NONE if row.stage is None else list(STAGES).index(row.stage),  # type: ignore[arg-type]
        -1 if row.status is None else list(STATUSES).index(row.status),  # type: ignore[arg-type]
        -1 if row.kind is None else list(KINDS).index(row.kind),  # type: ignore[arg-type]
        weight,
    )


def _inside(offsets: Sequence[Span], span: Span) -> list[int]:
    return [i for i, (a, b) in enumerate(offsets) if a < span[1] and b > span[0]]


@dataclass(frozen=True, slots=True)
class Batch:
    """Examples side by side."""

    pieces: Tensor
    parts: Tensor
    mask: Tensor
    sides: Tensor
    stage: Tensor
    status: Tensor
    kind: Tensor
    weight: Tensor


def collate(group: Sequence[Example]) -> Batch:
    """Pad to a multiple of eight: few shapes, so that kernels are prepared once."""
    most = -(-max(len(e.pieces) for e in group) // 8) * 8

    def padded(tensors: Sequence[Tensor]) -> Tensor:
        return torch.stack([nn.functional.pad(t, (0, most - len(t))) for t in tensors])

    return Batch(
        padded([e.pieces for e in group]),
        padded([e.parts for e in group]),
        padded([torch.ones(len(e.pieces)) for e in group]).bool(),
        torch.stack([nn.functional.pad(e.sides, (0, 0, 0, most - len(e.pieces))) for e in group]),
        torch.tensor([e.stage for e in group]),
        torch.tensor([e.status for e in group]),
        torch.tensor([e.kind for e in group]),
        torch.tensor([e.weight for e in group]),
    )


def losses(scores: tuple[Tensor, ...], batch: Batch, settings: Settings) -> Tensor:
    """Give the loss of a batch: of stages, of status and kind where they are told, of the sides' words."""
    stages, statuses, kinds, sides = (s.float() for s in scores)
    each = nn.functional.cross_entropy(
        stages, batch.stage, label_smoothing=settings.smoothing, reduction="none"
    )
    loss = (each * batch.weight).sum() / batch.weight.sum()
    told = batch.status >= 0
    if told.any():
        loss = loss + 0.5 * nn.functional.cross_entropy(
            statuses[told], batch.status[told], label_smoothing=settings.smoothing
        )
        loss = loss + 0.3 * nn.functional.cross_entropy(kinds[told], batch.kind[told])
        # Where nothing is transferred, nobody is a side either: every row counts, the words of sides more.
    weight = 1 + (settings.sides_weigh - 1) * batch.sides
    piece = nn.functional.binary_cross_entropy_with_logits(
        sides, batch.sides, weight=weight, reduction="none"
    )
    per_row = (piece.sum(dim=-1) * batch.mask).sum(dim=-1)
    return loss + 0.25 * (per_row * batch.weight).sum() / batch.weight.sum()


def train(network: Reader, examples: Sequence[Example], settings: Settings, name: str = "") -> Reader:
    """Train `network` in place and give the running average of its weights."""

    def loss(scores: tuple[Tensor, ...], batch: Batch) -> Tensor:
        return losses(scores, batch, settings)

    return fit(network, examples, settings, batches, collate, loss, name)


@torch.no_grad()
def predict(network: Reader, examples: Sequence[Example]) -> list[tuple[Tensor, ...]]:
    """Give the scores of stages, statuses, kinds and sides, row by row."""
    network.eval()
    places = sorted(range(len(examples)), key=lambda i: len(examples[i].pieces))
    result: list[Any] = [None] * len(examples)
    for at in range(0, len(places), 16):
        group = places[at : at + 16]
        batch = collate([examples[i] for i in group])
        scores = network(batch.pieces, batch.parts, batch.mask)
        for k, i in enumerate(group):
            result[i] = tuple(s[k] for s in scores)
    return result

"""Train the network on rows, in stages; seeded, so that the same rows and machine give the same weights."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn

from onrecord.events.network import STATUSES, TYPES, inputs, sentence
from training.steps import fit

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from training.events.coder import Coder
    from training.events.rows import Row


@dataclass(frozen=True, slots=True)
class Settings:
    """What a stage is made with."""

    epochs: int = 4
    seed: int = 20161108
    encoder_rate: float = 1.0e-4
    head_rate: float = 1.0e-3
    warmup: float = 0.1
    decay: float = 0.01
    smoothing: float = 0.05
    averaged: float = 0.995
    """How much of the running average of the weights each step keeps."""
    pieces_a_step: int = 1100


@dataclass(frozen=True, slots=True)
class Example:
    """A row as tensors: what the network sees, and what it should say (-1: not labelled)."""

    pieces: Tensor
    parts: Tensor
    types: Tensor
    act: Tensor
    status: int
    said: float
    weight: float


def example(row: Row, tokenizer: Tokenizer, weight: float = 1.0) -> Example:
    """Give the tensors of a row."""
    pieces, parts, offsets = inputs(sentence(row.text, tokenizer), row.source, row.recipient)
    act = torch.zeros(len(pieces))
    if row.act is not None:
        inside = [i for i, (a, b) in enumerate(offsets) if a < row.act[1] and b > row.act[0]]
        act[inside] = 1.0 / max(1, len(inside))
    types = torch.zeros(len(TYPES), dtype=torch.bool)
    types[[TYPES.index(t) for t in row.types]] = True
    return Example(
        torch.from_numpy(pieces),
        torch.from_numpy(parts),
        types,
        act,
        -1 if row.status is None else list(STATUSES).index(row.status),
        -1.0 if row.said is None else float(row.said),
        weight,
    )


@dataclass(frozen=True, slots=True)
class Batch:
    """Examples side by side."""

    pieces: Tensor
    parts: Tensor
    mask: Tensor
    types: Tensor
    acts: Tensor
    status: Tensor
    said: Tensor
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
        torch.stack([e.types for e in group]),
        padded([e.act for e in group]),
        torch.tensor([e.status for e in group]),
        torch.tensor([e.said for e in group]),
        torch.tensor([e.weight for e in group]),
    )


def batches(examples: Sequence[Example], size: int, rng: random.Random | None) -> Iterator[list[Example]]:
    """Group examples of like length, about `size` pieces at a time; shuffled where `rng` is given."""
    order = sorted(examples, key=lambda e: len(e.pieces) + (rng.random() * 6 if rng else 0))
    groups: list[list[Example]] = [[]]
    for one in order:
        if groups[-1] and (len(groups[-1]) + 1) * len(one.pieces) > size:
            groups.append([])
        groups[-1].append(one)
    if rng:
        rng.shuffle(groups)
    yield from (g for g in groups if g)


def losses(scores: tuple[Tensor, Tensor, Tensor, Tensor], batch: Batch, smoothing: float) -> Tensor:
    """Give the loss of a batch: of types, and of act, status and voice where they are labelled."""
    types, statuses, voices, acts = (s.float() for s in scores)
    logs = types.log_softmax(dim=-1)
    right = logs.masked_fill(~batch.types, -1e4).logsumexp(dim=-1)
    total = -((1 - smoothing) * right + smoothing * logs.mean(dim=-1)) * batch.weight
    loss = total.sum() / batch.weight.sum()
    known = batch.acts.sum(dim=1) > 0
    if known.any():
        loss = loss - 0.5 * (batch.acts * acts.log_softmax(dim=-1))[known].sum(dim=1).mean()
    known = batch.status >= 0
    if known.any():
        loss = loss + 0.5 * nn.functional.cross_entropy(statuses[known], batch.status[known])
    known = batch.said >= 0
    if known.any():
        loss = loss + 0.2 * nn.functional.binary_cross_entropy_with_logits(voices[known], batch.said[known])
    return loss


def train(network: Coder, examples: Sequence[Example], settings: Settings, name: str = "") -> Coder:
    """Train `network` in place and give the running average of its weights."""

    def loss(scores: tuple[Tensor, ...], batch: Batch) -> Tensor:
        return losses(scores, batch, settings.smoothing)

    return fit(network, examples, settings, batches, collate, loss, name)


@torch.no_grad()
def predict(network: Coder, examples: Sequence[Example]) -> list[tuple[Tensor, Tensor, Tensor, Tensor]]:
    """Give probabilities of types, statuses and being said, and of each piece as the act, row by row."""
    network.eval()
    places = sorted(range(len(examples)), key=lambda i: len(examples[i].pieces))
    result: list[Any] = [None] * len(examples)
    for at in range(0, len(places), 16):
        group = places[at : at + 16]
        batch = collate([examples[i] for i in group])
        types, statuses, voices, acts = network(batch.pieces, batch.parts, batch.mask)
        for k, i in enumerate(group):
            result[i] = (
                types[k].softmax(-1),
                statuses[k].softmax(-1),
                voices[k].sigmoid(),
                acts[k].softmax(-1),
            )
    return result

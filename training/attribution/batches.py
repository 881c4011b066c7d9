"""Windows of annotated articles as tensors."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor

from onrecord.attributions.network import inputs
from onrecord.attributions.network.words import RELATIONS, Ints, Window, region, relations, windows

if TYPE_CHECKING:
    from training.attribution.data import Annotated

BUDGET = 2400
"""Pieces in a batch, padding counted in."""
_LENGTHS = (64, 128, 224)
"""Words around a cue to which surroundings are padded."""
_STRAIGHT = {1523: 1000, 1524: 1000, 1521: 1005, 1520: 1005}
"""Curly quotation marks of the encoder's vocabulary and their straight forms."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One window of one article."""

    article: Annotated
    window: Window


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows side by side; `flat` is -100 where there is no word."""

    parts: tuple[Piece, ...]
    pieces: Tensor
    features: Tensor
    word_at: Tensor
    mask: Tensor
    flat: Tensor


def cut(articles: Sequence[Annotated]) -> list[Piece]:
    """Give all windows of the articles."""
    return [Piece(a, w) for a in articles for w in windows(a.words)]


def batches(parts: Sequence[Piece], rng: random.Random) -> Iterator[list[Piece]]:
    """Give the windows in random batches of windows alike in length.

    Batches of one length have one size: kernels are prepared anew for every shape, which costs more than the
    padding.
    """
    alike: dict[int, list[Piece]] = {}
    for part in parts:
        alike.setdefault(_rounded(_length(part)), []).append(part)
    groups: list[list[Piece]] = []
    for length, own in sorted(alike.items()):
        rng.shuffle(own)
        size = BUDGET // length
        groups.extend(own[i : i + size] for i in range(0, len(own), size))
    rng.shuffle(groups)
    yield from groups


def _rounded(count: int, to: int = 16) -> int:
    return -(-count // to) * to


def _length(part: Piece) -> int:
    at = part.article.words.piece_start
    return int(at[part.window.last] - at[part.window.first]) + 2


def flat_tags(article: Annotated) -> Ints:
    """Give the tag of every word of an article, without regard to whose it is."""
    tags = np.zeros(len(article.words), np.int64)
    for gold in article.gold:
        for begin, covered in ((1, gold.source), (5, gold.content), (3, range(*gold.cue))):
            _mark(tags, covered, begin)
    return tags


def collate(parts: Sequence[Piece], flats: dict[str, Ints], rng: random.Random | None) -> Batch:
    """Pad windows to one length. With `rng`, some windows have their curly quotation marks made straight."""
    rows = [inputs(p.article.words, p.window) for p in parts]
    longest, most = (_rounded(max(len(r[k]) for r in rows)) for k in (0, 2))
    pieces = torch.zeros(len(rows), longest, dtype=torch.long)
    features = torch.zeros(len(rows), longest, rows[0][1].shape[1], dtype=torch.long)
    word_at = torch.zeros(len(rows), most, dtype=torch.long)
    mask = torch.zeros(len(rows), longest, dtype=torch.long)
    flat = torch.full((len(rows), most), -100)
    for i, (part, (ids, kinds, at)) in enumerate(zip(parts, rows, strict=True)):
        straight = rng is not None and rng.random() < 0.3
        shown = np.array([_STRAIGHT.get(int(p), int(p)) for p in ids]) if straight else ids
        pieces[i, : len(ids)] = torch.from_numpy(shown)
        features[i, : len(ids)] = torch.from_numpy(kinds)
        mask[i, : len(ids)] = 1
        word_at[i, : len(at)] = torch.from_numpy(at)
        w = part.window
        flat[i, : len(at)] = torch.from_numpy(flats[part.article.name][w.first : w.last])
    return Batch(tuple(parts), pieces, features, word_at, mask, flat)


@dataclass(frozen=True, slots=True)
class Around:
    """The words around cues, as tensors: which window and words, relations, gold tags and lengths."""

    row: Tensor
    low: Tensor
    cue: Tensor
    relations: Tensor
    tags: Tensor
    length: Tensor
    count: int
    """How many rows are cues; the rest repeat the last one, for the shape's sake."""


def around(
    parts: Sequence[Piece], wrong: Sequence[Sequence[tuple[int, int]]], rng: random.Random
) -> list[Around]:
    """Give the surroundings of the cues of windows, and of `wrong` cues, to which nothing belongs.

    Short and long surroundings come apart.
    """
    rows: list[_Row] = []
    for row, (part, more) in enumerate(zip(parts, wrong, strict=True)):
        words, w = part.article.words, part.window
        gold = {g.cue: g for g in part.article.gold if w.first <= g.cue[0] and g.cue[1] <= w.last}
        shown = [c for c in (*gold, *more) if rng.random() > 0.05]
        others = np.array(sorted(c[0] for c in shown), np.int64)
        for cue in (*gold, *more):
            low, high = region(words, w, cue)
            tags = np.zeros(high - low, np.int64)
            if cue in gold:
                _mark(tags, [i - low for i in gold[cue].source if low <= i < high], 1)
                own = set(gold[cue].content) - set(gold[cue].source)  # a word has one tag
                _mark(tags, [i - low for i in sorted(own) if low <= i < high], 3)
            related = relations(words, cue, (low, high), others)
            rows.append(_Row(row, low - w.first, (cue[0] - w.first, cue[1] - w.first), related, tags))
    short = [r for r in rows if len(r.tags) <= _LENGTHS[0]]
    long = [r for r in rows if len(r.tags) > _LENGTHS[0]]
    return [_stacked(group) for group in (short, long) if group]


@dataclass(frozen=True, slots=True)
class _Row:
    row: int
    low: int
    cue: tuple[int, int]
    relations: Ints
    tags: Ints


def _mark(tags: Ints, covered: Sequence[int], begin: int) -> None:
    previous = None
    for i in covered:
        tags[i] = begin + 1 if previous == i - 1 else begin
        previous = i


def _stacked(rows: Sequence[_Row]) -> Around:
    most = next(n for n in _LENGTHS if n >= max(len(r.tags) for r in rows))
    count = len(rows)
    rows = [*rows, *rows[-1:] * (_rounded(count) - count)]
    related = torch.zeros(len(rows), most, len(RELATIONS), dtype=torch.long)
    tags = torch.zeros(len(rows), most, dtype=torch.long)
    for i, r in enumerate(rows):
        related[i, : len(r.tags)] = torch.from_numpy(r.relations)
        tags[i, : len(r.tags)] = torch.from_numpy(r.tags)
    return Around(
        row=torch.tensor([r.row for r in rows]),
        low=torch.tensor([r.low for r in rows]),
        cue=torch.tensor([r.cue for r in rows]),
        relations=related,
        tags=tags,
        length=torch.tensor([len(r.tags) for r in rows]),
        count=count,
    )

"""Train the network on annotated articles; kept after every epoch, so that a killed run goes on.

Seeded: the same data, seed and machine give the same weights. Encoder arithmetic is in bfloat16 where the
processor has it; weights, optimiser and the conditional random field are in 32 bits.
"""

from __future__ import annotations

import copy
import json
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import Tensor, nn

from onrecord.attributions.network import CUE
from onrecord.attributions.network.words import Ints
from training.attribution.batches import Around, Batch, Piece, around, batches, collate, cut, flat_tags
from training.attribution.model import Network
from training.steps import follow, make_optimiser, set_rate

if TYPE_CHECKING:
    from training.attribution.data import Annotated


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run is made with."""

    epochs: int = 5
    seed: int = 20161108
    encoder_rate: float = 1.5e-4
    head_rate: float = 1.5e-3
    warmup: float = 0.08
    decay: float = 0.01
    arguments_weight: float = 0.25
    averaged: float = 0.998
    """How much of the running average of the weights each step keeps."""


Watch = Callable[["TorchNetwork"], dict[str, float]]
"""Whatever gives figures of a network on articles that it does not learn from."""


class TorchNetwork:
    """A network in training, read as the tagger reads it."""

    def __init__(self, network: Network) -> None:
        self.network = network.eval()
        with torch.no_grad():
            self.transitions = network.chain.transitions().numpy()
            self.start = network.chain.start().numpy()

    def tag(self, pieces: Ints, features: Ints, word_at: Ints) -> tuple[Any, Any, Any]:
        """Give words, cues and flat scores of one window."""
        with torch.no_grad():
            one = [torch.from_numpy(a).unsqueeze(0) for a in (pieces, features, word_at)]
            states, keys, flat = self.network.tagger(*one, None)
            return states[0].numpy(), keys[0].numpy(), flat[0].numpy()

    def argue(self, states: Any, cue: Any, relations: Ints) -> Any:
        """Give the scores of the words around one cue."""
        with torch.no_grad():
            one = [torch.from_numpy(a).unsqueeze(0) for a in (states, cue, relations)]
            return self.network.arguments(*one, None)[0].numpy()


def train(
    articles: Sequence[Annotated], encoder: Path, kept: Path, settings: Settings, watch: Watch
) -> Network:
    """Train on `articles`, print what `watch` gives after every epoch, and give the averaged network."""
    torch.manual_seed(settings.seed)
    network = Network(encoder)
    network.tagger.bert.embeddings.word_embeddings.weight.requires_grad_(False)
    average = copy.deepcopy(network)
    optimiser = make_optimiser(
        network, "tagger.bert", settings.encoder_rate, settings.head_rate, settings.decay
    )
    parts = cut(articles)
    flats = {a.name: flat_tags(a) for a in articles}
    steps = settings.epochs * sum(1 for _ in batches(parts, random.Random(0)))
    done, first = 0, 0
    checkpoint = kept / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        network.load_state_dict(state["network"])
        average.load_state_dict(state["average"])
        optimiser.load_state_dict(state["optimiser"])
        done, first = state["done"], state["epoch"]
    for epoch in range(first, settings.epochs):
        rng = random.Random(settings.seed + epoch)
        torch.manual_seed(settings.seed + epoch)
        network.train()
        begun, losses = time.time(), []
        for group in batches(parts, rng):
            set_rate(optimiser, done, steps, settings.warmup)
            losses.append(_step(network, optimiser, collate(group, flats, rng), settings, rng))
            done += 1
            follow(average, network, min(settings.averaged, (1 + done) / (10 + done)))
            if done % 50 == 0:
                recent = np.mean(losses[-50:], axis=0)
                print(f"epoch {epoch + 1} step {done}/{steps} flat {recent[0]:.4f} arguments {recent[1]:.3f} "
                      f"{time.time() - begun:.0f} s", flush=True)  # fmt: skip
        state = {
            "network": network.state_dict(),
            "average": average.state_dict(),
            "optimiser": optimiser.state_dict(),
            "done": done,
            "epoch": epoch + 1,
        }
        torch.save(state, checkpoint.with_suffix(".partial"))
        checkpoint.with_suffix(".partial").rename(checkpoint)
        print(f"epoch {epoch + 1}", json.dumps(watch(TorchNetwork(average))), flush=True)
    return average


def _step(
    network: Network, optimiser: torch.optim.AdamW, batch: Batch, settings: Settings, rng: random.Random
) -> tuple[float, float]:
    with torch.autocast("cpu", dtype=torch.bfloat16):
        states, keys, flat = network.tagger(batch.pieces, batch.features, batch.word_at, batch.mask)
    states, keys, flat = states.float(), keys.float(), flat.float()
    flat_loss = nn.functional.cross_entropy(flat.flatten(0, 1), batch.flat.flatten(), label_smoothing=0.02)
    near = around(batch.parts, _wrong(flat.detach(), batch.parts), rng)
    argument_loss = _arguments(network, states, keys, near)
    loss = flat_loss + settings.arguments_weight * argument_loss
    loss.backward()
    nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimiser.step()
    optimiser.zero_grad(set_to_none=True)
    return flat_loss.item(), argument_loss.item()


def _arguments(network: Network, states: Tensor, keys: Tensor, surroundings: Sequence[Around]) -> Tensor:
    """Give the mean loss over cues."""
    losses = []
    for near in surroundings:
        most = near.tags.shape[1]
        at = (near.low.unsqueeze(1) + torch.arange(most)).clamp(max=states.shape[1] - 1)
        own = states[near.row.unsqueeze(1), at]
        inside = (torch.arange(keys.shape[1]) >= near.cue[:, :1]) & (
            torch.arange(keys.shape[1]) < near.cue[:, 1:]
        )
        share = inside.float() / inside.sum(dim=1, keepdim=True)
        cue = torch.bmm(share.unsqueeze(1), keys[near.row]).squeeze(1)
        padding = torch.arange(most) >= near.length.unsqueeze(1)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            scores = network.arguments(own, cue, near.relations, padding)
        losses.append(network.chain.loss(scores.float(), near.tags, near.length)[: near.count])
    return torch.cat(losses).mean() if losses else states.sum() * 0


def _wrong(flat: Tensor, parts: Sequence[Piece]) -> list[list[tuple[int, int]]]:
    """Give the words that the network now takes for cues and that are none."""
    likely = flat.softmax(dim=-1)[..., CUE : CUE + 2].sum(dim=-1) > 0.2
    result = []
    for part, row in zip(parts, likely, strict=True):
        w = part.window
        gold = {i for g in part.article.gold for i in range(*g.cue)}
        own = [int(i) + w.first for i in torch.nonzero(row).flatten() if int(i) + w.first < w.last]
        result.append([(i, i + 1) for i in own if i not in gold][:3])
    return result


def _follow(average: Network, network: Network, keep: float) -> None:
    with torch.no_grad():
        for slow, fast in zip(average.parameters(), network.parameters(), strict=True):
            if fast.requires_grad:
                slow.lerp_(fast, 1 - keep)

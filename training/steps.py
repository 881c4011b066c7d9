"""How weights are moved: the optimiser, its rate, and the running average that is kept."""

from __future__ import annotations

import copy
import math
import random
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import torch
from torch import nn


def make_optimiser(
    network: nn.Module, encoder: str, encoder_rate: float, head_rate: float, decay: float
) -> torch.optim.AdamW:
    """Give AdamW with a rate of its own for the encoder, whose weights' names begin with `encoder`."""
    groups: list[dict[str, Any]] = []
    for name, weight in network.named_parameters():
        if weight.requires_grad:
            top = encoder_rate if name.startswith(encoder) else head_rate
            own_decay = decay if weight.dim() > 1 else 0.0
            groups.append({"params": [weight], "top": top, "weight_decay": own_decay})
    return torch.optim.AdamW(groups, lr=encoder_rate)


def set_rate(optimiser: torch.optim.Optimizer, step: int, steps: int, warmup: float) -> None:
    """Let the rates rise straight to their tops, then fall as a cosine to nothing."""
    share = step / steps
    rate = (
        share / warmup if share < warmup else 0.5 * (1 + math.cos(math.pi * (share - warmup) / (1 - warmup)))
    )
    for own in optimiser.param_groups:
        own["lr"] = own["top"] * rate


@torch.no_grad()
def follow(average: nn.Module, network: nn.Module, kept: float) -> None:
    """Move the running average towards the weights; `kept` is what it keeps of itself."""
    for old, new in zip(average.parameters(), network.parameters(), strict=True):
        old.lerp_(new, 1 - kept)


def fit(  # noqa: PLR0913
    network: nn.Module,
    examples: Sequence[Any],
    settings: Any,
    batches: Callable[[Sequence[Any], int, random.Random], Iterator[list[Any]]],
    collate: Callable[[list[Any]], Any],
    losses: Callable[[tuple[torch.Tensor, ...], Any], torch.Tensor],
    name: str = "",
) -> nn.Module:
    """Train a network with an encoder `bert` in place and give the running average of its weights.

    `settings` has epochs, seed, encoder_rate, head_rate, warmup, decay, averaged and pieces_a_step.
    """
    torch.manual_seed(settings.seed)
    rng = random.Random(settings.seed)
    network.train()
    network.bert.embeddings.word_embeddings.weight.requires_grad_(False)
    average = copy.deepcopy(network)
    optimiser = make_optimiser(network, "bert", settings.encoder_rate, settings.head_rate, settings.decay)
    steps = settings.epochs * sum(1 for _ in batches(examples, settings.pieces_a_step, rng))
    done = 0
    for epoch in range(settings.epochs):
        begun, seen = time.time(), 0.0
        for group in batches(examples, settings.pieces_a_step, rng):
            set_rate(optimiser, min(done, steps - 1), steps, settings.warmup)
            batch = collate(group)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scores = network(batch.pieces, batch.parts, batch.mask)
            loss = losses(scores, batch)
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            seen += loss.item() * len(group)
            done += 1
            follow(average, network, min(settings.averaged, (1 + done) / (10 + done)))
        print(
            f"{name} epoch {epoch + 1} loss {seen / len(examples):.3f} {time.time() - begun:.0f} s",
            flush=True,
        )
    return average.eval()

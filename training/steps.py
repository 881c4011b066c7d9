"""How weights are moved: the optimiser, its rate, and the running average that is kept."""

from __future__ import annotations

import math
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

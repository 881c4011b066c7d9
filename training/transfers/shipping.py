"""Write a trained network as the package ships it: one ONNX graph, matrices in seven bits."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from training.encoder import OneSequence
from training.events.shipping import write_graph

if TYPE_CHECKING:
    from training.transfers.reader import Reader

NAMES = ("stages", "statuses", "kinds", "sides")


class OneItem(nn.Module):
    """The network on one item, without batch or padding."""

    def __init__(self, network: Reader) -> None:
        super().__init__()
        self.network, self.encoder = network, OneSequence(network.bert)

    def forward(self, pieces: Tensor, parts: Tensor) -> tuple[Tensor, ...]:
        """Give the scores of stages, statuses, kinds, and of each piece as a side."""
        states = self.encoder(pieces, self.network.part(parts))
        mask = torch.ones_like(pieces).bool().unsqueeze(0)
        return tuple(score[0] for score in self.network.read(states.unsqueeze(0), parts.unsqueeze(0), mask))


def export(network: Reader, folder: Path) -> None:
    """Write the graph under `folder`.

    Raises:
        ValueError: where the graph gives other scores than the trained network.
    """
    pieces, parts = torch.arange(1000, 1024), torch.zeros(24, dtype=torch.long)
    parts[3:5] = 1
    one = OneItem(network.eval()).eval()
    write_graph(network, one, (pieces, parts), NAMES, "sides", folder / "reader.onnx")

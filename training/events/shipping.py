"""Write a trained network as the package ships it: one ONNX graph, matrices in seven bits."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.encoder import OneSequence

if TYPE_CHECKING:
    from training.events.coder import Coder

NAMES = ("types", "statuses", "said", "acts")


class OnePair(nn.Module):
    """The network on one pair, without batch or padding."""

    def __init__(self, network: Coder) -> None:
        super().__init__()
        self.network, self.encoder = network, OneSequence(network.bert)

    def forward(self, pieces: Tensor, parts: Tensor) -> tuple[Tensor, ...]:
        """Give the scores of types, statuses, being said, and each piece as the act."""
        states = self.encoder(pieces, self.network.part(parts))
        mask = torch.ones_like(pieces).bool().unsqueeze(0)
        return tuple(score[0] for score in self.network.read(states.unsqueeze(0), parts.unsqueeze(0), mask))


def export(network: Coder, folder: Path) -> None:
    """Write the graph under `folder`.

    Raises:
        ValueError: where the graph gives other scores than the trained network.
    """
    folder.mkdir(parents=True, exist_ok=True)
    one = OnePair(network.eval()).eval()
    pieces = torch.arange(1000, 1024)
    parts = torch.zeros(24, dtype=torch.long)
    parts[3:5], parts[9:12] = 1, 2
    with torch.no_grad():
        trained = [s[0] for s in network(pieces[None], parts[None], torch.ones(1, 24).bool())]
        if not all(torch.allclose(t, e, atol=1e-3) for t, e in zip(trained, one(pieces, parts), strict=True)):
            raise ValueError("the exported network gives other scores than the trained one")
    with tempfile.TemporaryDirectory() as scratch:
        full = Path(scratch) / "coder.onnx"
        torch.onnx.export(
            one, (pieces, parts), str(full), input_names=["pieces", "parts"], output_names=list(NAMES),
            dynamic_axes={"pieces": {0: "piece"}, "parts": {0: "piece"}, "acts": {0: "piece"}},
            opset_version=17, dynamo=False,
        )  # fmt: skip
        # Seven bits: products of eight overflow the 16-bit sums of processors without VNNI, and the same
        # sentence must give the same record on both.
        quantize_dynamic(
            full, folder / "coder.onnx", per_channel=True, reduce_range=True, weight_type=QuantType.QInt8
        )

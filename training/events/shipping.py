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
    pieces, parts = torch.arange(1000, 1024), torch.zeros(24, dtype=torch.long)
    parts[3:5], parts[9:12] = 1, 2
    one = OnePair(network.eval()).eval()
    write_graph(network, one, (pieces, parts), NAMES, "acts", folder / "coder.onnx")


def write_graph(  # noqa: PLR0913
    network: nn.Module,
    one: nn.Module,
    example: tuple[Tensor, Tensor],
    names: tuple[str, ...],
    by_piece: str,
    path: Path,
) -> None:
    """Write a network that reads one sequence of pieces and their parts.

    `network` is the trained one, which reads batches; `one` the same on a single sequence; `by_piece` the
    output that has a row for each piece.

    Raises:
        ValueError: where `one` gives other scores than `network`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    pieces, parts = example
    with torch.no_grad():
        trained = [s[0] for s in network(pieces[None], parts[None], torch.ones(1, len(pieces)).bool())]
        if not all(torch.allclose(t, e, atol=1e-3) for t, e in zip(trained, one(*example), strict=True)):
            raise ValueError("the exported network gives other scores than the trained one")
    with tempfile.TemporaryDirectory() as scratch:
        full = Path(scratch) / path.name
        torch.onnx.export(
            one, example, str(full), input_names=["pieces", "parts"], output_names=list(names),
            dynamic_axes={"pieces": {0: "piece"}, "parts": {0: "piece"}, by_piece: {0: "piece"}},
            opset_version=17, dynamo=False,
        )  # fmt: skip
        # Seven bits: products of eight overflow the 16-bit sums of processors without VNNI, and the same
        # sentence must give the same record on both.
        quantize_dynamic(full, path, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8)

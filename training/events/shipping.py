"""Write a trained network as the package ships it: one ONNX graph, matrices in seven bits."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

if TYPE_CHECKING:
    from coder import Coder

NAMES = ("types", "statuses", "said", "acts")


class OnePair(nn.Module):
    """The network on one pair, without batch or padding; query, key and value are one product."""

    def __init__(self, network: Coder) -> None:
        super().__init__()
        self.network = network
        config = network.bert.config
        self.heads, self.width = config.num_attention_heads, config.hidden_size // config.num_attention_heads
        self.mixed = nn.ModuleList(self._mixed(layer.attention.self) for layer in network.bert.encoder.layer)

    def _mixed(self, attention: nn.Module) -> nn.Linear:
        parts = (attention.query, attention.key, attention.value)
        scales = (self.width**-0.5, 1.0, 1.0)
        size = self.heads * self.width
        mixed = nn.Linear(size, 3 * size)
        mixed.weight.data = torch.cat([p.weight.data * s for p, s in zip(parts, scales, strict=True)])
        mixed.bias.data = torch.cat([p.bias.data * s for p, s in zip(parts, scales, strict=True)])
        return mixed

    def forward(self, pieces: Tensor, parts: Tensor) -> tuple[Tensor, ...]:
        """Give the scores of types, statuses, being said, and each piece as the act."""
        bert = self.network.bert
        table = bert.embeddings
        x = table.word_embeddings(pieces) + self.network.part(parts)
        x = x + table.position_embeddings.weight[: pieces.shape[0]] + table.token_type_embeddings.weight[0]
        x = table.LayerNorm(x)
        for layer, mixed in zip(bert.encoder.layer, self.mixed, strict=True):
            query, key, value = mixed(x).reshape(-1, 3, self.heads, self.width).permute(1, 2, 0, 3)
            seen = (query @ key.transpose(1, 2)).softmax(dim=-1) @ value
            seen = seen.transpose(0, 1).reshape(-1, self.heads * self.width)
            x = layer.attention.output.LayerNorm(layer.attention.output.dense(seen) + x)
            inner = nn.functional.gelu(layer.intermediate.dense(x))
            x = layer.output.LayerNorm(layer.output.dense(inner) + x)
        mask = torch.ones_like(pieces).bool().unsqueeze(0)
        return tuple(score[0] for score in self.network.read(x.unsqueeze(0), parts.unsqueeze(0), mask))


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

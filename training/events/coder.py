"""The network: a small encoder that sees which words are the pair, and four readings of its states."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertModel

from onrecord.events.network import STATUSES, TYPES

HIDDEN = 256


class Coder(nn.Module):
    """Pieces and parts in; scores of types, statuses, voices, and of each piece as the act out."""

    def __init__(self, encoder: Path, dropout: float = 0.15) -> None:
        super().__init__()
        # Dropout on attention costs half as much again on a CPU, and "eager" is the faster kernel there.
        self.bert = BertModel.from_pretrained(
            encoder, add_pooling_layer=False, attn_implementation="eager", attention_probs_dropout_prob=0.0
        )
        width = self.bert.config.hidden_size
        self.part = nn.Embedding(3, width)
        nn.init.normal_(self.part.weight, std=0.02)
        self.dropout = nn.Dropout(dropout)
        self.of_piece = nn.Linear(width, HIDDEN)
        self.of_pair = nn.Linear(2 * width, HIDDEN)
        self.as_act = nn.Linear(HIDDEN, 1)
        self.mixed = nn.Linear(4 * width, HIDDEN)
        self.types = nn.Linear(HIDDEN, len(TYPES))
        self.statuses = nn.Linear(HIDDEN, len(STATUSES))
        self.voices = nn.Linear(HIDDEN, 1)

    def forward(self, pieces: Tensor, parts: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Give scores: rows × types, rows × statuses, rows, rows × pieces.

        `pieces` and `parts` rows × pieces, `mask` rows × pieces (false where there is none).
        """
        embedded = self.bert.embeddings.word_embeddings(pieces) + self.part(parts)
        states = self.bert(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        return self.read(self.dropout(states), parts, mask)

    def read(self, states: Tensor, parts: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Read the states of the encoder."""
        pair = torch.cat([_mean(states, parts == part) for part in (1, 2)], dim=-1)
        acts = self.as_act(torch.tanh(self.of_piece(states) + self.of_pair(pair).unsqueeze(1))).squeeze(-1)
        acts = acts.masked_fill(~mask | (parts > 0), -1e4)
        act = (acts.softmax(dim=-1).unsqueeze(-1) * states).sum(dim=1)
        mixed = self.dropout(nn.functional.gelu(self.mixed(torch.cat([states[:, 0], pair, act], dim=-1))))
        return self.types(mixed), self.statuses(mixed), self.voices(mixed).squeeze(-1), acts


def _mean(states: Tensor, where: Tensor) -> Tensor:
    share = where.to(states.dtype)
    share = share / share.sum(dim=1, keepdim=True).clamp(min=1)
    return (share.unsqueeze(-1) * states).sum(dim=1)

"""The network: a small encoder that sees which words are the item, and four readings of its states."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertModel

from onrecord.transfers.network import KINDS, STAGES, STATUSES

HIDDEN = 256


class Reader(nn.Module):
    """Pieces and parts in; scores of stages (the last: none), statuses, kinds, and of pieces as sides."""

    def __init__(self, encoder: Path, dropout: float = 0.15) -> None:
        super().__init__()
        # As in training.events.coder.
        self.bert = BertModel.from_pretrained(
            encoder, add_pooling_layer=False, attn_implementation="eager", attention_probs_dropout_prob=0.0
        )
        width = self.bert.config.hidden_size
        self.part = nn.Embedding(2, width)
        nn.init.normal_(self.part.weight, std=0.02)
        self.dropout = nn.Dropout(dropout)
        self.of_piece = nn.Linear(width, HIDDEN)
        self.of_item = nn.Linear(width, HIDDEN)
        self.sides = nn.Linear(HIDDEN, 2)
        self.looks = nn.Linear(HIDDEN, 1)
        self.mixed = nn.Linear(3 * width, HIDDEN)
        self.stages = nn.Linear(HIDDEN, len(STAGES) + 1)
        self.statuses = nn.Linear(HIDDEN, len(STATUSES))
        self.kinds = nn.Linear(HIDDEN, len(KINDS))

    def forward(self, pieces: Tensor, parts: Tensor, mask: Tensor) -> tuple[Tensor, ...]:
        """Give scores: rows × stages, rows × statuses, rows × kinds, rows × pieces × 2.

        `pieces` and `parts` rows × pieces, `mask` rows × pieces (false where there is none).
        """
        embedded = self.bert.embeddings.word_embeddings(pieces) + self.part(parts)
        states = self.bert(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        return self.read(self.dropout(states), parts, mask)

    def read(self, states: Tensor, parts: Tensor, mask: Tensor) -> tuple[Tensor, ...]:
        """Read the states of the encoder."""
        share = (parts == 1).to(states.dtype)
        share = share / share.sum(dim=1, keepdim=True).clamp(min=1)
        item = (share.unsqueeze(-1) * states).sum(dim=1)
        hidden = torch.tanh(self.of_piece(states) + self.of_item(item).unsqueeze(1))
        sides = self.sides(hidden)
        looks = self.looks(hidden).squeeze(-1).masked_fill(~mask, -1e4).softmax(dim=-1)
        seen = (looks.unsqueeze(-1) * states).sum(dim=1)
        mixed = self.dropout(nn.functional.gelu(self.mixed(torch.cat([states[:, 0], item, seen], dim=-1))))
        return self.stages(mixed), self.statuses(mixed), self.kinds(mixed), sides

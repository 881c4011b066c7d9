"""The network: a small encoder that sees grammar and quotation marks, and two readings of its states.

1. Every word is tagged as (part of) a source, cue, content or nothing.
2. For each cue, the words around it are tagged again, as *its* source and *its* content, from the states of
   the encoder and from where each word stands to the cue: this is what links the parts.

The second is a conditional random field (Lafferty et al. 2001); its negative log-likelihood is the loss.
"""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertModel

from onrecord.attributions.network.paths import FORBIDDEN, TAGS
from onrecord.attributions.network.words import FEATURES, RELATIONS

WIDTH = 128
"""Width of the network that reads the words around a cue."""
FLAT = 7
"""O, and B and I of source, cue, content."""


class Tagger(nn.Module):
    """Pieces and features in, states and flat tags of words out."""

    def __init__(self, encoder: Path, dropout: float = 0.1) -> None:
        super().__init__()
        # Dropout on attention costs half as much again on a CPU, and "eager" is the faster kernel there.
        self.bert = BertModel.from_pretrained(
            encoder, add_pooling_layer=False, attn_implementation="eager", attention_probs_dropout_prob=0.0
        )
        width = self.bert.config.hidden_size
        self.features = nn.ModuleList(nn.Embedding(n, width) for n in FEATURES)
        for table in self.features:
            nn.init.zeros_(table.weight)  # the encoder starts as it was pretrained
        self.dropout = nn.Dropout(dropout)
        self.flat = nn.Linear(width, FLAT)
        self.as_word = nn.Linear(width, WIDTH)
        self.as_cue = nn.Linear(width, WIDTH)

    def forward(
        self, pieces: Tensor, features: Tensor, word_at: Tensor, mask: Tensor | None
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Give each word as a word near a cue, as (part of) a cue, and its flat scores.

        These are batch × words × `WIDTH`, the same, and batch × words × 7.

        `pieces` batch × pieces, `features` batch × pieces × kinds, `word_at` batch × words (the first piece
        of each), `mask` batch × pieces, none where nothing is padded.
        """
        embedded = self.bert.embeddings.word_embeddings(pieces)
        for i, table in enumerate(self.features):
            embedded = embedded + table(features[..., i])
        hidden = self.bert(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        states = hidden.gather(1, word_at.unsqueeze(-1).expand(-1, -1, hidden.shape[-1]))
        states = self.dropout(states)
        return self.as_word(states), self.as_cue(states), self.flat(states)


class Arguments(nn.Module):
    """The words around one cue in, scores of their tags out."""

    def __init__(self, dropout: float = 0.1, layers: int = 2) -> None:
        super().__init__()
        self.relations = nn.ModuleList(nn.Embedding(n, WIDTH) for n in RELATIONS)
        for table in self.relations:
            nn.init.normal_(table.weight, std=0.1)
        self.norm = nn.LayerNorm(WIDTH)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(
            nn.TransformerEncoderLayer(
                WIDTH, 4, 3 * WIDTH, dropout=0.0, activation="gelu", batch_first=True, norm_first=True
            )
            for _ in range(layers)
        )
        self.last = nn.LayerNorm(WIDTH)
        self.out = nn.Linear(WIDTH, len(TAGS))

    def forward(self, states: Tensor, cue: Tensor, relations: Tensor, padding: Tensor | None) -> Tensor:
        """Give scores, cues × words × tags.

        `states` cues × words × `WIDTH`, `cue` cues × `WIDTH`, `relations` cues × words × kinds, `padding`
        cues × words (true where there is no word).
        """
        x = states + cue.unsqueeze(1)
        for i, table in enumerate(self.relations):
            x = x + table(relations[..., i])
        x = self.dropout(self.norm(x))
        for layer in self.layers:
            x = layer(x, src_key_padding_mask=padding)
        return self.out(self.last(x))


class Chain(nn.Module):
    """The transitions of the conditional random field over `TAGS`."""

    def __init__(self) -> None:
        super().__init__()
        self.free = nn.Parameter(torch.zeros(len(TAGS), len(TAGS)))
        self.free_start = nn.Parameter(torch.zeros(len(TAGS)))
        closed = torch.zeros(len(TAGS), len(TAGS))
        closed_start = torch.zeros(len(TAGS))
        for inside in (2, 4):
            closed_start[inside] = FORBIDDEN
            for before in range(len(TAGS)):
                if before not in (inside, inside - 1):
                    closed[before, inside] = FORBIDDEN
        self.register_buffer("closed", closed)
        self.register_buffer("closed_start", closed_start)

    def transitions(self) -> Tensor:
        """Give the scores of steps, from × to."""
        return self.free + self.closed

    def start(self) -> Tensor:
        """Give the scores of a first tag."""
        return self.free_start + self.closed_start

    def loss(self, emissions: Tensor, tags: Tensor, length: Tensor) -> Tensor:
        """Give the negative log-likelihood of each sequence of `tags` (cues × words)."""
        transitions, rows = self.transitions(), torch.arange(len(tags))
        total = self.start() + emissions[:, 0]
        gold = total[rows, tags[:, 0]]
        for t in range(1, emissions.shape[1]):
            live = t < length
            step = torch.logsumexp(total.unsqueeze(2) + transitions, dim=1) + emissions[:, t]
            total = torch.where(live.unsqueeze(1), step, total)
            more = transitions[tags[:, t - 1], tags[:, t]] + emissions[rows, t, tags[:, t]]
            gold = gold + torch.where(live, more, torch.zeros_like(more))
        return torch.logsumexp(total, dim=1) - gold


class Network(nn.Module):
    """Everything that is trained."""

    def __init__(self, encoder: Path) -> None:
        super().__init__()
        self.tagger = Tagger(encoder)
        self.arguments = Arguments()
        self.chain = Chain()

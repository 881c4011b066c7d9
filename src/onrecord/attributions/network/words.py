"""What the tagger sees of an article: its words in pieces, their grammar, and windows over them.

Everything here is numbers about words. A word is a token of the parse that is not white space; arrays run
over the words of an article unless they say otherwise. Training and reading share this module, so that both
see the same.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from tokenizers import Tokenizer

    from onrecord.quotations import Quotation

Ints = npt.NDArray[np.int64]

POS = tuple(
    "ADJ ADP ADV AUX CCONJ CONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X SPACE".split()
)
"""Universal parts of speech, https://universaldependencies.org/u/pos/ with spaCy's CONJ and SPACE."""

DEP = tuple(
    "ROOT acl acomp advcl advmod agent amod appos attr aux auxpass case cc ccomp compound conj csubj "
    "csubjpass dative dep det dobj expl intj mark meta neg nmod npadvmod nsubj nsubjpass nummod oprd "
    "parataxis pcomp pobj poss preconj predet prep prt punct quantmod relcl xcomp".split()
)
"""The dependency labels of spaCy's English pipelines (ClearNLP's)."""

ENT = tuple("PERSON NORP ORG GPE LOC FAC DATE MONEY PERCENT CARDINAL".split())
"""The kinds of names and numbers that tell a source from another noun (OntoNotes 5)."""

QUOTE = 7
"""Outside, inside, opening mark, closing mark, in single marks, nested, in a quotation left open."""

SHAPE = 6
"""lower, Title, UPPER, miXed, with a digit, no letter."""

NO_LETTER = 5

EDGE = 4
"""Inside a sentence, its first word, a paragraph's first word, a sentence's last word."""

FEATURES = (len(POS) + 1, len(DEP) + 1, len(ENT) + 1, QUOTE, SHAPE, EDGE)
"""How many values each feature of a word has; the last of the first three stands for any other label."""

DEP_AT, ENT_AT, QUOTE_AT, SHAPE_AT = 1, 2, 3, 4
"""Where these features stand among a word's."""

DATE = ENT.index("DATE")

PIECES_A_WORD = 8
"""A longer word (an address, a slip of the keyboard) is cut: it costs as much as a sentence and says less."""

LONGEST_WINDOW = 190
"""Pieces of a window; paragraphs are packed up to it, and cut at sentences beyond it."""

REACH = 96
"""Words on each side of a cue, within its paragraph, among which its source and content are looked for."""


@dataclass(frozen=True, slots=True)
class Words:
    """An article as numbers; `pieces[piece_start[i]:piece_start[i + 1]]` are the pieces of word `i`."""

    start: Ints
    """Code point where each word begins."""
    end: Ints
    features: Ints
    """Words × `FEATURES`."""
    head: Ints
    """The word each word depends on; itself for a root."""
    sentence: Ints
    paragraph: Ints
    pieces: Ints
    piece_start: Ints
    """One longer than the words."""

    def __len__(self) -> int:
        """Give the number of words."""
        return len(self.start)


@dataclass(frozen=True, slots=True)
class Window:
    """Words `first:last`, which are read together."""

    first: int
    last: int


def words_of(doc: Doc, quotations: Sequence[Quotation], tokenizer: Tokenizer) -> Words:
    """Give the words of a parsed article; `quotations` are those of its text."""
    names: list[int | str] = ["IDX", "LENGTH", "POS", "DEP", "ENT_TYPE", "SENT_START", "HEAD", "IS_SPACE"]
    labels = doc.to_array(names).astype(np.uint64).reshape(len(doc), len(names))
    array = labels.view(np.int64)  # the distance to a head that stands before its word is negative
    space = array[:, 7] != 0
    kept = np.flatnonzero(~space)
    number = np.cumsum(~space) - 1
    start = array[kept, 0]
    end = start + array[kept, 1]
    texts = [t.text for t in doc]
    breaks = np.zeros(len(doc), np.int64)
    breaks[[i for i in np.flatnonzero(space) if "\n" in texts[i]]] = 1
    sentence, paragraph = np.cumsum(array[:, 5] == 1)[kept], np.cumsum(breaks)[kept]
    heads = kept + array[kept, 6]
    head = np.where(space[heads], np.arange(len(kept)), number[heads])
    texts = [texts[i] for i in kept]
    strings = doc.vocab.strings
    features = np.stack(
        [
            _coded(labels[kept, 2], [strings[p] for p in POS]),
            _coded(labels[kept, 3], [strings[d] for d in DEP]),
            _coded(labels[kept, 4], [strings[e] for e in ENT]),
            _quoted(start, end, quotations),
            np.fromiter((_shape(t[:32]) for t in texts), np.int64, len(texts)),
            _edges(sentence, paragraph),
        ],
        axis=1,
    )
    pieces, piece_start = _pieces(texts, tokenizer)
    return Words(start, end, features, head, sentence, paragraph, pieces, piece_start)


def _coded(values: npt.NDArray[Any], labels: Sequence[int]) -> Ints:
    known = {label: i for i, label in enumerate(labels)}
    return np.fromiter((known.get(int(v), len(labels)) for v in values), np.int64, len(values))


def _quoted(start: Ints, end: Ints, quotations: Sequence[Quotation]) -> Ints:
    """Give for each word how it stands to the quotation marks."""
    state = np.zeros(len(start), np.int64)
    for q in sorted(quotations, key=lambda q: (q.start, -q.end)):
        first, last = np.searchsorted(end, q.start, "right"), np.searchsorted(start, q.end, "left")
        nested = first < last and state[first:last].any()
        inside = (4 if not nested else 5) if q.single else (5 if nested else 1 if q.closed else 6)
        state[first:last] = inside
        if q.single or first == last:
            continue
        state[first] = 2 if start[first] < q.inner[0] <= end[first] else inside
        if q.closed and start[last - 1] <= q.inner[1] < end[last - 1]:
            state[last - 1] = 3
    return state


@functools.lru_cache(maxsize=65536)
def _shape(text: str) -> int:
    if any(c.isdigit() for c in text):
        return 4
    letters = [c for c in text if c.isalpha()]
    if not letters:
        return NO_LETTER
    if all(c.islower() for c in letters):
        return 0
    if all(c.isupper() for c in letters) and len(letters) > 1:
        return 2
    return 1 if letters[0].isupper() and not any(c.isupper() for c in letters[1:]) else 3


def _edges(sentence: Ints, paragraph: Ints) -> Ints:
    edge = np.zeros(len(sentence), np.int64)
    if len(edge):
        starts = np.diff(sentence, prepend=-1) != 0
        edge[np.append(starts[1:], True)] = 3
        edge[starts] = 1
        edge[np.diff(paragraph, prepend=-1) != 0] = 2
    return edge


def _pieces(texts: Sequence[str], tokenizer: Tokenizer) -> tuple[Ints, Ints]:
    encoded = tokenizer.encode([t[:64] for t in texts], is_pretokenized=True, add_special_tokens=False)
    ids = np.asarray(encoded.ids, np.int64)
    of = np.asarray([w if w is not None else 0 for w in encoded.word_ids], np.int64)
    counts = np.bincount(of, minlength=len(texts)) if len(of) else np.zeros(len(texts), np.int64)
    offset = np.concatenate([[0], np.cumsum(counts)])
    rank = np.arange(len(ids)) - offset[of] if len(of) else of
    keep = rank < PIECES_A_WORD
    ids, of = ids[keep], of[keep]
    # A word that the tokenizer drops (a lone combining mark) still needs a piece of its own.
    empty = np.flatnonzero(counts == 0)
    ids = np.concatenate([ids, np.full(len(empty), tokenizer.token_to_id("[UNK]"), np.int64)])
    of = np.concatenate([of, empty])
    order = np.argsort(of, kind="stable")
    counts = np.bincount(of, minlength=len(texts)) if len(of) else np.zeros(len(texts), np.int64)
    return ids[order], np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)


# --- windows


def windows(words: Words) -> list[Window]:
    """Cover all words with windows of whole paragraphs, cut at sentences where a paragraph is too long."""
    parts: list[tuple[int, int]] = []
    for first, last in _runs(words.paragraph, 0, len(words)):
        if parts and _size(words, parts[-1][0], last) <= LONGEST_WINDOW:
            parts[-1] = (parts[-1][0], last)
        elif _size(words, first, last) <= LONGEST_WINDOW:
            parts.append((first, last))
        else:
            parts.extend(_cut(words, first, last))
    return [Window(*part) for part in parts]


def _size(words: Words, first: int, last: int) -> int:
    return int(words.piece_start[last] - words.piece_start[first])


def _runs(labels: Ints, first: int, last: int) -> list[tuple[int, int]]:
    """Give the stretches of equal labels."""
    if first == last:
        return []
    cuts = np.flatnonzero(np.diff(labels[first:last])) + first + 1
    edges = [first, *cuts.tolist(), last]
    return list(itertools.pairwise(edges))


def _cut(words: Words, first: int, last: int) -> list[tuple[int, int]]:
    """Cut a long paragraph at its sentences, and a sentence that is too long wherever it must be."""
    parts: list[tuple[int, int]] = []
    for begin, end in _runs(words.sentence, first, last):
        start = begin
        if parts and _size(words, parts[-1][0], end) <= LONGEST_WINDOW:
            parts[-1] = (parts[-1][0], end)
            continue
        while _size(words, start, end) > LONGEST_WINDOW:
            middle = (
                int(np.searchsorted(words.piece_start, words.piece_start[start] + LONGEST_WINDOW, "right"))
                - 1
            )
            parts.append((start, middle))
            start = middle
        parts.append((start, end))
    return parts


# --- how the words around a cue stand to it

_STEPS = np.array([1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 22, 29, 38, 50, 66])
_CLIMB = 40
"""Steps up the tree after which a word counts as elsewhere: a bound for parses of hostile text."""
_ABOVE = 3
_BRANCHES = (_ABOVE + 1) * (len(DEP) + 1) * 2
RELATIONS = (2 * len(_STEPS) + 1, _BRANCHES + _ABOVE + 3, 7, 7)
"""How many values each relation of a word to a cue has: distance, branch, other cues, sentences."""


def region(words: Words, window: Window, cue: tuple[int, int]) -> tuple[int, int]:
    """Give the words among which a cue's source and content are looked for."""
    same = words.paragraph[window.first : window.last] == words.paragraph[cue[0]]
    inside = np.flatnonzero(same) + window.first
    return max(int(inside[0]), cue[0] - REACH), min(int(inside[-1]) + 1, cue[1] + REACH)


def relations(words: Words, cue: tuple[int, int], around: tuple[int, int], others: Ints) -> Ints:
    """Give how the words `around` a cue stand to it: words × `RELATIONS`.

    `others` are the first words of all cues of the window, sorted; that of this one may be among them.
    """
    low, high = around
    at = np.arange(low, high)
    distance = np.where(at < cue[0], at - cue[0], np.where(at >= cue[1], at - cue[1] + 1, 0))
    far = np.sign(distance) * np.searchsorted(_STEPS, np.abs(distance), "right") + len(_STEPS)
    between = np.searchsorted(others, at, "right") - np.searchsorted(others, cue[0], "right")
    crowd = np.clip(between, -2, 2) + 2
    crowd[np.isin(at, others)] = 6
    crowd[(at >= cue[0]) & (at < cue[1])] = 5
    sentences = np.clip(words.sentence[low:high] - words.sentence[cue[0]], -3, 3) + 3
    return np.stack([far, _branches(words, cue, around), crowd, sentences], axis=1).astype(np.int64)


def _branches(words: Words, cue: tuple[int, int], around: tuple[int, int]) -> Ints:
    """Say on which branch of the tree each word hangs, seen from the cue.

    A branch is told by how many steps up from the cue it forks off, its label there, and whether the word is
    its topmost.
    """
    head, dep = words.head, words.features[:, DEP_AT]
    top = next((i for i in range(*cue) if not cue[0] <= head[i] < cue[1] or head[i] == i), cue[0])
    above = {top: 0}
    node = top
    while len(above) <= _ABOVE and head[node] != node and int(head[node]) not in above:
        node = int(head[node])
        above[node] = len(above)
    elsewhere = _BRANCHES + _ABOVE + 2
    known: dict[int, int] = {n: _BRANCHES + k for n, k in above.items()}
    result = np.full(around[1] - around[0], elsewhere, np.int64)
    for i in range(*around):
        path: list[int] = []
        at = i
        while at not in known and len(path) < _CLIMB:
            path.append(at)
            up = int(head[at])
            if up in above:
                known[at] = (above[up] * (len(DEP) + 1) + int(dep[at])) * 2
            elif up == at:
                known[at] = elsewhere
            else:
                at = up
        label = known.get(at, elsewhere)
        inside = label | 1 if label < _BRANCHES else elsewhere
        for n in path:
            if n != at:
                known[n] = inside
        result[i - around[0]] = known.get(i, elsewhere)
    return result

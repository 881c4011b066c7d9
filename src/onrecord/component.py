"""onrecord in a spaCy pipeline: `nlp.add_pipe("onrecord_attributions")`.

spaCy finds the components of this module through entry points, so nothing of onrecord need be imported:

    nlp = spacy.load("en_core_web_sm")
    nlp.add_pipe("onrecord_sentences", before="parser")  # optional
    nlp.add_pipe("onrecord_attributions")
    for attribution in nlp(text)._.attributions: ...

`onrecord_attributions` wants an English pipeline with a tagger, parser and lemmatizer before it, and reads
the names of an NER where there is one. It gives `doc._.attributions` (`SpanAttribution`) and four span
groups: one with everything, under its option `spans_key` ("onrecord"), and one for each part
("onrecord_sources", "onrecord_cues", "onrecord_contents"). The labels are SOURCE, CUE and CONTENT, and the
`id_` of a span is the `id` of its attribution, so that a source that has said two things stands there twice.

**What it does not do.** The whole text counts as the story: furniture and pull quotes are told apart by
`onrecord.read`, before any pipeline. And a component after the parser cannot mend where sentences start,
which the parser alone often gets wrong at quotation marks and line breaks: that is what `onrecord_sentences`
is for. With it before the parser, the attributions are those of `onrecord.extract` on the same text and
pipeline.

**What survives.** What is known of an attribution besides its spans lies as plain values in the `attrs` of
the group that has everything, and `doc._.attributions` is put together from there when asked for. So it
outlives `doc.to_bytes`, `DocBin` (also without user data), pickling, `doc.copy` and `nlp.pipe(n_process=2)`;
a process that only reads such documents imports this module to have the attribute. `Doc.from_docs` and
`span.as_doc` drop those values: after them there are no attributions.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import msgspec
from msgspec import Struct
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup
from spacy.util import registry

from onrecord import language
from onrecord.article import Article, Mention
from onrecord.record import Attribution, AttributionKind, Speaker

COLOURS = {"SOURCE": "#a8d4f5", "CUE": "#ffdd8a", "CONTENT": "#c3e6b5"}
"""What displaCy draws the labels in; its option `colors` has the last word."""

_EXTENSION = "attributions"
_FACTS = "onrecord"
"""The key in the attrs of a span group under which the facts lie, by the ids of the attributions."""

_GROUPS = {"SOURCE": "sources", "CUE": "cues", "CONTENT": "contents"}

_NEEDED = {"TAG": "tagger", "POS": "attribute_ruler", "DEP": "parser", "LEMMA": "lemmatizer"}
"""What the finders read, and the component that sets it. Without one of them they would find next to nothing,
and say nothing about it. (`doc.ents` they can do without.)"""


@dataclass(frozen=True, slots=True)
class SpanAttribution:
    """Someone is reported to say, think or want something: `onrecord.Attribution` in spaCy's spans.

    A span covers all tokens that the words touch. `content` has one span for each unbroken run of words, in
    the order of the text. `kind` is direct, mixed or indirect, by how much of the content stands in quotation
    marks. `speaker` is who is behind the source, None where the text has lost it; `inferred` marks a guess.
    `within` is the `id` of the attribution whose content holds this one. `confidence` is in [0, 1].
    """

    id: str
    kind: AttributionKind
    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    speaker: Speaker | None
    inferred: bool
    within: str | None
    confidence: float


class _Facts(Struct, frozen=True):
    """What is known of an attribution besides where it stands."""

    kind: AttributionKind
    speaker: Speaker | None
    inferred: bool
    within: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class AttributionFinder:
    """Finds attributions in a parsed document and lays them down in its span groups."""

    spans_key: str

    def __call__(self, doc: Doc) -> Doc:
        """Write the span groups of one document, in place of those of an earlier call.

        Raises:
            ValueError: where the document has not been tagged, parsed and lemmatised.
        """
        _demand_annotation(doc)
        found = _find(doc)
        spans = [span for attribution in found for span in _spans(doc, attribution)]
        facts = {a.id: msgspec.to_builtins(_facts(a)) for a in found}
        doc.spans[self.spans_key] = SpanGroup(doc, name=self.spans_key, attrs={_FACTS: facts}, spans=spans)
        for label, part in _GROUPS.items():
            doc.spans[f"{self.spans_key}_{part}"] = [s for s in spans if s.label_ == label]
        return doc


def attributions_in(doc: Doc) -> tuple[SpanAttribution, ...]:
    """Give the attributions of a document in the order of their first words: `doc._.attributions`.

    Empty where no `onrecord_attributions` has seen the document. A span that was taken out of the group with
    everything is gone from its attribution, too, and with its last content the attribution. Of two components
    with keys of their own, the first one's are given.
    """
    group = next((g for g in doc.spans.values() if _FACTS in g.attrs), None)
    if group is None:
        return ()
    spans: dict[tuple[str, str], list[Span]] = {}
    for span in group:
        spans.setdefault((span.id_, span.label_), []).append(_anchored(doc, span))
    return tuple(
        SpanAttribution(
            id=id,
            kind=facts.kind,
            source=next(iter(spans.get((id, "SOURCE"), ())), None),
            cue=next(iter(spans.get((id, "CUE"), ())), None),
            content=tuple(spans[id, "CONTENT"]),
            speaker=facts.speaker,
            inferred=facts.inferred,
            within=facts.within,
            confidence=facts.confidence,
        )
        for id, facts in msgspec.convert(group.attrs[_FACTS], dict[str, _Facts]).items()  # noqa: A001
        if (id, "CONTENT") in spans
    )


def _anchored(doc: Doc, span: Span) -> Span:
    """Give a span by its characters: after tokens are merged or split, spaCy keeps the old numbers."""
    return _span(doc, span.start_char, span.end_char, span.label_, span.id_)


def start_sentences(doc: Doc) -> Doc:
    """Fix where sentences start before the parser decides: at line breaks, and never between marks and words.

    Raises:
        ValueError: where the document is parsed already.
    """
    if len(doc) and doc.has_annotation("DEP"):
        raise ValueError(
            "onrecord_sentences comes too late, the document is parsed: "
            'nlp.add_pipe("onrecord_sentences", before="parser")'
        )
    language.start_sentences(doc)
    return doc


def _demand_annotation(doc: Doc) -> None:
    if all(token.is_space for token in doc):
        return
    missing = [pipe for attribute, pipe in _NEEDED.items() if not doc.has_annotation(attribute)]
    if missing:
        raise ValueError(
            f"onrecord_attributions finds nothing without {', '.join(missing)} before it in the pipeline. "
            'Start from an English pipeline that has them, such as spacy.load("en_core_web_sm"), disable '
            'none, and add this one last: nlp.add_pipe("onrecord_attributions"). nlp.analyze_pipes() shows '
            "what is there."
        )


def _find(doc: Doc) -> tuple[Attribution, ...]:
    """Find the attributions of a text about which nothing else is known."""
    # spaCy imports this module, as every entry point, whenever it loads any pipeline: that must stay cheap.
    from onrecord.actors import Cast, find_actors  # noqa: PLC0415
    from onrecord.attributions import find_attributions  # noqa: PLC0415
    from onrecord.reading.identity import article_id  # noqa: PLC0415

    text = doc.text
    digest = hashlib.sha256(text.encode()).hexdigest()
    article = Article(id=article_id(text), sha256=digest, text=text, retrieved=dt.datetime.now(dt.UTC))
    return find_attributions(article, doc, Cast(find_actors(article, doc)))


def _facts(attribution: Attribution) -> _Facts:
    return _Facts(
        kind=attribution.kind,
        speaker=attribution.speaker,
        inferred=attribution.inferred,
        within=attribution.within,
        confidence=attribution.confidence,
    )


def _spans(doc: Doc, attribution: Attribution) -> Iterator[Span]:
    parts: list[tuple[str, Mention | None]] = [("SOURCE", attribution.source), ("CUE", attribution.cue)]
    for label, words in (*parts, *(("CONTENT", c) for c in attribution.content)):
        if words is not None:
            yield _span(doc, words.start, words.end, label, attribution.id)


def _span(doc: Doc, start: int, end: int, label: str, id: str) -> Span:  # noqa: A002 (spaCy's name)
    """Give all tokens that `start:end` touches as one span."""
    span = doc.char_span(start, end, label=label, span_id=id, alignment_mode="expand")
    if span is None:
        raise ValueError(f"{start}:{end} is no part of a text of {len(doc.text)} characters")
    return span


# --- what spaCy needs to know


@Language.factory(
    "onrecord_attributions",
    # No token.pos: the attribute_ruler, which sets it, does not say so.
    requires=["doc.sents", "token.dep", "token.head", "token.tag", "token.lemma"],
    assigns=["doc._.attributions", "doc.spans"],
    default_config={"spans_key": "onrecord"},
)
def make_attribution_finder(nlp: Language, name: str, spans_key: str) -> AttributionFinder:
    """Make the component `onrecord_attributions`.

    `spans_key` is the key of the span group with everything, and what the keys of the others start with.

    Raises:
        ValueError: where the pipeline is not English, `spans_key` is no name, or something else has taken
            `doc._.attributions`.
    """
    if nlp.lang != "en":
        raise ValueError(f"{name} reads English, and this pipeline is for {nlp.lang!r}")
    if not spans_key.strip():
        raise ValueError(f"{name}: spans_key is the name of a span group, and {spans_key!r} is none")
    _register()
    if Doc.get_extension(_EXTENSION)[2] is not attributions_in:
        raise ValueError(
            f"{name}: something else has registered doc._.{_EXTENSION}; take that away before adding this "
            f'component, with Doc.remove_extension("{_EXTENSION}")'
        )
    return AttributionFinder(spans_key)


@Language.factory("onrecord_sentences", assigns=["token.is_sent_start"])
def make_sentence_starter(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001 (spaCy's)
    """Make the component `onrecord_sentences`, for the place before the parser."""
    return start_sentences


def _register() -> None:
    if not Doc.has_extension(_EXTENSION):
        Doc.set_extension(_EXTENSION, getter=attributions_in)


_register()
registry.displacy_colors.register("onrecord", func=COLOURS)

"""Measure who is said to speak: the speaker of each attribution against the annotated one.

    python eval/speakers.py ../shared/data/polnear/dev
    python eval/speakers.py ../shared/data/polnear/dev --errors

The annotation is `speakers.jsonl` beside this file (`speakers.md` says how it was made); the folder holds the
texts in `text/`. Two figures: with the annotated sources, cues and contents given, which measures resolution
by itself; and on onrecord's own attributions, aligned by content, which measures the whole. Intervals are
95 %, by drawing the articles again.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import random
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from annotation import read_lines
from msgspec import Struct

from onrecord import language
from onrecord.actors import Cast, find_actors
from onrecord.actors.gazetteer import find_names
from onrecord.article import Article, Span
from onrecord.attributions import find_attributions
from onrecord.attributions.found import Found
from onrecord.record import Attribution, Speaker

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from onrecord.quotations import Quotation

ANNOTATED = Path(__file__).with_name("speakers.jsonl")
SAME = 0.5
"""The Dice coefficient of two contents, in words, from which on they are the same."""

DRAWS = 1000

_WORD = re.compile(r"\w+")
_LEFT_OUT = frozenset("the a an of s and for in at on".split())
_SUFFIXES = frozenset("jr sr ii iii iv".split())
_PRONOUNS = frozenset(
    "he she it they i we you who which that whom his her hers its their theirs our my him them".split()
)

Kind = Literal["person", "organisation", "country", "group", "unnamed", "document", "author", "none"]
SourceType = Literal["name", "pronoun", "description", "no source"]


class Others(Struct, frozen=True, forbid_unknown_fields=True):
    """Other names, roles and affiliations that are right, too."""

    names: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    affiliations: tuple[str, ...] = ()


class Truth(Struct, frozen=True, forbid_unknown_fields=True):
    """Who really speaks, by the annotation."""

    kind: Kind
    name: str | None
    span: Span | None
    role: str | None
    affiliation: str | None
    also: Others = Others()

    @property
    def names(self) -> tuple[str, ...]:
        """All names that are right."""
        return (*((self.name,) if self.name else ()), *self.also.names)

    @property
    def roles(self) -> tuple[str, ...]:
        """All roles that are right; empty where the article states none."""
        return (self.role, *self.also.roles) if self.role else ()

    @property
    def affiliations(self) -> tuple[str, ...]:
        """All affiliations that are right; empty where the article states none."""
        return (self.affiliation, *self.also.affiliations) if self.affiliation else ()


class Line(Struct, frozen=True, forbid_unknown_fields=True):
    """One annotated attribution: spans are half-open intervals of code points in the text of `doc`."""

    doc: str
    sha256: str
    content: tuple[Span, ...]
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    speaker: Truth


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one annotated attribution came out: whether its speaker is right, and in what."""

    doc: str
    kind: Kind
    source: SourceType
    right: bool
    inferred: bool
    full_name: bool | None
    """Null where there is no full name to be given; so below for role and affiliation."""
    role: bool | None
    affiliation: bool | None
    """Stated anywhere: in its own field, in the words of the role, or as the country that is served."""
    own_field: bool | None
    """The affiliation stated in its own field."""
    found: bool = True
    """Whether there is an attribution with this content at all."""


def read_annotation(path: Path = ANNOTATED) -> list[Line]:
    """Read the annotation.

    Raises:
        msgspec.ValidationError: where a line is not of this form.
    """
    return read_lines(path, Line)


# --- what counts as right


def is_right(truth: Truth, speaker: Speaker | None, cast: Cast, people: Iterable[str] = ()) -> bool:
    """Say whether a speaker is the annotated one; `people` are the names of all annotated persons there.

    Where nobody can be named, naming nobody is right: null, or the words of the source without an actor.
    """
    if truth.kind == "none":
        return speaker is None
    actor = cast.by_id(speaker.actor) if speaker is not None and speaker.actor else None
    if truth.kind in ("author", "unnamed"):
        return speaker is None or actor is None
    if truth.kind == "document":
        return speaker is None or actor is None or _is_one_of(speaker.name, truth.names)
    if speaker is None:
        return False
    if truth.kind == "person":
        return is_person(speaker.name, truth.names, people)
    if truth.kind == "group":
        return (actor is None or actor.kind != "person") and any(
            _dice(_words(speaker.name), _words(n)) >= SAME for n in truth.names
        )
    there = (
        actor is not None
        and actor.kind != "person"
        and truth.span is not None
        and any(m.end == truth.span[1] for m in actor.mentions)
    )
    return there or _is_one_of(speaker.name, truth.names)


def is_person(given: str, names: Iterable[str], people: Iterable[str] = ()) -> bool:
    """Say whether a name is this person's: the surname with nothing but his or her other names before it.

    A surname alone is nobody's where another of the `people` bears it, too.
    """
    words = _name(given)
    if not words:
        return False
    for name in names:
        own = _name(name)
        if words[-1] != own[-1]:
            continue
        others = {n for p in people if (n := _name(p))[-1] == own[-1] and n[:1] != own[:1]}
        if len(words) == 1 and others and len(own) > 1:
            continue
        if all(any(w == o or (len(w) == 1 and o[0] == w) for o in own) for w in words[:-1]):
            return True
    return False


def is_full(given: str, name: str) -> bool:
    """Say whether a name has both the first and the last of the words of the full name."""
    own = _name(name)
    return {own[0], own[-1]} <= set(_name(given))


def is_stated(given: str | None, right: Iterable[str]) -> bool:
    """Say whether a role or affiliation is one of the right ones: the same words, or part of them."""
    words = _words(given or "")
    return bool(words) and any(
        words <= own or own <= words or _dice(words, own) >= SAME for own in map(_words, right)
    )


def is_affiliated(speaker: Speaker | None, truth: Truth) -> bool:
    """Say whether an affiliation is told: in its field, in the role's words, or as the country."""
    if speaker is None:
        return False
    role = _words(speaker.role or "")
    return is_stated(speaker.affiliation, truth.affiliations) or any(
        _words(a) <= role
        or any(h.fact.kind == "state" and h.fact.country == speaker.country for h in find_names(a))
        for a in truth.affiliations
    )


def _name(name: str) -> tuple[str, ...]:
    words = [w for w in _WORD.findall(re.sub(r"['’]s$", "", name).lower()) if w not in _SUFFIXES]
    return tuple(words)


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower())) - _LEFT_OUT


def _is_one_of(name: str, names: Iterable[str]) -> bool:
    return any(_words(name) == _words(n) for n in names)


def _dice(a: frozenset[object], b: frozenset[object]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0


def source_type(text: str, line: Line) -> SourceType:
    """Say what the source is: a name of the speaker, a pronoun, another description, or nothing."""
    if not line.source:
        return "no source"
    words = _WORD.findall(" ".join(text[s:e] for s, e in line.source).lower())
    if len(words) == 1 and words[0] in _PRONOUNS:
        return "pronoun"
    named = {w for n in line.speaker.names for w in _name(n) if line.speaker.kind != "document"}
    return "name" if named & set(words) else "description"


# --- reading the articles


def given_spans(lines: Sequence[Line]) -> Callable[[Doc, Sequence[Quotation]], Sequence[Found]]:
    """Give a finder that finds what is annotated."""
    found = [Found(_hull(x.source), _hull(x.cue), x.content, 1.0) for x in lines]
    return lambda _doc, _quotations: found


def _hull(spans: Sequence[Span]) -> Span | None:
    return (spans[0][0], spans[-1][1]) if spans else None


def align(text: str, lines: Sequence[Line], own: Sequence[Attribution]) -> list[Attribution | None]:
    """Give for each annotated attribution our own with the same content: one to one, the most alike first."""
    theirs = [_inside(text, [m.span for m in a.content]) for a in own]
    pairs = sorted(
        (
            (-_dice(words, other), i, j)
            for i, words in enumerate(_inside(text, x.content) for x in lines)
            for j, other in enumerate(theirs)
            if words & other
        )
    )
    result: list[Attribution | None] = [None] * len(lines)
    taken: set[int] = set()
    for likeness, i, j in pairs:
        if -likeness >= SAME and result[i] is None and j not in taken:
            taken.add(j)
            result[i] = own[j]
    return result


def _inside(text: str, spans: Iterable[Span]) -> frozenset[object]:
    return frozenset(m.start() for s, e in spans for m in _WORD.finditer(text, s, e))


def judge(
    text: str, cast: Cast, lines: Sequence[Line], own: Sequence[Attribution | None]
) -> Iterator[Outcome]:
    """Give how each annotated attribution of an article came out; one that was not found is wrong."""
    people = {n for x in lines if x.speaker.kind == "person" for n in x.speaker.names}
    for line, one in zip(lines, own, strict=True):
        truth, speaker = line.speaker, one.speaker if one is not None else None
        right = one is not None and is_right(truth, speaker, cast, people)
        ours = speaker if right else None
        person = truth.kind == "person" and truth.name is not None
        full = person and len(_name(truth.name or "")) > 1
        yield Outcome(
            line.doc,
            truth.kind,
            source_type(text, line),
            right,
            one is not None and one.inferred,
            (ours is not None and is_full(ours.name, truth.name or "")) if full else None,
            (ours is not None and is_stated(ours.role, truth.roles)) if person and truth.roles else None,
            is_affiliated(ours, truth) if person and truth.affiliations else None,
            (ours is not None and is_stated(ours.affiliation, truth.affiliations))
            if person and truth.affiliations
            else None,
            one is not None,
        )


Telling = Callable[[str, Line, Attribution | None, bool], None]


def run(
    folder: Path, tell: Telling | None = None, annotation: Path = ANNOTATED
) -> tuple[list[Outcome], list[Outcome]]:
    """Give the outcomes with the spans given, and on onrecord's own attributions.

    `tell` is called with text, annotation and what was made of it, and whether the spans were given.

    Raises:
        ValueError: where a text is not the one that was annotated.
    """
    given: list[Outcome] = []
    joint: list[Outcome] = []
    for name, group in groupby(read_annotation(annotation), key=lambda x: x.doc):
        lines = list(group)
        raw = (folder / "text" / f"{name}.txt").read_bytes()
        if hashlib.sha256(raw).hexdigest() != lines[0].sha256:
            raise ValueError(f"{name} is not the text that was annotated")
        text = raw.decode()
        article = Article(id=name, sha256="", text=text, retrieved=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
        doc = language.annotate(text)
        cast = Cast(find_actors(article, doc))
        replayed = find_attributions(article, doc, cast, given_spans(lines))
        for outcomes, ours in (
            (given, list[Attribution | None](replayed)),
            (joint, align(text, lines, find_attributions(article, doc, cast))),
        ):
            fresh = list(judge(text, cast, lines, ours))
            outcomes.extend(fresh)
            if tell is not None:
                for line, one, outcome in zip(lines, ours, fresh, strict=True):
                    if not outcome.right or False in (outcome.full_name, outcome.role, outcome.affiliation):
                        tell(text, line, one, outcomes is given)
    return given, joint


# --- figures

Test = Callable[[Outcome], bool | None]
BODIES = ("person", "organisation", "country", "group")
FIGURES: dict[str, Test] = {
    "right person or body": lambda o: o.right if o.kind in BODIES else None,
    "… where the attribution is found": lambda o: o.right if o.kind in BODIES and o.found else None,
    "right person": lambda o: o.right if o.kind == "person" else None,
    "right body (organisation, country)": lambda o: o.right if o.kind in BODIES[1:3] else None,
    "right group": lambda o: o.right if o.kind == "group" else None,
    "nobody named where nobody can be": lambda o: o.right if o.kind not in BODIES else None,
    "right and by full name": lambda o: o.full_name,
    "right and with role": lambda o: o.role,
    "right and with affiliation": lambda o: o.affiliation,
    "… in its own field": lambda o: o.own_field,
    "marked inferred": lambda o: o.inferred,
    "right where inferred": lambda o: o.right if o.inferred else None,
    "right where the source is a name": lambda o: o.right if o.source == "name" else None,
    "right where it is a pronoun": lambda o: o.right if o.source == "pronoun" else None,
    "right where it is a description": lambda o: o.right if o.source == "description" else None,
    "right without a source": lambda o: o.right if o.source == "no source" else None,
}
"""What is counted: a test gives null for what the figure is not about."""


def share(outcomes: Iterable[Outcome], test: Test) -> tuple[float, int]:
    """Give the share of those that pass among those that the test is about, and their number."""
    passed = [p for o in outcomes if (p := test(o)) is not None]
    return (sum(passed) / len(passed) if passed else 0.0), len(passed)


def interval(outcomes: Sequence[Outcome], test: Test, draws: int = DRAWS) -> tuple[float, float]:
    """Give the 95 % interval of a share, by drawing the articles again with replacement."""
    by_doc = [list(group) for _, group in groupby(outcomes, key=lambda o: o.doc)]
    rng = random.Random(7)
    shares = sorted(
        share([o for docs in rng.choices(by_doc, k=len(by_doc)) for o in docs], test)[0] for _ in range(draws)
    )
    return shares[int(0.025 * draws)], shares[int(0.975 * draws)]


def measure(folder: Path, annotation: Path = ANNOTATED) -> dict[str, float]:
    """Give the figures that have floors: speakers of annotated attributions, and of our own.

    Raises:
        ValueError: where a text is not the one that was annotated.
    """
    given, joint = run(folder, annotation=annotation)
    return {
        "speaker, spans given": share(given, FIGURES["right person or body"])[0],
        "speaker by full name, spans given": share(given, FIGURES["right and by full name"])[0],
        "speaker with role, spans given": share(given, FIGURES["right and with role"])[0],
        "speaker with affiliation, spans given": share(given, FIGURES["right and with affiliation"])[0],
        "speaker, own attributions": share(joint, FIGURES["right person or body"])[0],
    }


def show(title: str, outcomes: Sequence[Outcome]) -> None:
    """Print a table of all figures."""
    print(f"--- {title}: {len(outcomes)} attributions, {len({o.doc for o in outcomes})} articles")
    for name, test in FIGURES.items():
        value, n = share(outcomes, test)
        if n:
            low, high = interval(outcomes, test)
            print(f"{name:36} {value:.3f}   [{low:.3f}, {high:.3f}]   n {n}")


def _tell(text: str, line: Line, one: Attribution | None, given: bool) -> None:
    words = " … ".join(text[s:e] for s, e in line.source)
    start = line.content[0][0]
    print(
        f"{'given' if given else 'own':6}{line.doc[:24]}:{start:<6} source {words!r:40.40} "
        f"wanted {line.speaker.name or line.speaker.kind} ({line.speaker.role}, {line.speaker.affiliation}) "
        f"got {'nothing' if one is None else one.speaker}"
    )


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, help="a split of PolNeAR: the folder with text/")
    parser.add_argument("--errors", action="store_true", help="list what is not wholly right")
    args = parser.parse_args()
    given, joint = run(args.folder, _tell if args.errors else None)
    show("annotated sources, cues and contents given", given)
    show("our own attributions, aligned by content", joint)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Measure who "it", "they", "he", "the country" are said to be, against annotated ones.

    python eval/coreference.py ../shared
    python eval/coreference.py ../shared --half look --errors
    python eval/coreference.py ../shared --json

The annotation is `coreference.jsonl` beside this file (`coreference.md` says how it was made); the words are
looked up in the articles under the folder given. An article is read up to its actors and attributions, and
`onrecord.events.parties` is asked whom each annotated word stands for. An answer is right where its countries
are those of the annotated antecedents, or, where these have none, its actors. Intervals are Wilson's, 95 %.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import json
import random
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from annotation import read_lines
from calibration import wilson
from msgspec import Struct

from onrecord import language
from onrecord.actors import Cast, find_actors
from onrecord.article import Article, Span
from onrecord.attributions import find_attributions
from onrecord.events.parties import Scene, parties
from onrecord.events.status import Voices
from onrecord.record import Party

if TYPE_CHECKING:
    from spacy.tokens import Token

ANNOTATED = Path(__file__).with_name("coreference.jsonl")
FOLDERS = ("articles", "data/polnear/dev/text")
"""Where under the folder of shared data the articles are."""

SEED = 44
POSSESSIVES = frozenset("its their his our".split())
PRONOUNS = frozenset("it itself they them themselves he him she we us".split()) | POSSESSIVES

Kind = Literal["personal", "possessive", "description"]
Half = Literal["look", "held"]
Result = Literal["right", "wrong", "unknown", "false actor", "rightly nobody"]


class Antecedent(Struct, frozen=True, forbid_unknown_fields=True):
    """A named mention of one whom the words stand for, and the country that it is or acts for."""

    span: Span
    country: str | None


class Line(Struct, frozen=True, forbid_unknown_fields=True):
    """One annotated pronoun or description; without antecedents it stands for no actor that can be named."""

    doc: str
    sha256: str
    span: Span
    antecedents: tuple[Antecedent, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one annotated word came out; `same` says whether the answer is the very actor that is meant."""

    doc: str
    span: Span
    kind: Kind
    result: Result
    same: bool


def read_annotation(path: Path = ANNOTATED) -> list[Line]:
    """Read the annotation.

    Raises:
        msgspec.ValidationError: where a line is not of this form.
    """
    return read_lines(path, Line)


def halves(lines: Iterable[Line]) -> dict[str, Half]:
    """Give the half that each article is in: shuffled by a seed, every other one held."""
    names = sorted({x.doc for x in lines})
    random.Random(SEED).shuffle(names)
    return {name: "held" if i % 2 else "look" for i, name in enumerate(names)}


# --- what counts as right


def kind_of(token: Token) -> Kind:
    """Say what kind of word stands for somebody: "her" is either, by its part in the sentence."""
    if token.lower_ in POSSESSIVES or (token.lower_ == "her" and token.dep_ == "poss"):
        return "possessive"
    return "personal" if token.lower_ in PRONOUNS or token.lower_ == "her" else "description"


def judge(wanted: Sequence[Antecedent], given: Sequence[Party], cast: Cast) -> tuple[Result, bool]:
    """Give how an answer compares with the annotated antecedents, and whether it names the same actors."""
    if not wanted:
        return ("false actor" if given else "rightly nobody"), False
    if not given:
        return "unknown", False
    right = _covers(wanted, given, lambda a, p: _is_country(a, p) or _is_actor(a, p, cast))
    return ("right" if right else "wrong"), right and _covers(
        wanted, given, lambda a, p: _is_actor(a, p, cast)
    )


def _covers(
    wanted: Sequence[Antecedent], given: Sequence[Party], same: Callable[[Antecedent, Party], bool]
) -> bool:
    """Say whether everyone who is meant is given, and nobody else."""
    return all(any(same(a, p) for a in wanted) for p in given) and all(
        any(same(a, p) for p in given) for a in wanted
    )


def _is_country(one: Antecedent, party: Party) -> bool:
    return one.country is not None and one.country == party.country


def _is_actor(one: Antecedent, party: Party, cast: Cast) -> bool:
    actor = cast.at(*one.span)
    return actor is not None and party.actor == actor.id


# --- the measure

Telling = Callable[[str, Line, Outcome, Sequence[Party]], None]


def run(
    shared: Path, lines: Sequence[Line], tell: Telling | None = None, folders: Sequence[str] = FOLDERS
) -> Iterator[Outcome]:
    """Give the outcomes; `tell` is called with the text, the annotation and what was made of it.

    Raises:
        FileNotFoundError: where an article is in none of the folders.
        ValueError: where a text is not the one that was annotated.
    """
    for name, group in groupby(lines, key=lambda x: x.doc):
        own = list(group)
        text = _text(shared, folders, name, own[0].sha256)
        scene = _scene(name, text)
        for line in own:
            token = _head(scene, line.span)
            given = parties([token], scene, scene.voices.at(*line.span))
            result, same = judge(line.antecedents, given, scene.cast)
            outcome = Outcome(name, line.span, kind_of(token), result, same)
            if tell is not None:
                tell(text, line, outcome, given)
            yield outcome


def _text(shared: Path, folders: Sequence[str], name: str, sha256: str) -> str:
    path = next((p for f in folders if (p := shared / f / f"{name}.txt").exists()), None)
    if path is None:
        raise FileNotFoundError(f"{name}.txt is in none of {', '.join(folders)} under {shared}")
    raw = path.read_bytes()
    if hashlib.sha256(raw).hexdigest() != sha256:
        raise ValueError(f"{name} is not the text that was annotated")
    return raw.decode()


def _scene(name: str, text: str) -> Scene:
    article = Article(id=name, sha256="", text=text, retrieved=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    doc = language.annotate(text)
    cast = Cast(find_actors(article, doc))
    return Scene(article, doc, cast, voices=Voices(find_attributions(article, doc, cast)))


def _head(scene: Scene, span: Span) -> Token:
    """Give the word that the annotated words hang on: of a description its noun, which ends it."""
    words = scene.doc.char_span(*span, alignment_mode="expand")
    if words is None:
        raise ValueError(f"no words at {span}")
    named = [t for t in words if t.idx + len(t) >= span[1]]
    return named[0] if named else words[-1]


# --- figures


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its number of cases and its 95 % interval by Wilson's score."""

    value: float
    low: float
    high: float
    n: int


def share(hits: int, n: int) -> Share:
    """Give a share with its 95 % interval; of nothing it is anything."""
    return Share(hits / n, *wilson(hits, n), n) if n else Share(0.0, 0.0, 1.0, 0)


def figures(outcomes: Sequence[Outcome]) -> dict[str, Share]:
    """Give what is reported of some outcomes."""
    meant = [o for o in outcomes if o.result in ("right", "wrong", "unknown")]
    nobody = [o for o in outcomes if o.result in ("false actor", "rightly nobody")]
    answers = [o for o in outcomes if o.result in ("right", "wrong", "false actor")]

    def count(among: Sequence[Outcome], result: Result) -> Share:
        return share(sum(o.result == result for o in among), len(among))

    return {
        "right actor": count(meant, "right"),
        "wrong actor": count(meant, "wrong"),
        "left unknown": count(meant, "unknown"),
        "false actor": count(nobody, "false actor"),
        "right of all answers": count(answers, "right"),
        "right, and the same actor": share(sum(o.same for o in meant), len(meant)),
        "right or rightly nobody": share(
            sum(o.result in ("right", "rightly nobody") for o in outcomes), len(outcomes)
        ),
    }


def by_kind(outcomes: Sequence[Outcome]) -> dict[str, dict[str, Share]]:
    """Give the figures of all and of each kind of word."""
    kinds: tuple[Kind, ...] = ("personal", "possessive", "description")
    return {"all": figures(outcomes)} | {k: figures([o for o in outcomes if o.kind == k]) for k in kinds}


def show(outcomes: Sequence[Outcome]) -> None:
    """Print a table of all figures."""
    for title, found in by_kind(outcomes).items():
        print(f"--- {title}")
        for name, one in found.items():
            print(f"{name:28} {one.value:.3f}   [{one.low:.3f}, {one.high:.3f}]   n {one.n}")


def _tell(text: str, line: Line, outcome: Outcome, given: Sequence[Party]) -> None:
    if outcome.result in ("right", "rightly nobody"):
        return
    start, end = line.span
    around = f"{text[max(0, start - 110) : start]}[{text[start:end]}]{text[end : end + 50]}"
    wanted = "+".join(a.country or text[slice(*a.span)] for a in line.antecedents) or "nobody"
    got = "+".join(p.country or p.name for p in given) or "nothing"
    print(f"{outcome.result:12}{line.doc[:20]}:{start:<6} wanted {wanted} got {got}: {around!r}")


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shared", type=Path, help="the folder of shared data, with articles/ and data/")
    parser.add_argument("--half", choices=("look", "held"), help="only this half of the articles")
    parser.add_argument("--errors", action="store_true", help="list what is not right (look half only)")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    args = parser.parse_args()
    missing = [f for f in FOLDERS if not (args.shared / f).is_dir()]
    if missing:
        print(f"skipped: {', '.join(missing)} is not under {args.shared}; the words are looked up there")
        return 0
    lines = read_annotation()
    half = halves(lines)
    wanted = [x for x in lines if args.half in (None, half[x.doc])]

    def tell(text: str, line: Line, outcome: Outcome, given: Sequence[Party]) -> None:
        if args.errors and half[line.doc] == "look":
            _tell(text, line, outcome, given)

    outcomes = list(run(args.shared, wanted, tell))
    if args.json:
        found = by_kind(outcomes)
        print(json.dumps({k: {n: asdict(s) for n, s in f.items()} for k, f in found.items()}, indent=1))
    else:
        print(f"{len(outcomes)} words in {len({o.doc for o in outcomes})} articles")
        show(outcomes)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Who could have done something to whom: the pairs of a sentence, with the words that name them.

A phrase is a noun phrase or pronoun that stands for one or more actors. Every ordered pair of phrases of a
sentence is a candidate, unless grammar rules it out: a place is nobody's deed, and a state does nothing to
its own government.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, permutations
from typing import TYPE_CHECKING

from onrecord.actors.titles import is_body, role_noun
from onrecord.article import Span
from onrecord.events.parties import Scene, parties
from onrecord.events.plover import sense
from onrecord.record import Party

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

MOST_PHRASES = 10
"""How many phrases of one sentence are paired, so that a list of states costs no more than a sentence."""

_HEADS = frozenset(
    "nsubj nsubjpass dobj pobj poss dative conj attr agent ROOT oprd nmod compound amod npadvmod dep".split()
)
_BEFORE = frozenset("det amod compound nmod poss nummod predet quantmod case".split())
_KINDS = frozenset({"NOUN", "PROPN", "PRON", "ADJ"})
_BODIES = frozenset(
    """
    administration army authority court fighter force government guerrilla junta military militia ministry
    navy opposition parliament party people police protester rebel regime side soldier state troop
    """.split()
)
_BETWEEN_STATES = frozenset({"IGO", "GOV"})
_WORDS_APART, _STEPS_APART = 26, 8
"""How far apart the sides of a deed stand: 98 % of those in PLV train are nearer, in words and in steps."""
_DOING = frozenset("among between by from of with".split())
"""Prepositions after which somebody may stand who does something: "talks with", "bought from"."""
_TOLD = frozenset({"xcomp", "ccomp", "acl", "advcl", "prep"})
_OWN = frozenset({"relcl", "acl"})
_CHAIN = 12
OBSERVERS = frozenset(
    """
    academic agency analyst author broadcaster channel columnist commentator critic daily diaspora
    economist editor expert fan historian investor journalist magazine media newspaper observer paper
    player press professor publication reporter researcher resident scholar scientist station student
    team television tourist trader weekly writer
    """.split()
)
"""People and bodies whose nationality does not make their deeds those of a state."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand for actors: `span` in the text of the article, and the head in the parse."""

    span: Span
    head: Token
    parties: tuple[Party, ...]

    @property
    def keys(self) -> frozenset[str]:
        """Give what tells these actors from others: countries, or names of what has none."""
        return frozenset(p.country or p.name for p in self.parties)

    @property
    def sectors(self) -> frozenset[str | None]:
        """Give the PLOVER sectors of these actors."""
        return frozenset(p.sector for p in self.parties)


def phrases(sentence: Sentence, scene: Scene) -> tuple[Phrase, ...]:
    """Give the phrases of a sentence that stand for actors, in the order of the text."""
    found: list[Phrase] = []
    end = -1
    for token in sentence:
        if token.idx < end or token.dep_ not in _HEADS or token.pos_ not in _KINDS or scene.skips(token):
            continue
        one = _phrase(token, scene)
        if one is None or one.span[0] < end:
            continue
        found.append(one)
        # "the ministers of Peru" are one phrase, and Peru no other.
        end = max(one.span[1], *(p.span[1] for p in one.parties))
    return tuple(found[:MOST_PHRASES])


def _phrase(token: Token, scene: Scene) -> Phrase | None:
    # "its ally" is an actor by its head, "its attack" by the pronoun.
    of_deed = token.dep_ in ("compound", "amod", "nmod") or (token.dep_ == "poss" and token.pos_ == "PRON")
    if of_deed and not _modifies_a_deed(token):
        return None
    voice = scene.voices.at(token.idx, token.idx + len(token))
    own = parties([token], scene, voice)
    if not own or (all(p.span[0] > token.idx for p in own) and not _is_somebody(token)):
        return None
    start, end = token.idx, token.idx + len(token)
    if _is_deed(token):
        # "the Iranian attack": what stands for the actor is the modifier alone.
        if not any(p.span[0] >= start for p in own):
            return None
    else:
        left = [c for c in token.lefts if c.dep_ in _BEFORE and not _is_deed(c)]
        start = min([start, *(c.left_edge.idx for c in left if c.left_edge.i >= token.sent.start)])
    return Phrase((start, end), token, own)


def _is_somebody(token: Token) -> bool:
    """Say whether a noun means people or a body: "the army of Chad", and not "the exports of Chad"."""
    return role_noun(token) is not None or is_body(token.text) or token.lemma_.lower() in _BODIES


def _is_deed(token: Token) -> bool:
    return token.pos_ == "NOUN" and sense(token) is not None


def _modifies_a_deed(token: Token) -> bool:
    """Say whether a word before a noun names the actor of a deed: "[Iranian] attack", "[US] sanctions"."""
    return token.i < token.head.i and _is_deed(token.head)


def pairs(found: Sequence[Phrase]) -> Iterator[tuple[Phrase, Phrase]]:
    """Give the ordered pairs, source first, of which the first could do something to the second."""
    for source, recipient in permutations(found, 2):
        if not source.keys.isdisjoint(recipient.keys) and not _apart(source, recipient):
            continue
        if not _could_do(source.head) or _far(source.head, recipient.head):
            continue
        if source.head.lemma_.lower() in OBSERVERS and not source.sectors & _BETWEEN_STATES:
            continue
        yield source, recipient


def _far(one: Token, other: Token) -> bool:
    """Say whether two words are too far apart for one deed: in words, or in steps through the parse."""
    if abs(one.i - other.i) > _WORDS_APART:
        return True
    above = {token.i: steps for steps, token in enumerate((one, *islice(one.ancestors, _STEPS_APART)))}
    return not any(
        token.i in above and above[token.i] + steps <= _STEPS_APART
        for steps, token in enumerate((other, *islice(other.ancestors, _STEPS_APART)))
    )


def _could_do(head: Token) -> bool:
    """Say whether a word stands where somebody stands who does something.

    A subject does, an owner, whoever follows *by*, *from*, *with* or *between*; an object only where it is
    told to do something ("asked Peru to sell").
    """
    word = head
    for _ in range(_CHAIN):
        if word.dep_ not in ("conj", "appos"):
            break
        word = word.head
    if word.dep_ == "pobj":
        return word.head.lower_ in _DOING
    if word.dep_ in ("dobj", "nsubjpass", "dative"):
        return any(c.dep_ in _TOLD for c in word.head.children) or any(c.dep_ in _OWN for c in word.children)
    return True


def _apart(source: Phrase, recipient: Phrase) -> bool:
    """Say whether two phrases of one state are two of its actors: its police and its unions.

    A state, and whoever has no sector, counts as its government.
    """
    ours, theirs = ({p.actor for p in one.parties} for one in (source, recipient))
    sectors = [{p.sector or "GOV" for p in one.parties} for one in (source, recipient)]
    return ours.isdisjoint(theirs) and sectors[0].isdisjoint(sectors[1])

"""Who supplies and who receives: the arguments of an act → supplier, recipient and origin.

A side that the sentence does not make plain is null. A nationality beside an item ("Swedish fighters") is its
supplier only where no other is told, and its origin where another sends it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import msgspec

from onrecord.events.anaphora import NOT_STATES
from onrecord.events.arguments import HELPING, Arguments, arguments, holders, modifiers, prepositions
from onrecord.events.parties import Scene, is_state_name, nationality, parties
from onrecord.record import Attribution, Party
from onrecord.transfers.acts import Deed
from onrecord.transfers.arms import Arms

if TYPE_CHECKING:
    from spacy.tokens import Token

Sides = tuple[Party | None, Party | None]
"""Supplier and recipient."""

_LICENCE = frozenset(
    "assembly co-production factory joint jointly licence license line local locally plant".split()
)


@dataclass(frozen=True, slots=True)
class _Telling:
    """A sentence that tells of a transfer: the item, the act, its arguments and the voice."""

    item: Arms
    deed: Deed
    told: Arguments
    scene: Scene
    voice: Attribution | None

    def first(self, groups: Sequence[Sequence[Token]]) -> Party | None:
        """Give the first party that one of these groups of noun phrases names, the surest group first."""
        for group in groups:
            for head in group:
                if found := sides_of(head, self.scene, self.voice):
                    return found[0]
        return None


def find_sides(item: Arms, deed: Deed, scene: Scene, voice: Attribution | None) -> Sides:
    """Give supplier and recipient of a deed by the part that its arguments play."""
    told = arguments(deed.act)
    nouns = (item.head, first_of(item.head))
    own = [pair for noun in nouns for pair in prepositions(noun)]
    told = replace(told, obliques=tuple(dict.fromkeys((*own, *told.obliques, *_partners(deed.act)))))
    telling = _Telling(item, deed, told, scene, voice)
    supplier, recipient = _between(telling) or _by_role(telling)
    return stateless(supplier), stateless(recipient)


def sides_of(head: Token, scene: Scene, voice: Attribution | None) -> tuple[Party, ...]:
    """Give the parties that a noun phrase stands for, of those that can supply or receive arms.

    Who prints the news does not; and what goes to "the Nicaraguan contras" does not go to Nicaragua.
    """
    found = tuple(p for p in parties((head,), scene, voice) if p.sector != "JRN")
    if head.lemma_.lower() not in _NO_STATE or head.ent_type_ == "ORG":
        return found
    start = min((c.idx for c in head.children if c.i < head.i and c.dep_ in _NAMING), default=head.idx)
    words = scene.article.text[start : head.idx + len(head)]
    return tuple(
        msgspec.structs.replace(
            p,
            actor=None,
            name=words,
            country=None,
            sector="REB",
            text=words,
            span=(start, head.idx + len(head)),
        )
        for p in found[:1]
    )


_NO_STATE = frozenset(
    """
    contra fighter guerrilla insurgent kurd militant militia militiaman mujahedin mujahideen opposition
    paramilitary partisan rebel royalist secessionist separatist
    """.split()
)
"""Nouns for those who do not act for the state that is named with them."""

_NAMING = frozenset({"amod", "compound", "nmod"})


def stateless(party: Party | None) -> Party | None:
    """Give a side of a transfer: what goes to rebels does not go to the state that they are in."""
    if party is None or party.sector not in NOT_STATES:
        return party
    return msgspec.structs.replace(party, country=None)


def _by_role(telling: _Telling) -> Sides:
    told, first = telling.told, telling.first
    doers = _doers(telling)
    match telling.deed.role:
        case "give":
            if telling.deed.stage == "suspended":
                # "withheld aid from Peru" names whom it was meant for.
                return first(doers), first([*_given(telling), told.after("from")])
            return first([*doers, told.after("from")]), first(_given(telling))
        case "take":
            sellers = [told.after("from"), told.after("with"), () if told.passive else told.after("by")]
            return first(sellers), first([*doers, told.after("for")])
        case "ask":
            if told.act.pos_ == "NOUN":
                # "turned down a request from Peru"
                return first([told.after("to"), _refuser(told.act)]), first(
                    [told.after("from", "by"), *doers]
                )
            asked = [told.datives, _others(telling), told.after("from", "to", "of"), _refuser(told.act)]
            return first(asked), first(doers)
        case "arrive":
            places = [_others(telling), told.after("for"), told.after("to", "into", "in", "at")]
            return first([told.after("from"), told.agents if told.passive else ()]), first(places)
        case "return":
            return first([told.datives, told.after("to")]), first(doers)
        case "train":
            return first(doers), first([_others(telling), told.themes])
        case "mend":
            owners = [c for c in telling.item.head.children if c.dep_ == "poss"]
            return first(doers), first([owners, told.after("for")])
        case "build":
            return _makers(telling)


def _doers(telling: _Telling) -> list[Sequence[Token]]:
    """Give who may be the subject of an act, surest first."""
    told, scene = telling.told, telling.scene
    act = told.act
    if act.pos_ not in ("VERB", "AUX"):
        return [told.agents, _nationals(act, scene), holders(act)]
    # "the Danish plan to send": the plan's nationality comes before the subject of its verb.
    planner = _nationals(act.head, scene) if act.dep_ == "acl" and act.tag_ == "VB" else []
    return [planner, told.agents, [w for noun in told.agents for w in modifiers(noun)]]


def _nationals(noun: Token, scene: Scene) -> list[Token]:
    return [w for w in modifiers(noun) if nationality(w, scene)]


def _given(telling: _Telling) -> list[Sequence[Token]]:
    """Give to whom something may be given: "supply Iran with", "to Iran", "supply Iran Su-35s"."""
    told, adjective = telling.told, telling.item.adjective
    before: Sequence[Token] = [adjective] if adjective is not None and is_state_name(adjective.text) else ()
    others = _others(telling) if told.act.pos_ == "VERB" else ()
    item = telling.item.head
    # "offered Peru defence cooperation, including on missiles"
    above = [w for t in told.themes if t.is_ancestor(item) for w in modifiers(t) if is_state_name(w.text)]
    return [
        told.datives,
        others,
        told.after("to", "onto"),
        before,
        above,
        told.after("for"),
        _helped(told.act),
    ]


def _others(telling: _Telling) -> tuple[Token, ...]:
    """Give the themes of the act that are not the item: the recipient of "supply Iran with drones"."""
    item = telling.item.head
    return tuple(
        t
        for t in telling.told.themes
        if t != item and (_given_with(t, item) or not t.is_ancestor(item)) and not item.is_ancestor(t)
    )


def _given_with(theme: Token, item: Token) -> bool:
    """Say whether an item hangs on whom it is given to: "supplied [Peru's army with tanks]"."""
    preposition = first_of(item).head
    return preposition.lower_ == "with" and preposition.head == theme


def first_of(noun: Token) -> Token:
    """Give the first of the coordinated nouns that a noun belongs to."""
    for _ in range(20):
        if noun.dep_ != "conj":
            break
        noun = noun.head
    return noun


def _refuser(act: Token) -> tuple[Token, ...]:
    """Give who turned somebody's request down: that is whom it was addressed to."""
    owned = any(
        c.dep_ in ("poss", "amod", "compound", "nmod") or c.lower_ in ("from", "by") for c in act.children
    )
    return holders(act) if act.pos_ == "NOUN" and act.dep_ == "dobj" and owned else ()


def _partners(act: Token) -> Iterator[tuple[str, Token]]:
    """Give who is told with the word that an infinitive hangs on: "signed a deal with Paris to buy"."""
    if act.tag_ != "VB" or act.dep_ not in ("acl", "xcomp", "advcl", "relcl"):
        return
    for word in (act.head, act.head.head):
        yield from (pair for pair in prepositions(word) if pair[0] in ("with", "from") and pair[1].i < act.i)


def _between(telling: _Telling) -> Sides | None:
    """Give the sides of a deal "between A and B" or of "the two countries": whose design it is supplies."""
    told, producer = telling.told, telling.item.producer
    act = told.act
    if producer is None or (act.pos_ in ("VERB", "AUX") and len(told.agents) < 2):
        return None
    groups = [told.after("between"), told.agents, holders(act) if act.pos_ == "NOUN" else ()]
    if act.dep_ == "pobj":
        groups.append(tuple(t for p, t in prepositions(act.head.head) if p == "between"))
    for group in groups:
        both = parties(group, telling.scene, telling.voice)
        if len(both) == 2 and producer in (both[0].country, both[1].country):
            return (both[0], both[1]) if both[0].country == producer else (both[1], both[0])
    return None


def _helped(act: Token) -> tuple[Token, ...]:
    """Give whom a deed helps: "helped Tehran improve its radars by supplying"."""
    if act.dep_ != "pcomp":
        return ()
    for ancestor in list(act.ancestors)[:5]:
        if ancestor.lemma_.lower() in HELPING and ancestor.pos_ == "VERB":
            objects = [c for c in ancestor.children if c.dep_ in ("dobj", "dative")]
            clauses = [c for c in ancestor.children if c.dep_ in ("xcomp", "ccomp")]
            return tuple(objects or [g for c in clauses for g in c.children if g.dep_ == "nsubj"])
    return ()


def _makers(telling: _Telling) -> Sides:
    """Give licensor and maker of local production; without both it is a state that builds for itself."""
    told, scene = telling.told, telling.scene
    sentence = told.act.sent
    if not any(t.lower_ in _LICENCE for t in sentence):
        return None, None
    set_up = [c for c in told.act.children if c.dep_ in ("acl", "relcl")]
    words = (told.act, *set_up, *told.agents, told.act.head, told.act.head.head)
    where = [noun for word in words for p, noun in prepositions(word) if p in ("in", "on", "at")]
    maker = telling.first([where, told.agents])
    if maker is None:
        return None, None
    beside = [one for w in modifiers(told.act) if (one := nationality(w, scene)) is not None]
    beside += [one for one in (nationality(telling.item.adjective, scene),) if one is not None]
    licensor = next((one for one in beside if one.country != maker.country), None)
    if licensor is not None:
        # "the Iranian drone factory on Russian soil"
        return licensor, maker
    others = {
        actor.country: Party(actor.id, actor.name, actor.country, actor.sector, words.span, words.text)
        for words, actor in scene.cast.mentions_in(sentence.start_char, sentence.end_char)
        if actor.kind == "state" and actor.country != maker.country
    }
    return (next(iter(others.values())) if len(others) == 1 else None), maker


def read_origin(item: Arms, deed: Deed, sides: Sides, scene: Scene) -> tuple[Party | None, str | None]:
    """Give the supplier, from a nationality beside the item if no other is told, and the origin."""
    supplier, recipient = sides
    made, plain = nationality(item.made_in, scene), nationality(item.adjective, scene)
    if made is not None:
        return supplier, made.country
    if plain is None or (recipient is not None and recipient.country == plain.country):
        return supplier, None
    if supplier is None:
        return (plain, None) if deed.role in ("give", "take", "ask") else (None, plain.country)
    return supplier, plain.country if supplier.country != plain.country else None

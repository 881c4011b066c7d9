"""Weapons and other military items that a text names, with designation, category, origin and number.

Two tables of facts stand behind it: `data/arms.tsv` (nouns, with the SIPRI category and what a noun needs
beside it to count as military) and `data/systems.tsv` (designations of systems in the news, their category
and the state that designed them). Categories are those of the SIPRI Arms Transfers Database (SIPRI, "Arms
transfers database: sources and methods"); small arms and ammunition lie outside them and have none.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.article import Mention, mention
from onrecord.data import table
from onrecord.record import Quantity, Value
from onrecord.transfers.quantities import find_quantity, read_value

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_CODE = re.compile(r"[A-Z][A-Za-z]{0,5}[-–]\d{1,4}[A-Za-z]{0,4}\d?|[A-Z]{1,4}\d{1,4}[A-Z]{0,2}\d?")
"""The shape of most designations: Su-35, F-16, CN-235, T-72, Su-30MKI, K9, M777."""

_NO_CODE = re.compile(
    r"(?:G|P|E|EU|UN|C|Q|H|B|MH|QF|AF|GPT|COVID|SARS|CO|ISO|BRICS|Covid)[-–]?\d{1,4}.*|[A-Z]\d|MI[56]"
)
"""What looks like a designation and counts only before a weapon noun: groups of states, flights, roads."""

_MILITARY = frozenset(
    """
    air-defence air-defense anti-air anti-aircraft anti-ship anti-tank antitank antiaircraft armed
    armored armoured arms artillery assault attack ballistic battle bomber combat cruise defence defense
    defensive fast-attack fighter grenade gun guided infantry land landing lethal machine military
    minesweeping missile mortar naval nuclear-capable patrol personnel radar reconnaissance rocket sea
    shell sniper spy surveillance surface-to-air tank tactical torpedo troop troops war warfare weapon
    weapons drone drones electronic anti-drone coast-guard coastal amphibious multi-launch night-vision
    ammunition rifle aircraft-carrier ballistic-missile bulletproof body spare destroyer frigate
    mobile-launch warplane mig
    """.split()
)
_CIVIL = frozenset(
    """
    civil civilian commercial passenger private business cargo fuel water oil gas storage fish think
    septic holding humanitarian medical food economic financial legal coal gold copper uranium diamond
    toy hobby crop agricultural delivery communications weather television fishing cruise-liner
    container rescue fire ambulance passenger-jet regional-jet jump political conversation septic ferry
    tour baby gift lunch
    """.split()
)
_GENERIC = frozenset(
    """
    new newer newest used old older aged ageing aging more advanced modern sophisticated additional
    further extra other such many last first second third initial remaining latest several various
    expensive cheap so-called promised ongoing first-ever latest-generation top american-style certain
    own same few secret unspecified needed its their these those all any some only just dozen hundred
    thousand million billion pair couple junta regime rebels insurgents generals militants
    """.split()
)
"""Adjectives that describe but do not name: they stay outside the item's words."""

_MADE = frozenset(
    {"made", "built", "designed", "manufactured", "produced", "supplied", "developed", "origin", "era"}
)


@dataclass(frozen=True, slots=True)
class Arms:
    """A military item as the text names it.

    `head` is its noun; `first` the token with which its words begin; `made_in` the word that says where it
    was made ("Soviet" in "Soviet-built tanks"), `adjective` a nationality beside it that may be its maker
    or sender. `bare` marks a number that stands for an item named before ("36 of them").
    """

    head: Token
    first: int
    words: Mention
    designation: str | None
    category: str | None
    producer: str | None
    quantity: Quantity | None
    value: Value | None
    made_in: Token | None
    adjective: Token | None
    bare: bool = False


@dataclass(frozen=True, slots=True)
class System:
    """One row of `data/systems.tsv`; an empty producer means several states or none in particular."""

    designation: str
    category: str | None
    producer: str | None


@functools.cache
def systems() -> dict[str, System]:
    """Give the known systems by name and alias, squashed to lower-case letters and digits."""
    known: dict[str, System] = {}
    for row in table("systems.tsv"):
        system = System(row["designation"], row["category"] or None, row["producer"] or None)
        for name in [row["designation"], *filter(None, row["aliases"].split("|"))]:
            known.setdefault(_squash(name), system)
    return known


@functools.cache
def act_nouns() -> frozenset[str]:
    """Give the nouns that name a transfer ("delivery", "sale")."""
    return frozenset(row["word"] for row in table("transfer_acts.tsv") if row["pos"] == "noun")


@functools.cache
def _nouns() -> dict[str, tuple[str | None, str]]:
    return {row["noun"]: (row["category"] or None, row["needs"]) for row in table("arms.tsv")}


def canonical(designation: str | None) -> str:
    """Give the one name of a system, squashed: that of its row in the table, whatever the text calls it."""
    if designation is None:
        return ""
    squashed = _squash(designation)
    system = systems().get(squashed)
    return _squash(system.designation) if system is not None else squashed


def _squash(name: str) -> str:
    return re.sub(r"[^\w]|_", "", name).lower()


def find_arms(doc: Doc, text: str, nationalities: frozenset[int]) -> tuple[Arms, ...]:
    """Give the military items of a text in order.

    `nationalities` are the indices of tokens that name a state or its people; they are no designations.
    """
    return tuple(_describe(token, text, nationalities) for token in doc if _is_arms(token, nationalities))


def _is_arms(token: Token, nationalities: frozenset[int]) -> bool:
    if token.pos_ not in ("NOUN", "PROPN", "ADJ", "NUM", "X", "VERB") or token.i in nationalities:
        return False
    if (
        token.dep_ == "conj"
        and token.head.dep_ in ("compound", "nmod", "amod")
        and token.i < token.head.head.i
    ):
        return False
    if token.dep_ in ("compound", "nmod", "amod", "npadvmod", "nummod", "quantmod") and _before_arms(token):
        return False
    if _counts_what_follows(token) or (token.ent_type_ == "ORG" and _is_of_name(token)):
        return False
    entry = _nouns().get(_singular(token))
    if entry is None or token.tag_ in ("VB", "VBD", "VBG", "VBP", "VBZ"):
        return _is_designation_alone(token, nationalities)
    return _satisfies(token, entry[1], nationalities)


def _counts_what_follows(token: Token) -> bool:
    """Say whether a noun only counts an item: "1.2 million [rounds] of tank ammunition"."""
    following = token.doc[token.i + 1 : token.i + 5]
    return (
        token.lemma_.lower() in ("round", "piece", "item")
        and len(following) > 1
        and following[0].lower_ == "of"
        and any(
            t.lemma_.lower() in ("ammunition", "ammo", "equipment", "artillery", "kit") for t in following
        )
    )


def _is_of_name(token: Token) -> bool:
    """Say whether a noun is part of a body's name: "Airbus Helicopters", but not "MBDA missiles"."""
    before = token.doc[token.i - 1] if token.i else None
    return token.text[:1].isupper() and before is not None and before.ent_type_ == "ORG"


_KINDS = frozenset("type model variant version kind factory plant".split())


def _before_arms(token: Token) -> bool:
    """Say whether a word only describes the noun after it: "missile boats", but not "missile deliveries"."""
    following = token.head
    lemma = following.lemma_.lower()
    if following.i <= token.i or following.pos_ not in ("NOUN", "PROPN", "ADJ", "VERB"):
        return False
    if following.pos_ == "ADJ" and following.head.i <= following.i:
        return False  # "20 howitzers free of charge"
    return following.pos_ == "VERB" or not (lemma in _KINDS or lemma in act_nouns())


def _singular(token: Token) -> str:
    lemma = token.lemma_.lower()
    lower = token.lower_
    if lemma in _nouns():
        return lemma
    if lower.endswith("ies") and f"{lower[:-3]}y" in _nouns():
        return f"{lower[:-3]}y"
    return lower[:-1] if lower.endswith("s") and lower[:-1] in _nouns() else lower


def _is_designation_alone(token: Token, nationalities: frozenset[int]) -> bool:
    """Say whether a designation stands for the item itself: "24 F-16s", "the MiGs", "four Kfirs"."""
    if not token.text[:1].isupper() or token.dep_ in ("compound", "nmod", "amod", "poss", "npadvmod"):
        return False
    if _code(token.text, strict=True) is not None:
        return True
    # A name that is also a word or a person's needs a plural and a number or article, or a state beside it.
    known = _squash(token.text.removesuffix("s")) in systems()
    counted = any(c.dep_ in ("nummod", "det", "quantmod") or c.pos_ == "NUM" for c in token.children)
    plural = token.tag_ in ("NNS", "NNPS") or token.text.endswith("s")
    return (
        known and plural and (counted or any(token.sent.start <= i < token.sent.end for i in nationalities))
    )


def _code(word: str, *, strict: bool) -> str | None:
    """Give the designation that a word is, without a plural s."""
    singular = word[:-1] if word.endswith("s") and len(word) > 2 and not word.endswith("ss") else word
    for candidate in (word, singular):
        if _squash(candidate) in systems() and any(c.isdigit() for c in candidate):
            return candidate
    if not _CODE.fullmatch(singular) or (strict and _NO_CODE.fullmatch(singular)):
        return None
    return singular


def _satisfies(token: Token, needs: str, nationalities: frozenset[int]) -> bool:
    """Say whether a noun has beside it what makes it a military item."""
    before = _premodifiers(token)
    words = {t.lower_ for t in before} | {t.lemma_.lower() for t in before}
    words |= set("-".join(t.lower_ for t in before).split())
    if words & _CIVIL and not words & _MILITARY:
        return False
    designated = any(t.i not in nationalities and _names_system(t) for t in before)
    match needs:
        case "military":
            return bool(words & _MILITARY) or designated or _of_arms(token) or _beside_arms(token)
        case "designation":
            return designated
        case "air":
            return bool(words & {"air", "missile", "aerial", "anti-aircraft"})
        case "armoured":
            return bool(words & {"armoured", "armored", "scout"})
        case "sensor":
            return bool(words & {"radar", "sonar", "jamming", "listening"})
        case "plural":
            return token.lower_ == "arms" and not any(
                c.dep_ == "poss" and c.tag_ == "PRP$" for c in token.children
            )
        case _:
            return True


def _beside_arms(token: Token) -> bool:
    """Say whether a noun is coordinated with a plain military item: "mortars and 40,000 mines"."""
    beside = [token.head] if token.dep_ == "conj" else []
    beside += [c for c in token.children if c.dep_ == "conj"]
    return any(_nouns().get(_singular(noun), ("", "x"))[1] == "" for noun in beside)


def _of_arms(token: Token) -> bool:
    """Say whether a noun such as "rounds" or "parts" goes on with "of ammunition", "for the fighters"."""
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in ("of", "for"):
            for noun in child.children:
                if noun.dep_ == "pobj" and (
                    _nouns().get(_singular(noun), ("", "x"))[1] == "" or _names_system(noun)
                ):
                    return True
    return False


def _names_system(token: Token) -> bool:
    if not token.text[:1].isupper():
        return False
    if _code(token.text, strict=False) is not None or _squash(token.text) in systems():
        return True
    following = token.i + 2
    return (following < len(token.doc) and token.doc[following].lower_ == "class") or (
        token.pos_ == "PROPN"
        and token.ent_type_ not in ("GPE", "NORP", "PERSON", "DATE", "LOC")
        and token.i > token.sent.start
    )


def _premodifiers(token: Token) -> list[Token]:
    """Give the words of the noun phrase before a noun, back to where its description can begin."""
    found: list[Token] = []
    i = token.i - 1
    while i >= 0 and len(found) < 10:
        word = token.doc[i]
        hyphen = word.text in ("-", "–", "/")
        described = word.dep_ in ("compound", "nmod", "amod", "npadvmod", "nummod") or word.tag_ in (
            "HYPH",
            "AFX",
        )
        listed = word.dep_ in ("conj", "cc", "punct") and word.text != "." and _describes(word, token)
        known = word.text[:1].isupper() and _code(word.text, strict=True) is not None
        if word.is_space or not (
            hyphen or listed or known or (described and word.pos_ != "VERB") or _hyphened(word)
        ):
            break
        found.append(word)
        i -= 1
    return found[::-1]


def _describes(word: Token, noun: Token) -> bool:
    """Say whether a comma or conjunct describes a noun with its first word: "artillery and tank rounds"."""
    if word.text in "();:\"“”'’‘—" or (word.dep_ == "conj" and word.pos_ not in ("NOUN", "PROPN", "ADJ")):
        return False
    first = word.head if word.head != noun else word
    return word.head == noun or (
        first.head == noun and first.i < noun.i and first.dep_ in ("compound", "nmod", "amod")
    )


def _hyphened(word: Token) -> bool:
    """Say whether a word hangs on a hyphen: both halves of "short-range", "Soviet-built"."""
    doc, i = word.doc, word.i
    after = i + 1 < len(doc) and doc[i + 1].text in ("-", "–") and not word.whitespace_
    before = i > 0 and doc[i - 1].text in ("-", "–") and not doc[i - 1].whitespace_
    return after or before


def _describe(token: Token, text: str, nationalities: frozenset[int]) -> Arms:
    before = _premodifiers(token)
    made_in, adjective = _origin(before, nationalities)
    first = _after_plural(_item_start(token, before, nationalities), token)
    end = token.idx + len(token)
    designation, system = _designation(token, before, first, nationalities)
    category = system.category if system else _nouns().get(_singular(token), (None, ""))[0]
    return Arms(
        head=token,
        first=first,
        words=mention(text, token.doc[first].idx, end),
        designation=designation,
        category=category or _nouns().get(_singular(token), (None, ""))[0],
        producer=system.producer if system else None,
        quantity=find_quantity(token, first),
        value=_value(token, first),
        made_in=made_in,
        adjective=adjective,
    )


def _value(token: Token, first: int) -> Value | None:
    """Give the money that counts an item: "$1 billion of missiles", "300 million dollars worth of shells"."""
    if token.i + 1 < len(token.doc) and token.doc[token.i + 1].lower_ in ("worth", "valued"):
        return read_value(token.doc[token.i + 1 : token.i + 8].text)
    start = max(token.sent.start, first - 8)
    if token.doc[first - 1].lower_ != "of" and token.doc[first - 1].lower_ not in ("in", "worth"):
        return None
    return read_value(token.doc[start:first].text)


def _origin(before: list[Token], nationalities: frozenset[int]) -> tuple[Token | None, Token | None]:
    """Tell "Soviet-built tanks" (where they were made) from "Soviet tanks" (whose they are)."""
    made = plain = None
    for word in before:
        if word.i not in nationalities:
            continue
        doc, i = word.doc, word.i
        if i + 2 < len(doc) and doc[i + 1].text in ("-", "–") and doc[i + 2].lower_ in _MADE:
            made = word
        else:
            plain = word
    return made, plain


def _item_start(token: Token, before: list[Token], nationalities: frozenset[int]) -> int:
    """Find where the words that name the item begin: after its number, nationality and general adjectives."""
    start = token.i
    for word in reversed(before):
        number = word.like_num and (word.i - 1 in nationalities or not _part_of_name(word))
        used = word.lower_ == "hand" and word.doc[max(0, word.i - 2) : word.i].text.lower() == "second-"
        made = used or (word.lower_ in _MADE and word.i > 0 and word.doc[word.i - 1].text in ("-", "–"))
        if word.i in nationalities or word.lower_ in _GENERIC or number or made:
            break
        start = word.i
    while start < token.i and (token.doc[start].is_punct or token.doc[start].dep_ == "cc"):
        start += 1
    return start


def _after_plural(start: int, token: Token) -> int:
    """Begin after a plural and "and", which name another thing: "electronics and [air defence]"."""
    doc = token.doc
    for i in range(start, token.i - 1):
        if doc[i].tag_ == "NNS" and doc[i + 1].dep_ == "cc":
            start = i + 2
    return start


def _part_of_name(word: Token) -> bool:
    """Say whether a number belongs to the name before it: "Leopard 2", "Mirage 2000"."""
    if word.i == 0 or not word.text.isdigit():
        return False
    name = word.doc[word.i - 1]
    return (name.text[:1].isupper() and _squash(name.text + word.text) in systems()) or (
        name.pos_ == "PROPN"
        and name.text[:1].isupper()
        and name.dep_ in ("compound", "nmod")
        and len(word.text) < 5
    )


def _designation(
    token: Token, before: list[Token], first: int, nationalities: frozenset[int]
) -> tuple[str | None, System | None]:
    """Give the designation among an item's words: the longest known system, else a code or proper name."""
    words = [t for t in before if t.i >= first and t.i not in nationalities]
    known = systems()
    named = [*words, token]
    for length in range(min(4, len(named)), 0, -1):
        for at in range(len(named) - length + 1):
            part = named[at : at + length]
            if part[-1].is_punct:
                continue
            if part[0].text[:1].isupper() and (name := _known(part, known)):
                system = known[_squash(name)]
                return name, system
    for word in named:
        if code := _code(word.text, strict=word == token):
            return code, None
    return _proper(words), None


def _known(part: list[Token], known: dict[str, System]) -> str | None:
    # The raw text, so that a word and its number stay apart as they are written.
    name = part[0].doc[part[0].i : part[-1].i + 1].text
    for candidate in (name.removesuffix("s"), name):
        if _squash(candidate) in known:
            return candidate
    return None


def _proper(words: list[Token]) -> str | None:
    """Give a proper name among an item's words that no table knows: "Zephyr fighters", "Orca-class boats"."""
    for at, word in enumerate(words):
        if not word.text[:1].isupper() or not word.text[0].isalpha() or word.i == word.sent.start:
            continue
        if word.pos_ != "PROPN" and not _hyphened(word):
            continue
        run = [word.text]
        for following in words[at + 1 :]:
            if following.text[:1].isupper() or following.text.isdigit():
                run.append(following.text)
            else:
                break
        return " ".join(run)
    return None

"""Words for what people are: offices, ranks, occupations, forms of address; and for institutions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_OFFICES = """
president premier chancellor minister secretary undersecretary under-secretary deputy vice-president king
queen prince princess emir sultan shah monarch ambassador envoy diplomat consul attaché attache negotiator
senator congressman congresswoman representative lawmaker legislator parliamentarian governor mayor official
commissioner spokesman spokeswoman spokesperson chairman chairwoman chairperson chair chief leader speaker
adviser advisor aide attorney prosecutor judge justice head member president-elect whip mp ayatollah
taoiseach administrator sen. rep. gov. sen rep gov del. assemblyman assemblywoman councilman councilwoman
councillor councilor alderman comptroller superintendent magistrate ombudsman
""".split()
_SOLDIERS = """
general commander admiral colonel captain major lieutenant brigadier marshal sergeant corporal officer soldier
gen. adm. col. lt. maj. capt. sgt. brig. gen commander-in-chief commandant
""".split()
_REPORTERS = """
journalist reporter editor editor-in-chief correspondent columnist commentator broadcaster presenter anchor
host writer blogger
""".split()
_SCHOLARS = """
analyst expert scholar fellow researcher professor lecturer historian economist strategist academic specialist
author scientist observer consultant associate
""".split()
_OTHERS = """
director manager executive founder co-founder owner partner entrepreneur businessman businesswoman banker
lawyer activist campaigner dissident cleric bishop archbishop cardinal pope patriarch rabbi imam pastor
reverend priest candidate nominee frontrunner front-runner veteran resident student teacher doctor physician
engineer farmer worker actor actress singer artist filmmaker producer coordinator organiser organizer
volunteer physicist pilot astronaut coach player trader investor contractor pollster operative fighter rebel
militant warlord oligarch billionaire critic operator staffer counsel treasurer dean rector principal
publisher lobbyist theorist inspector investigator detective sheriff
supporter contributor surrogate delegate donor philanthropist mogul tycoon developer environmentalist
comedian musician rapper novelist poet biographer sociologist psychologist psychiatrist biologist ecologist
meteorologist statistician demographer nurse moderator plaintiff survivor refugee immigrant contender hopeful
widow widower mother father wife husband daughter son sister brother democrat republican
""".split()
ROLE_NOUNS: dict[str, str | None] = {
    **dict.fromkeys(_OTHERS),
    **dict.fromkeys(_SCHOLARS, "CVL"),
    **dict.fromkeys(_REPORTERS, "JRN"),
    **dict.fromkeys(_OFFICES, "GOV"),
    **dict.fromkeys(_SOLDIERS, "MIL"),
}
"""Nouns for what a person does, and the PLOVER sector that the noun implies in the service of a state."""

PUBLIC = set(
    """
president minister premier chancellor senator congressman congresswoman lawmaker ambassador king queen emir
sultan prince governor mayor diplomat general admiral colonel lieutenant marshal brigadier secretary
ayatollah gen. adm. col. sen. rep. gov. sen rep gov mp
""".split()
)
"""Role nouns that are a public office by themselves, whoever's; "chairman" and "head" are not."""

SERVING = {
    "director",
    "manager",
    "executive",
    "coordinator",
    "inspector",
    "operative",
    "counsel",
    "fighter",
    "militant",
}
"""Role nouns that say nothing of a sector but take it from the body that they belong to."""

HONORIFICS = {
    "Mr": "m", "Mr.": "m", "Mrs": "f", "Mrs.": "f", "Ms": "f", "Ms.": "f", "Miss": "f", "Sir": "m",
    "Lady": "f", "Lord": "m", "Dame": "f", "Dr": "", "Dr.": "", "Prof": "", "Prof.": "", "Rev": "",
    "Rev.": "", "Hon.": "",
}  # fmt: skip
"""Forms of address, and the gender that they give (none where they give none)."""

TITLES = set(
    """
President Vice Prime Minister Premier Chancellor Secretary Undersecretary Deputy King Queen Prince Princess
Crown Emir Sultan Ambassador Envoy Senator Sen Sen. Sens Sens. Rep Rep. Reps. Representative Congressman
Congresswoman Assemblyman Assemblywoman Councilman Councilwoman Del.
Governor Gov Gov. Mayor General Gen Gen. Lt Lt. Maj Maj. Brig Brig. Col Col. Capt Capt. Cmdr.
Adm Adm. Admiral Colonel Major Captain Lieutenant Marshal Brigadier Commander Sgt Sgt. Sergeant Sheikh Sheik
Ayatollah Grand Imam Pope Cardinal Archbishop Bishop Judge Justice Professor Chairman Chairwoman Speaker
Spokesman Spokeswoman Spokesperson Chief Leader Foreign Defence Defense Former Supreme Comrade Rear
Commissioner Director Attorney Officer Taoiseach Then-President
""".split()
) | set(HONORIFICS)
"""Words that stand before a name and are no part of it."""

_BODY = re.compile(
    r"Institut\w+|University|Universit\w+|College|School|Center|Centre|Council|Committee|Commission|Ministry|"
    r"Department|Foundation|Agency|Academy|Association|Society|Fund|Bank|Group|Corporation|Company|Co\.|Corp\.|Inc\.?|"
    r"Ltd\.?|Party|Forum|Network|Initiative|Program|Programme|Project|Board|Bureau|Office|Administration|Service|Court|"
    r"Union|League|Congress|Parliament|Senate|Assembly|House|Army|Navy|Force|Forces|Corps|Guard|Guards|Command|Police|"
    r"Times|Post|Journal|News|Herald|Tribune|Review|Magazine|Radio|Television|TV|Media|Organi[sz]ation|Alliance|"
    r"Coalition|Federation|Movement|Front|Lab|Laboratory|Observatory|Watch|International|Partners|Associates|"
    r"Consulting|Brookings|RAND|Carnegie|Caucus|Conference|Summit|Church|Airport|Stadium|Street|Act|Treaty|"
    r"Energy|Mining|Coal|Resources|Holdings|Industries|Systems|Motors|Airlines|Airways|Aerospace|Endowment|Agreement"
)


def is_body(word: str) -> bool:
    """Say whether a capitalised word heads the name of an institution ("Institute", "Council")."""
    return _BODY.fullmatch(word) is not None


def role_noun(token: Token) -> str | None:
    """Give the role noun that a token is, in the singular and lower case, None where it is none."""
    low = token.lower_
    for form in (low, low.removesuffix("s"), low.rstrip("."), token.lemma_.lower()):
        if form in ROLE_NOUNS:
            return form
    return None


@dataclass(frozen=True, slots=True)
class Office:
    """An office as a title beside a name: what the table of leaders calls it, and whether it was left.

    `names` are the offices of the table that the words may mean.
    """

    names: frozenset[str]
    past: bool


_WORDS: tuple[tuple[str, str], ...] = (
    (r"vice[- ]president", "vice president"),
    (r"president(?:[- ]elect)?", "president"),
    (r"prime minister|premier|taoiseach", "prime minister|head of government"),
    (r"chancellor", "chancellor"),
    (r"king", "king"),
    (r"queen", "queen"),
    (r"emir", "emir"),
    (r"sultan", "sultan"),
    (r"shah", "king"),
    (r"emperor", "emperor"),
    (r"pope", "pope"),
    (r"crown prince", "crown prince"),
    (r"(?:foreign|external affairs) (?:minister|secretary)|secretary of state", "foreign minister"),
    (r"defen[cs]e (?:minister|secretary)|secretary of defen[cs]e", "defence minister"),
    (r"secretary[- ]general", "secretary-general"),
    (r"general secretary|party (?:leader|chief|chairman)", "party leader"),
    (r"supreme leader", "supreme leader|leader"),
)
_OFFICE = re.compile(
    r"(?:\b(?P<past>former|then|ex|late|ousted|deposed|exiled)\b[- ]?(?:[a-z]+[ ])?)?"
    rf"(?<![\w-])(?:{'|'.join(f'(?P<t{i}>{words})' for i, (words, _) in enumerate(_WORDS))})",
    re.IGNORECASE,
)
_BEFORE = re.compile(rf"{_OFFICE.pattern}[ \u00a0]$", re.IGNORECASE)
_UNDER = re.compile(r"(?:deputy|vice|assistant|under|shadow|parliamentary)[- ]$", re.IGNORECASE)


def _office(match: re.Match[str]) -> Office:
    index = next(i for i in range(len(_WORDS)) if match[f"t{i}"])
    return Office(frozenset(_WORDS[index][1].split("|")), match["past"] is not None)


def office_before(text: str, at: int) -> Office | None:
    """Give the office that stands directly before a name, None where none does ("Deputy Prime Minister")."""
    words = text[max(0, at - 48) : at].rpartition("\n")[2]
    match = _BEFORE.search(words)
    return None if match is None or _UNDER.search(words[: match.start()]) else _office(match)


def office_named(words: str) -> Office | None:
    """Give the office that these words are and nothing more, None where they are none."""
    match = _OFFICE.fullmatch(words)
    return _office(match) if match else None

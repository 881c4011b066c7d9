"""What kind of holder a position has: an official, an analyst, the outlet, or somebody else."""

from __future__ import annotations

import re
from typing import Literal

from onrecord.record import Actor, Speaker

HolderKind = Literal["official", "analyst", "outlet", "other"]

_OFFICIAL_SECTORS = frozenset("GOV MIL IGO JUD LEG SPY COP".split())

_OFFICES = re.compile(
    r"""\b(?:
    minister | ministry | president | premier | chancellor | king | queen | crown\ prince | emir | sultan |
    ambassador | envoy | diplomat | official | secretary | spokes(?:man|woman|person|people) | senator |
    congress(?:man|woman) | governor | mayor | general | admiral | colonel | major | commander | captain |
    chief\ of\ staff | commissioner | attorney\ general | government | parliamentarian | lawmaker |
    legislator | adviser\ to | advisor\ to | national\ security | head\ of\ state | foreign\ office |
    kremlin |
    white\ house | pentagon | state\ department
    )(?:e?s)?\b""",
    re.IGNORECASE | re.VERBOSE,
)
_ANALYSTS = re.compile(
    r"""\b(?:
    analyst | expert | scholar | professor | lecturer | lectures | teaches | researcher | research | fellow |
    historian | economist | scientist | strategist | academic | think[-\ ]tank | institute | university |
    college | foundation | cent(?:re|er)\ (?:for|of|on) | council\ on | specialist | pundit | columnist |
    consultant | author\ of
    )s?\b""",
    re.IGNORECASE | re.VERBOSE,
)
_FORMER = re.compile(
    r"\b(?:former(?:ly)?|ex-\w+|once|retired|then-\w+|served\ as|who\ once)\b", re.IGNORECASE
)
_NOT_STATES = re.compile(
    r"\b(?:opposition|party|company|firm|(?<!european )(?<!african )union|club|charity|rebel|church|bank)\b",
    re.IGNORECASE,
)


def holder_kind(speaker: Speaker | None, actor: Actor | None = None) -> HolderKind:
    """Tell officials, who speak for a state or an international body, from analysts and from the outlet.

    A null speaker is the outlet. `actor` is the one that the speaker resolves to, where it is known. Who once
    held an office speaks as an analyst. The role counts before the name, and the name before the sector: a
    general's sector outlasts his service.
    """
    if speaker is None:
        return "outlet"
    if actor is not None and actor.kind == "state":
        return "official"
    roles = [speaker.role, actor.role if actor is not None else None]
    role = " ".join(r for r in roles if r)
    for words in (role, speaker.affiliation or "", speaker.name):
        kind = _kind(words)
        if kind is not None:
            return kind
    if actor is not None and actor.sector in _OFFICIAL_SECTORS:
        return "official"
    # A country whose actor is unknown: "Tokyo said".
    return "official" if actor is None and speaker.country is not None and not role else "other"


def _kind(words: str) -> HolderKind | None:
    office, study = _OFFICES.search(words), _ANALYSTS.search(words)
    former = _FORMER.search(words)
    if former is not None and (office is not None or study is not None):
        return "analyst"
    if office is not None and (study is None or office.start() < study.start()):
        # "president of a bank" speaks for no state; "spokesman for the institute" is left to the study.
        if _NOT_STATES.search(words):
            return "other"
        return "official" if study is None or _ANALYSTS.search(words, office.end()) is None else "analyst"
    return "analyst" if study is not None else None

"""Whose position it is: that of an official, of an analyst, of the outlet itself, or of somebody else."""

from __future__ import annotations

import re
from typing import Literal

from onrecord.record import Actor, Speaker

HolderKind = Literal["official", "analyst", "outlet", "other"]

_OFFICIAL = frozenset({"GOV", "MIL", "LEG", "IGO", "SPY", "JUD", "COP", "PTY"})
"""PLOVER sectors of those who speak for a state or an international body."""

_FORMER = re.compile(r"\b(?:former|ex|retired|late)\b", re.IGNORECASE)
_ANALYST = re.compile(
    r"\b(?:academic|analyst|author|director at|economist|expert|fellow|historian|institute|institution|"
    r"lecturer|professor|researcher|scholar|scientist|specialist|think[- ]tank|university|senior director)\b",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"\b(?:ambassador|chancellor|chief|commander|diplomat|envoy|general|governor|king|minister|ministry|official|"
    r"parliament|president|prince|secretary|senator|spokes\w+)\b",
    re.IGNORECASE,
)


def holder_kind(speaker: Speaker | None, actor: Actor | None = None) -> HolderKind:
    """Say whose position it is; a null speaker is the outlet.

    What the text says goes before the actor's sector: a former minister at an institute is an analyst.
    """
    if speaker is None:
        return "outlet"
    told = " ".join(filter(None, (speaker.role, speaker.affiliation)))
    if _ANALYST.search(told) or _FORMER.search(told):
        return "analyst"
    if _OFFICE.search(told) or (actor is not None and actor.sector in _OFFICIAL):
        return "official"
    if actor is not None and actor.kind == "state":
        return "official"
    return "other"

"""CAMEO codes to PLOVER and back, through the mapping that PLOVER's authors published.

The mapping is CAMEO2PLOVER-2021.txt in openeventdata/PLOVER; its rows stand in `data/cameo_plover.tsv` (`by`
"mapping"). Its DEMAND is REQUEST here, its "rights" in 1433 is rights_freedoms, and 175, which stands in it
twice, stands once. Five codes of CAMEO that it leaves out are filed by us (`by` "onrecord"): cyber forces and
attacks (155, 176), bombs in a place (1834), guided and remotely piloted munitions (1951, 1952).

Statements (01) and appeals (02) have no rows: the manual drops both, so that an appeal is no REQUEST. It
mentions, without recommending it, AGREE for 015 and REJECT for 016; here they are dropped like the others.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import NamedTuple

from onrecord.data import table
from onrecord.events.codebook import all_modes, alternatives, categories, event_type
from onrecord.record import EventType

_SPECIAL = frozenset({"133", "137", "151", "152", "185", "1832", "1833"})
"""Codes that say more than the type, mode and contexts that they map to: civil protest, repression, alert
status, an attempt, bombs in cars and at roadsides. Taken only where no other code fits."""


class Coding(NamedTuple):
    """What a CAMEO code says in PLOVER."""

    event: EventType
    mode: str | None
    contexts: tuple[str, ...]


@functools.cache
def codings() -> dict[str, Coding]:
    """Give all of the mapping by code; two digits are a cue category."""
    return {
        row["code"]: Coding(event_type(row["event"]), row["mode"] or None, alternatives(row["contexts"]))
        for row in table("cameo_plover.tsv")
    }


def to_plover(code: str) -> Coding | None:
    """Give a CAMEO code (two to four digits) in PLOVER; null where PLOVER drops it: statements and appeals.

    Raises:
        ValueError: where CAMEO has no such code.
    """
    if found := codings().get(code):
        return found
    if re.fullmatch(r"01\d?|02\d{0,2}", code):
        return None
    near = ", ".join(c for c in codings() if c.startswith(code[:2])) or "01 to 20"
    raise ValueError(
        f"{code!r} is no CAMEO code. Codes are text of 2 to 4 digits with their leading zero ('042'); "
        f"near it are: {near}. Cut a code of another edition to its first two digits."
    )


def from_plover(event: EventType, mode: str | None = None, contexts: Iterable[str] = ()) -> str:
    """Give the most general CAMEO code that says this type and mode, finer where contexts name a finer one.

    A mode that the mapping lacks gives the nearest code, or the one without it. What comes back from it
    through `to_plover` has the same type, and the same mode where the mapping has one of that name.

    Raises:
        ValueError: where PLOVER has no such type, or the type no such mode.
    """
    event, given = event_type(event), frozenset(contexts)
    if mode is not None and (event, mode) not in all_modes():
        names = ", ".join(name for of, name in all_modes() if of == event) or "none"
        raise ValueError(f"{event} has no mode {mode!r}; its modes are: {names}")
    same = _codes(event, mode)
    if mode is not None and not same:
        return all_modes()[event, mode].cameo or from_plover(event, None, given)
    fitting = {code: named for code, named in same.items() if named <= given}
    best = max((len(named) for named in fitting.values()), default=0)
    root = categories()[event].cameo
    if best == 0 and codings()[root].mode == mode:
        return root
    if mode is None and not fitting:
        return root
    chosen = [c for c, named in fitting.items() if len(named) == best] or list(same)
    return min(chosen, key=lambda code: (code in _SPECIAL, _depth(code), code))


def _codes(event: EventType, mode: str | None) -> dict[str, frozenset[str]]:
    """Give the codes of a type and mode with their contexts; a cue category alone is no code of an event."""
    return {
        code: frozenset(coding.contexts)
        for code, coding in codings().items()
        if len(code) > 2 and coding.event == event and coding.mode == mode
    }


def _depth(code: str) -> int:
    """Say how fine a code is: 190 is as coarse as its cue category 19."""
    return 2 if len(code) == 3 and code.endswith("0") else len(code)

"""The figures of events, and of what they are made from, that have bounds: for `eval/gate.py`.

Each group is measured on data of its own: the PLOVER gold records, probes of status, sentences
without an event, annotated dates and annotated pronouns. A group whose data are not there is left out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import coreference
import dates
import events
import silence
import status

Figures = dict[str, float]


def groups(split: Path, scorer: Path) -> dict[str, tuple[str, Callable[[], Figures]]]:
    """Give digest of the data and measurement of each group that can be measured.

    `split` is PolNeAR dev inside the shared data, `scorer` one of the shared scorers: the rest lies beside.
    """
    shared = (split / "../../..").resolve()
    gold, records = shared / "data/events/gsr_dev.jsonl", scorer.with_name("score_events.py")
    told = [line for line in silence.read_annotation() if line.label == "none"]
    found: dict[str, tuple[str, Callable[[], Figures]]] = {
        "status": (_digest(status.PROBES), _status),
    }
    if gold.exists() and records.exists():
        found["events"] = (_digest(gold), lambda: _events(gold, records))
    if told and all(silence.sentence(line, shared) is not None for line in told):
        found["false alarms"] = (_digest(silence.ANNOTATED), lambda: _silence(shared))
    if all((split / "text" / f"{line.doc}.txt").exists() for line in dates.read_annotation()):
        found["dates"] = (_digest(dates.ANNOTATED), lambda: _dates(split))
    if (shared / "articles").exists():
        found["coreference"] = (_digest(coreference.ANNOTATED), lambda: _coreference(shared))
    return found


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _events(gold: Path, records: Path) -> Figures:
    scorer = events.load(records)
    units = scorer.load_gold(gold)
    return events.measure(scorer, units, events.predict(units))


def _status() -> Figures:
    told = status.report(status.run(status.read_probes()), "all")
    talk = told.talk_taken_for_deed["all"].share
    return {"talk taken for deed": talk or 0.0, "deeds kept as asserted": told.kept.share or 0.0}


def _silence(shared: Path) -> Figures:
    lines = [line for line in silence.read_annotation() if line.label == "none"]
    texts = [(line, text) for line in lines if (text := silence.sentence(line, shared)) is not None]
    return {"given an event": silence.measure(list(silence.run(texts)))["none"]["all"].share}


def _dates(split: Path) -> Figures:
    shares = dates.figures(dates.run(split, dates.read_annotation()))
    right = "found, interval and granularity right"
    return {"exact span, F1": dates.f1s(shares)["exact span, F1"], right: shares[right].value}


def _coreference(shared: Path) -> Figures:
    told = coreference.figures(list(coreference.run(shared, coreference.read_annotation())))
    return {name: told[name].value for name in ("right actor", "right of all answers")}

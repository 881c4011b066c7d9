"""The figures of events, transfers and precedent, and of what they rest on, that have bounds: for the gate.

Each group is measured on data of its own: the PLOVER gold records, probes of status, sentences without an
event, annotated dates and pronouns, transfers (the shared development set, and ours), positions, copies made
of articles, and labelled dyad-dates with a register. A group whose data are not there is left out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import coreference
import dates
import duplicates
import events
import positions
import precedent
import scoring
import silence
import status
import transfers

Figures = dict[str, float]

REGISTER = "history/sipri_trade_register_2026-05.csv"
"""The vintage that the bounds on precedent were measured with."""


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
    deals, rows = shared / "data/transfers/dev.jsonl", scorer.with_name("score_transfers.py")
    if rows.exists():
        found["transfers, ours"] = (
            _digest(transfers.ANNOTATED),
            lambda: _transfers(transfers.ANNOTATED, rows),
        )
    if deals.exists() and rows.exists():
        found["transfers, dev"] = (_digest(deals), lambda: _transfers(deals, rows))
    annotated = positions.read_annotation()
    if all(positions.text_of(article, shared / "articles") is not None for article in annotated):
        found["positions"] = (_digest(positions.ANNOTATED), lambda: _positions(shared))
    texts = sorted((split / "text").glob("*.txt"))
    if texts:
        found["near-duplicates"] = (_digests(texts), lambda: _duplicates(texts))
    register, easy = (shared / "data" / name for name in (REGISTER, "precedent/validation_dev.csv"))
    if register.exists() and easy.exists():
        found["precedent"] = (
            _digests([register, easy, precedent.HARD]),
            lambda: _precedent(register, easy),
        )
    return found


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _events(gold: Path, records: Path) -> Figures:
    scorer = scoring.module(records)
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


def _digests(paths: Sequence[Path]) -> str:
    return hashlib.sha256("".join(_digest(path) for path in paths).encode()).hexdigest()


def _transfers(gold: Path, rows: Path) -> Figures:
    scorer, units = scoring.module(rows), transfers.read_gold(gold)
    return transfers.measure(scorer, units, transfers.predict(units))


def _positions(shared: Path) -> Figures:
    texts = ((a, positions.text_of(a, shared / "articles")) for a in positions.read_annotation())
    told = positions.run((a, text) for a, text in texts if text is not None)
    return {"holder, predicate and stance, F1": positions.f1(told)}


def _duplicates(texts: Sequence[Path]) -> Figures:
    told = duplicates.measure({path.stem: path.read_text(encoding="utf-8") for path in texts})
    return {name: told[name] for name in ("precision", "recall")}


def _precedent(register: Path, easy: Path) -> Figures:
    evidence = precedent.read_register(register)
    found: Figures = {}
    for name, cases in (("easy", easy), ("hard", precedent.HARD)):
        table = precedent.tabulate(precedent.judge(precedent.read_cases(cases), evidence))
        value = precedent.figure(table, lambda scores, labels: precedent.auc(scores("measure"), labels)).value
        found[f"AUC, {name} cases"] = value or 0.0
    return found

"""Figures on rows that were not learned from: macro-F1, per type, confusion, with intervals."""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from training.events.rows import Row

FILED = {"CONCEDE": "YIELD", "RETREAT": "YIELD", "IMPOSE": "COERCE"}
"""How PLV files our types."""
QUAD = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT"), 1),
    **dict.fromkeys(("COOPERATE", "AID", "YIELD"), 2),
    **dict.fromkeys(("ACCUSE", "REQUEST", "REJECT", "THREATEN"), 3),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), 4),
}
"""PLV's quad classes; it counts YIELD as material."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A row's label and what the network said, both as PLV files them."""

    group: str
    gold: str
    said: str
    probability: float


def fold(group: str, count: int) -> int:
    """Give the fold of a sentence: all its rows are in one."""
    return int(hashlib.sha256(group.encode()).hexdigest(), 16) % count


def label(row: Row) -> str:
    """Give a row's label as PLV files it."""
    return FILED.get(row.types[0], row.types[0])


def decide(types: dict[str, float]) -> tuple[str, float]:
    """Give the likeliest of PLV's types, none left aside, and its share of what is not none."""
    filed: Counter[str] = Counter()
    for name, probability in types.items():
        if name != "NONE":
            filed[FILED.get(name, name)] += probability  # type: ignore[assignment]
    best, most = filed.most_common(1)[0]
    return best, most / max(sum(filed.values()), 1e-9)


def macro_f1(gold: Sequence[Any], said: Sequence[Any]) -> float:
    """Give the mean F1 over the labels of `gold`."""
    labels = sorted(set(gold))
    return sum(_f1(gold, said, one)[2] for one in labels) / len(labels)


def _f1(gold: Sequence[Any], said: Sequence[Any], one: Any) -> tuple[float, float, float]:
    right = sum(g == s == one for g, s in zip(gold, said, strict=True))
    found, true = sum(s == one for s in said), sum(g == one for g in gold)
    precision, recall = right / found if found else 0.0, right / true if true else 0.0
    return precision, recall, 2 * right / (found + true) if found + true else 0.0


def figures(judged: Sequence[Judged], draws: int = 1000) -> dict[str, Any]:
    """Give macro-F1 of root and quad, and every type, with 95 % intervals (bootstrap over sentences)."""
    gold, said = [j.gold for j in judged], [j.said for j in judged]
    by_group: dict[str, list[int]] = {}
    for i, j in enumerate(judged):
        by_group.setdefault(j.group, []).append(i)
    groups, rng = list(by_group.values()), random.Random(1)
    labels = sorted(set(gold))
    drawn: dict[str, list[float]] = {name: [] for name in ("root", "quad", *labels)}
    for _ in range(draws):
        sample = [i for _ in groups for i in rng.choice(groups)]
        g, s = [gold[i] for i in sample], [said[i] for i in sample]
        drawn["root"].append(macro_f1(g, s))
        drawn["quad"].append(macro_f1([QUAD[x] for x in g], [QUAD[x] for x in s]))
        for one in labels:
            drawn[one].append(_f1(g, s, one)[2])
    return {
        "rows": len(judged),
        "accuracy": round(sum(map(str.__eq__, gold, said)) / len(gold), 3),
        "root macro-F1": [round(macro_f1(gold, said), 3), *_interval(drawn["root"])],
        "quad macro-F1": [
            round(macro_f1([QUAD[x] for x in gold], [QUAD[x] for x in said]), 3),
            *_interval(drawn["quad"]),
        ],
        "types": {
            one: {
                "rows": gold.count(one),
                "P R F1": [round(x, 3) for x in _f1(gold, said, one)],
                "interval": _interval(drawn[one]),
            }
            for one in labels
        },
        "probability of the type, by tenths": reliability(judged),
        "confusion": {
            one: dict(Counter(s for g, s in zip(gold, said, strict=True) if g == one).most_common())
            for one in labels
        },
    }


def reliability(judged: Sequence[Judged]) -> dict[str, list[float]]:
    """Give rows, mean probability and share right for each tenth of the probability that has any."""
    tenths: dict[int, list[Judged]] = {}
    for one in judged:
        tenths.setdefault(min(9, int(one.probability * 10)), []).append(one)
    return {
        f"{k / 10:.1f}": [
            len(own),
            round(sum(j.probability for j in own) / len(own), 3),
            round(sum(j.gold == j.said for j in own) / len(own), 3),
        ]
        for k, own in sorted(tenths.items())
    }


def _interval(values: Sequence[float]) -> list[float]:
    order = sorted(values)
    return [round(order[int(len(order) * q)], 3) for q in (0.025, 0.975)]

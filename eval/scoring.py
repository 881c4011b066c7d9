"""The scorer of attributions, loaded from its file: what counts as right is defined there alone."""

from __future__ import annotations

import importlib.util
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol, cast

from onrecord.article import Mention
from onrecord.record import Attribution

Spans = dict[str, list[list[int]]]
"""An attribution as the scorer reads it: source, cue and content, each a list of [start, end]."""

SAME = 0.5
"""The Dice coefficient of two contents from which on they are the same, as in the scorer's figures."""


class Scorer(Protocol):
    """What is used of the scorer's module."""

    @property
    def Text(self) -> Callable[[str], Any]:  # noqa: N802
        """Take the words of a text apart."""

    @property
    def ROLES(self) -> tuple[str, ...]:  # noqa: N802
        """Name source, cue and content."""

    def read_gold(self, split_dir: str) -> dict[str, tuple[str, dict[str, list[Spans]]]]:
        """Give text and attributions by annotator of each document."""

    def prep(self, tx: Any, attrs: Sequence[Spans]) -> list[dict[str, Any]]:
        """Give attributions as sets of words; one without any is left out."""

    def dice(self, a: frozenset[int], b: frozenset[int]) -> float:
        """Compare two sets of words."""

    def source_ok(self, tx: Any, g: frozenset[int], s: frozenset[int]) -> bool:
        """Say whether a source is the annotated one."""

    def score_doc(
        self, tx: Any, gold: Sequence[Spans], pred: Sequence[Spans], th: float, types: set[str] | None
    ) -> dict[str, float]:
        """Count what is right in one document."""

    def total(self, cs: Sequence[dict[str, float]]) -> dict[str, float]:
        """Add the counts up."""

    def summary(self, t: dict[str, float]) -> dict[str, Any]:
        """Turn counts into figures."""

    def boot(self, cs: Sequence[dict[str, float]], n: int) -> dict[str, tuple[float, float]]:
        """Give 95 % intervals of some figures, by drawing documents again."""

    def show(self, o: dict[str, Any], ci: dict[str, Any], docs: int, th: float) -> None:
        """Print figures."""


def load(path: Path) -> Scorer:
    """Load the scorer of attributions from its file.

    Raises:
        OSError: where the file cannot be read.
    """
    return cast("Scorer", module(path))


def module(path: Path) -> ModuleType:
    """Load a scorer from its file, as a module.

    Raises:
        OSError: where the file cannot be read.
    """
    path.read_bytes()  # a missing file says so by its name
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def as_spans(attribution: Attribution) -> Spans:
    """Give an attribution as the scorer reads it."""
    return {
        "source": _spans(attribution.source),
        "cue": _spans(attribution.cue),
        "content": _spans(*attribution.content),
    }


def _spans(*mentions: Mention | None) -> list[list[int]]:
    return [list(m.span) for m in mentions if m is not None]


def gold(scorer: Scorer, split: Path) -> dict[str, tuple[str, list[Spans]]]:
    """Give text and attributions of each document of a split; of several annotators the first, by name."""
    return {
        name: (text, by_annotator[min(by_annotator)])
        for name, (text, by_annotator) in sorted(scorer.read_gold(str(split)).items())
    }


def figures(
    scorer: Scorer,
    annotated: Mapping[str, tuple[str, list[Spans]]],
    predicted: Mapping[str, Sequence[Attribution]],
    types: Iterable[str] = (),
    *,
    boot: int = 0,
) -> dict[str, Any]:
    """Give the scorer's figures and print its table. `boot` drawings give 95 % intervals there."""
    kinds = set(types) or None
    counts = [
        scorer.score_doc(
            scorer.Text(text), truth, [as_spans(a) for a in predicted.get(name, ())], SAME, kinds
        )
        for name, (text, truth) in annotated.items()
    ]
    result = scorer.summary(scorer.total(counts))
    scorer.show(result, scorer.boot(counts, boot) if boot else {}, len(counts), SAME)
    return result


def right(scorer: Scorer, text: str, truth: Sequence[Spans], predicted: Sequence[Attribution]) -> list[bool]:
    """Say of each predicted attribution of a document whether it is right end to end.

    Contents are aligned one to one, the most alike first, as in the scorer; right is one whose content is
    the same as the annotated one's (Dice of at least `SAME`) with the annotated source.

    Raises:
        RuntimeError: where the scorer counts another number of right attributions in this document: it has
            changed, and this function has to follow it.
    """
    words = scorer.Text(text)
    wanted = scorer.prep(words, truth)
    given = [(i, p) for i, a in enumerate(predicted) for p in scorer.prep(words, [as_spans(a)])]
    pairs = sorted(
        (
            (
                scorer.dice(g["content"], p["content"]),
                scorer.source_ok(words, g["source"], p["source"]),
                -i,
                -j,
            )
            for i, g in enumerate(wanted)
            for j, (_, p) in enumerate(given)
            if g["content"] & p["content"]
        ),
        reverse=True,
    )
    result = [False] * len(predicted)
    taken: Counter[tuple[str, int]] = Counter()
    for likeness, source, i, j in pairs:
        if taken["gold", i] or taken["predicted", j]:
            continue
        taken.update((("gold", i), ("predicted", j)))
        result[given[-j][0]] = bool(likeness >= SAME and source)
    counted = scorer.score_doc(words, truth, [as_spans(a) for a in predicted], SAME, None)["e2e"]
    if sum(result) != counted:
        raise RuntimeError(f"the scorer counts {counted:g} attributions as right, and we {sum(result)}")
    return result

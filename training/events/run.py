"""From marked sentences to the network that reads pairs of actors.

    python -m training.events.run ../shared/data/events/plv_train.tsv

Three stages: our own sentences (`sentences/`) first; then, for each fold of PLV, a network that goes on with
the other folds is judged on it; last the one that ships, which goes on with all of PLV. What is learned is
kept under `--work` as it goes: a run that was killed goes on after the last stage that it finished.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import random
from collections.abc import Sequence
from dataclasses import asdict, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # before torch: idle threads otherwise spin

import torch
import transformers
from scipy.optimize import minimize_scalar
from tokenizers import Tokenizer

from onrecord.events.network import STATUSES, TYPES
from training.encoder import encoder_folder
from training.events.coder import Coder
from training.events.folds import Judged, decide, figures, fold, label
from training.events.learning import Settings, example, predict, train
from training.events.others import turned, unmarked
from training.events.rows import Row, published, written
from training.events.shipping import export

SENTENCES = Path(__file__).parent / "sentences"
FIRST = Settings(epochs=4, encoder_rate=1.2e-4)
THEN = Settings(epochs=4, encoder_rate=6e-5, head_rate=3e-4, averaged=0.99)
AGAIN = 900
"""Sentences of ours that are gone over again with PLV, so that statuses, acts and NONE are not forgotten."""
KEPT_OUT = 0.1
"""Share of our sentences that no stage learns from: the temperatures are fitted on them."""


class Stages:
    """The stages of one run, each kept when it is done."""

    def __init__(self, encoder: Path, work: Path) -> None:
        self.encoder, self.work = encoder, work
        self.tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()

    def learn(
        self, name: str, rows: Sequence[tuple[Row, float]], settings: Settings, before: Coder | None = None
    ) -> Coder:
        """Give the network of a stage: what is kept, or what it learns now, going on from `before`."""
        torch.manual_seed(settings.seed)
        network = Coder(self.encoder)
        # What is kept is of these rows and settings, or it is not taken up.
        made_of = hashlib.sha256(repr((list(rows), settings)).encode()).hexdigest()[:12]
        kept = self.work / f"{name}-{made_of}.pt"
        if kept.exists():
            network.load_state_dict(torch.load(kept, weights_only=True))
            return network.eval()
        if before is not None:
            network.load_state_dict(before.state_dict())
        examples = [example(row, self.tokenizer, weight) for row, weight in rows]
        network = train(network, examples, settings, name)
        torch.save(network.state_dict(), kept.with_suffix(".partial"))
        kept.with_suffix(".partial").rename(kept)
        return network

    def judge(self, network: Coder, rows: Sequence[Row]) -> list[Judged]:
        """Say what a network makes of rows."""
        said = predict(network, [example(row, self.tokenizer) for row in rows])
        return [
            Judged(row.group, label(row), *decide(dict(zip(TYPES, types.tolist(), strict=True))))
            for row, (types, *_) in zip(rows, said, strict=True)
        ]


def ours(kept_out: float) -> tuple[list[Row], list[Row]]:
    """Give our sentences: to learn from, and to fit temperatures on."""
    rows = [row for path in sorted(SENTENCES.glob("*.tsv")) for row in written(path)]
    out = {row.group for row in rows if fold(row.group, 1000) < kept_out * 1000}
    return [r for r in rows if r.group not in out], [r for r in rows if r.group in out]


def more(rows: Sequence[Row], published_rows: Sequence[Row], seed: int) -> list[tuple[Row, float]]:
    """Give what the second stage learns: PLV, its pairs that are none, and some sentences of ours."""
    again = list(rows)
    random.Random(seed).shuffle(again)
    none = [*turned(published_rows), *unmarked(published_rows)]
    random.Random(seed).shuffle(none)
    return [
        *((row, 1.0) for row in published_rows),
        *((row, 0.5) for row in none[: len(published_rows)]),
        *((row, 1.0) for row in again[:AGAIN]),
    ]


def temperatures(network: Coder, stages: Stages, rows: Sequence[Row]) -> dict[str, float]:
    """Fit one temperature for types and one for statuses on sentences kept out (Guo et al. 2017)."""
    said = predict(network, [example(row, stages.tokenizer) for row in rows])
    types = [(p.log(), TYPES.index(r.types[0])) for r, (p, *_) in zip(rows, said, strict=True)]
    statuses = [
        (p.log(), list(STATUSES).index(r.status))
        for r, (_, p, *_) in zip(rows, said, strict=True)
        if r.status is not None
    ]
    return {"type_temperature": _temperature(types), "status_temperature": _temperature(statuses)}


def _temperature(scores: Sequence[tuple[torch.Tensor, int]]) -> float:
    logs, right = torch.stack([s for s, _ in scores]), torch.tensor([i for _, i in scores])

    def loss(t: float) -> float:
        return float(torch.nn.functional.cross_entropy(logs / t, right))

    return round(float(minimize_scalar(loss, bounds=(0.3, 3), method="bounded").x), 3)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("plv", type=Path, help="the table of PLV's training relations")
    parser.add_argument("--work", type=Path, default=Path("training/work/events"))
    parser.add_argument("--out", type=Path, default=Path("src/onrecord/models/events"))
    parser.add_argument("--folds", type=int, default=5, help="0: no cross-validation, only what ships")
    args = parser.parse_args()
    transformers.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    args.work.mkdir(parents=True, exist_ok=True)
    stages = Stages(encoder_folder(), args.work)
    plv = list(published(args.plv))
    learned, kept_out = ours(KEPT_OUT)
    none = list(unmarked(learned))
    random.Random(5).shuffle(none)
    first = [*((row, 1.0) for row in learned), *((row, 0.5) for row in none[: len(learned) // 3])]
    base = stages.learn("first", first, FIRST)
    facts: dict[str, Any] = {
        "settings": {"first": asdict(FIRST), "then": asdict(THEN), "again": AGAIN},
        "rows": {"ours": len(learned), "ours, kept out": len(kept_out), "PLV": len(plv)},
        "PLV, SHA-256": hashlib.sha256(args.plv.read_bytes()).hexdigest(),
        "versions": {m.__name__: m.__version__ for m in (torch, transformers)}
        | {"onrecord": version("onrecord"), "python": platform.python_version()},
    }
    judged: list[Judged] = []
    for k in range(args.folds):
        rows = [row for row in plv if fold(row.group, args.folds) != k]
        network = stages.learn(f"fold-{k}", more(learned, rows, k), replace(THEN, seed=THEN.seed + k), base)
        judged += stages.judge(network, [row for row in plv if fold(row.group, args.folds) == k])
    if judged:
        facts["in cross-validation"] = figures(judged)
        (args.work / "judged.json").write_text(json.dumps([asdict(j) for j in judged], indent=1) + "\n")
        print(json.dumps({k: v for k, v in facts["in cross-validation"].items() if k != "confusion"}))
    network = stages.learn("all", more(learned, plv, 99), THEN, base)
    made = args.work / "export"
    export(network, made)
    fitted = temperatures(network, stages, kept_out)
    (made / "calibration.json").write_text(json.dumps(fitted) + "\n")
    (made / "run.json").write_text(json.dumps(facts | {"temperatures": fitted}, indent=2) + "\n")
    args.out.mkdir(parents=True, exist_ok=True)
    for path in sorted(made.iterdir()):  # last, so that a killed run leaves what was there before
        path.replace(args.out / path.name)


if __name__ == "__main__":
    main()

r"""From sentences with marked items to the network that reads them.

    python -m training.transfers.run --start training/work/events/first-….pt \
        --news ../shared/data/polnear/train/text --plv ../shared/data/events/plv_train.tsv

First, in folds (a text's rows in one fold), a network is judged on what it did not learn from; then the one
that ships learns from all. What is learned is kept under `--work` as it goes: a run that was killed goes on
after the last network that it finished.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # before torch: idle threads otherwise spin

import torch
import transformers
from scipy.optimize import minimize_scalar
from tokenizers import Tokenizer

from onrecord.transfers.network import NONE
from training.encoder import encoder_folder
from training.events.folds import fold
from training.events.rows import published
from training.transfers.learning import Example, Settings, example, predict, train
from training.transfers.others import in_sentences, not_transferred
from training.transfers.reader import Reader
from training.transfers.rows import Row, elsewhere, written
from training.transfers.shipping import export

SENTENCES = Path(__file__).parent / "sentences"


class Networks:
    """The networks of one run, each kept when it is done."""

    def __init__(self, encoder: Path, work: Path, start: Path | None) -> None:
        self.encoder, self.work, self.start = encoder, work, start
        self.tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()

    def learn(self, name: str, rows: Sequence[Row], settings: Settings, news: Sequence[Row] = ()) -> Reader:
        """Give the network that learned from rows and items of the news: what is kept, or learned now."""
        torch.manual_seed(settings.seed)
        network = Reader(self.encoder)
        begun = self.start.read_bytes() if self.start else b""
        made_of = hashlib.sha256(repr((list(rows), list(news), settings)).encode() + begun).hexdigest()[:12]
        kept = self.work / f"{name}-{made_of}.pt"
        if kept.exists():
            network.load_state_dict(torch.load(kept, weights_only=True))
            return network.eval()
        if self.start is not None:
            states = torch.load(self.start, weights_only=True)
            network.bert.load_state_dict(
                {k.removeprefix("bert."): v for k, v in states.items() if k.startswith("bert.")}
            )
        # Twice, as each row of ours is there twice, between other states.
        every = [*rows, *elsewhere(rows, settings.seed), *news, *news]
        network = train(network, [self.example(row) for row in every], settings, name)
        torch.save(network.state_dict(), kept.with_suffix(".partial"))
        kept.with_suffix(".partial").rename(kept)
        return network

    def example(self, row: Row) -> Example:
        """Give the tensors of a row."""
        return example(row, self.tokenizer)


def right(network: Reader, rows: Sequence[Row], networks: Networks) -> tuple[Counter[str], list[Any]]:
    """Count what a network reads rightly, and give its scores with what would have been right."""
    counts: Counter[str] = Counter()
    scores = []
    examples = [networks.example(row) for row in rows]
    for one, (stages, statuses, kinds, sides) in zip(examples, predict(network, examples), strict=True):
        scores.append((stages.log_softmax(-1), one.stage, statuses.log_softmax(-1), one.status))
        told, said = one.stage != NONE, bool(stages.softmax(-1)[NONE] < 0.5)
        counts["rows"] += told
        counts["told"] += said
        counts["both"] += told and said
        if not (told and said):
            continue
        counts["stage"] += int(stages[:NONE].argmax()) == one.stage
        counts["status"] += int(statuses.argmax()) == one.status
        counts["kind"] += int(kinds.argmax()) == one.kind
        for k, side in enumerate(("supplier", "recipient")):
            gold, best = one.sides[:, k] > 0, int(sides[: len(one.pieces), k].argmax())
            found = bool(sides[: len(one.pieces), k].max() > 0)
            counts[side] += bool(gold[best]) if found else not gold.any()
    return counts, scores


def figures(counts: Counter[str]) -> dict[str, float]:
    """Turn counts into figures."""
    both = max(1, counts["both"])
    precision, recall = counts["both"] / max(1, counts["told"]), counts["both"] / max(1, counts["rows"])
    told = {
        name: round(counts[name] / both, 3) for name in ("stage", "status", "kind", "supplier", "recipient")
    }
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return {"precision": round(precision, 3), "recall": round(recall, 3), "F1": round(f1, 3), **told}


def temperature(scores: Sequence[tuple[torch.Tensor, int]]) -> float:
    """Fit a temperature (Guo et al. 2017) on scores of rows that the network did not learn from."""
    known = [(s, i) for s, i in scores if i >= 0]
    logs, wanted = torch.stack([s for s, _ in known]), torch.tensor([i for _, i in known])

    def loss(t: float) -> float:
        return float(torch.nn.functional.cross_entropy(logs / t, wanted))

    return round(float(minimize_scalar(loss, bounds=(0.3, 3), method="bounded").x), 3)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--work", type=Path, default=Path("training/work/transfers"))
    parser.add_argument("--out", type=Path, default=Path("src/onrecord/models/transfers"))
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--judge", type=int, default=5, help="how many of the folds to judge")
    parser.add_argument(
        "--start", type=Path, help="a network of training.events.run to go on from (its encoder)"
    )
    parser.add_argument("--news", type=Path, help="PolNeAR's texts, for items that are not transferred")
    parser.add_argument("--plv", type=Path, help="the table of PLV's training relations, for the same")
    parser.add_argument("--without", type=Path, action="append", default=[], help="texts to leave out")
    args = parser.parse_args()
    transformers.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    args.work.mkdir(parents=True, exist_ok=True)
    networks, settings = Networks(encoder_folder(), args.work, args.start), Settings()
    rows = [row for path in sorted(SENTENCES.glob("*.tsv")) for row in written(path)]
    print(len(rows), "rows", Counter(row.stage for row in rows), flush=True)
    news = list(not_transferred(args.news, args.without)) if args.news else []
    news += list(in_sentences({row.text for row in published(args.plv)})) if args.plv else []
    print(len(news), "items of the news", flush=True)
    counts: Counter[str] = Counter()
    scores: list[Any] = []
    alarms = [0, 0]
    for k in range(args.judge):
        learned = [r for r in rows if fold(r.text, args.folds) != k]
        others = [r for r in news if fold(r.text, args.folds) != k]
        network = networks.learn(f"fold-{k}", learned, settings, others)
        unseen = [r for r in news if fold(r.text, args.folds) == k]
        alarms[0] += right(network, unseen, networks)[0]["told"] if unseen else 0
        alarms[1] += len(unseen)
        own, seen = right(network, [r for r in rows if fold(r.text, args.folds) == k], networks)
        print(k, figures(own), flush=True)
        counts += own
        scores += seen
    network = networks.learn("all", rows, settings, news)
    made = args.work / "export"
    export(network, made)
    fitted = {
        "stage_temperature": temperature([(s, i) for s, i, _, _ in scores]),
        "status_temperature": temperature([(s, i) for _, _, s, i in scores]),
    }
    facts = {
        "settings": asdict(settings),
        "rows": len(rows),
        "sentences, SHA-256": hashlib.sha256(repr(rows).encode()).hexdigest(),
        "items of the news": len(news),
        "in cross-validation": figures(counts),
        "of the news taken for transfers": f"{alarms[0]} of {alarms[1]}",
        "versions": {m.__name__: m.__version__ for m in (torch, transformers)}
        | {"onrecord": version("onrecord"), "python": platform.python_version()},
    }
    print(json.dumps(facts["in cross-validation"]), facts["of the news taken for transfers"])
    (made / "calibration.json").write_text(json.dumps(fitted) + "\n")
    (made / "run.json").write_text(json.dumps(facts, indent=2) + "\n")
    args.out.mkdir(parents=True, exist_ok=True)
    for path in sorted(made.iterdir()):  # last, so that a killed run leaves what was there before
        path.replace(args.out / path.name)


if __name__ == "__main__":
    main()

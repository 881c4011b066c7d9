"""From annotated articles to the network that the package ships.

    python -m training.attribution.run ../shared/data/polnear/train --without ../shared/articles

Parses the articles, trains on all but the held-out ones, fits the decoder on those, and writes
`src/onrecord/models/attribution/`. Everything is kept under `--work` as it goes: a run that was killed goes
on where it was, and a finished one only exports again. Then measure:

    python eval/gate.py ../shared/data/polnear/dev --scorer ../shared/eval/score_attribution.py
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import sys
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # before torch: idle threads otherwise spin

import torch
import transformers

from onrecord import language
from onrecord.attributions.network import Network, shipped
from training.attribution import data, decoder, export, train
from training.encoder import encoder_folder

HELD_OUT = 60
"""Articles of train that the decoder is fitted on."""


def shared_out(
    articles: list[data.Annotated], held: int
) -> tuple[list[data.Annotated], list[data.Annotated]]:
    """Give the articles to train on and those to hold out."""
    order = sorted(articles, key=lambda a: a.name)
    random.Random(7).shuffle(order)
    return order[held:], order[:held]


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("split", type=Path, help="PolNeAR's train: the folder with text/ and attributions/")
    parser.add_argument(
        "--without", type=Path, help="a folder of texts that are kept out of training, by name"
    )
    parser.add_argument("--work", type=Path, default=Path("training/work"), help="where the run is kept")
    parser.add_argument("--out", type=Path, default=Path("src/onrecord/models/attribution"))
    parser.add_argument("--epochs", type=int, default=train.Settings.epochs)
    parser.add_argument("--only", type=int, help="train on so many articles alone, to try things")
    parser.add_argument("--held-out", type=int, default=HELD_OUT)
    args = parser.parse_args()
    transformers.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    encoder = encoder_folder()
    without = frozenset(p.stem for p in args.without.glob("*.txt")) if args.without else frozenset[str]()
    settings = train.Settings(epochs=args.epochs)
    facts = {
        "settings": asdict(settings),
        "left out": sorted(without),
        "held out, trained on at most": [args.held_out, args.only],
        "texts and annotations, SHA-256": language.digest(args.split),
        "versions": {m.__name__: m.__version__ for m in (torch, transformers)}
        | {
            "onrecord": version("onrecord"),
            "pipeline": language.version(),
            "python": platform.python_version(),
        },
    }
    _same_run(args.work, facts)
    articles = data.load(
        args.split, encoder / "tokenizer.json", args.work / "articles.pickle", without=without
    )
    learned, held = shared_out(articles, args.held_out)
    learned = learned[: args.only]
    by_rules = [decoder.ruled(args.split, a) for a in held]

    def watch(network: Network) -> dict[str, float]:
        heard = [decoder.hear(a, network, f) for a, f in zip(held, by_rules, strict=True)]
        return decoder.figures(heard, decoder.fit(heard))

    network = train.train(learned, encoder, args.work, settings, watch)
    made = args.work / "export"
    chain = export.export(network, encoder / "tokenizer.json", made)
    # The decoder is fitted to the exported graphs, as they will be read: eight bits round.
    graphs = shipped.opened(made, chain)
    heard = [decoder.hear(a, graphs, f) for a, f in zip(held, by_rules, strict=True)]
    fitted = decoder.fit(heard)
    numbers = {**chain, "least_cue": decoder.LEAST_CUE, **asdict(fitted)}
    (made / "decoder.json").write_text(json.dumps(numbers) + "\n")
    figures = decoder.figures(heard, fitted)
    print("held out", json.dumps(figures))
    facts |= {
        "articles": {"trained on": len(learned), "held out": [a.name for a in held]},
        "attributions": sum(len(a.gold) for a in learned),
        "on the held-out articles, with a decoder fitted to them": figures,
    }
    (made / "run.json").write_text(json.dumps(facts, indent=2) + "\n")
    args.out.mkdir(parents=True, exist_ok=True)
    for path in sorted(made.iterdir()):  # last, so that a killed run leaves what was there before
        path.replace(args.out / path.name)


def _same_run(work: Path, facts: dict[str, Any]) -> None:
    """Make sure that what is kept in `work` is of this very run.

    Raises:
        SystemExit: where it is of another one.
    """
    work.mkdir(parents=True, exist_ok=True)
    kept, now = work / "run.json", json.dumps(facts, indent=2) + "\n"
    if kept.exists() and kept.read_text() != now:
        sys.exit(
            f"{work} keeps a run with other settings, data or versions: name another --work, or delete it"
        )
    kept.write_text(now)


if __name__ == "__main__":
    main()

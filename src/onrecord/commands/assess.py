"""The command that answers how unprecedented it is."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.commands.history import shelf_option
from onrecord.commands.options import read_day, store_option

if TYPE_CHECKING:
    from onrecord.precedent.assessment import Assessment
    from onrecord.precedent.clocks import Clocks
    from onrecord.precedent.measure import Bench
    from onrecord.precedent.reported import Reported
    from onrecord.show.matrix import Told
    from onrecord.store import View

Dyad = tuple[str, str]


def read_dyads(context: click.Context, option: click.Parameter, words: str | None) -> tuple[Dyad, ...]:
    """Give the dyads of a list: RUS-CHN,USA-ISR.

    Raises:
        click.BadParameter: where one is not two states.
    """
    from onrecord.store.search import parse_dyad

    try:
        return tuple(parse_dyad(part) for part in (words or "").split(",") if part.strip())
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


@click.command(
    epilog="""\b
Examples:
  onrecord assess RUS IRN --as-of 2023-02-24
  onrecord assess Russia Iran --versus RUS-CHN,USA-ISR
  onrecord assess RUS IRN --as-of 2023-02-24 --as-known 2023-02-24    as one could know it then
  onrecord assess RUS IRN --html verdict.html                          with charts and every row
  onrecord history add trade-register.csv                              the base rate, from SIPRI's register"""
)
@click.argument("a")
@click.argument("b")
@click.option(
    "--as-of", metavar="DATE", callback=read_day, help="What had happened by this day (default: today)."
)
@click.option(
    "--as-known", metavar="DATE", callback=read_day, help="Only what was known by this day (default: all)."
)
@click.option("--versus", metavar="A-B,…", callback=read_dyads, help="Dyads to compare with.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--html",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a page with charts, quotations and every row.",
)
@click.option("--no-store", is_flag=True, help="Leave out the articles that you have read.")
@shelf_option
@store_option("The store with the articles that you have read")
def assess(
    a: str,
    b: str,
    as_of: dt.date | None,
    as_known: dt.date | None,
    versus: tuple[Dyad, ...],
    as_json: bool,
    html: Path | None,
    no_store: bool,
    shelf: Path | None,
    store: Path | None,
) -> None:
    """Say how unprecedented two states' cooperation is.

    What is new and what has precedents, each dated and sourced; how rare such a record is; what the
    articles claim; what each answer rests on, and which single fact would change it. A and B are states by
    code or name. It rests on the chronology that comes with onrecord, on the datasets that you have added
    (`onrecord history`), and on the articles that you have read. A missing source is not a zero.
    """
    dyad = _dyad(a, b)
    today = dt.datetime.now(dt.UTC).date()
    day = as_of or today
    if day > today:
        raise click.BadParameter(
            f"{day} is still to come: days that have not passed would count as days without a delivery",
            param_hint="--as-of",
        )
    from onrecord.precedent.clocks import Clocks

    assessment, told, notes = _answer(
        dyad, Clocks(day, as_known), versus, None if no_store else (store,), shelf
    )
    for note in notes:
        click.echo(note, err=True)
    if html is not None:
        from onrecord.show.verdict_page import verdict_page
        from onrecord.store.writing import write_whole

        write_whole(html, verdict_page(assessment, told).encode())
        click.echo(html)
    if as_json:
        import msgspec

        click.echo(msgspec.json.encode(assessment))
    elif html is None:
        from rich.console import Console

        from onrecord.show.verdict import print_verdict

        print_verdict(assessment, told, Console())


def _dyad(a: str, b: str) -> Dyad:
    from onrecord.history.states import heir
    from onrecord.store.search import state_code

    try:
        one, other = state_code(a), state_code(b)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error
    if heir(one) == heir(other):
        raise click.BadParameter(f"{a} and {b} are one state: precedent is asked of two", param_hint="A B")
    return one, other


def _answer(
    dyad: Dyad,
    clocks: Clocks,
    versus: tuple[Dyad, ...],
    store: tuple[Path | None] | None,
    shelf: Path | None,
) -> tuple[Assessment, tuple[Told, ...], list[str]]:
    """Give the assessment, the positions with their records, and what a reader should know beside it."""
    from onrecord import history
    from onrecord.history.shelf import Shelf
    from onrecord.precedent import measure
    from onrecord.precedent.gathering import gather
    from onrecord.show import wording
    from onrecord.store import View, search
    from onrecord.store.opening import default_path

    notes: list[str] = []
    own = [embedded] if (embedded := history.embedded()) else []
    told: tuple[Told, ...] = ()
    if store is not None and (store[0] or default_path()).exists():
        with View(store[0]) as view:
            # Whatever was published after either clock is left out.
            published = min(clocks.as_of, clocks.as_known or clocks.as_of)
            told = _positions(view, dyad, published)
            own += _reported(view, {dyad, *versus}, published)
            if undated := search.coverage(view).undated:
                notes.append(
                    f"{wording.count(undated, 'article')} in the store without a date: left out, for from "
                    "when it was known cannot be told."
                )
    elif store is not None and store[0] is not None:
        raise click.ClickException(f"there is no store at {store[0]}; --no-store leaves articles out")
    with Shelf(shelf) as kept:
        evidence = gather(kept, [dyad, *versus], clocks, own)
        if not any(d.format == "sipri" for d in kept.datasets()):
            notes.append(
                "Without a register of arms transfers there is no base rate: `onrecord history add FILE` "
                "takes SIPRI's trade register, as it is downloaded."
            )
    bench: Bench = measure.prepare(evidence, clocks)
    positions = [one.position for one in told]
    return measure.assess(bench, *dyad, versus=versus, positions=positions), told, notes


def _positions(view: View, dyad: Dyad, as_of: dt.date) -> tuple[Told, ...]:
    from onrecord.show.matrix import Told
    from onrecord.store import search

    found = search.positions(view, dyad=dyad, as_of=as_of)
    wanted: dict[str, list[str]] = {}
    for row in reversed(found.rows):
        wanted.setdefault(str(row["article_id"]), []).append(str(row["id"]))
    told = []
    for article, ids in wanted.items():
        record = view.record(article)
        if record is not None:
            told += [Told(p, record) for p in record.positions if p.id in ids]
    return tuple(told)


def _reported(view: View, dyads: set[Dyad], as_of: dt.date) -> list[Reported]:
    from onrecord.precedent.reported import reported
    from onrecord.store import search
    from onrecord.store.register import register

    entries, articles = [], set()
    for dyad in sorted(dyads):
        entries += [one.entry for one in register(view, dyad=dyad, as_of=as_of).found]
        articles |= {str(row["article_id"]) for row in search.events(view, dyad=dyad, as_of=as_of).rows}
    records = (record for id_ in sorted(articles) if (record := view.record(id_)) is not None)
    found = reported(entries, records)
    return [] if found is None else [found]


COMMANDS = (assess,)

"""The transfer register on the command line, and the judgement of people on its links."""

from __future__ import annotations

import datetime as dt
import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

import click

from onrecord.commands.layout import (
    CITE,
    Lines,
    Shown,
    arrow,
    print_rows,
    quantity_cell,
    show,
    status_cell,
    tell,
    when_cell,
    where_cell,
)
from onrecord.commands.options import (
    Form,
    dyad_option,
    listing_options,
    open_view,
    rows_wanted,
    state_option,
    status_option,
    store_option,
)
from onrecord.record import Stage
from onrecord.show import wording
from onrecord.store.rows import Row

if TYPE_CHECKING:
    from onrecord.entries import Entry, Standing
    from onrecord.store.register import Register


def _what(row: Row) -> Lines:
    return quantity_cell(row), row["item"], row["kind"] if row["kind"] != "transfer" else None


_SIDES: Shown = {
    "when": when_cell,
    "from → to": lambda r: arrow(r["supplier"] or r["supplier_name"], r["recipient"] or r["recipient_name"]),
}
_REPORTS: Shown = {
    **_SIDES,
    "what": _what,
    "stage, status": lambda r: (r["stage"], *status_cell(r)),
    "where": where_cell,
    CITE: lambda r: (r["id"],),
}


@click.command(
    epilog="""\b
Examples:
  onrecord transfers --supplier Iran --recipient Russia
  onrecord transfers --dyad RUS-IRN --stage delivered
  onrecord transfers --as-of 2023-02-24 --csv > transfers.csv
  onrecord transfers --reports                every row of every article
  onrecord export --format register           in the columns of SIPRI's trade register"""
)
@state_option("--supplier", "State that supplies.")
@state_option("--recipient", "State that receives.")
@dyad_option
@click.option("--stage", type=click.Choice(get_args(Stage)), help="How far it has come, by some source.")
@status_option
@click.option("--reports", is_flag=True, help="Every report by itself, and not each transfer once.")
@listing_options
def transfers(
    *,
    reports: bool,
    as_of: dt.date | None,
    form: Form | None,
    limit: int | None,
    store: Path | None,
    **asked: Any,
) -> None:
    """List who supplied whom with what, each once.

    All that is claimed of a transfer stands beside it. Reports of several articles are linked where sides,
    item, number and time agree; what sources claim differently stands side by side. `onrecord unlink` takes
    a link back, `onrecord link` makes one.
    """
    from onrecord.store import search
    from onrecord.store.register import register

    with open_view(store) as view:
        if reports:
            show(
                view,
                search.transfers(view, **asked, as_of=as_of, limit=rows_wanted(limit, form)),
                form,
                _REPORTS,
            )
            return
        found = register(view, **asked, as_of=as_of, limit=rows_wanted(limit, form))
        _show(found, form)
        tell(view, len(found.found), found.total, found.undated, form)


def _show(found: Register, form: Form | None) -> None:
    from onrecord.store.export import csv_text
    from onrecord.store.register import to_json

    match form:
        case "json":
            for one in found.found:
                click.echo(to_json(found, one))
        case "csv":
            click.echo(csv_text(found.columns, [one.row for one in found.found]).encode(), nl=False)
        case "table" | None:
            if found.found:
                entries = {one.row["entry"]: one.entry for one in found.found}
                print_rows([one.row for one in found.found], _shown(entries))


def _shown(entries: dict[Any, Entry]) -> Shown:
    return {
        **_SIDES,
        "what": _what,
        "who says how far": lambda r: tuple(_says(s) for s in entries[r["entry"]].standing),
        "reports": lambda r: _told(entries[r["entry"]]),
        CITE: lambda r: tuple(report.transfer.id for report in entries[r["entry"]].reports),
    }


def _says(standing: Standing) -> str:
    number = f"{standing.quantity.text}, " if standing.quantity is not None else ""
    voice = standing.outlet or "the outlet" if standing.voice is None else standing.voice or "nobody named"
    carried = f", in {standing.carriers} articles" if standing.carriers > 1 else ""
    return f"{number}{standing.stage}: {wording.standing(standing.status, voice)}{carried}"


def _told(entry: Entry) -> Lines:
    first, last = entry.reports[0].known, entry.latest.known
    days = f"{first or '?'}" if first == last else f"{first or '?'} to {last or '?'}"
    sources = f"{wording.count(entry.sources, 'source')}, {wording.count(entry.articles, 'article')}"
    return sources, days, f"claims conflict on {' and '.join(entry.conflicts)}" if entry.conflicts else None


@click.command(
    epilog="""\b
Examples:
  onrecord link tra-5f0c1d tra-90aa41 --reason "the same six jets"
  onrecord link --undo 3"""
)
@click.argument("ids", metavar="ONE OTHER", nargs=-1)
@click.option("--reason", default="", help="Why, for those who read it later.")
@click.option("--undo", type=int, metavar="N", help="Take back the judgement with this number.")
@store_option()
def link(ids: tuple[str, ...], reason: str, undo: int | None, store: Path | None) -> None:
    """Say that two reports tell of one transfer."""
    _judge(ids, "same", reason, undo, store)


@click.command(
    epilog="""\b
Examples:
  onrecord unlink tra-5f0c1d tra-90aa41 --reason "other jets"
  onrecord unlink --undo 3"""
)
@click.argument("ids", metavar="ONE OTHER", nargs=-1)
@click.option("--reason", default="", help="Why, for those who read it later.")
@click.option("--undo", type=int, metavar="N", help="Take back the judgement with this number.")
@store_option()
def unlink(ids: tuple[str, ...], reason: str, undo: int | None, store: Path | None) -> None:
    """Say that two reports tell of two transfers."""
    _judge(ids, "different", reason, undo, store)


def _judge(
    ids: tuple[str, ...],
    judgement: Literal["same", "different"],
    reason: str,
    undo: int | None,
    store: Path | None,
) -> None:
    from onrecord.store import Writer

    if (undo is None) != (len(ids) == 2):
        raise click.UsageError("give the ids of two reports, or --undo and the number of a judgement")
    with open_view(store) as view, Writer(view.path) as writer:
        try:
            if undo is not None:
                writer.part(undo)
                click.echo(f"Judgement {undo} no longer stands.")
                return
            one, other = (_report(writer, id_) for id_ in ids)
            edge = writer.join("transfer", one, other, by=_who(), reason=reason, judgement=judgement)
        except ValueError as error:
            raise click.UsageError(str(error)) from error
    verb = "one transfer" if judgement == "same" else "two transfers"
    click.echo(f"{one[1]} and {other[1]} are {verb}. To take it back: onrecord link --undo {edge.id}")


def _report(writer: Any, id_: str) -> tuple[str, str]:
    from onrecord.record import Transfer
    from onrecord.store import search

    found = [f for f in search.find(writer, id_.strip()) if isinstance(f.item, Transfer) and not f.superseded]
    if len(found) != 1:
        how = "no report of a transfer has" if not found else "more than one report of a transfer has"
        raise ValueError(f"{how} the id {id_!r}; `onrecord transfers` lists ids in its last column")
    return found[0].record.article.id, found[0].item.id


def _who() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container's user may have no name
        return "unknown"


COMMANDS = (transfers, link, unlink)

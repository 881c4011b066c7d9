"""The commands that hand out what the store holds (cite, export) and keep it in order (check, backup)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from onrecord.commands.options import open_view, store_option
from onrecord.show.wording import visible

if TYPE_CHECKING:
    from onrecord.store import View
    from onrecord.store.search import Found

Form = Literal["csv", "xlsx", "jsonl", "register"]


@click.command(
    epilog="""\b
Examples:
  onrecord cite att-5f0c1d22ab34
  onrecord cite att-5f0c            a beginning is enough where nothing else begins so
  onrecord cite tra-90aa --json"""
)
@click.argument("id_", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Print the citation as a JSON object.")
@store_option()
def cite(id_: str, as_json: bool, store: Path | None) -> None:
    """Print a footnote to a record.

    It gives speaker, exact words, outlet, date, address, and where the words stand. ID is that of an
    attribution, event, transfer, position or actor, as the listings print it.
    """
    import msgspec

    from onrecord.show import citation
    from onrecord.store import search

    with open_view(store) as view:
        one = _only(search.find(view, id_.strip()) if id_.strip() else (), id_)
    cited = citation.cite(one.record, one.item, superseded=one.superseded)
    click.echo(msgspec.json.encode(cited) if as_json else visible(citation.footnote(cited)))


def _only(found: tuple[Found, ...], id_: str) -> Found:
    if not found:
        raise click.BadParameter(
            f"nothing on record has the id {id_!r}; `onrecord claims` lists ids in its last column",
            param_hint="ID",
        )
    if len(found) > 1:
        each = ", ".join(sorted(f.item.id for f in found)[:5])
        raise click.BadParameter(
            f"more than one id begins with {id_!r}: {each}{', …' * (len(found) > 5)}", param_hint="ID"
        )
    return found[0]


@click.command(
    epilog="""\b
Examples:
  onrecord export                             CSV tables and a codebook in ./onrecord-export
  onrecord export --bom --out for-excel
  onrecord export --format xlsx
  onrecord export --format register           transfers in the columns of SIPRI's trade register
  onrecord export --format jsonl --out dump"""
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "xlsx", "jsonl", "register"]),
    default="csv",
    show_default=True,
    help="Tables, one workbook of them, whole records, or the transfer register.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("onrecord-export"),
    show_default=True,
    help="The folder to write into.",
)
@click.option("--bom", is_flag=True, help="Begin CSV files with a byte order mark, as Excel wants UTF-8.")
@store_option()
def export(form: Form, out: Path, bom: bool, store: Path | None) -> None:
    """Write everything on record as files.

    csv: a file each of articles, actors, attributions, events (as directed pairs), transfers and positions.
    xlsx: the same in one workbook. jsonl: one article a line, all of its record, with a JSON Schema.
    register: each transfer once, as CSV, as a workbook, and as JSONL with its history. A codebook explains
    every column.
    """
    with open_view(store) as view, view.snapshot():
        try:
            written = _write(view, form, out, bom=bom)
            for path in written:
                click.echo(path)
        except ValueError as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:
            raise click.ClickException(f"{error.filename or out}: {error.strerror or error}") from error


def _write(view: View, form: Form, out: Path, *, bom: bool) -> tuple[Path, ...]:
    from onrecord.store.export import export_csv, export_jsonl, export_xlsx
    from onrecord.store.register import register
    from onrecord.store.trade_register import export_register

    match form:
        case "csv":
            return export_csv(view.records(), out, bom=bom)
        case "xlsx":
            return export_xlsx(view.records(), out)
        case "jsonl":
            return export_jsonl(view.records(), out)
        case "register":
            return export_register(register(view), out, bom=bom)


@click.group()
def store() -> None:
    """Keep the store in order."""


@store.command(
    epilog="""\b
Examples:
  onrecord store check
  onrecord store check --store backup.sqlite && echo sound
  onrecord store check --rebuild              where tables or index are not what the records say"""
)
@click.option("--rebuild", is_flag=True, help="First make tables and index anew from the records.")
@store_option()
def check(rebuild: bool, store: Path | None) -> None:
    """Say whether the store is in order.

    The file is sound, every reference leads somewhere, every mention is the words at its span, the tables say
    what the records say, and the full-text index is in step. Exit code 1 where anything is not so.
    """
    from onrecord.store import Writer, search, upkeep

    with open_view(store) as view:
        if rebuild:
            with Writer(view.path) as writer:
                writer.rebuild()
        troubles = list(upkeep.check(view))
        for trouble in troubles:
            click.echo(visible(trouble))
        if troubles:
            sys.exit(1)
        articles = search.coverage(view).articles
        click.echo(f"{view.path}: {articles} article{'s' * (articles != 1)}, all in order.")


@store.command(
    epilog="""\b
Examples:
  onrecord store backup ~/backups
  onrecord store backup before-upgrade.sqlite"""
)
@click.argument("path", type=click.Path(path_type=Path))
@store_option()
def backup(path: Path, store: Path | None) -> None:
    """Copy the store to a file or folder.

    It works also while something is being read into the store. An older backup at PATH is replaced once the
    new one is whole; any other file is left alone.
    """
    from onrecord.store import upkeep

    with open_view(store) as view:
        click.echo(upkeep.back_up(view, path))


COMMANDS = (cite, export, store)

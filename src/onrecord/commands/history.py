"""The commands that keep history: published datasets and chronologies, to measure precedent against."""

from __future__ import annotations

import contextlib
import csv
import functools
import io
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, get_args

import click

from onrecord.commands.options import Form, read_day
from onrecord.history.observation import Format
from onrecord.show.wording import visible

if TYPE_CHECKING:
    import datetime as dt

    from onrecord.history.formats import Group
    from onrecord.history.imported import Imported
    from onrecord.history.observation import Dataset, Series

P = ParamSpec("P")
R = TypeVar("R")

SHOWN = 8
"""Problems of a file that are listed on the screen; --json has all."""


def shelf_option(command: Callable[P, R]) -> Callable[P, R]:
    """Add the option `--history`, which also turns the shelf's errors into a line for the user."""

    @functools.wraps(command)
    def answering(*args: P.args, **kwargs: P.kwargs) -> R:
        from onrecord.history.shelf import ShelfError

        try:
            return command(*args, **kwargs)
        except ShelfError as error:
            raise click.ClickException(str(error)) from error

    return click.option(
        "--history",
        "shelf",
        type=click.Path(path_type=Path),
        help="Where datasets are kept (default: $ONRECORD_HISTORY, or a file in your data directory).",
    )(answering)


@click.group(
    epilog="""\b
Examples:
  onrecord history add trade-register.csv     what others have recorded, to compare with
  onrecord history list                       what is kept, of which day, under which terms"""
)
def history() -> None:
    """Keep datasets of what happened before.

    Registers of arms transfers, alliances, agreements, exercises and votes, and chronologies of your own,
    each from its publisher's file, with its date and terms. The files are yours: none comes with onrecord.
    """


@history.command(
    epilog="""\b
Examples:
  onrecord history add trade-register.csv
  onrecord history add atop5_1a.csv atop5_1sy.csv      the two of ATOP belong together
  onrecord history add events.19*.tab                  event files of many years are one dataset
  onrecord history add mine.csv --format chronology --vintage 2023-02-24"""
)
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="FILE…",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(get_args(Format)),
    help="Of which it is, where that is not plain.",
)
@click.option(
    "--vintage",
    metavar="DATE",
    callback=read_day,
    help="From when the file was known (default: what it says, or its name, or today).",
)
@click.option("--json", "as_json", is_flag=True, help="Print what was added as one JSON object a dataset.")
@shelf_option
def add(
    files: tuple[Path, ...],
    format_: Format | None,
    vintage: dt.date | None,
    as_json: bool,
    shelf: Path | None,
) -> None:
    """Add files to what is kept.

    Each is recognised by its columns, checked, and kept whole or not at all. The same file again changes
    nothing; another vintage of a dataset stands beside the first. Exit code 1 where a file was refused.
    """
    from onrecord.history import formats
    from onrecord.history.imported import UnreadableError

    refused = False
    groups: list[Group] = []
    for path in files:
        try:
            groups = formats.joined(groups, formats.part_of(path), format_)
        except (UnreadableError, OSError) as error:
            refused = _refuse(path.name, error)
    for group in groups:
        try:
            _add_group(group, vintage, shelf, as_json=as_json)
        except (UnreadableError, OSError) as error:
            refused = _refuse(", ".join(part.name for part in group.parts), error)
    if refused:
        sys.exit(1)


def _refuse(name: str, error: Exception) -> bool:
    says = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    click.echo(f"onrecord: {visible(name)}: {_visible_lines(says)}\nNothing of it was added.", err=True)
    return True


def _visible_lines(text: str) -> str:
    return "\n".join(visible(line) for line in text.split("\n"))


def _add_group(group: Group, vintage: dt.date | None, shelf: Path | None, *, as_json: bool) -> None:
    from onrecord.history import formats, shelving
    from onrecord.history.imported import today
    from onrecord.history.shelf import default_path

    sizes = sum(part.path.stat().st_size for part in group.parts if part.path is not None)
    with _progress() as report:
        read = formats.read(group, today(), vintage, report("reading", sizes))
        keeping = report("keeping", len(read.imported.observations))
        kept = shelving.add(shelf or default_path(), read.dataset, read.imported, keeping)
    if as_json:
        problems = [{"line": p.line, "message": p.message} for p in read.imported.problems]
        told = {
            **_as_object(kept.dataset, _observed(read.imported)),
            "new": kept.new,
            "unrecognised": read.imported.unrecognised,
            "problems": problems,
        }
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    if not kept.new:
        click.echo(f"{visible(read.dataset.file)}: already kept as {kept.dataset.id}; nothing was changed.")
        if vintage is not None and vintage != kept.dataset.vintage:
            click.echo(
                f"It is kept with the vintage {kept.dataset.vintage}: to change that, first "
                f"`onrecord history remove {kept.dataset.id}`.",
                err=True,
            )
        return
    _print_added(kept.dataset, read.imported)


def _observed(imported: Imported) -> int:
    return len(imported.observations) or len(imported.levels)


HOW = {"stated": "", "inferred": ", by the file's name or its pages", "imported": ", the day of import"}


def _print_added(dataset: Dataset, imported: Imported) -> None:
    from rich.console import Console

    console = Console(soft_wrap=True, highlight=False, markup=False)
    console.print(f"{dataset.id}: {visible(dataset.title)}")
    console.print(f"vintage {dataset.vintage}{HOW[dataset.vintage_how]}; terms: {visible(dataset.terms)}")
    rows = []
    for local in imported.series:
        dyads = {frozenset((o.first, o.second)) for o in imported.observations if o.series == local.id}
        counted = sum(o.series == local.id for o in imported.observations)
        unknown = sum(o.series == local.id and o.value is None for o in imported.observations)
        if local.measure == "distance" and imported.levels:
            levels = [level for level in imported.levels if level.series == local.id]
            held = {level.state for level in levels}
            size = f"{len(levels):,} points of {len(held)} states"
            rows.append([*_series_cells(local), f"{len(held) * (len(held) - 1) // 2:,}", size])
        else:
            size = f"{counted:,}" + (f", {unknown:,} without a value" if unknown else "")
            rows.append([*_series_cells(local), f"{len(dyads):,}", size])
    _print_table(("dimension", "counted in", "years", "covers", "dyads", "observations"), rows)
    for note in dataset.notes:
        console.print(f"- {visible(note)}")
    if imported.problems:
        count = len(imported.problems)
        console.print(f"{count:,} {'thing' if count == 1 else 'things'} could not be read:")
        for problem in imported.problems[:SHOWN]:
            console.print(f"  row {problem.line}: {visible(problem.message)}")
        if count > SHOWN:
            console.print(f"  … and {count - SHOWN:,} more; --json lists all")


def _series_cells(series: Series) -> list[str]:
    first, last = series.covered
    years = f"{first}–{last}" if first != last else str(first)
    return [series.dimension, series.unit, years, "all dyads" if series.complete else "some dyads"]


def _print_table(headings: tuple[str, ...], rows: list[list[str]]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold", no_wrap=heading == "id")  # an id that is cut is none
    for row in rows:
        table.add_row(*(Text(visible(cell)) for cell in row))
    Console().print(table)


@contextlib.contextmanager
def _progress() -> Iterator[Callable[[str, int], Callable[[int], None]]]:
    """Show how far an import has come on standard error, where a person watches."""
    if not sys.stderr.isatty():
        yield lambda *_: lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:

        def task(says: str, total: int) -> Callable[[int], None]:
            id_ = progress.add_task(says, total=total or None)
            return lambda done: progress.advance(id_, done)

        yield task


@history.command(
    "list",
    epilog="""\b
Examples:
  onrecord history list
  onrecord history list --csv""",
)
@click.option(
    "--json", "form", flag_value="json", help="One JSON object a dataset, with its series and notes."
)
@click.option("--csv", "form", flag_value="csv", help="CSV with a header, a row a series.")
@shelf_option
def list_(form: Form | None, shelf: Path | None) -> None:
    """List the datasets that are kept, and what each covers."""
    from onrecord.history import embedded
    from onrecord.history.shelf import Shelf

    with Shelf(shelf) as kept:
        datasets = list(kept.datasets())
        counts = kept.counts()
    shipped = embedded()
    if shipped is not None:
        datasets.insert(0, shipped[0])
        counts[shipped[0].id] = len(shipped[1])
    match form:
        case "json":
            for dataset in datasets:
                click.echo(json.dumps(_as_object(dataset, counts.get(dataset.id, 0)), ensure_ascii=False))
        case "csv":
            click.echo(_as_csv(datasets), nl=False)
        case "table" | None:
            headings = ("id", "dimension", "counted in", "years", "covers")
            rows = [[d.id, *_series_cells(series)] for d in datasets for series in d.series]
            if rows:
                _print_table(headings, rows)
    if not datasets:
        click.echo("Nothing is kept; `onrecord history add FILE` adds a dataset.", err=form is not None)


def _as_object(dataset: Dataset, observations: int) -> dict[str, Any]:
    import msgspec

    return {**msgspec.to_builtins(dataset), "observations": observations}


def _as_csv(datasets: list[Dataset]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(
        "id title publisher vintage series dimension measure unit first_year last_year complete terms".split()
    )
    for d in datasets:
        for s in d.series:
            about = [d.id, d.title, d.publisher, d.vintage, s.id, s.dimension, s.measure, s.unit]
            writer.writerow([*about, *s.covered, int(s.complete), d.terms])
    return text.getvalue()


@history.command(
    epilog="""\b
Examples:
  onrecord history remove sipri-2025-03-13"""
)
@click.argument("id_", metavar="ID")
@shelf_option
def remove(id_: str, shelf: Path | None) -> None:
    """Remove a dataset from what is kept; ID is as `onrecord history list` prints it."""
    from onrecord.history import shelving
    from onrecord.history.shelf import Shelf, default_path

    path = shelf or default_path()
    with Shelf(path) as kept:
        ids = [dataset.id for dataset in kept.datasets()]
    if id_ not in ids or not shelving.remove(path, id_):
        names = f"kept are {', '.join(ids)}" if ids else "nothing is kept"
        raise click.BadParameter(f"no dataset has the id {id_!r}: {names}", param_hint="ID")
    click.echo(f"{id_}: removed.")


COMMANDS = (history,)

"""How a listing is shown: a table on the screen, JSON or CSV, and what its reader should know beside it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, cast

import click

from onrecord.article import Mention, Published, PublishedHow
from onrecord.record import Granularity, Quantity, Speaker, Status, When
from onrecord.show import wording
from onrecord.store.rows import Cell, Row

if TYPE_CHECKING:
    from rich.console import Console

    from onrecord.commands.options import Form
    from onrecord.store import Store
    from onrecord.store.search import Listing

WIDEST = 160
"""Columns beyond which a table is no longer easy to read."""

CITE = "cite"
"""The heading of the ids, which stand whole or cannot be cited."""

Lines = tuple[Cell, ...]
"""What stands in one cell of a table, a line each; those that are empty are left out."""

Shown = dict[str, Callable[[Row], Lines]]
"""The headings of a table, and what stands under each."""


def show(store: Store, listing: Listing, form: Form | None, shown: Shown) -> None:
    """Print a listing, and on standard error what a reader of it should know."""
    match form:
        case "json":
            from onrecord.store.tables import as_object

            for row in listing.rows:
                click.echo(json.dumps(as_object(listing.columns, row), ensure_ascii=False))
        case "csv":
            from onrecord.store.export import csv_text

            click.echo(csv_text(listing.columns, listing.rows).encode(), nl=False)
        case "table" | None:
            if listing.rows:
                print_rows(listing.rows, shown)
    tell(store, len(listing.rows), listing.total, listing.undated, form)


def tell(store: Store, given: int, total: int, undated: int, form: Form | None) -> None:
    """Print on standard error what a reader of a listing should know: what is not in it."""
    if not total:
        click.echo(f"Nothing found. {_covered(store)}", err=form is not None)
    elif given < total:
        click.echo(f"{given} of {total} rows; --limit 0 gives all.", err=True)
    if undated:
        verb = "is" if undated == 1 else "are"
        click.echo(f"{undated} more {verb} in articles without a date, and left out as of a day.", err=True)


def print_rows(rows: Iterable[Row], shown: Shown) -> None:
    """Print rows as a table, or where that would be too narrow to read, as paragraphs."""
    from rich.console import Console

    console = Console()
    width = min(console.width, WIDEST)
    if sum(map(_least, shown)) + 3 * len(shown) <= width:
        _print_table(rows, shown, console, width)
    else:
        _print_paragraphs(rows, shown, console)


def _least(heading: str) -> int:
    """Give the columns that a heading's words take at least to be readable; an id that is cut is none."""
    return {"what was said": 34, "evidence": 34, "proposition": 18, "where": 16, CITE: 16}.get(heading, 13)


def _print_table(rows: Iterable[Row], shown: Shown, console: Console, width: int) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True)
    for heading in shown:
        least = _least(heading)
        if heading == CITE:
            table.add_column(heading, width=least, no_wrap=True)
        else:
            table.add_column(heading, ratio=least, overflow="fold")
    for row in rows:
        table.add_row(*(Text("\n".join(_lines(cell(row)))) for cell in shown.values()))
    console.print(table, width=width)


def _print_paragraphs(rows: Iterable[Row], shown: Shown, console: Console) -> None:
    from rich.text import Text

    for row in rows:
        told = {heading: " · ".join(_lines(cell(row))) for heading, cell in shown.items()}
        pieces = [Text(words, "dim" if heading == CITE else "") for heading, words in told.items() if words]
        console.print(Text(" · ").join(pieces), Text(), sep="\n")


def _lines(parts: tuple[Cell, ...]) -> list[str]:
    """Give what there is of the parts, a line each, harmless to a terminal."""
    return [wording.visible(str(part)) for part in parts if part]


def _covered(store: Store) -> str:
    from onrecord.store.search import coverage

    covered = coverage(store)
    if not covered.articles:
        return f"The store {store.path} is empty: `onrecord read FILE` fills it."
    articles = f"{covered.articles} article{'s' * (covered.articles != 1)}"
    outlets = f" from {covered.outlets} outlet{'s' * (covered.outlets != 1)}" if covered.outlets else ""
    dates = f", published {covered.earliest} to {covered.latest}" if covered.earliest else ""
    undated = f" ({covered.undated} without a date)" if covered.undated else ""
    return f"The store {store.path} covers {articles}{outlets}{dates}{undated}."


# How the cells of the tables read: each gives its lines.


def arrow(source: Cell, target: Cell) -> Lines:
    """Give who and to whom; what is not known is a question mark."""
    return (f"{source or '?'} → {target or '?'}",)


def published_cell(row: Row) -> Lines:
    """Give the publication date of the article of a row."""
    how = cast("PublishedHow", row["published_how"])
    publication = Published(_day(row["published_earliest"]), _day(row["published_latest"]), how)
    return (wording.published_briefly(publication),)


def where_cell(row: Row) -> Lines:
    """Give outlet and title, or the id of an article that has neither."""
    if row["outlet"] or row["title"]:
        return (row["outlet"], row["title"])
    return (row["article_id"],)


def speaker_cell(row: Row) -> Lines:
    """Give who said it, with role and affiliation, and whether that is a guess."""
    if not row["speaker"]:
        return ("?", f"“{row['source']}”" if row["source"] else None)
    role, affiliation = (None if row[name] is None else str(row[name]) for name in ("role", "affiliation"))
    speaker = Speaker(None, str(row["speaker"]), role, affiliation)
    return (f"{speaker.name}{' (inferred)' if row['inferred'] else ''}", wording.introduce(speaker))


def words_cell(row: Row) -> Lines:
    """Give what was said, direct speech in quotation marks."""
    words = str(row["content"])
    return (f"“{words}”" if row["kind"] == "direct" and not wording.is_quoted(words) else words,)


def when_cell(row: Row) -> Lines:
    """Give when it happened."""
    start, end = _day(row["when_start"]), _day(row["when_end"])
    if start is None and end is None:
        return ()
    # The words stand in for their mention: only where no date is known would they be printed.
    granularity = cast("Granularity", row["when_granularity"])
    return (wording.when(When(start, end, granularity, Mention((0, 0), ""))),)


def status_cell(row: Row) -> Lines:
    """Give the status with the voice that it is relative to."""
    unnamed = "a speaker the text does not name" if row["according_to"] else wording.OUTLET
    voice = row["according_to_name"] or unnamed
    return (wording.standing(cast("Status", row["status"]), str(voice)),)


def quantity_cell(row: Row) -> Cell:
    """Give what the words for the quantity allow, and the words where they say more."""
    words, low, high = row["quantity_text"], row["quantity_low"], row["quantity_high"]
    if words is None:
        return None
    bounds = wording.bounds(
        Quantity(cast("int | None", low), cast("int | None", high), str(words), bool(row["additional"]))
    )
    return bounds if bounds == words else f"{bounds} (“{words}”)"


def _day(cell: Cell) -> dt.date | None:
    return None if cell is None else dt.date.fromisoformat(str(cell))

"""How a listing is shown: a table on the screen, JSON or CSV, and what its reader should know beside it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from onrecord.commands.options import Form
    from onrecord.store import Store
    from onrecord.store.rows import Cell, Row
    from onrecord.store.search import Listing
    from onrecord.store.tables import Column


def show(store: Store, listing: Listing, form: Form | None, shown: dict[str, Callable[[Row], Cell]]) -> None:
    """Print a listing, and on standard error what a reader of it should know."""
    match form:
        case "json":
            for row in listing.rows:
                click.echo(json.dumps(as_object(listing.columns, row), ensure_ascii=False))
        case "csv":
            from onrecord.store.export import csv_text

            click.echo(csv_text(listing.columns, listing.rows).encode(), nl=False)
        case "table" | None:
            _print_table(listing, shown)
    if not listing.total:
        click.echo(f"Nothing found. {_covered(store)}", err=form is not None)
    elif len(listing.rows) < listing.total:
        click.echo(f"{len(listing.rows)} of {listing.total} rows; --limit 0 gives all.", err=True)
    if listing.undated:
        verb = "is" if listing.undated == 1 else "are"
        click.echo(
            f"{listing.undated} more {verb} in articles without a date, and left out as of a day.", err=True
        )


def as_object(columns: tuple[Column, ...], row: Row) -> dict[str, object]:
    """Give a row as a JSON object: lists as arrays, flags as true and false."""
    thing: dict[str, object] = {}
    for column in columns:
        cell = row[column.name]
        if column.type == "list" and isinstance(cell, str):
            thing[column.name] = json.loads(cell)
        elif column.type == "flag" and cell is not None:
            thing[column.name] = bool(cell)
        else:
            thing[column.name] = cell
    return thing


def _print_table(listing: Listing, shown: dict[str, Callable[[Row], Cell]]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    if not listing.rows:
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in shown:
        # An id that is cut cannot be cited, and a column of single letters cannot be read.
        cited = heading == "cite"
        table.add_column(heading, overflow="fold", no_wrap=cited, min_width=16 if cited else 9)
    for row in listing.rows:
        table.add_row(*(Text(printable(cell(row))) for cell in shown.values()))
    Console().print(table)


def printable(cell: Cell) -> str:
    """Give a cell for the terminal, without the control characters that could take it over."""
    text = "" if cell is None else str(cell)
    return "".join(c if c.isprintable() or c == "\n" else " " for c in text)


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


def lines(parts: tuple[Cell, ...]) -> str:
    """Give what there is of the parts, a line each."""
    return "\n".join(str(part) for part in parts if part)


def arrow(source: Cell, target: Cell) -> str:
    """Give who and to whom; what is not known is a question mark."""
    return f"{source or '?'} → {target or '?'}"


def published_cell(row: Row) -> str:
    """Give the publication date of the article of a row."""
    earliest, latest = row["published_earliest"], row["published_latest"]
    if earliest is None and latest is None:
        return "undated"
    date = str(latest or earliest) if earliest == latest else f"{earliest or '?'} to {latest or '?'}"
    return f"{date}\n(inferred)" if row["published_how"] == "inferred" else date


def where_cell(row: Row) -> str:
    """Give outlet and title, or the id of an article that has neither."""
    return lines((row["outlet"], row["title"])) or str(row["article_id"])


def when_cell(row: Row) -> str:
    """Give when it happened."""
    start, end = row["when_start"], row["when_end"]
    if start is None and end is None:
        return ""
    return str(start) if start == end else f"{start or '…'} to {end or '…'}"


def status_cell(row: Row) -> str:
    """Give the status, and the voice that it is relative to."""
    voice = row["according_to_name"] or ("?" if row["according_to"] else None)
    return lines((row["status"], f"by {voice}" if voice else None))


def quantity_cell(row: Row) -> Cell:
    """Give the words for the quantity, and its bounds where they say more."""
    low, high, words = row["quantity_low"], row["quantity_high"], row["quantity_text"]
    if words is None or (low == high and str(low) == words):
        return words
    bounds = str(low) if low == high else f"{'…' if low is None else low} to {'…' if high is None else high}"
    return f"{words} ({bounds})"

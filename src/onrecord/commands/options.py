"""What the commands that ask the store have in common: their options, and how they open it."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal, ParamSpec, TypeVar, get_args

import click

from onrecord.record import Status
from onrecord.store.opening import StoreError

if TYPE_CHECKING:
    from onrecord.store import View
    from onrecord.store.search import Dyad

FEW = 50
"""Rows of a table on the screen, where the user names no limit; files and pipes get all."""

Form = Literal["table", "json", "csv"]
P = ParamSpec("P")
R = TypeVar("R")


def read_state(context: click.Context, option: click.Parameter, words: str | None) -> str | None:
    """Give the code of the state that the user named.

    Raises:
        click.BadParameter: where there is no such state.
    """
    from onrecord.store.search import state_code

    try:
        return None if words is None else state_code(words)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


def read_dyad(context: click.Context, option: click.Parameter, words: str | None) -> Dyad | None:
    """Give the codes of the two states that the user named.

    Raises:
        click.BadParameter: where the words are not two states.
    """
    from onrecord.store.search import parse_dyad

    try:
        return None if words is None else parse_dyad(words)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


def read_day(context: click.Context, option: click.Parameter, words: str | None) -> dt.date | None:
    """Give the day that the user named.

    Raises:
        click.BadParameter: where it is none.
    """
    if words is None:
        return None
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", words, re.ASCII):
            return dt.date.fromisoformat(words)
    except ValueError:
        pass  # 2023-02-30
    raise click.BadParameter(f"{words!r} is not a day: write YYYY-MM-DD")


def state_option(name: str, says: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Give an option that takes a state by code, name, adjective or capital."""
    return click.option(name, metavar="STATE", callback=read_state, help=says)


dyad_option = click.option(
    "--dyad", metavar="A-B", callback=read_dyad, help="Two states, by code or name: RUS-IRN, Russia-Iran."
)
status_option = click.option(
    "--status", type=click.Choice(get_args(Status)), help="What its voice claims about its reality."
)


def store_option(says: str = "The store to ask") -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Give the option `--store`, which also turns the store's errors into a line for the user."""
    option = click.option(
        "--store",
        type=click.Path(path_type=Path),
        help=f"{says} (default: $ONRECORD_STORE, or a file in your data directory).",
    )

    def with_store(command: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(command)
        def answering(*args: P.args, **kwargs: P.kwargs) -> R:
            try:
                return command(*args, **kwargs)
            except StoreError as error:
                raise click.ClickException(str(error)) from error

        return option(answering)

    return with_store


def listing_options(command: Callable[P, R]) -> Callable[P, R]:
    """Add what every listing takes: the as-of date, the form of the answer, its length, the store."""
    as_of = click.option(
        "--as-of", metavar="DATE", callback=read_day, help="Only what was published by this day."
    )
    as_json = click.option("--json", "form", flag_value="json", help="One JSON object a line.")
    as_csv = click.option("--csv", "form", flag_value="csv", help="CSV with a header.")
    limit = click.option(
        "--limit",
        type=click.IntRange(min=0),
        help=f"At most so many rows; 0: all (default: {FEW} on screen).",
    )
    return as_of(as_json(as_csv(limit(store_option()(command)))))


def open_view(path: Path | None) -> View:
    """Open the store that the user named, or the default one."""
    from onrecord.store import View

    return View(path)


def rows_wanted(limit: int | None, form: Form | None) -> int | None:
    """Give how many rows to ask for; null is all."""
    if limit is None:
        return FEW if form is None else None
    return limit or None

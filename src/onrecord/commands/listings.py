"""The commands that list what the store holds: claims, events, transfers, positions."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from onrecord.commands import archive
from onrecord.commands.layout import (
    CITE,
    Shown,
    arrow,
    published_cell,
    show,
    speaker_cell,
    status_cell,
    when_cell,
    where_cell,
    words_cell,
)
from onrecord.commands.options import (
    Form,
    dyad_option,
    listing_options,
    open_view,
    rows_wanted,
    state_option,
    status_option,
)
from onrecord.holders import HolderKind
from onrecord.record import EventType, Predicate, Stance
from onrecord.show.wording import OUTLET

if TYPE_CHECKING:
    from onrecord.store import View
    from onrecord.store.search import Listing

Question = Callable[..., "Listing"]
"""Asks the store: called with the open store and with the options that are the question's own, by name."""


def listing(shown: Shown) -> Callable[[Question], Callable[..., None]]:
    """Make a question a command's function: it opens the store, asks, and shows the rows."""

    def with_answer(question: Question) -> Callable[..., None]:
        @listing_options
        @functools.wraps(question)
        def ask(
            *, as_of: dt.date | None, form: Form | None, limit: int | None, store: Path | None, **asked: Any
        ) -> None:
            with open_view(store) as view:
                found = question(view, **asked, as_of=as_of, limit=rows_wanted(limit, form))
                show(view, found, form, {**shown, "where": where_cell, CITE: lambda row: (row["id"],)})

        return ask

    return with_answer


@click.command(
    epilog="""\b
Examples:
  onrecord claims drones                      every statement with drone or drones in it
  onrecord claims '"air defence"' --about Iran
  onrecord claims --speaker kirby --as-of 2023-02-24
  onrecord claims --dyad Russia-Iran --csv > claims.csv"""
)
@click.argument("words", nargs=-1)
@click.option("--speaker", help="Name of the speaker, or a part of it.")
@dyad_option
@click.option("--about", default="", metavar="TEXT", help="Words in what is said.")
@listing(
    {
        "published": published_cell,
        "speaker": speaker_cell,
        "what was said": words_cell,
    }
)
def claims(store: View, words: tuple[str, ...], **asked: Any) -> Listing:
    """Search what was said, and by whom.

    WORDS are looked for in what is said and in who says it: all of them, in any order and form, without
    regard to case and accents. Words in double quotes stand together; word* is a beginning.
    """
    from onrecord.store import search

    return search.claims(store, " ".join(words), **asked)


@click.command(
    epilog="""\b
Examples:
  onrecord events --dyad RUS-IRN
  onrecord events --type ACCUSE --source "United States" --json
  onrecord events --status planned --as-of 2023-02-24"""
)
@click.option(
    "--type", "event", type=click.Choice(get_args(EventType), case_sensitive=False), help="PLOVER type."
)
@state_option("--source", "State that does it.")
@state_option("--recipient", "State that it is done to.")
@dyad_option
@status_option
@click.option("--retold", is_flag=True, help="Every telling of a deed that an article tells more than once.")
@listing(
    {
        "when": when_cell,
        "who → whom": lambda r: (r["source"],) if r["reciprocal"] else arrow(r["source"], r["recipient"]),
        "event": lambda r: (r["event"], f"“{r['act']}”"),
        "status": status_cell,
    }
)
def events(store: View, **asked: Any) -> Listing:
    """List who did what to whom."""
    from onrecord.store import search

    return search.events(store, **asked)


@click.command(
    epilog="""\b
Examples:
  onrecord positions --dyad Russia-Iran
  onrecord positions --holder kirby --stance agrees
  onrecord positions --kind analyst --predicate alliance
  onrecord positions --predicate unprecedented --json"""
)
@click.option("--holder", help="Name of the speaker, or a part of it.")
@click.option("--kind", type=click.Choice(get_args(HolderKind)), help="As what the holder speaks.")
@click.option("--predicate", type=click.Choice(get_args(Predicate)), help="What is said of the subject.")
@click.option("--stance", type=click.Choice(get_args(Stance)), help="Where the holder stands.")
@dyad_option
@listing(
    {
        "published": published_cell,
        "holder": lambda r: (r["holder"] or OUTLET, r["holder_role"], r["holder_kind"]),
        "stance": lambda r: (r["stance"],),
        "proposition": lambda r: (r["proposition"],),
        "evidence": lambda r: (r["evidence"],),
    }
)
def positions(store: View, **asked: Any) -> Listing:
    """List who stands where on which proposition."""
    from onrecord.store import search

    return search.positions(store, **asked)


COMMANDS = (claims, events, positions, *archive.COMMANDS)
"""Every command that asks the store, for the command line to take up."""

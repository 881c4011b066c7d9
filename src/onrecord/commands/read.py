"""The command `onrecord read`: articles in, their records out, to the store and to the eye."""

from __future__ import annotations

import contextlib
import itertools
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.commands.options import store_option
from onrecord.show.wording import visible

if TYPE_CHECKING:
    from onrecord.article import Article
    from onrecord.record import Record
    from onrecord.store import Writer

FEW = 3
"""Up to so many articles get a brief each; more get a line each."""

_EXAMPLES = """
\b
Examples:
  onrecord read --example                       a bundled article, to see what a record is
  onrecord read --example --store try.sqlite    and kept, to try the other commands on
  onrecord read story.html                      a brief of one article, kept in the store
  onrecord read clippings/ --html record.html   a folder, as one page to open in a browser
  onrecord read corpus.jsonl --json > out.jsonl one record a line
  onrecord read https://example.org/story --published 2023-02-24
  pdftotext story.pdf - | onrecord read -       from standard input

\b
JSONL has one article a line: "text", and optionally "id", "title", "url", "published", "outlet".
Exit codes: 0 all was read; 1 something could not be read (the rest was); 2 wrong usage.
"""


def _date(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    """Refuse what is no date before anything is read."""
    if value is not None:
        from onrecord.reading.published import parse_date

        try:
            parse_date(value)
        except ValueError as error:
            raise click.BadParameter(str(error)) from error
    return value


@click.command(epilog=_EXAMPLES)
@click.argument("sources", nargs=-1, metavar="SOURCE...")
@click.option("--example", is_flag=True, help="Read the bundled example; it is kept only where --store says.")
@click.option(
    "--published", metavar="DATE", callback=_date, help="When published: 2023-02-24, 2023-02 or 2023."
)
@store_option("The store to keep the records in")
@click.option("--no-store", is_flag=True, help="Keep nothing.")
@click.option("--again", is_flag=True, help="Read articles afresh that the store holds already.")
@click.option("--json", "as_json", is_flag=True, help="Print the records as JSON, one article a line.")
@click.option(
    "--html",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write one self-contained page of the records.",
)
def read(
    sources: tuple[str, ...],
    example: bool,
    published: str | None,
    store: Path | None,
    no_store: bool,
    again: bool,
    as_json: bool,
    html: Path | None,
) -> None:
    """Read articles and print what they put on the record.

    A SOURCE is a text or HTML file, a JSONL file, a folder, an http(s) address, or - for standard input.
    """
    from onrecord import examples
    from onrecord.language import ModelError

    if example and sources:
        raise click.UsageError("--example reads the bundled article and nothing else")
    if example:
        sources, no_store = (str(examples.path()),), no_store or store is None
    if not sources:
        raise click.UsageError("name a file, folder or address to read, or try  onrecord read --example")
    failures: list[str] = []
    try:
        with contextlib.ExitStack() as stack:
            writer = None if no_store else stack.enter_context(_writer(store))
            records = _records(sources, published, writer, again, failures)
            if html is not None:
                _write_page(records, html, as_json=as_json)
            elif as_json:
                _print_json(records)
            else:
                _print_briefs(records, kept_in=writer.path if writer else None)
    except ModelError as error:
        raise click.ClickException(str(error)) from error
    finally:
        for failure in failures:
            click.echo(f"onrecord: {visible(failure)}", err=True)
    if failures:
        sys.exit(1)


def _writer(path: Path | None) -> Writer:
    from onrecord.store import Writer

    return Writer(path)


def _records(
    sources: tuple[str, ...], published: str | None, writer: Writer | None, again: bool, failures: list[str]
) -> Iterator[Record]:
    """Read, extract and keep one article after another; add a line to `failures` for what cannot be read."""
    from onrecord.language import ModelError
    from onrecord.reading import Failure, read_many
    from onrecord.store.opening import StoreError

    for found in read_many(sources, published=published):
        if isinstance(found, Failure):
            failures.append(str(found))
            continue
        try:
            record = _record(found, writer, again)
        except (ModelError, StoreError):
            raise
        except ValueError as error:
            failures.append(f"{found.id}: {error}")
        except Exception as error:
            # A fault of ours, and no reason to leave the other nine thousand articles unread.
            failures.append(f"{found.id}: onrecord failed on this article: {error!r}")
        else:
            yield record


def _record(article: Article, writer: Writer | None, again: bool) -> Record:
    """Extract an article, or take its record from the store where nothing has changed, and keep it."""
    from onrecord.pipeline import extract, extractor

    if writer is None:
        return extract(article)
    kept = None if again else writer.version(article.id)
    if (
        kept is not None
        and kept.extractor == extractor()
        and (kept.article.sha256, kept.article.published) == (article.sha256, article.published)
    ):
        return kept
    record = extract(article)
    writer.write(record)
    return record


# --- showing


def _print_json(records: Iterator[Record]) -> None:
    from onrecord.record import to_json

    with _progress(printing=True) as count:
        for record in records:
            click.echo(to_json(record))
            count()


def _write_page(records: Iterator[Record], path: Path, *, as_json: bool) -> None:
    from onrecord.record import to_json
    from onrecord.show.page import render_page
    from onrecord.store.writing import write_whole

    kept = []
    with _progress(printing=as_json) as count:
        for record in records:
            kept.append(record)
            count()
            if as_json:
                click.echo(to_json(record))
    if kept:
        write_whole(path, render_page(kept).encode())
        click.echo(f"onrecord: {len(kept)} article{'s' * (len(kept) != 1)} on the page {path}", err=True)


def _print_briefs(records: Iterator[Record], *, kept_in: Path | None) -> None:
    """Print a brief of each article, or of many two lines each."""
    from rich.console import Console

    from onrecord.show.brief import print_brief, print_digest

    console = Console()
    first = list(itertools.islice(records, FEW + 1))
    number = 0
    for number, record in enumerate(itertools.chain(first, records), start=1):
        if len(first) > FEW:
            print_digest(record, console)
            continue
        if number > 1:
            console.print()
            console.rule(style="dim")
        print_brief(record, console)
    if len(first) > FEW:
        told = f"\n{number:,} articles; --html PAGE shows them all, word for word."
        console.print(told, style="dim", highlight=False)
    elif number:
        console.print()
    if number and kept_in is not None:
        told = f"Kept in {kept_in}: `onrecord claims WORDS` searches it, `onrecord cite ID` gives a footnote."
        console.print(told, style="dim", markup=False, highlight=False)


@contextlib.contextmanager
def _progress(*, printing: bool) -> Iterator[Callable[[], None]]:
    """Count articles on standard error, where a person watches and nothing else is printed there."""
    if not sys.stderr.isatty() or (printing and sys.stdout.isatty()):
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), "reading", MofNCompleteColumn(), "articles", TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None)
        yield lambda: progress.advance(task)

"""A record as a brief for the terminal: who says what, what was supplied, when, and who disagrees.

Every deed is printed with its status and the voice that the status is relative to. The words of an article
are never taken for markup, and their control characters never reach the terminal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from onrecord.article import Article, Furniture, Span
from onrecord.record import Attribution, Event, Record, Speaker, Status, Transfer, When
from onrecord.show import outline, wording

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table
    from rich.text import Text

LONGEST_WORDS = 900
"""Characters of one quotation that are printed; a longer one ends in … and names its id."""

WIDEST = 110
"""Columns beyond which lines are no longer easy to read."""

NARROW = 72
"""Columns under which a table becomes a list."""


def print_brief(record: Record, console: Console) -> None:
    """Print a record for a person to read; at any width, with colour or without."""
    from rich.console import Group  # slow to import  # noqa: PLC0415

    width = min(console.width, WIDEST)
    console.print(Group(*_parts(record, width)), width=width)


def print_digest(record: Record, console: Console) -> None:
    """Print the headline of a record, and below it when it was published and how much was found."""
    article = record.article
    facts = [
        wording.published_briefly(article.published),
        *(wording.found(record) or ["nothing found"]),
        *wording.kinds(problem.kind for problem in article.problems),
        article.id,
    ]
    console.print(_text(outline.headline(article), "bold"))
    console.print(_indented(_text(" · ".join(facts), "yellow" if article.problems else "dim")))


def _parts(record: Record, width: int) -> Iterator[RenderableType]:
    said = {attribution.id: attribution for attribution in record.attributions}
    yield from _header(record)
    yield from _problems(record.article)
    yield from _speakers(record, said, width)
    yield from _transfers(record, said, width)
    yield from _timeline(record, said, width)
    yield from _events(record, said, width)
    yield from _positions(record)
    yield from _left_out(record.article)


# The parts of the brief, in the order in which they are printed.


def _header(record: Record) -> Iterator[RenderableType]:
    article = record.article
    facts = [
        article.outlet,
        " and ".join(article.authors),
        wording.published(article.published),
        f"{len(article.text.split()):,} words",
        article.id,
    ]
    yield _text(outline.headline(article), "bold")
    yield _text(" · ".join(fact for fact in facts if fact), "dim")
    if article.url:
        yield _text(article.url, "dim")
    yield _text(" · ".join(wording.found(record)) or "Nothing found.")


def _problems(article: Article) -> Iterator[RenderableType]:
    if not article.problems and not article.repairs:
        return
    yield from _heading("Problems found")
    table = _grid(10)
    for problem in article.problems:
        line = _text(problem.message)
        if problem.span:
            line.append(f"  “{wording.visible(_at(article, problem.span))}”", "yellow")
        table.add_row(_text(problem.kind.replace("_", " "), "yellow"), line)
    if article.repairs:
        table.add_row(
            _text("repaired", "dim"), _text(f"{wording.count(len(article.repairs), 'passage')} in decoding")
        )
    yield _indented(table)


def _speakers(record: Record, said: dict[str, Attribution], width: int) -> Iterator[RenderableType]:
    groups = outline.by_speaker(record.attributions)
    if not groups:
        return
    yield from _heading("Who says what")
    for number, group in enumerate(groups):
        if number:
            yield _text("")
        yield _indented(_speaker(group.speaker))
        table = _grid(13 if width >= NARROW else 9)
        for attribution in group.attributions:
            table.add_row(_cue(attribution), _words(record.article, attribution, said))
        yield _indented(table, 4)


def _speaker(speaker: Speaker | None) -> Text:
    if speaker is None:
        return _text("No speaker in the text", "bold italic")
    line = _text(speaker.name, "bold cyan")
    told = wording.introduce(speaker)
    country = f" ({speaker.country})" if speaker.country else ""
    line.append_text(_text((f", {told}" if told else "") + country, "dim"))
    return line


def _cue(attribution: Attribution) -> Text:
    return _text(attribution.cue.text, "cyan") if attribution.cue else _text("—", "dim")


def _words(article: Article, attribution: Attribution, said: dict[str, Attribution]) -> Text:
    line = _text(_shortened(wording.content(article, attribution), attribution.id))
    notes: list[str] = [attribution.kind]
    if attribution.speaker is None and attribution.source is not None:
        notes.append(f"from “{attribution.source.text}”")
    if attribution.inferred:
        notes.append("speaker inferred")
    if attribution.confidence < wording.UNCERTAIN:
        notes.append(wording.uncertain(attribution.confidence))
    if attribution.within is not None:
        notes.append(f"as told by {wording.voice(attribution.within, said)}")
    notes.append(attribution.id)
    line.append_text(_text(f"  [{'; '.join(notes)}]", "dim"))
    return line


def _transfers(record: Record, said: dict[str, Attribution], width: int) -> Iterator[RenderableType]:
    found = outline.transfers(record)
    if not found:
        return
    yield from _heading("Transfers")
    events = {event.id: event for event in record.events}
    rows = [
        (
            _text(f"{wording.party(t.supplier)} → {wording.party(t.recipient)}", "bold"),
            _item(t),
            _text(wording.stage(t)),
            _standing(wording.standing(t.status, wording.voice(t.according_to, said)), t.status),
            _time(outline.time_of(t, events.get(t.event))),
        )
        for t in found
    ]
    yield from _rows(("From → to", "What", "Stage", "Status, and whose word", "When"), rows, width)


def _item(transfer: Transfer) -> Text:
    quantity = transfer.quantity
    line = _text("")
    if quantity is not None:
        line.append_text(_text(wording.bounds(quantity) + " ", "bold"))
    line.append_text(_text(transfer.item.text))
    if quantity is not None and quantity.text != wording.bounds(quantity):
        line.append_text(_text(f" (“{quantity.text}”)", "dim"))
    if transfer.value is not None:
        line.append_text(_text(f", {wording.money(transfer.value)}"))
    if told := wording.particulars(transfer):
        line.append_text(_text(f" ({'; '.join(told)})", "dim"))
    return line


def _timeline(record: Record, said: dict[str, Attribution], width: int) -> Iterator[RenderableType]:
    dated, undated = outline.timeline(record)
    if not dated:
        return
    yield from _heading("Timeline")
    table = _grid(20 if width >= NARROW else 13)
    for entry in dated:
        line = _deed(entry.deed)
        line.append_text(_text(" — "))
        voice = wording.voice(entry.deed.according_to, said)
        line.append_text(_standing(wording.standing(entry.deed.status, voice), entry.deed.status))
        if entry.background:
            line.append_text(_text("  [background]", "dim"))
        table.add_row(_text(wording.when(entry.when)), line)
    yield _indented(table)
    if undated:
        yield _indented(_text(f"and {wording.count(undated, 'deed')} without a date", "dim"))


def _deed(deed: Event | Transfer) -> Text:
    match deed:
        case Transfer():
            line = _text(f"{wording.party(deed.supplier)} → {wording.party(deed.recipient)} ", "bold")
            line.append_text(_item(deed))
            line.append_text(_text(f", {wording.stage(deed)}"))
            return line
        case Event():
            line = _text(f"{wording.who_whom(deed)} ", "bold")
            line.append_text(_text(f"{wording.event_type(deed)} “{deed.act.text}”"))
            return line


def _events(record: Record, said: dict[str, Attribution], width: int) -> Iterator[RenderableType]:
    found = outline.other_events(record)
    told = len({transfer.event for transfer in record.transfers})
    again = sum(event.repeats is not None for event in record.events)
    if not record.events:
        return
    yield from _heading("Events")
    rows = [
        (
            _text(wording.who_whom(event), "bold"),
            _text(wording.event_type(event)),
            _act(event, record),
            _standing(wording.standing(event.status, wording.voice(event.according_to, said)), event.status),
            _time(event.when),
        )
        for event in found
    ]
    if rows:
        yield from _rows(
            ("Who → whom", "Event", "In the words", "Status, and whose word", "When"), rows, width
        )
    if told:
        yield _indented(_text(f"and {wording.count(told, 'event')} told as transfers above", "dim"))
    unsure = sum(outline.is_unsure(event) and event.repeats is None for event in record.events)
    if unsure:
        yield _indented(_text(f"and {wording.count(unsure, 'deed')} perhaps misread (all in --json)", "dim"))
    if again:
        yield _indented(_text(f"and {wording.count(again, 'telling')} of these deeds once more", "dim"))


def _act(event: Event, record: Record) -> Text:
    line = _text(f"“{event.act.text}”")
    about = next((other for other in record.events if other.id == event.about), None)
    if about is not None:
        line.append_text(_text(f" about {wording.event_type(about)} “{about.act.text}”", "dim"))
    if event.background:
        line.append_text(_text(" [background]", "dim"))
    return line


def _positions(record: Record) -> Iterator[RenderableType]:
    found = outline.standings(record)
    if not found:
        return
    yield from _heading("Who stands where")
    for number, standing in enumerate(found):
        if number:
            yield _text("")
        yield _indented(_text(standing.proposition.text, "bold"))
        table = _grid(10)
        for stance in outline.STANCES:
            for position in standing.taking(stance):
                line = _text(position.holder.name if position.holder else wording.OUTLET, "cyan")
                kind = outline.holder_kind_of(position, record)
                line.append_text(_text(f" ({kind})" if kind in ("official", "analyst") else "", "dim"))
                words = " … ".join(m.text for m in position.evidence)
                line.append_text(_text(f": {_shortened(words, position.id)}" if words else ""))
                table.add_row(_text(stance), line)
        yield _indented(table, 4)


def _left_out(article: Article) -> Iterator[RenderableType]:
    if not article.furniture:
        return
    yield _text("")
    yield _text(f"Left out as no part of the story: {_furniture(article.furniture)}.", "dim")


def _furniture(pieces: Sequence[Furniture]) -> str:
    kinds = wording.kinds(piece.kind + " that repeats a passage" * bool(piece.repeats) for piece in pieces)
    return ", ".join(kinds)


# How things are laid out.


def _text(words: str, style: str = "") -> Text:
    from rich.text import Text  # slow to import  # noqa: PLC0415

    return Text(wording.visible(words), style=style)


def _standing(words: str, status: Status) -> Text:
    match status:
        case "asserted":
            return _text(words)
        case "denied":
            return _text(words, "red")
        case "planned" | "possible" | "conditional":
            return _text(words, "yellow")


def _time(time: When | None) -> Text:
    return _text(wording.when(time) if time else "", "dim")


def _heading(words: str) -> Iterator[RenderableType]:
    yield _text("")
    yield _text(words.upper(), "bold blue")


def _grid(first: int) -> Table:
    """Give a table without lines, whose first column has a fixed width."""
    from rich.table import Table  # slow to import  # noqa: PLC0415

    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(width=first, overflow="fold")
    table.add_column(overflow="fold")
    return table


def _indented(part: RenderableType, columns: int = 2) -> RenderableType:
    from rich.padding import Padding  # slow to import  # noqa: PLC0415

    return Padding(part, (0, 0, 0, columns), expand=False)


def _rows(titles: Sequence[str], rows: Sequence[Sequence[Text]], width: int) -> Iterator[RenderableType]:
    """Print a table, or where that would be too narrow to read, its rows as paragraphs."""
    from rich.table import Table  # slow to import  # noqa: PLC0415

    if width < NARROW:
        for row in rows:
            yield _indented(_text(" · ").join(cell for cell in row if cell.plain))
        return
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    for title, share in zip(titles, (2, 4, 2, 4, 2), strict=True):
        table.add_column(title, ratio=share, overflow="fold")
    for row in rows:
        table.add_row(*row)
    yield _indented(table)


def _shortened(words: str, key: str) -> str:
    if len(words) <= LONGEST_WORDS:
        return words
    return f"{words[:LONGEST_WORDS]}… (the whole: {key})"


def _at(article: Article, span: Span) -> str:
    return _shortened(article.text[span[0] : span[1]], f"characters {span[0]}–{span[1]}")

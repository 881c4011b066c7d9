"""The formats that can be imported, which of them a file is, and reading it as a dataset."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

import msgspec

from onrecord.history import atop, chronology, dcad, events, exercises, ideal_points, sipri, sipri_years
from onrecord.history.imported import Imported, Importer, Part, Source, UnreadableError
from onrecord.history.observation import Dataset, Format
from onrecord.history.tables import UTF_16, head_of

IMPORTERS: tuple[Importer, ...] = (
    sipri.IMPORTER,
    sipri_years.IMPORTER,
    atop.IMPORTER,
    dcad.IMPORTER,
    ideal_points.IMPORTER,
    exercises.MME,
    exercises.JME,
    exercises.RUSSIAN,
    events.IMPORTER,
    chronology.IMPORTER,
)

HEAD = 65_536
"""Bytes of a file by which it is recognised: a Stata file names its columns after its first kilobytes."""


class Read(NamedTuple):
    """A file as a dataset, and all that was read from it."""

    dataset: Dataset
    imported: Imported


class Group(NamedTuple):
    """Files that are read together, and how."""

    importer: Importer
    parts: tuple[Part, ...]


def recognise(part: Part, format_: Format | None = None) -> Importer:
    """Give the importer that a file is for; with a format, only of that one.

    Raises:
        UnreadableError: where it is for none; the message says how the file begins and what could be read.
        OSError: where the file cannot be read.
    """
    head = _head(part)
    if not head.strip(b"\0 \r\n\t"):
        raise UnreadableError("the file is empty")
    possible = [i for i in IMPORTERS if format_ is None or i.format == format_]
    for importer in possible:
        if importer.recognises(head):
            return importer
    expected = "\n".join(f"  {importer.format}: {importer.expects}" for importer in possible)
    raise UnreadableError(f"{_beginning(head)}, which is none of\n{expected}")


def joined(groups: Iterable[Group], part: Part, format_: Format | None = None) -> list[Group]:
    """Put a file to those that it is one dataset with, or by itself.

    Raises:
        UnreadableError: where the file is of no known format.
        OSError: where the file cannot be read.
    """
    importer = recognise(part, format_)
    found = list(groups)
    for i, group in enumerate(found):
        if importer.joins and group.importer is importer:
            found[i] = Group(importer, (*group.parts, part))
            return found
    return [*found, Group(importer, (part,))]


def group(parts: Iterable[Part], format_: Format | None = None) -> list[Group]:
    """Put the files that are one dataset together.

    Raises:
        UnreadableError: where a file is of no known format.
        OSError: where a file cannot be read.
    """
    groups: list[Group] = []
    for part in parts:
        groups = joined(groups, part, format_)
    return groups


def read(
    group: Group,
    today: dt.date,
    vintage: dt.date | None = None,
    progress: Callable[[int], None] = lambda _: None,
) -> Read:
    """Read files as one dataset, without keeping it.

    Raises:
        UnreadableError: where they are damaged or break off.
        OSError: where they cannot be read.
    """
    source = Source(group.parts, today, vintage, progress)
    imported = group.importer.read(source)
    return Read(as_dataset(group.importer.format, imported, source), imported)


def as_dataset(format_: Format, imported: Imported, source: Source) -> Dataset:
    """Give what was read its name, and the ids of its series with it."""
    id_ = f"{format_.replace(' ', '-')}-{imported.vintage.isoformat()}"
    series = tuple(msgspec.structs.replace(s, id=f"{id_}/{s.id}", dataset=id_) for s in imported.series)
    return Dataset(
        id_,
        format_,
        imported.title,
        imported.publisher,
        imported.terms,
        imported.vintage,
        imported.vintage_how,
        source.sha256,
        source.name,
        series,
        imported.notes,
    )


def part_of(path: Path) -> Part:
    """Give a file by its path."""
    return Part(path.name, path)


def _head(part: Part) -> bytes:
    if part.path is None:
        return part.content[:HEAD]
    with part.path.open("rb") as stream:
        return stream.read(HEAD)


def _beginning(head: bytes) -> str:
    if b"\0" in head[:512] and not head.startswith(UTF_16):
        return "the file is no text"
    lines = [line.strip() for line in head_of(head).splitlines() if line.strip()]
    shown = lines[0][:70] if lines else ""
    return f"the file begins {shown!r}"

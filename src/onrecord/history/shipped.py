"""The chronology that comes with the program, so that there is some history on a fresh machine."""

from __future__ import annotations

import functools
from importlib import resources

import msgspec

from onrecord.history import chronology
from onrecord.history.formats import as_dataset
from onrecord.history.imported import Part, Source, today
from onrecord.history.observation import Dataset, Observation

FILE = "chronology.csv"


@functools.cache
def embedded() -> tuple[Dataset, tuple[Observation, ...]] | None:
    """Give the chronology that is shipped; None where this copy has none.

    Its vintage is the day of the latest page that it cites.
    """
    content = _content()
    if content is None:
        return None
    source = Source((Part(FILE, None, content),), today())
    known = max((o.known for o in chronology.read(source).observations), default=source.today)
    source = Source(source.parts, source.today, min(known, source.today))
    imported = chronology.read(source)
    dataset = msgspec.structs.replace(
        as_dataset("chronology", imported, source), title="onrecord's chronology", publisher="onrecord",
        terms="facts, in our words, each with its sources", vintage_how="inferred",
    )  # fmt: skip
    ids = dict(zip((s.id for s in imported.series), (s.id for s in dataset.series), strict=True))
    return dataset, tuple(msgspec.structs.replace(o, series=ids[o.series]) for o in imported.observations)


def _content() -> bytes | None:
    file = resources.files("onrecord.data").joinpath(FILE)
    return file.read_bytes() if file.is_file() else None

"""The pipeline: an article in, its record out."""

from __future__ import annotations

from importlib.metadata import version

from onrecord import language
from onrecord.actors import Cast, find_actors
from onrecord.article import Article
from onrecord.attributions import find_attributions
from onrecord.dates import find_dates
from onrecord.events import Scene, Voices, find_events, link
from onrecord.positions import find_positions
from onrecord.record import Record
from onrecord.transfers import find_transfers


def extract(article: Article) -> Record:
    """Give everything that an article puts on the record.

    The same article always gives the same record. An article in another language gives a record with its
    problems and nothing else.

    Raises:
        onrecord.language.ModelError: where the English pipeline is missing or damaged.
        ValueError: where the text is longer than `onrecord.article.LONGEST`.
    """
    if any(p.kind == "language" for p in article.problems):
        return Record(article, extractor=extractor())
    doc = language.annotate(article.text)
    actors = find_actors(article, doc)
    cast = Cast(actors)
    dates = find_dates(article, doc)
    attributions = find_attributions(article, doc, cast)
    scene = Scene(article, doc, cast, dates, Voices(attributions))
    told = find_events(scene)
    transfers, shipped = find_transfers(scene, told)
    return Record(
        article=article,
        actors=actors,
        attributions=attributions,
        events=link(sorted((*told, *shipped), key=lambda e: e.act.span), doc),
        transfers=transfers,
        positions=find_positions(scene),
        extractor=extractor(),
    )


def extractor() -> str:
    """Name what makes the records: the package and the English pipeline, each with its version."""
    return f"onrecord {version('onrecord')} ({language.version()})"

"""The article that comes with the package: a news analysis written as an exercise, for a first look."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

ARTICLE = "poland_korea.txt"
"""On arms between South Korea and Poland; every speaker, institute and figure in it is invented."""


def path() -> Traversable:
    """Give the bundled article: plain text, UTF-8, a paragraph a line."""
    return files(__name__).joinpath(ARTICLE)

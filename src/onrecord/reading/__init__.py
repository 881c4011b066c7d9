"""Anything a user has → articles: decoded, with their furniture, date and problems found."""

from onrecord.reading.articles import ReadError, read, read_bytes, read_many
from onrecord.reading.sources import EXTENSIONS, LARGEST, Failure

__all__ = [
    "EXTENSIONS",
    "LARGEST",
    "Failure",
    "ReadError",
    "read",
    "read_bytes",
    "read_many",
]

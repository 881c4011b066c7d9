"""Annotation that stands in files of one JSON object a line."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import msgspec

_Line = TypeVar("_Line")


def read_lines(path: Path, kind: type[_Line]) -> list[_Line]:
    """Read a file of JSON lines.

    Raises:
        msgspec.ValidationError: where a line is not of this kind.
    """
    return msgspec.json.decode(b"[" + b",".join(path.read_bytes().splitlines()) + b"]", type=list[kind])  # type: ignore[valid-type]

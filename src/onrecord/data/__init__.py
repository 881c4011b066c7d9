"""The tables of facts that the package carries, as rows."""

from __future__ import annotations

from importlib import resources


def table(name: str) -> list[dict[str, str]]:
    """Read `data/<name>`: tab-separated, the first line names the columns."""
    text = resources.files(__name__).joinpath(name).read_text(encoding="utf-8")
    head, *lines = text.splitlines()
    return [dict(zip(head.split("\t"), line.split("\t"), strict=True)) for line in lines if line]

"""Records as one HTML page that needs no network: the article beside what it puts on the record.

The page carries its own style and script and allows no others (a content security policy names their hashes).
What an article says is only ever text: it is escaped everywhere and never part of a style, script or address,
but for the address of the article itself, which is linked where it is one of the web.
"""

from __future__ import annotations

import base64
import functools
import hashlib
from collections.abc import Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from onrecord.record import Record
from onrecord.show import chart, marking, outline, wording

if TYPE_CHECKING:
    from jinja2 import Environment

_PACKAGE = __name__.rpartition(".")[0]
"""The templates lie in the package that this module is in."""

_UNSAYABLE = {0: "\ufffd"} | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
"""Code points that HTML or UTF-8 cannot carry, each shown as one other, so that offsets hold."""


def render_page(records: Sequence[Record]) -> str:
    """Give one self-contained HTML page for the records, in their order; the same page for the same records.

    The text of an article's left pane is `article.text`, code point for code point (a NUL or an unpaired
    surrogate shows as U+FFFD), so `#char=412,498` in the page's address means the same as in the record
    (RFC 5147); `#article-2&char=412,498` is in the second article, `#att-…` opens a thing of a record.
    """
    style, script = asset("page.css"), asset("page.js")
    page = environment().get_template("page.html")
    return page.render(
        articles=[_view(number, record) for number, record in enumerate(records, 1)],
        style=trusted(style),
        script=trusted(script),
        policy=(
            f"default-src 'none'; style-src '{source_hash(style)}'; script-src '{source_hash(script)}'; "
            "img-src data:; base-uri 'none'; form-action 'none'"
        ),
    )


def _view(number: int, record: Record) -> dict[str, Any]:
    """Give what the template shows of one record."""
    article = record.article
    dated, undated = outline.timeline(record)
    return {
        "number": number,
        "anchor": f"article-{number}",
        "record": record,
        "article": article,
        "headline": outline.headline(article),
        "link": article.url if article.url and article.url.startswith(("https://", "http://")) else None,
        "lines": marking.lines(article, marking.marks(record)),
        "said": {attribution.id: attribution for attribution in record.attributions},
        "happened": {event.id: event for event in record.events},
        "groups": outline.by_speaker(record.attributions),
        "transfers": outline.transfers(record),
        "events": outline.other_events(record),
        "standings": outline.standings(record),
        "chart": chart.draw(record),
        "dated": len(dated),
        "undated": undated,
        "shades": {
            "pale": any(e.deed.status in ("planned", "possible", "conditional") for e in dated),
            "dashed": any(e.deed.status == "denied" for e in dated),
            "hollow": any(e.background for e in dated),
        },
    }


@functools.cache
def environment() -> Environment:
    """Give the environment of the templates: what they print is escaped, and undefined names are errors."""
    import jinja2  # slow to import  # noqa: PLC0415

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader(_PACKAGE),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_sayable,
    )
    environment.globals.update(wording=wording, outline=outline)
    environment.filters["token"] = _token
    return environment


def _sayable(value: object) -> object:
    """Give what a template prints so that a browser reads back the same code points."""
    import markupsafe  # comes with jinja2  # noqa: PLC0415

    if not isinstance(value, str) or isinstance(value, markupsafe.Markup):
        return value
    # A browser makes a line feed of a carriage return, unless it is spelt out.
    escaped = markupsafe.escape(value.translate(_UNSAYABLE))
    return markupsafe.Markup(str(escaped).replace("\r", "&#13;"))  # noqa: S704  (escaped one line above)


def _token(key: str) -> str:
    """Give an id as one word, for lists of ids."""
    return "_".join(key.split())


def asset(name: str) -> str:
    """Give one of our own style or script files."""
    return files(_PACKAGE).joinpath("templates", name).read_text(encoding="utf-8")


def trusted(own: str) -> str:
    """Mark our own style or script as not to be escaped."""
    import markupsafe  # comes with jinja2  # noqa: PLC0415

    return markupsafe.Markup(own)  # noqa: S704  (from this package, with nothing put in)


def source_hash(content: str) -> str:
    """Give the hash that a content security policy names an inline style or script by."""
    return f"sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}"

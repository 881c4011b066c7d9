"""What makes two readings the same article: its address, else its words."""

from __future__ import annotations

import hashlib
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

TRACKING: Final = frozenset(
    (
        "fbclid gclid dclid gbraid wbraid msclkid twclid igshid igsh yclid mc_cid mc_eid mkt_tok _ga _gl ref"
        " ref_src ref_url cmpid cmp ocid ito smid smtyp sr_share s_cid ncid xtor guccounter"
    ).split()
)
"""Parameters of an address that say how a reader came to it, not what is there; so do all in `utm_`."""


def canonical(url: str) -> str:
    """Give an address without what does not tell one page from another: fragment, tracking, default port.

    An address that cannot be parsed is given back as it is.
    """
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").rstrip(".")
        port = parts.port
    except ValueError:
        return url.strip()
    scheme = parts.scheme.lower()
    if port and port != {"http": 80, "https": 443}.get(scheme):
        host = f"{host}:{port}"
    pairs = parse_qsl(parts.query, keep_blank_values=True, errors="surrogateescape")
    kept = [(k, v) for k, v in pairs if k.lower() not in TRACKING and not k.lower().startswith("utm_")]
    query = urlencode(kept, errors="surrogateescape") if len(kept) < len(pairs) else parts.query
    path = parts.path if parts.path != "/" else ""
    return urlunsplit((scheme, host, path, query, ""))


def article_id(text: str, url: str | None = None) -> str:
    """Give the id of an article that came without one: of its address, else of its text."""
    defining = canonical(url) if url else text
    return f"art-{hashlib.sha256(defining.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"

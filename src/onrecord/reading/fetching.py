"""Fetch one page from the web: http and https only, with limits on size and time."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import urllib3

TIMEOUT: Final = 30.0
"""Seconds to wait for a connection, or for the next bytes."""

DEADLINE: Final = 120.0
"""Seconds for the whole page."""

_CHARSET = re.compile(r"charset=[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s/?#]+", re.IGNORECASE)


class FetchError(OSError):
    """The page could not be had. The message says why, in one line, without the address."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """The bytes of a page, its address after redirects, and the charset that the response declares."""

    data: bytes
    url: str
    charset: str | None


def fetch(url: str, largest: int, timeout: float = TIMEOUT) -> Fetched:
    """Fetch at most `largest` bytes from `url`. Proxies are taken from the environment.

    Raises:
        FetchError: where it is no http(s) address, nobody answers, the answer is an error, too large,
            or takes longer than `DEADLINE` seconds.
    """
    if not _ADDRESS.match(url):
        raise FetchError("only http and https addresses are read")
    import urllib3  # slow to import, and only addresses need it  # noqa: PLC0415
    from urllib3.exceptions import HTTPError  # noqa: PLC0415

    until = time.monotonic() + DEADLINE
    try:
        with _pool(url) as pool:
            response = pool.request(
                "GET",
                url,
                headers={
                    "User-Agent": "Mozilla/5.0 (compatible; onrecord)",
                    "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.5",
                    "Accept-Encoding": "gzip, deflate",
                },
                timeout=urllib3.Timeout(connect=min(timeout, 10.0), read=timeout),
                retries=urllib3.Retry(total=5, connect=1, read=0, redirect=5, status=0, other=0),
                preload_content=False,
            )
            with response:
                if response.status >= 400:
                    reason = f" {response.reason}" if response.reason else ""
                    raise FetchError(f"the server answers {response.status}{reason}")
                data = _body(response, largest, until)
                match = _CHARSET.search(response.headers.get("Content-Type", ""))
                return Fetched(data, response.geturl() or url, match.group(1) if match else None)
    except (HTTPError, UnicodeError, ValueError) as error:
        raise FetchError(_reason(error)) from error


def _pool(url: str) -> urllib3.PoolManager:
    from urllib.request import getproxies, proxy_bypass  # noqa: PLC0415

    import urllib3  # noqa: PLC0415

    host = urllib3.util.parse_url(url).host or ""
    proxy = getproxies().get(url.partition(":")[0].lower())
    if proxy and not proxy_bypass(host):
        return urllib3.ProxyManager(proxy)
    return urllib3.PoolManager()


def _body(response: urllib3.BaseHTTPResponse, largest: int, until: float) -> bytes:
    parts: list[bytes] = []
    size = 0
    for part in response.stream(65_536):
        size += len(part)
        if size > largest:
            raise FetchError(f"larger than {largest // 1_000_000} MB, which no article is")
        if time.monotonic() > until:
            raise FetchError("the server takes too long")
        parts.append(part)
    return b"".join(parts)


def _reason(error: Exception) -> str:
    """Say in plain words what urllib3 found."""
    from urllib3 import exceptions  # noqa: PLC0415

    cause = getattr(error, "reason", None) or error
    match cause:
        case exceptions.NameResolutionError():
            return "no such host, or no connection to the network"
        case exceptions.NewConnectionError():
            return "nobody answers there"
        case exceptions.ConnectTimeoutError() | exceptions.ReadTimeoutError():
            return "nobody answers in time"
        case exceptions.SSLError():
            return "its certificate is not valid"
        case exceptions.ResponseError() | exceptions.MaxRetryError() if "redirect" in str(cause):
            return "it redirects without end"
        case exceptions.LocationParseError() | exceptions.LocationValueError():
            return "no valid address"
        case _:
            return " ".join(str(cause).split())[:200] or type(cause).__name__

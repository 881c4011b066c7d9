"""Reading: anything a user has becomes an article or a failure in one line, and the rest goes on."""

import contextlib
import datetime as dt
import gzip
import hashlib
import io
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.article import LONGEST, Article
from onrecord.reading import LARGEST, Failure, ReadError, read, read_bytes, read_many
from onrecord.reading.fetching import FetchError, fetch
from onrecord.reading.identity import article_id, canonical
from onrecord.reading.tongue import find_language

WORDS = "The ministry said on Friday that it would send the boats to the port, and that more were to come."
NOW = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)

PAGE = f"""<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Boats reach port | The Example</title>
<meta property="og:site_name" content="The Example"><meta name="author" content="Jane Doe">
<meta property="og:title" content="Boats reach port">
<meta property="article:published_time" content="2023-03-03T22:00:00-05:00">
<link rel="canonical" href="https://example.org/2023/03/03/boats"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Boats reach port</h1>
<p>{WORDS}</p><p>“That is only a start,” the minister said, and she left for a café in São Paulo.</p>
<p>{WORDS.replace("boats", "ships")}</p><table><tr><td>1<td>2</table></article>
<footer>© 2023 The Example</footer></body></html>"""


def write(folder: Path, name: str, content: str | bytes) -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def row(**keys: object) -> str:
    return json.dumps({"text": WORDS, **keys})


def failure(source: str) -> str:
    """Give the one line that a source fails with; `read` must raise the same."""
    (found,) = read_many([source])
    assert isinstance(found, Failure)
    with pytest.raises(ReadError) as error:
        read(source)
    assert str(error.value) == str(found)
    assert "\n" not in str(found)
    return str(found)


def articles(source: str) -> list[Article]:
    return [a for a in read_many([source], now=NOW) if isinstance(a, Article)]


# --- one article ---------------------------------------------------------------------------------


def test_plain_text_stays_as_it_was(tmp_path: Path) -> None:
    text = f"Boats reach port\n\n{WORDS}\n“It is a start,” she said.  \n"
    article = read(write(tmp_path, "a.txt", text), now=NOW)
    assert article.text == text
    assert article.sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert article.retrieved == NOW
    assert (article.title, article.language, article.url) == ("Boats reach port", "en", None)
    assert article.id == article_id(text)
    assert (article.repairs, article.problems, article.furniture) == ((), (), ())
    assert article.published.how == "unknown"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Boats reach port\n\n{WORDS}", "Boats reach port"),
        (f"Home > World\nBoats reach port\n\n{WORDS}", "Boats reach port"),
        (f"Boats reach port\n{WORDS}", None),
        (f"Home > World\nBoats reach port\nBy Jane Doe\n{WORDS}", "Boats reach port"),
        (f"Boats reach port\nOSLO, March 3 (Agency) — {WORDS}", "Boats reach port"),
        (f"OSLO, March 3 (Agency) — {WORDS}\n\n{WORDS}", None),
        (f"{WORDS}\n\n{WORDS}", WORDS),
        (f"{WORDS} {WORDS}\n\n{WORDS}", None),
        (f'"Boats reach port"\n\n{WORDS}', None),
        (f"Breadcrumb\n\n{WORDS}", None),
        ("Boats reach port\n\n", None),
    ],
)
def test_the_title_of_a_plain_text(text: str, title: str | None) -> None:
    assert read_bytes(text.encode(), name="a.txt").title == title


def test_the_byline_names_the_authors() -> None:
    article = read_bytes(f"By Jane Doe and Jan van der Berg\n{WORDS}".encode(), name="a.txt")
    assert article.authors == ("Jane Doe", "Jan van der Berg")


def test_a_page_gives_its_story_and_what_it_says_of_itself(tmp_path: Path) -> None:
    """The name does not matter: a page is known by what it holds."""
    for name in ("a.html", "b.txt", "c"):
        article = read(write(tmp_path, name, PAGE), now=NOW)
        assert (article.title, article.outlet, article.authors) == (
            "Boats reach port",
            "The Example",
            ("Jane Doe",),
        )
        assert (article.language, article.url) == ("en", "https://example.org/2023/03/03/boats")
        assert article.published.how == "metadata"
        assert article.published.earliest == article.published.latest == dt.date(2023, 3, 3)
        lines = article.text.split("\n")
        assert WORDS in lines
        assert "“That is only a start,” the minister said, and she left for a café in São Paulo." in lines
        assert not any("Home" in line or "©" in line for line in lines)
        assert article.problems == ()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_pages_in_other_encodings(encoding: str) -> None:
    page = PAGE.replace('charset="utf-8"', 'charset="windows-1252"')
    article = read_bytes(page.encode(encoding), name="a.html")
    assert "café in São Paulo" in article.text
    assert article.problems == ()


def test_a_page_that_was_cut_off_gives_what_there_is() -> None:
    article = read_bytes(PAGE[: PAGE.index("café")].encode(), name="a.html")
    assert WORDS in article.text
    assert [p.kind for p in article.problems] == ["truncated"]


def test_what_is_wrong_is_found_and_listed() -> None:
    gone = '"They are gone," . "All of them."'
    text = f"Breadcrumb\n{WORDS}Ìý\n{gone}\nHe told °®Âþµº so.\nFollow him on Twitter:Ìý"
    article = read_bytes(text.encode(), name="a.txt")
    assert [r.original for r in article.repairs] == ["Ìý", "Ìý"]
    assert {p.kind for p in article.problems} == {"garbled", "lost_text"}
    assert sum(p.kind == "lost_text" for p in article.problems) == 2
    assert [f.kind for f in article.furniture] == ["breadcrumb", "share"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (WORDS, "en"),
        (
            "Le ministre a déclaré vendredi que la livraison avait commencé, et que d’autres suivraient.",
            None,
        ),
        ("Министр заявил в пятницу, что корабли уже вышли в море.", None),
    ],
)
def test_another_language_is_a_problem(text: str, language: str | None) -> None:
    article = read_bytes(f"{text} {text}".encode(), name="a.txt")
    assert article.language == language
    assert [p.kind for p in article.problems] == ([] if language == "en" else ["language"])


def test_a_page_may_say_which_language() -> None:
    words = "De minister zei vrijdag dat de schepen onderweg waren en dat er meer zouden volgen. " * 3
    article = read_bytes(f"<html lang='nl-BE'><body><p>{words}</p></body></html>".encode(), name="a.html")
    assert article.language == "nl"
    assert [p.kind for p in article.problems] == ["language"]
    assert find_language(WORDS, hint="nl") == "en"


def test_the_date_given_wins() -> None:
    assert read_bytes(PAGE.encode(), name="a", published="2021").published.how == "given"
    for bad in ("soon", "2021-13"):
        with pytest.raises(ValueError, match="no date"):
            read_many(["a.txt"], published=bad)


def test_the_day_in_an_address_is_metadata() -> None:
    article = read_bytes(WORDS.encode(), name=None, url="https://example.org/2023/02/24/boats")
    assert (article.published.how, article.published.earliest) == ("metadata", dt.date(2023, 2, 24))
    assert (
        read_bytes(WORDS.encode(), name=None, url="https://example.org/2023/99/24/").published.how
        == "unknown"
    )


# --- identity ------------------------------------------------------------------------------------


def test_a_changed_version_of_an_address_is_the_same_article() -> None:
    one = read_bytes(WORDS.encode(), name=None, url="https://Example.org:443/a?id=1&utm_source=x#top")
    two = read_bytes(f"{WORDS} Corrected.".encode(), name=None, url="https://example.org/a?id=1")
    assert one.id == two.id
    assert one.sha256 != two.sha256
    other = read_bytes(WORDS.encode(), name=None, url="https://example.org/a?id=2")
    assert other.id != one.id


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTPS://Example.ORG/Path?b=1&a=2", "https://example.org/Path?b=1&a=2"),
        ("http://example.org/?fbclid=abc&q=a%20b", "http://example.org?q=a+b"),
        ("http://example.org:8080/a#b", "http://example.org:8080/a"),
        ("http://[bad", "http://[bad"),
        ("no address", "no address"),
    ],
)
def test_canonical_addresses(url: str, expected: str) -> None:
    assert canonical(url) == expected
    assert canonical(expected) == expected


# --- many ----------------------------------------------------------------------------------------


def test_json_lines_are_one_article_each_and_broken_ones_do_not_stop_the_rest(tmp_path: Path) -> None:
    lines = [
        row(
            id="a",
            title="T",
            url="https://example.org/a",
            published="2023-02",
            outlet="O",
            authors=["A", "B"],
        ),
        '{"text": "broken',
        row(text=5),
        "",
        json.dumps({"title": "no text"}),
        row(published="yesterday"),
        row(text=" "),
        "[1]",
        row(id=7, authors="A", unknown={"deep": [1]}),
    ]
    found = list(read_many([write(tmp_path, "rows.jsonl", "\n".join(lines))]))
    good = [a for a in found if isinstance(a, Article)]
    bad = [f for f in found if isinstance(f, Failure)]
    assert [(a.id, a.authors) for a in good] == [("a", ("A", "B")), ("7", ("A",))]
    assert (good[0].title, good[0].outlet, good[0].published.how) == ("T", "O", "given")
    assert good[0].published.latest == dt.date(2023, 2, 28)
    assert good[0].sha256 == hashlib.sha256(lines[0].encode()).hexdigest()
    assert [f.source.rpartition(" ")[2] for f in bad] == ["2", "3", "5", "6", "7", "8"]
    assert all("rows.jsonl, line" in f.source for f in bad)
    assert "broken JSON" in bad[0].message
    assert "`str`" in bad[1].message


def test_json_objects_and_arrays(tmp_path: Path) -> None:
    one = write(tmp_path, "one.json", json.dumps({"text": WORDS}, indent=2))
    two = write(tmp_path, "two.json", json.dumps([{"text": WORDS}, {"text": f"{WORDS} More."}], indent=2))
    assert read(one).text == WORDS
    assert len(articles(two)) == 2
    with pytest.raises(ReadError, match="more than one article"):
        read(two)
    assert "broken JSON" in failure(write(tmp_path, "bad.json", '[{"text": '))
    assert "empty" in failure(write(tmp_path, "none.json", "[]"))


def test_a_folder_is_read_with_all_under_it_in_order(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", f"{WORDS} B.")
    write(tmp_path, "a/z.html", PAGE)
    write(tmp_path, "a/rows.jsonl", f"{row()}\n{row()}\n")
    write(tmp_path, "c.txt.gz", gzip.compress(f"{WORDS} C.".encode()))
    write(tmp_path, "picture.png", b"\x89PNG")
    write(tmp_path, ".hidden/a.txt", WORDS)
    found = articles(str(tmp_path))
    assert [a.text[-2:] for a in found if a.text.endswith((" B.", " C."))] == ["B.", "C."]
    assert len(found) == 5
    (tmp_path / "nothing").mkdir()
    assert "no articles in this folder" in failure(str(tmp_path / "nothing"))


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.txt", b"", "empty, nothing to read"),
        ("white.txt", b" \n\t\n", "empty, nothing to read"),
        ("space.txt", "\u00a0\u2003\n".encode(), "nothing but white space"),
        ("binary.txt", bytes(range(256)) * 4, "binary data, not text"),
        ("a.pdf.txt", b"%PDF-1.7", "a PDF file, not text"),
        (
            "none.html",
            b"<html><body><nav><a href='/'>Home</a></nav></body></html>",
            "a web page without a story",
        ),
        ("long.txt", f"{WORDS}\n".encode() * (LONGEST // len(WORDS) + 1), "too long for one article"),
        ("bad.txt.gz", b"\x1f\x8bnonsense", "damaged gzip archive"),
        ("cut.txt.gz", gzip.compress(WORDS.encode())[:-9], "damaged gzip archive"),
        ("empty.jsonl", b"", "empty, nothing to read"),
    ],
)
def test_bad_files_fail_in_one_line(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    path = write(tmp_path, name, content)
    assert failure(path).startswith(f"{path}: ")
    assert message in failure(path)


def test_bad_requests_fail_in_one_line(tmp_path: Path) -> None:
    assert "no such file" in failure(str(tmp_path / "missing.txt"))
    assert "only http and https" in failure("ftp://example.org/a")
    for name in ("", "a\0b", "a" * 5000):
        assert failure(name)
    with pytest.raises(ReadError, match="empty"):
        read(b"")


def test_a_large_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    start = time.perf_counter()
    assert "50 MB, too large for one article" in failure(str(path))
    assert time.perf_counter() - start < 1
    with pytest.raises(ReadError, match="too large"):
        read_bytes(b"a" * (LARGEST + 1), name="a")


def test_json_lines_may_be_large_but_not_one_line(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    with path.open("wb") as file:
        file.write(f"{row()}\n".encode())
        file.write(b'{"text": "' + b"a" * (LARGEST + 10) + b'"}\n')
        file.write(f"{row()}\n".encode())
    found = list(read_many([str(path)]))
    assert [type(f) for f in found] == [Article, Failure, Article]
    assert isinstance(found[1], Failure)
    assert found[1].source.endswith("rows.jsonl, line 2")


@pytest.mark.parametrize(
    ("content", "count"),
    [
        (WORDS, 1),
        (PAGE, 1),
        (f"{row()}\n{row()}\n", 2),
        (json.dumps({"text": WORDS}, indent=1), 1),
        (f"[{row()}]", 1),
    ],
    ids=["text", "page", "lines", "object", "array"],
)
def test_standard_input_is_what_it_holds(content: str, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(content.encode())))
    found = articles("-")
    assert len(found) == count
    assert all(WORDS in a.text for a in found)


# --- addresses -----------------------------------------------------------------------------------


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/moved":
            self.send_response(301)
            self.send_header("Location", "/page")
            self.end_headers()
            return
        if self.path == "/loop":
            self.send_response(302)
            self.send_header("Location", "/loop")
            self.end_headers()
            return
        if self.path == "/slow":
            time.sleep(2)
        self.send_response(404 if self.path == "/missing" else 200)
        self.send_header(
            "Content-Type", "text/html; charset=windows-1252" if "page" in self.path else "text/plain"
        )
        self.end_headers()
        if self.path == "/large":
            with contextlib.suppress(OSError):
                for _ in range(LARGEST // 1_000_000 + 2):
                    self.wfile.write(b"a" * 1_000_000)
        elif "page" in self.path:
            self.wfile.write(PAGE.replace('<meta charset="utf-8">', "").encode("cp1252"))
        else:
            self.wfile.write(WORDS.encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Handler) as httpd:
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{httpd.server_address[1]}"
        httpd.shutdown()


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


def test_an_address_is_read(server: str) -> None:
    article = read(f"{server}/page?utm_source=x")
    assert "café in São Paulo" in article.text
    assert article.url == f"{server}/page?utm_source=x"
    assert article.id == article_id("", f"{server}/page")
    assert read(f"{server}/moved").text == article.text
    assert read(f"{server}/plain").text == WORDS


@pytest.mark.parametrize(
    ("path", "message"),
    [("/missing", "404 Not Found"), ("/large", "larger than 20 MB"), ("/loop", "redirects without end")],
)
def test_an_address_that_gives_nothing_fails_in_one_line(server: str, path: str, message: str) -> None:
    assert message in failure(f"{server}{path}")


def test_an_address_that_is_slow_or_dead(server: str) -> None:
    with pytest.raises(FetchError, match="nobody answers in time"):
        fetch(f"{server}/slow", LARGEST, timeout=0.2)
    assert "nobody answers" in failure("http://127.0.0.1:9/")
    assert "only http and https" in failure("http://")


# --- whatever comes ------------------------------------------------------------------------------


def spans(article: Article) -> Iterator[tuple[int, int]]:
    yield from (f.span for f in article.furniture)
    yield from (r.span for r in article.repairs)
    yield from (f.repeats for f in article.furniture if f.repeats)
    yield from (p.span for p in article.problems if p.span)
    if article.published.mention:
        assert article.text[slice(*article.published.mention.span)] == article.published.mention.text


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.one_of(
        st.binary(max_size=400),
        st.text(max_size=200).map(lambda t: f"{WORDS}\n{t}\n{WORDS}".encode("utf-8", "surrogatepass")),
        st.text(max_size=100).map(lambda t: f"<html><p>{WORDS}<p>{t}<b".encode("utf-8", "surrogatepass")),
        st.text(alphabet="<>/=\"'& pdivbrtablehtm\n", max_size=200).map(lambda t: f"<html>{t}".encode()),
    )
)
def test_any_bytes_are_an_article_or_an_error(data: bytes) -> None:
    try:
        article = read_bytes(data, name="any", now=NOW)
    except ReadError as error:
        message = str(error)
        assert message.startswith("any: ")
        assert "\n" not in message
        return
    for start, end in spans(article):
        assert 0 <= start < end <= len(article.text)
    assert article == read_bytes(data, name="any", now=NOW)


@pytest.mark.parametrize(
    "page",
    [
        "<html><body>" + "<div>" * 50_000 + WORDS,
        "<html><body><p " + "a" * 1_000_000 + "='" + "b" * 1_000_000 + f"'>{WORDS}",
        "<html><body><p>" + "<b>a</b>" * 40_000 + WORDS,
        "<html><body><p>" + "<b>a</b>" * 12_000 + WORDS,
        "<html>" + "<" * 300_000,
        f"<html><body><p>{WORDS}" + "<!--" * 50_000,
        "<html><head>" + "<meta charset=" * 50_000,
        f"<html><body><p>{WORDS}</p>" + "&amp;" * 100_000,
    ],
    ids=range(8),
)
def test_hostile_pages_end_soon(page: str) -> None:
    start = time.perf_counter()
    with contextlib.suppress(ReadError):
        read_bytes(page.encode(), name="a.html")
    assert time.perf_counter() - start < 20

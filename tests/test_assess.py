"""The answer: from the shipped chronology alone, with a register, with articles; and bad input."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import time
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace
from records import boats

from onrecord.article import Published
from onrecord.commands import main
from onrecord.store import Writer


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ONRECORD_STORE", str(tmp_path / "store.sqlite"))
    monkeypatch.setenv("ONRECORD_HISTORY", str(tmp_path / "history.sqlite"))
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path


def onrecord(*words: str, code: int = 0) -> Result:
    result = CliRunner().invoke(main, words, prog_name="onrecord")
    assert result.exit_code == code, (result.output, result.exception)
    return result


def answer(*words: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(onrecord("assess", *words, "--json").stdout)
    return told


def verdicts(told: dict[str, Any]) -> dict[tuple[str, str | None, str | None], str]:
    return {(d["dimension"], d["from"], d["to"]): d["verdict"] for d in told["dimensions"]}


def test_russia_and_iran_from_the_shipped_chronology_alone() -> None:
    """What is unprecedented, and what is not, on a machine without anything else."""
    told = answer("Russia", "Iran", "--as-of", "2023-02-24")
    assert told["verdict"] == "unprecedented in one respect: arms delivered from Iran to Russia"
    found = verdicts(told)
    assert found["arms delivered", "IRN", "RUS"] == "unprecedented"
    assert found["arms delivered", "RUS", "IRN"] == "precedented"
    for dimension in ("agreements", "intelligence", "exercises"):
        assert found[dimension, None, None] == "precedented", dimension
    assert found["basing", "RUS", "IRN"] == "precedented"
    dated = {
        d["dimension"]: [p["date"] for p in d["precedents"]] for d in told["dimensions"] if not d["from"]
    }
    assert {"2001-10-02", "2015-01-20"} <= set(dated["agreements"])
    assert dated["intelligence"] == ["2015-09-27"]
    assert any(date.startswith("2019-12-27") for date in dated["exercises"])
    first = next(d["first"] for d in told["dimensions"] if (d["from"], d["to"]) == ("RUS", "IRN"))
    assert first.startswith("196")
    assert told["score"] is None, "a chronology has no base rate"
    assert told["counter_evidence"]["source"]
    assert "before" in told["would_change"]


def test_nothing_later_leaks_in() -> None:
    before = answer("RUS", "IRN", "--as-of", "2020-01-01")
    assert verdicts(before)["arms delivered", "IRN", "RUS"] == "none"
    rows = [row for d in before["dimensions"] for row in (*d["precedents"], *d["present"])]
    assert rows
    assert not any(re.search(r"20(?:2[0-9])", row["date"] + row["what"]) for row in rows)


def test_the_names_are_those_of_the_contract() -> None:
    told = answer("TUR", "UKR", "--as-of", "2023-01-01", "--versus", "RUS-IRN,USA-IND")
    named = (
        "a b as_of as_known verdict score dimensions coverage counter_evidence would_change versus positions"
    )
    assert set(named.split()) <= set(told)
    inner = (
        "dimension from to series source verdict first last_before precedents level ratio_to_own_mean "
        "record_break surprise_bits base_rate covered"
    )
    assert set(inner.split()) <= set(told["dimensions"][0])
    assert [(v["a"], v["b"]) for v in told["versus"]] == [("RUS", "IRN"), ("USA", "IND")]


def test_the_screen_says_the_answer_first_and_where_it_comes_from() -> None:
    shown = onrecord("assess", "RUS", "IRN", "--as-of", "2023-02-24")
    lines = shown.stdout.splitlines()
    assert "as of 24 February 2023" in lines[0]
    assert lines[1].startswith("unprecedented in one respect")
    for words in ("counter-evidence", "What would change this", "What this rests on", "Iran Watch"):
        assert words in " ".join(shown.stdout.split())
    assert "history add" in shown.stderr, "what a register would add is said"


def test_not_covered_is_an_answer() -> None:
    told = answer("Fiji", "Paraguay", "--as-of", "1995-01-01")
    assert set(verdicts(told).values()) == {"not covered"}
    assert "not covered" in told["verdict"]
    early = answer("RUS", "IRN", "--as-of", "1900-01-01")
    assert set(verdicts(early).values()) <= {"not covered", "none"}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("Rusia", "IRN"), "Russia"),
        (("RUS", "RUS"), "one state"),
        (("RUS", "SUN"), "one state"),
        (("RUS", "IRN", "--as-of", "2023-02-30"), "not a day"),
        (("RUS", "IRN", "--as-of", "2999-01-01"), "still to come"),
        (("RUS", "IRN", "--versus", "RUS-XYZ"), "no state"),
        (("RUS", "IRN", "--store", "/nowhere/at.sqlite"), "no store"),
    ],
)
def test_what_cannot_be_asked_is_said(words: tuple[str, ...], says: str) -> None:
    result = CliRunner().invoke(main, ("assess", *words), prog_name="onrecord")
    assert result.exit_code in (1, 2)
    assert says in result.output
    assert "Traceback" not in result.output


# --- what was read, and a register of one's own

COLUMNS = (
    "Recipient,Supplier,Year of order, ,Number ordered, ,Weapon designation,Weapon description,"
    "Number delivered, ,Year(s) of delivery,status,Comments,SIPRI TIV per unit,SIPRI TIV for total order,"
    "SIPRI TIV of delivered weapons"
)


def register(folder: Path) -> Path:
    """Write a register in SIPRI's form: many dyads with small flows, and one that jumps."""
    states = [
        "Algeria",
        "Angola",
        "Brazil",
        "Chile",
        "Ecuador",
        "Egypt",
        "Ghana",
        "Kenya",
        "Peru",
        "Zimbabwe",
    ]
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for i, recipient in enumerate(sorted(states)):
        for supplier in ("France", "Norway"):
            for year in range(1951, 2022, 3 + i % 3):
                writer.writerow(
                    [
                        recipient,
                        supplier,
                        year,
                        "",
                        2,
                        "",
                        "Alpha",
                        "frigate",
                        2,
                        "",
                        year,
                        "New",
                        "",
                        5,
                        10,
                        10,
                    ]
                )
    head = [
        "Transfers of major conventional arms from All countries  to All countries . Deals with deliveries "
        "made for the year range 'Not specified' to 'Not specified' "
    ] + [f"line {i}" for i in range(8)]
    head += ["Source: SIPRI Arms Transfers Database (c) SIPRI.", "Data generated: 13 Mar 2025 10:02:49 AM"]
    path = folder / "trade-register.csv"
    rows = sorted(out.getvalue().splitlines())
    rows.insert(0, "Angola,Norway,2020,,30,,Beta,submarine,30,,2021; 2022,New,,100,3000,3000")
    path.write_text("\r\n".join([*head, COLUMNS, *sorted(rows)]) + "\r\n", encoding="latin-1")
    return path


def test_with_a_register_there_is_a_level_and_a_base_rate(home: Path) -> None:
    onrecord("history", "add", str(register(home)))
    told = answer("Norway", "Angola", "--as-of", "2023-06-01")
    row = next(d for d in told["dimensions"] if d["basis"] == "register" and d["from"] == "NOR")
    assert row["verdict"] in ("unprecedented", "escalation")
    assert row["level"] == pytest.approx(3000, rel=0.01)
    assert row["surprise_bits"] > 3
    assert 0 < row["base_rate"]["share"] < 0.1
    assert told["score"] is not None
    assert "row " in row["present"][0]["source"], "which row to dispute"
    as_known = answer("Norway", "Angola", "--as-of", "2023-06-01", "--as-known", "2024-01-01")
    assert as_known["score"] is None, "the register was not known by then"


def test_articles_are_a_series_of_their_own(home: Path) -> None:
    day = dt.date(2022, 5, 31)
    record = boats(published=Published(day, day, "given"))
    sold = tuple(replace(t, status="asserted", stage="delivered") for t in record.transfers)
    with Writer(home / "store.sqlite") as writer:
        writer.write(replace(record, transfers=sold))
    told = answer("Portugal", "Brazil", "--as-of", "2023-01-01")
    own = [d for d in told["dimensions"] if (d["series"] or "").startswith("articles read/arms")]
    row = next(d for d in own if (d["from"], d["to"]) == ("PRT", "BRA"))
    assert row["verdict"] == "new in kind"
    assert "onrecord cite tra-" in row["present"][0]["source"]
    assert told["positions"], "who claims what stands beside it"
    assert answer("Portugal", "Brazil", "--as-of", "2022-05-30")["positions"] == []
    then = answer("Portugal", "Brazil", "--as-of", "2023-01-01", "--as-known", "2022-05-30")
    assert then["positions"] == [], "what was published later was not known"
    without = answer("Portugal", "Brazil", "--as-of", "2023-01-01", "--no-store")
    assert not any((d["series"] or "").startswith("articles") for d in without["dimensions"])


# --- the page


class Page(HTMLParser):
    """Collects tags and addresses, and checks that what is opened is closed."""

    VOID = frozenset({"meta", "br", "img", "link"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.loads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.loads += [
            v or "" for k, v in attrs if k in ("src", "xlink:href") or (tag == "link" and k == "href")
        ]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag


def page(path: Path) -> tuple[Page, str]:
    text = path.read_text(encoding="utf-8")
    read = Page()
    read.feed(text)
    assert read.open == []
    return read, text


def test_the_page_is_whole_and_loads_nothing(home: Path) -> None:
    out = home / "verdict.html"
    onrecord("history", "add", str(register(home)))
    onrecord("assess", "RUS", "IRN", "--as-of", "2023-02-24", "--versus", "NOR-AGO", "--html", str(out))
    read, text = page(out)
    assert "script" not in read.tags
    assert read.loads == []
    assert "svg" in read.tags
    assert "unprecedented in one respect" in text
    assert 'href="https://' in text, "sources are linked"
    again = home / "again.html"
    onrecord("assess", "RUS", "IRN", "--as-of", "2023-02-24", "--versus", "NOR-AGO", "--html", str(again))
    assert again.read_text(encoding="utf-8") == text


def test_what_an_article_says_is_only_ever_text(home: Path) -> None:
    day = dt.date(2022, 5, 31)
    hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    record = boats(published=Published(day, day, "given"), title=hostile, outlet=hostile)
    with Writer(home / "store.sqlite") as writer:
        writer.write(record)
    out = home / "verdict.html"
    onrecord("assess", "PRT", "BRA", "--as-of", "2023-01-01", "--html", str(out))
    read, text = page(out)
    assert "script" not in read.tags
    assert "img" not in read.tags
    assert "&lt;script&gt;" in text


def test_the_marks_of_the_charts_say_what_they_stand_for_as_text(home: Path) -> None:
    day = dt.date(2022, 5, 31)
    hostile = '<script>alert(1)</script>"><img src=x onerror=alert(2)> </title>'
    record = boats(published=Published(day, day, "given"), title=hostile, outlet=hostile)
    sold = tuple(replace(t, status="asserted", stage="delivered") for t in record.transfers)
    with Writer(home / "store.sqlite") as writer:
        writer.write(replace(record, transfers=sold))
    out = home / "verdict.html"
    onrecord("assess", "PRT", "BRA", "--as-of", "2023-01-01", "--html", str(out))
    read, text = page(out)
    assert not {"script", "img"} & set(read.tags)
    titles = re.findall(r"<title>([^<]*)</title></path>", text)
    assert any("PRT → BRA" in title and "onrecord cite tra-" in title for title in titles)


def test_articles_without_a_date_are_counted(home: Path) -> None:
    with Writer(home / "store.sqlite") as writer:
        writer.write(boats(published=Published(None, None, "unknown")))
    shown = onrecord("assess", "PRT", "BRA", "--as-of", "2023-01-01")
    assert "1 article in the store without a date" in shown.stderr


def test_one_dyad_takes_little_time() -> None:
    start = time.perf_counter()
    answer("USA", "IND", "--as-of", "2020-01-01")
    assert time.perf_counter() - start < 5, "under one second on a quiet machine"

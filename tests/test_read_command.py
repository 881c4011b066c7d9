"""`onrecord read` as a user runs it, the JSON that it prints, and the commands that the README names."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

import onrecord
from onrecord import examples, pipeline
from onrecord.commands import main
from onrecord.store import View

ROOT = Path(__file__).parent.parent

RADARS = """\
Latvia sends radars to Finland
Latvia has delivered three radars to Finland, Defence Minister Ilze Ozola said on Thursday.
“We asked for help, and help came early,” Ozola told reporters in Riga.
"""
BOATS = """\
Portugal will send Brazil at least 40 patrol boats, Inês Gonçalves said on Tuesday.
Brazil denied that it had asked for the boats.
"""
FRENCH = """\
Le ministre de la Défense a déclaré jeudi que son pays avait livré trois radars à la Finlande, et que
d'autres livraisons étaient prévues pour cette année. « Nous avons demandé de l'aide », a-t-il dit.
"""

MENTION = {"span", "text"}
SPEAKER = {"actor", "name", "role", "affiliation", "country"}
PARTY = {"actor", "name", "country", "sector", "span", "text"}
WHEN = {"start", "end", "granularity", "mention", "relative_to"}
CONTRACT: dict[str, set[str]] = {
    "": {"schema", "article", "actors", "attributions", "events", "transfers", "positions", "extractor"},
    "article": {
        "id", "sha256", "url", "title", "outlet", "authors", "language", "retrieved", "text", "published",
        "furniture", "repairs", "problems",
    },
    "article.published": {"earliest", "latest", "how", "mention"},
    "article.furniture": {"kind", "span", "repeats"},
    "article.repairs": {"span", "original"},
    "article.problems": {"kind", "span", "message"},
    "actors": {
        "id", "name", "kind", "country", "sector", "role", "affiliation", "members", "mentions",
    },
    "attributions": {
        "id", "kind", "source", "cue", "content", "speaker", "inferred", "within", "confidence",
    },
    "attributions.speaker": SPEAKER,
    "events": {
        "id", "event", "mode", "contexts", "source", "recipient", "act", "reciprocal", "when", "where",
        "status", "background", "according_to", "about", "repeats", "evidence", "confidence",
    },
    "events.source": PARTY,
    "events.recipient": PARTY,
    "events.when": WHEN,
    "transfers": {
        "id", "event", "supplier", "recipient", "item", "designation", "category", "origin", "quantity",
        "second_hand", "terms", "payer", "via", "flags",
        "value", "kind", "stage", "status", "when", "according_to", "evidence", "confidence",
    },
    "transfers.supplier": PARTY,
    "transfers.recipient": PARTY,
    "transfers.via": PARTY,
    "transfers.payer": PARTY,
    "transfers.quantity": {"low", "high", "text", "additional"},
    "transfers.value": {"amount", "currency", "text"},
    "transfers.when": WHEN,
    "positions": {"id", "proposition", "holder", "stance", "attributions", "evidence"},
    "positions.proposition": {"id", "subject", "predicate", "text"},
    "positions.holder": SPEAKER,
}  # fmt: skip
"""The keys of each object of schema 1, by where it stands; what is not listed is a mention. Adding a key is a
change of the contract, to be read in review."""


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the store that is the default in these tests, which nobody has made yet."""
    path = tmp_path / "default" / "onrecord.sqlite"
    monkeypatch.setenv("ONRECORD_STORE", str(path))
    monkeypatch.setenv("COLUMNS", "100")
    return path


@pytest.fixture
def radars(tmp_path: Path) -> Path:
    path = tmp_path / "radars.txt"
    path.write_text(RADARS, encoding="utf-8")
    return path


def read(*words: str | Path, code: int = 0, given: str | bytes | None = None) -> Result:
    """Run `onrecord read` in this process."""
    result = CliRunner().invoke(main, ["read", *map(str, words)], input=given, prog_name="onrecord")
    assert result.exit_code == code, (result.output, result.exception)
    return result


def objects(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def kept(store: Path) -> list[str]:
    """Give the ids of the articles in a store; none where there is no store."""
    if not store.exists():
        return []
    with View(store) as view:
        return [record.article.id for record in view.records()]


def corpus(path: Path, *rows: Mapping[str, object] | str) -> Path:
    lines = (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def nodes(value: Any, where: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Give every object in a JSON value, with the names that lead to it."""
    if isinstance(value, dict):
        yield where, value
        for name, inner in value.items():
            yield from nodes(inner, f"{where}.{name}".lstrip("."))
    elif isinstance(value, list):
        for inner in value:
            yield from nodes(inner, where)


# --- one article


def test_the_example_prints_a_brief_and_keeps_nothing(store: Path) -> None:
    shown = read("--example").stdout
    for part in ("WHO SAYS WHAT", "TRANSFERS", "TIMELINE", "EVENTS", "WHO STANDS WHERE"):
        assert part in shown
    assert "Kept in" not in shown
    assert not store.exists()


def test_the_example_is_kept_where_the_user_says(tmp_path: Path, store: Path) -> None:
    path = tmp_path / "try.sqlite"
    read("--example", "--store", path)
    assert len(kept(path)) == 1
    read("--example", "--store", path, "--no-store")
    assert not store.exists()
    assert "nothing else" in read("--example", "story.txt", code=2).stderr


def test_an_article_is_kept_and_the_brief_says_where(radars: Path, store: Path) -> None:
    shown = read(radars, "--published", "2024-05-02").stdout
    assert "Ozola" in shown
    assert "2 May 2024 (given)" in shown
    assert f"Kept in {store}" in " ".join(shown.split())
    assert len(kept(store)) == 1


def test_nothing_is_kept_where_the_user_wants_it_so(radars: Path, store: Path) -> None:
    assert "Kept" not in read(radars, "--no-store").stdout
    assert not store.exists()


def test_standard_input_is_an_article(store: Path) -> None:
    (record,) = objects(read("-", "--json", given=RADARS.encode()))
    assert record["article"]["text"].strip() == RADARS.strip()
    assert kept(store) == [record["article"]["id"]]


def test_another_language_is_named_and_nothing_is_recorded_of_it(tmp_path: Path) -> None:
    path = tmp_path / "radars.fr.txt"
    path.write_text(FRENCH * 3, encoding="utf-8")
    result = read(path, "--json", code=1)
    (record,) = objects(result)
    assert [problem["kind"] for problem in record["article"]["problems"]] == ["language"]
    assert record["attributions"] == []
    assert len(result.stderr.splitlines()) == 1
    assert "radars.fr.txt" in result.stderr
    assert "Nothing found." in read(path, code=1).stdout


# --- the contract


@pytest.fixture(scope="module")
def printed() -> list[dict[str, Any]]:
    """Give what is printed of the example, and of two articles more."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("ONRECORD_STORE", raising=False)
        given = "".join(json.dumps({"text": text}) + "\n" for text in (RADARS, BOATS))
        return [
            *objects(read("--example", "--json")),
            *objects(read("-", "--no-store", "--json", given=given)),
        ]


def test_every_object_has_the_keys_of_schema_1(printed: list[dict[str, Any]]) -> None:
    met = set()
    for record in printed:
        assert record["schema"] == 1
        for where, node in nodes(record):
            assert set(node) == CONTRACT.get(where, MENTION), where
            met.add(where)
    # What these articles do not happen to tell of: decoding repairs, problems, prices.
    assert set(CONTRACT) - met <= {
        "article.repairs",
        "article.problems",
        "transfers.value",
        "transfers.payer",
    }


def test_the_types_have_the_keys_of_schema_1() -> None:
    kinds = {
        "": onrecord.Record, "article": onrecord.Article, "article.published": onrecord.Published,
        "article.furniture": onrecord.Furniture, "article.repairs": onrecord.Repair,
        "article.problems": onrecord.Problem, "actors": onrecord.Actor, "attributions": onrecord.Attribution,
        "attributions.speaker": onrecord.Speaker, "events": onrecord.Event, "events.source": onrecord.Party,
        "events.when": onrecord.When, "transfers": onrecord.Transfer, "transfers.value": onrecord.Value,
        "transfers.quantity": onrecord.Quantity, "positions": onrecord.Position,
        "positions.proposition": onrecord.Proposition,
    }  # fmt: skip
    for where, kind in kinds.items():
        assert set(kind.__struct_fields__) == CONTRACT[where], where
    assert set(onrecord.Mention.__struct_fields__) == MENTION


def test_words_equal_the_text_at_their_span_everywhere(printed: list[dict[str, Any]]) -> None:
    for record in printed:
        text = record["article"]["text"]
        mentions = [node for _, node in nodes(record) if {"span", "text"} <= set(node)]
        assert len(mentions) > 5
        for node in mentions:
            start, end = node["span"]
            assert text[start:end] == node["text"]
        for _, node in nodes(record):
            for name in ("span", "repeats"):
                start, end = node.get(name) or (0, 1)
                assert 0 <= start < end <= len(text)


def test_every_reference_leads_somewhere(printed: list[dict[str, Any]]) -> None:
    for record in printed:
        ids = {
            kind: {item["id"] for item in record[kind]}
            for kind in ("actors", "attributions", "events", "transfers", "positions")
        }
        assert all(len(ids[kind]) == len(record[kind]) for kind in ids), "ids are unique"
        for where, node in nodes(record):
            said = [node.get("within"), node.get("according_to"), *(node.get("attributions") or [])]
            assert {one for one in said if isinstance(one, str)} <= ids["attributions"]
            named = [node.get("actor"), *(node.get("members") or []), *(node.get("subject") or [])]
            assert {one for one in named if one is not None} <= ids["actors"]
            told = [node.get("about"), node.get("event") if where == "transfers" else None]
            told += [node.get("repeats")] if where == "events" else []
            assert {one for one in told if one is not None} <= ids["events"]


def test_the_json_comes_back_as_the_record() -> None:
    line = read("--example", "--json").stdout.strip()
    record = onrecord.from_json(line)
    assert onrecord.to_json(record).decode() == line


# --- many sources


def test_few_articles_get_a_brief_each_and_many_two_lines(tmp_path: Path) -> None:
    rows = [{"id": f"story-{n}", "title": f"Story {n}", "text": BOATS} for n in range(5)]
    few = read(corpus(tmp_path / "few.jsonl", *rows[:2]), "--no-store").stdout
    assert few.count("WHO SAYS WHAT") == 2
    many = read(corpus(tmp_path / "many.jsonl", *rows), "--no-store").stdout
    assert "WHO SAYS WHAT" not in many
    for n in range(5):
        assert re.search(rf"^Story {n}$\n  .*attribution.* · story-{n}", many, re.MULTILINE)
    assert "5 articles" in many


def test_bad_files_never_stop_the_rest(tmp_path: Path, radars: Path, store: Path) -> None:
    empty, picture = tmp_path / "empty.txt", tmp_path / "picture.txt"
    empty.touch()
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    lines = corpus(
        tmp_path / "lines.jsonl", {"id": "boats", "text": BOATS}, '{"text": "broken', {"title": "x"}
    )
    result = read(empty, radars, picture, tmp_path / "none.txt", lines, "--json", code=1)
    assert [record["article"]["id"] for record in objects(result)][1:] == ["boats"]
    assert len(kept(store)) == 2
    failures = result.stderr.splitlines()
    for name in ("empty.txt", "picture.txt", "none.txt", "lines.jsonl", "lines.jsonl"):
        (found, *_) = [line for line in failures if name in line]
        failures.remove(found)
    assert failures == []


def test_a_fault_of_ours_in_one_article_never_stops_the_rest(
    tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = pipeline.extract

    def faulty(article: onrecord.Article) -> onrecord.Record:
        if article.id == "two":
            raise RecursionError("too deep")
        return real(article)

    monkeypatch.setattr(pipeline, "extract", faulty)
    rows = [{"id": name, "text": BOATS} for name in ("one", "two", "three")]
    result = read(corpus(tmp_path / "some.jsonl", *rows), "--json", code=1)
    assert [record["article"]["id"] for record in objects(result)] == ["one", "three"]
    assert "two: " in result.stderr
    assert "too deep" in result.stderr
    assert kept(store) == ["one", "three"]


def test_nothing_that_could_be_read_is_said_and_no_page_is_written(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    result = read(tmp_path / "none.txt", "--html", page, code=1)
    assert "none.txt" in result.stderr
    assert not page.exists()


# --- the page


def test_a_page_with_json_beside_it(tmp_path: Path, radars: Path) -> None:
    page = tmp_path / "new folder" / "page.html"
    result = read(radars, "--html", page, "--json")
    (record,) = objects(result)
    written = page.read_text(encoding="utf-8")
    assert written.startswith("<!doctype html>")
    assert all(attribution["id"] in written for attribution in record["attributions"])
    assert "1 article on the page" in result.stderr
    assert read(radars, "--html", page).stdout == ""


def test_a_page_that_cannot_be_written_is_one_line(tmp_path: Path, radars: Path) -> None:
    (tmp_path / "file").touch()
    assert "Error: " in read(radars, "--html", tmp_path / "file" / "page.html", code=1).stderr
    assert "is a directory" in read(radars, "--html", tmp_path, code=2).stderr


# --- reading again


def test_what_is_known_is_taken_from_the_store(
    radars: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = read(radars, "--json").stdout
    before = store.read_bytes()
    extracted: list[str] = []
    real = pipeline.extract

    def counted(article: onrecord.Article) -> onrecord.Record:
        extracted.append(article.id)
        return real(article)

    monkeypatch.setattr(pipeline, "extract", counted)
    assert read(radars, "--json").stdout == first
    assert extracted == []
    assert store.read_bytes() == before
    read(radars, "--json", "--again")
    read(radars, "--json", "--published", "2024-05-02")
    assert len(extracted) == 2, "asked for, and of another date"
    with View(store) as view:
        (record,) = view.records()
        assert record.article.published.how == "given"
    monkeypatch.setattr(pipeline, "extractor", lambda: "onrecord 99")
    read(radars, "--json", "--published", "2024-05-02")
    assert len(extracted) == 3, "made by another version"


def test_a_changed_text_of_a_known_address_is_a_new_version(tmp_path: Path, store: Path) -> None:
    address = "https://example.org/boats"
    for text in (BOATS, BOATS.replace("40", "60"), BOATS):
        read(corpus(tmp_path / "boats.jsonl", {"url": address, "text": text}), "--json")
    with View(store) as view:
        (record,) = view.records()
        versions = view.select("SELECT version FROM article_versions ORDER BY version")
    assert [row["version"] for row in versions] == [1, 2]
    assert "60" in record.article.text


# --- wrong usage


@pytest.mark.parametrize("day", ["yesterday", "2023-02-30", "24.2.2023", ""])
def test_a_date_that_is_none_is_refused_before_anything_is_read(radars: Path, store: Path, day: str) -> None:
    assert "--published" in read(radars, "--published", day, code=2).stderr
    assert not store.exists()


def test_nothing_to_read_says_what_to_do() -> None:
    assert "--example" in read(code=2).stderr


def test_a_store_that_is_none_is_refused(radars: Path) -> None:
    result = read(radars, "--store", radars, code=1)
    assert "not an onrecord store" in result.stderr
    assert radars.read_text(encoding="utf-8") == RADARS


# --- as a process of its own


def process(*words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "onrecord", *words]
    return subprocess.run(command, input=given, capture_output=True, check=False, timeout=120)


def test_a_process_tells_output_from_messages_and_ends_with_the_code(store: Path) -> None:
    result = process("read", "-", "none.txt", "--json", given=RADARS.encode())
    assert result.returncode == 1
    assert json.loads(result.stdout)["schema"] == 1
    assert b"none.txt" in result.stderr
    assert b"Traceback" not in result.stderr
    assert len(kept(store)) == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_one_line() -> None:
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "onrecord", "read", "--example", "--json"]
        result = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False, timeout=120)
    assert result.returncode == 1
    assert b"No space left" in result.stderr
    assert b"Traceback" not in result.stderr


# --- the commands, as the documents and the program itself tell of them


def commands(group: click.Group = main, *names: str) -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, *names, name)
        else:
            yield " ".join((*names, name)), command


@pytest.mark.parametrize(("name", "command"), list(commands()))
def test_every_command_explains_itself_with_examples(name: str, command: click.Command) -> None:
    shown = CliRunner().invoke(main, [*name.split(), "--help"], prog_name="onrecord").stdout
    _, _, shown_examples = shown.partition("Examples:")
    assert f"onrecord {name}" in shown_examples
    assert ("--history PATH" if name.startswith("history ") else "--store PATH") in shown
    assert all(option.help for option in command.params if isinstance(option, click.Option))


def test_the_summaries_of_the_commands_are_whole() -> None:
    for words in ([], ["store"]):
        shown = CliRunner().invoke(main, [*words, "--help"], prog_name="onrecord").stdout
        assert "..." not in shown.partition("Commands:")[2]


def test_the_examples_use_options_that_there_are() -> None:
    for name, command in commands():
        known = {option for parameter in command.params for option in parameter.opts}
        own = "\n".join(e for e in (command.epilog or "").splitlines() if f"onrecord {name} " in f"{e} ")
        assert set(re.findall(r"(?<=\s)--[a-z][a-z-]*", own)) <= known, name


@pytest.mark.skipif(not (ROOT / "README.md").exists(), reason="the package without its documents")
def test_the_readme_names_every_command_and_no_other() -> None:
    names = {name for name, _ in commands()}
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    fenced = "\n".join(re.findall(r"^```sh\n(.*?)^```", text, re.DOTALL | re.MULTILINE))
    inline = "\n".join(re.findall(r"`([^`\n]+)`", text))
    told = re.findall(r"\bonrecord ((?:store |history )?[a-z]+)\b", f"{fenced}\n{inline}")
    assert set(told) == names


# --- as a library


def test_the_library_reads_and_extracts(radars: Path) -> None:
    article = onrecord.read(str(radars), published="2024-05-02")
    record = onrecord.extract(article)
    assert record.article is article
    assert {a.speaker.name for a in record.attributions if a.speaker} >= {"Ilze Ozola"}
    assert onrecord.from_json(onrecord.to_json(record)) == record


def test_the_names_of_the_library_are_frozen() -> None:
    assert sorted(onrecord.__all__) == [
        "Actor", "Article", "Attribution", "Event", "Furniture", "Mention", "Party", "Position", "Problem",
        "Proposition", "Published", "Quantity", "Record", "Repair", "Speaker", "Transfer", "Value", "When",
        "extract", "from_json", "read", "to_json",
    ]  # fmt: skip
    assert all(getattr(onrecord, name) is not None for name in onrecord.__all__)
    with pytest.raises(AttributeError, match="no attribute 'assess'"):
        onrecord.assess  # noqa: B018


def test_the_example_is_in_the_package() -> None:
    assert examples.path().is_file()

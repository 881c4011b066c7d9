"""Writing twice equals writing once; what goes in comes out; whatever fails leaves the store as it was."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from msgspec.structs import replace
from records import BOATS, any_records, article, boats, cables, words

from onrecord.article import Mention
from onrecord.record import Record
from onrecord.store import BrokenRecordError, View, Writer, migrations, search, tables, upkeep
from onrecord.store.opening import StoreError, default_path
from onrecord.store.tables import STORED

LATER = dt.datetime(2022, 7, 1, tzinfo=dt.UTC)
EARLIER = dt.datetime(2022, 1, 1, tzinfo=dt.UTC)
EDITED = BOATS.replace("on Tuesday", "on Tuesday, in Lisbon")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite"


def dump(path: Path) -> list[str]:
    """Give every row of every table as SQL."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


@contextlib.contextmanager
def scratch() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder) / "store.sqlite"


# --- properties


@settings(max_examples=30, deadline=None)
@given(any_records())
def test_any_record_comes_back_as_it_went_in_and_the_store_is_in_order(record: Record) -> None:
    with scratch() as path:
        with Writer(path) as writer:
            assert writer.write(record) == (record.article.id, True, True)
        with View(path) as view:
            assert view.record(record.article.id) == record
            assert list(view.records()) == [record]
            assert list(upkeep.check(view)) == []


@settings(max_examples=15, deadline=None)
@given(any_records(), any_records())
def test_writing_twice_equals_writing_once(one: Record, two: Record) -> None:
    other = replace(two, article=replace(two.article, id=f"{one.article.id}'"))
    with scratch() as path:
        with Writer(path) as writer:
            for record in (one, two, other):
                writer.write(record)
        once = dump(path)
        # The last reading of a version stands, so `one` would be news again where it has the id of `two`.
        last = (two, other) if one.article.id == two.article.id else (one, two, other)
        with Writer(path) as writer:
            assert not any(writer.write(record).changed for record in (*last, *last))
        assert dump(path) == once


def test_the_columns_of_the_tables_are_those_described(path: Path) -> None:
    Writer(path).close()
    with View(path) as view:
        for table in STORED:
            columns = [row["name"] for row in view.select(f"PRAGMA table_info({table.name})")]
            ours = [
                c
                for c in columns
                if (table.name, c) not in {("articles", "version"), ("attributions", "number")}
            ]
            assert ours == list(table.names), table.name


# --- versions and re-readings


def test_a_known_version_keeps_the_time_of_its_first_reading(path: Path) -> None:
    with Writer(path) as writer:
        writer.write(boats())
        assert writer.write(boats(retrieved=LATER)) == ("boats", False, False)
        # The page around the story is other bytes at every visit.
        assert writer.write(boats(retrieved=LATER, sha256="0" * 64)) == ("boats", False, False)
        assert writer.record("boats") == boats()


def test_a_re_reading_takes_the_place_of_the_rows_before(path: Path) -> None:
    again = replace(boats(extractor="hand 2"), transfers=(), positions=())
    with Writer(path) as writer:
        writer.write(boats())
        writer.write(cables())
        assert writer.write(again) == ("boats", False, True)
        assert writer.record("boats") == again
        assert search.transfers(writer).total == 0
        assert [r["extractor"] for r in writer.select("SELECT extractor FROM articles ORDER BY id")] == [
            "hand 2",
            "hand 1",
        ]
        assert len(writer.select("SELECT * FROM article_versions WHERE article_id = 'boats'")) == 1
        assert search.claims(writer, "boats").total == 1
        assert list(upkeep.check(writer)) == []


def test_a_changed_text_is_a_new_version_and_the_latest_is_listed(path: Path) -> None:
    edited = boats(EDITED, retrieved=LATER)
    with Writer(path) as writer:
        writer.write(boats())
        assert writer.write(edited) == ("boats", True, True)
        assert writer.record("boats") == edited
        assert writer.version("boats", 1) == boats()
        assert [r["id"] for r in writer.select("SELECT id FROM articles")] == ["boats"]
        assert search.claims(writer).total == 3


def test_the_order_of_arrival_does_not_decide_which_version_is_the_latest(path: Path) -> None:
    with Writer(path) as writer:
        writer.write(boats())
        assert writer.write(boats(EDITED, retrieved=EARLIER)) == ("boats", True, True)
        assert writer.record("boats") == boats()
        assert writer.write(boats()).changed is False


def test_an_id_that_is_in_an_older_version_alone_can_still_be_cited(path: Path) -> None:
    gone = boats().attributions[2].id
    with Writer(path) as writer:
        writer.write(boats())
        writer.write(replace(boats(EDITED, retrieved=LATER), attributions=boats(EDITED).attributions[:2]))
        (found,) = search.find(writer, gone)
        assert found.superseded
        assert found.item == boats().attributions[2]
        (here,) = search.find(writer, boats().attributions[0].id)
        assert not here.superseded


# --- what must not be stored


def test_a_record_that_contradicts_itself_is_refused_and_the_old_rows_stay(path: Path) -> None:
    good = boats()
    act = Mention((3, 9), "elsewhere")
    broken = [
        replace(good, events=(replace(good.events[0], act=act),)),
        replace(good, attributions=(good.attributions[0], good.attributions[0])),
        replace(good, extractor="\ud800"),
        replace(good, article=article(title="\udfff")),
    ]
    with Writer(path) as writer:
        writer.write(good)
        before = dump(path)
        for record in broken:
            with pytest.raises(BrokenRecordError):
                writer.write(record)
        huge = replace(good.transfers[0].quantity, low=2**64)  # type: ignore[type-var]
        with pytest.raises(BrokenRecordError):
            writer.write(replace(good, transfers=(replace(good.transfers[0], quantity=huge),)))
        assert dump(path) == before
        assert writer.write(cables()).changed, "the writer works on"


# --- what can go wrong with the file


def test_a_full_disk_leaves_the_store_as_it_was(path: Path) -> None:
    with Writer(path) as writer:
        writer.write(cables())
        before = dump(path)
        (pages,) = writer.select("PRAGMA page_count")[0]
        writer.select(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(StoreError, match="the disk is full"):
            writer.write(boats(BOATS + "More of it.\n" * 5000))
        assert dump(path) == before
        assert list(upkeep.check(writer)) == []
        writer.select("PRAGMA max_page_count = 1000000")
        assert writer.write(boats()).changed


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs POSIX signals")
def test_a_process_killed_in_the_middle_leaves_the_old_rows_whole(path: Path) -> None:
    with Writer(path) as writer:
        writer.write(boats())
    before = dump(path)
    script = """
        import os, signal, sys
        from pathlib import Path
        from msgspec.structs import replace
        from records import boats
        from onrecord.store import rows, tables
        from onrecord.store import Writer

        def killed(record):
            os.kill(os.getpid(), signal.SIGKILL)

        at = [t.name for t in tables.STORED].index("transfers")
        tables.STORED = (*tables.STORED[:at], tables.STORED[at]._replace(rows=killed))
        Writer(Path(sys.argv[1])).write(replace(boats(extractor="hand 2"), attributions=()))
    """
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent)}
    ended = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), str(path)], env=environment, check=False, timeout=60
    )
    assert ended.returncode == -signal.SIGKILL
    with View(path) as view:
        assert view.record("boats") == boats()
        assert list(upkeep.check(view)) == []
    assert dump(path) == before


def test_several_processes_make_and_write_one_store_by_turns(path: Path) -> None:
    script = """
        import sys
        from pathlib import Path
        from records import boats, cables
        from onrecord.store import Writer

        for n in range(10):
            with Writer(Path(sys.argv[1])) as writer:
                writer.write(cables(f"cables-{sys.argv[2]}-{n}"))
                writer.write(boats())
    """
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent)}
    command = [sys.executable, "-c", textwrap.dedent(script), str(path)]
    running = [subprocess.Popen([*command, str(n)], env=environment) for n in range(3)]
    assert [process.wait(60) for process in running] == [0, 0, 0]
    with View(path) as view:
        assert search.coverage(view).articles == 31
        assert list(upkeep.check(view)) == []


def test_a_new_store_can_be_opened_by_several_at_the_same_moment(tmp_path: Path) -> None:
    together = threading.Barrier(4)

    def open_each(_: int) -> None:
        for n in range(30):
            together.wait(10)
            for _ in range(3):
                Writer(tmp_path / f"{n}.sqlite").close()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(open_each, range(4))) == [None] * 4


def test_a_store_of_a_newer_schema_is_refused_and_left_alone(path: Path) -> None:
    with Writer(path) as writer:
        writer.write(boats())
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {len(migrations.MIGRATIONS) + 1}")
    before = path.read_bytes()
    for opened in (Writer, View):
        with pytest.raises(StoreError, match="newer onrecord"):
            opened(path)
    assert path.read_bytes() == before


def test_a_store_of_an_older_schema_is_brought_up_to_date(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Writer(path) as writer:
        writer.write(boats())
    step = "ALTER TABLE articles ADD COLUMN section TEXT;\nUPDATE articles SET section = 'news';\n"
    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, step))
    with View(path) as view:
        assert [row["section"] for row in view.select("SELECT section FROM articles")] == ["news"]
        assert view.record("boats") == boats()
    monkeypatch.setattr(
        migrations, "MIGRATIONS", (*migrations.MIGRATIONS, "CREATE TABLE a (b);\nNO SUCH THING;\n")
    )
    before = dump(path)
    with pytest.raises(StoreError, match="syntax error"):
        Writer(path)
    assert dump(path) == before


def test_a_file_that_is_no_store_is_refused_and_left_alone(tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("Notes that somebody would miss. " * 100)
    other = tmp_path / "other.sqlite"
    with contextlib.closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE theirs (a)")
    for file in (text, other):
        before = file.read_bytes()
        for opened in (Writer, View):
            with pytest.raises(StoreError, match="name another file with --store or ONRECORD_STORE"):
                opened(file)
        assert file.read_bytes() == before
    for opened in (Writer, View):
        with pytest.raises(StoreError, match="this is a folder"):
            opened(tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["notes.txt", "other.sqlite"]


def test_an_empty_file_becomes_a_store_and_no_file_is_no_store(path: Path) -> None:
    with pytest.raises(StoreError, match="onrecord read"):
        View(path)
    assert not path.exists()
    path.touch()
    with Writer(path) as writer:
        assert writer.write(boats()).changed


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX permissions")
def test_a_folder_that_cannot_be_written_can_be_read() -> None:
    # Root may write anywhere, so the reading process gives its rights up first.
    script = """
        import os, sys
        from pathlib import Path
        from onrecord.store import search
        from onrecord.store.opening import StoreError
        from onrecord.store import View, Writer

        if os.getuid() == 0:
            os.setuid(65534)
        path = Path(sys.argv[1])
        with View(path) as view:
            assert search.claims(view, "boats").total == 1
        try:
            Writer(path)
        except StoreError as error:
            print(error)
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Writer(folder / "store.sqlite") as writer:
            writer.write(boats())
        (folder / "store.sqlite").chmod(0o444)
        folder.chmod(0o555)
        try:
            command = [sys.executable, "-c", textwrap.dedent(script), str(folder / "store.sqlite")]
            done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
        finally:
            folder.chmod(0o755)
    assert done.returncode == 0, done.stderr
    assert "cannot be" in done.stdout


def test_where_the_store_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ONRECORD_STORE", str(tmp_path / "mine.sqlite"))
    assert default_path() == tmp_path / "mine.sqlite"
    monkeypatch.delenv("ONRECORD_STORE")
    assert default_path().name == "onrecord.sqlite"
    assert "onrecord" in default_path().parent.name


# --- other programs


def test_the_file_explains_itself_to_other_programs(path: Path) -> None:
    with Writer(path) as writer:
        writer.write(boats())
    with contextlib.closing(sqlite3.connect(path)) as connection:
        claims = connection.execute(
            "SELECT speaker, content, outlet, published_latest FROM claims"
        ).fetchall()
        assert (
            "Inês Gonçalves",
            "We have never done anything like this,",
            "The Lagoon",
            "2022-05-31",
        ) in claims
        ledger = connection.execute("SELECT supplier, recipient, item, quantity_low FROM ledger").fetchall()
        assert ledger == [("PRT", "BRA", "patrol boats", 40)]
        # Datasette finds the index of a table by these words.
        (sql,) = connection.execute(
            "SELECT sql FROM sqlite_master WHERE name = 'attributions_fts'"
        ).fetchone()
        assert 'content="attributions"' in sql
        assert connection.execute("PRAGMA application_id").fetchone() == (migrations.APPLICATION_ID,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_mentions_are_laid_out_where_they_stand(path: Path) -> None:
    with Writer(path) as writer:
        writer.write(boats())
        rows = writer.select(
            "SELECT m.*, substr(v.text, m.span_start + 1, m.span_end - m.span_start) AS there "
            "FROM mentions m JOIN article_versions v USING (article_id)"
        )
    assert len(rows) == 5
    assert all(row["text"] == row["there"] for row in rows)
    assert tables.MENTIONS.names == tuple(rows[0].keys())[:-1]
    assert words(BOATS, "Brazil").text in {row["text"] for row in rows}

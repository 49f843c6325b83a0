"""Opening a database, and what people are told when it cannot be written."""

import shutil
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import bindparam, event, insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from storage.engine import PATIENCE, Store, open_store, sqlite_file
from storage.errors import BadStore, NotSaved
from storage.look import Look
from storage.tables import facts
from tests.storage.lines import WatchedLine

_VALUE = Look(select(facts.c.value).where(facts.c.key == bindparam("key")))


def on_connecting(store: Store, *statements: str) -> None:
    """Have every new connection of this store say these first."""

    def prepare(connection: Any, _record: object) -> None:
        for statement in statements:
            connection.execute(statement).close()
        connection.commit()

    store.close()
    event.listen(store._engine, "connect", prepare)


def note(store: Store, key: str, value: str = "") -> None:
    """Write something."""
    with store.write() as db:
        db.execute(insert(facts).values(key=key, value=value))


def noted(store: Store) -> set[str]:
    """What has been written, apart from the row `writable` uses."""
    with store.read() as db:
        return set(db.scalars(text("SELECT key FROM facts"))) - {"room"}


def impatient(store: Store) -> None:
    """Wait for no lock, so that the test need not either."""
    says = {"sqlite": "PRAGMA busy_timeout=20", "postgresql": "SET lock_timeout='20ms'"}[store.dialect]
    on_connecting(store, says)


@contextmanager
def held_by_another(url: str) -> Iterator[None]:
    """Somebody else has the table, and keeps it."""
    if path := sqlite_file(url):
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
    else:
        other = psycopg.connect(url.replace("+psycopg", ""))  # type: ignore[assignment]  # either driver
        other.execute("LOCK TABLE facts IN EXCLUSIVE MODE")
    try:
        yield
    finally:
        other.rollback()
        other.close()


# ---- addresses -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("sqlite:///baton.db", "baton.db is relative"),
        ("sqlite:///var/baton.db", "var/baton.db is relative"),
        ("sqlite://", "needs a file"),
        ("sqlite:///:memory:", "needs a file"),
        ("sqlite:////nowhere/at/all/baton.db", "/nowhere/at/all for the database does not exist"),
        ("mysql://someone:s3cret@host/db", "not one Baton can use"),
        ("postgresql+asyncpg://someone:s3cret@host/db", "not one Baton can use"),
        ("someone:s3cret@host", "not one Baton can use"),
        (
            "postgresql://someone:s3cret@host/db?schema=public",
            "an option behind its \\? that PostgreSQL does not",
        ),
        ("postgresql://someone:s3cret@host:port/db", "not one Baton can use"),
        ("", "not one Baton can use"),
    ],
)
def test_an_address_that_cannot_be_right_is_refused_with_its_fix(url: str, told: str) -> None:
    with pytest.raises(BadStore, match=told) as refused:
        open_store(url)
    assert "s3cret" not in str(refused.value)


def test_a_folder_is_not_a_database(tmp_path: Path) -> None:
    with pytest.raises(BadStore, match=f"{tmp_path} is a folder; name a file in it"):
        open_store(f"sqlite:///{tmp_path}")


def test_the_file_of_an_address(tmp_path: Path) -> None:
    assert sqlite_file(f"sqlite:///{tmp_path}/baton.db") == tmp_path / "baton.db"
    assert sqlite_file("postgresql+psycopg://host/baton") is None


def test_a_new_database_is_for_the_account_baton_runs_as_alone(tmp_path: Path) -> None:
    """Its log beside it too; one that is there already stays as somebody made it."""
    (tmp_path / "shared.db").touch(0o640)
    for name in ("new.db", "shared.db"):
        store = open_store(f"sqlite:///{tmp_path}/{name}")
        with store.write() as db:
            db.execute(text("CREATE TABLE one (n INTEGER)"))
        modes = {file.name: file.stat().st_mode & 0o777 for file in tmp_path.glob(f"{name}*")}
        store.close()
        assert set(modes) == {name, f"{name}-wal", f"{name}-shm"}
        assert set(modes.values()) == {0o600 if name == "new.db" else 0o640}


# ---- transactions ----------------------------------------------------------------------------------


def test_sqlite_keeps_what_it_was_told_through_a_power_cut(sqlite_url: str) -> None:
    store = open_store(sqlite_url)
    with store.read() as db:
        found = {
            name: db.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
        assert db.scalar(text("PRAGMA busy_timeout")) == PATIENCE * 1000
    store.close()

    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_the_longest_wait_leaves_time_to_answer_within_two_and_a_half_seconds() -> None:
    assert PATIENCE < 2.5


def test_a_write_is_kept_when_the_block_ends_and_undone_when_it_raises(store: Store) -> None:
    note(store, "kept")
    with pytest.raises(IntegrityError), store.write() as db:
        db.execute(insert(facts), [{"key": "lost", "value": ""}, {"key": "kept", "value": "again"}])

    assert noted(store) == {"kept"}


def test_a_reader_sees_one_unchanging_state(store: Store) -> None:
    with store.read() as db:
        assert db.scalar(text("SELECT count(*) FROM facts")) == 1
        note(store, "meanwhile")
        assert db.scalar(text("SELECT count(*) FROM facts")) == 1


def test_on_sqlite_a_writer_has_the_database_from_its_first_look(sqlite_url: str) -> None:
    """Another process that wrote in between would leave it with a state that is no longer true."""
    ours, theirs = open_store(sqlite_url), open_store(sqlite_url)
    impatient(theirs)
    with ours.write() as db:
        db.scalar(text("SELECT count(*) FROM facts"))
        with pytest.raises(NotSaved):
            note(theirs, "in between")
        db.execute(insert(facts).values(key="ours", value=""))

    assert noted(theirs) == {"ours"}
    ours.close()
    theirs.close()


def test_on_sqlite_whoever_comes_again_goes_behind_whoever_has_waited(sqlite_url: str) -> None:
    """A sweep in many batches would otherwise keep a person's command out until its patience ends."""
    store, order, line = open_store(sqlite_url), list[str](), WatchedLine()
    assert store._turns is not None
    store._turns._line = line

    def write(name: str) -> None:
        with store.write():
            order.append(name)

    with ThreadPoolExecutor(2) as threads:
        with store.write():
            line.joined()
            waiting = []
            for name in ("person", "next batch"):
                waiting.append(threads.submit(write, name))
                line.joined()
        for done in waiting:
            done.result()

    assert order == ["person", "next batch"]
    store.close()


def test_a_writer_waits_for_nobody_who_only_reads(store: Store) -> None:
    impatient(store)
    with store.read() as db:
        db.scalar(text("SELECT count(*) FROM facts"))
        note(store, "written")

    assert noted(store) == {"written"}


def test_on_sqlite_a_look_goes_by_the_connection_that_wrote_last(sqlite_url: str) -> None:
    """It knows every page; another would read them all anew after each commit."""
    store, made = open_store(sqlite_url), list[object]()
    event.listen(store._engine, "connect", lambda connection, _record: made.append(connection))

    for name in ("first", "second"):
        note(store, name, "value")
        assert store.glance(_VALUE, key=name) == ("value",)

    assert len(made) == 1
    store.close()


def test_a_look_while_somebody_writes_sees_what_was_committed_before(store: Store) -> None:
    with store.write() as db:
        db.execute(insert(facts).values(key="not yet", value="written"))
        assert store.glance(_VALUE, key="not yet") is None

    assert store.glance(_VALUE, key="not yet") == ("written",)


def test_a_look_that_fails_leaves_nothing_behind_that_could_fail_again(store: Store) -> None:
    with pytest.raises((sqlite3.Error, psycopg.Error)):
        store.glance(Look(select(facts.c.value).where(text("no_such_column = :key"))), key="any")

    assert store.glance(_VALUE, key="none") is None


# ---- trouble ---------------------------------------------------------------------------------------


def test_a_locked_database_is_told_calmly_and_later_it_works_again(store: Store, store_url: str) -> None:
    impatient(store)
    with held_by_another(store_url):
        with pytest.raises(NotSaved, match=r"^The database is busy with something else\.$") as told:
            note(store, "private")
        assert store.writable() == told.value.reason
    note(store, "later")

    assert noted(store) == {"later"}
    assert told.value.__suppress_context__


def test_a_full_database_is_told_calmly_and_nothing_is_half_written(sqlite_url: str) -> None:
    store = open_store(sqlite_url)
    on_connecting(store, "PRAGMA max_page_count=1")  # SQLite makes that the size it has

    with pytest.raises(NotSaved, match=r"^There is no room left for the database\.$"), store.write() as db:
        db.execute(insert(facts), [{"key": f"{number}", "value": "x" * 1000} for number in range(1000)])
    assert noted(store) == set()
    assert store.writable() == "There is no room left for the database."
    store.close()


def test_a_read_only_database_is_told_calmly(store: Store) -> None:
    says = {"sqlite": "PRAGMA query_only=ON", "postgresql": "SET default_transaction_read_only=on"}[
        store.dialect
    ]
    on_connecting(store, says)

    with pytest.raises(NotSaved, match=r"^The database is read-only\.$"):
        note(store, "private")
    assert store.writable() == "The database is read-only."
    assert noted(store) == set()


def test_a_database_that_is_gone_is_told_calmly(sqlite_url: str, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    lite = open_store(f"sqlite:///{gone}/baton.db")
    shutil.rmtree(gone)
    away = open_store("postgresql+psycopg://nobody@/baton?host=/nowhere")

    for store in (lite, away):
        assert store.writable() == "The database cannot be reached."
        with pytest.raises(NotSaved, match=r"^The database cannot be reached\.$"), store.read():
            pass


def test_a_postgresql_that_stopped_is_told_calmly_and_found_again(postgresql_url: str) -> None:
    store = open_store(postgresql_url)
    note(store, "before")
    hang_up = text("SELECT pg_terminate_backend(pg_backend_pid())")
    with pytest.raises(NotSaved, match=r"^The database cannot be reached\.$"), store.write() as db:
        db.execute(hang_up)
    note(store, "after")

    assert noted(store) == {"before", "after"}
    store.close()


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (
            "42501",
            "Baton's account at the database lacks a right; let it own the database and its tables.",
        ),
        ("53100", "There is no room left for the database."),
        ("25006", "The database is read-only."),
        ("40P01", "The database is busy with something else."),
        ("57P03", "The database cannot be reached."),
    ],
)
def test_what_postgresql_reports_is_told_calmly(postgresql_url: str, code: str, told: str) -> None:
    store = open_store(postgresql_url)
    report = text(f"DO $$ BEGIN RAISE EXCEPTION 'private' USING ERRCODE = '{code}'; END $$")

    with pytest.raises(NotSaved) as raised, store.write() as db:
        db.execute(report)
    assert str(raised.value) == told
    store.close()


def test_a_file_that_is_no_database_is_told_calmly(tmp_path: Path) -> None:
    (tmp_path / "letter.db").write_text("Dear colleague, " * 100)
    store = open_store(f"sqlite:///{tmp_path}/letter.db")

    assert store.writable() == "The database file is damaged, or is not a database."


def test_a_mistake_of_ours_stays_one_and_shows_no_parameters(store: Store) -> None:
    with pytest.raises(DBAPIError) as raised, store.write() as db:
        db.execute(text("SELECT nonsense FROM facts WHERE value = :value"), {"value": "marked-words-7f3k"})
    assert "marked-words-7f3k" not in str(raised.value)


def test_a_healthy_database_is_writable_and_asking_leaves_nothing(store: Store) -> None:
    assert store.writable() is None
    assert store.writable() is None
    with store.read() as db:
        assert db.execute(text("SELECT key, value FROM facts")).all() == [("room", "")]

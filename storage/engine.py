"""Opening the database, and the two ways into it: `read` and `write`. It knows no table but `facts`.

What differs between SQLite and PostgreSQL stands here and in the first migration, nowhere else.
"""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from psycopg import Error as PostgresqlError
from psycopg.conninfo import make_conninfo
from sqlalchemy import (
    URL,
    Connection,
    Engine,
    create_engine,
    event,
    make_url,
    text,
    update,
)
from sqlalchemy.exc import ArgumentError

from storage.errors import BadStore, NotSaved
from storage.look import Look
from storage.tables import facts
from storage.trouble import CALMLY
from storage.turns import Turns

PATIENCE = 2
"""Seconds to wait for a lock or a connection: the doors owe an answer within 2.5 (design 7)."""

_SPARE = 75
"""With the pool's own five: two connections for each of 40 threads, who read while they write.

A thread pool of Python's own has up to 32, and the desks have eight.
"""

_DRIVERS = {"sqlite", "sqlite+pysqlite", "postgresql", "postgresql+psycopg"}
_ROOM = "x" * 16384
_ADDRESS = "Write sqlite:////an/absolute/path/baton.db or postgresql+psycopg://user@host/database."


class Store:
    """One database, safe to use from many threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.dialect = engine.dialect.name
        # One snapshot for all a reader sees; SQLite gives that with any transaction.
        steady = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        self._reader = engine.execution_options(**steady) if self.dialect == "postgresql" else engine
        # A sweep in many batches would otherwise keep a person's command out until its patience ends.
        self._turns = Turns(PATIENCE) if self.dialect == "sqlite" else None
        self._kept: list[Connection] = []

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one unchanging state. Raises `NotSaved` when it cannot be had."""
        with CALMLY, self._reader.connect() as db, db.begin():
            self._begin(db, "BEGIN")
            yield db

    def glance(self, look: Look, **named: str) -> tuple[Any, ...] | None:
        """The first row of a SELECT that needs no transaction around it. Raises `NotSaved`."""
        with CALMLY, self._at_hand() if self._turns else self._engine.connect() as db:
            return look.within(db, **named)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction: committed when the block ends, undone whole when it raises.

        Raises `NotSaved` when the database is locked for longer than `PATIENCE`, full, read-only or gone.
        """
        if self._turns is None:
            with CALMLY, self._engine.begin() as db:
                yield db
            return
        with CALMLY, self._turns.take(), self._at_hand() as db, db.begin():
            # Begun as a reader it can find itself behind another writer; then waiting does not help.
            self._begin(db, "BEGIN IMMEDIATE")
            yield db

    @contextmanager
    def _at_hand(self) -> Iterator[Connection]:
        """A connection to SQLite: the last that was used and is free, kept while all goes well.

        Whoever wrote last still knows every page; any other must read them anew after each commit.
        """
        try:
            db = self._kept.pop()
        except IndexError:
            db = self._engine.connect()
        well = False
        try:
            yield db
            well = True
        finally:
            if well:
                self._kept.append(db)
            else:
                db.close()

    def _begin(self, db: Connection, how: str) -> None:
        """SQLite's driver never begins by itself; a listener that did it would slow every statement."""
        if self.dialect == "sqlite":
            db.connection.cursor().execute(how).close()

    def take_turn(self, db: Connection, what: str) -> None:
        """Let one replica at a time do this, until the transaction ends; SQLite has one writer anyway."""
        if self.dialect == "postgresql":
            db.execute(text("SELECT pg_advisory_xact_lock(hashtext(:what))"), {"what": f"baton {what}"})

    def go_by_the_indexes(self, db: Connection) -> None:
        """Have PostgreSQL walk the indexes in this transaction, whatever it remembers of the tables.

        After a sweep of thousands it has not counted them anew for a while, and would read them whole for
        every place: 0.1 s a place were measured with 4,000 concerns, 3 ms so.
        """
        if self.dialect == "postgresql":
            for way in ("seqscan", "bitmapscan", "hashjoin", "mergejoin", "sort"):
                db.execute(text(f"SET LOCAL enable_{way} = off"))

    def empty_log(self) -> None:
        """Leave no copy of deleted rows in SQLite's write-ahead log. PostgreSQL looks after its own."""
        if self.dialect == "sqlite":
            with CALMLY, closing(self._engine.raw_connection()) as connection:
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def writable(self) -> str | None:
        """Why nothing can be written now, or None. It really writes, so a full disk shows."""
        try:
            with self.write() as db:
                for value in (_ROOM, ""):
                    db.execute(update(facts).where(facts.c.key == "room").values(value=value))
        except NotSaved as trouble:
            return trouble.reason
        return None

    def close(self) -> None:
        """Close every connection."""
        while self._kept:
            self._kept.pop().close()
        self._engine.dispose()


def open_store(url: str) -> Store:
    """The database at this address. Raises `BadStore` when the address cannot be right; connects later."""
    address = _address(url)
    if address.get_backend_name() == "postgresql":
        engine = _postgresql(address)
    else:
        refuse_no_place(sqlite_file(url))
        engine = _sqlite(address)
    return Store(engine)


def sqlite_file(url: str) -> Path | None:
    """The file of an SQLite address, None for PostgreSQL. Raises `BadStore`."""
    address = _address(url)
    if address.get_backend_name() == "postgresql":
        return None
    if not address.database or address.database == ":memory:":
        raise BadStore(f"The record must outlive the process, so it needs a file. {_ADDRESS}")
    path = Path(address.database)
    if not path.is_absolute():
        raise BadStore(
            f"The database path {path} is relative: it would be another file elsewhere. {_ADDRESS}"
        )
    return path


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        address = None
    if address is None or address.drivername not in _DRIVERS:
        # The address itself is not repeated: it may hold a password.
        raise BadStore(f"The database address is not one Baton can use. {_ADDRESS}")
    return address


def refuse_no_place(path: Path | None) -> None:
    """Raises `BadStore` where no file can be made at this path of an SQLite database."""
    if path is None:
        return
    if path.is_dir():
        raise BadStore(
            f"The database path {path} is a folder; name a file in it, such as {path / 'baton.db'}."
        )
    if not path.parent.is_dir():
        raise BadStore(f"The folder {path.parent} for the database does not exist; make it first.")


def _sqlite(address: URL) -> Engine:
    waits = {"timeout": PATIENCE, "check_same_thread": False, "isolation_level": None}
    engine = create_engine(
        address,
        connect_args=waits,
        hide_parameters=True,
        paramstyle="named",
        pool_timeout=PATIENCE,
        max_overflow=_SPARE,
    )
    event.listen(engine, "do_connect", _make_private)
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _make_private(_dialect: object, _record: object, given: Sequence[str], _named: object) -> None:
    """A new file, and the log that SQLite keeps beside it, are for the account Baton runs as alone.

    It holds names in the clear. Where the file cannot be made, connecting says why.
    """
    with suppress(OSError):
        os.close(os.open(given[0], os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # FULL: what was acknowledged to a person survives a power cut. secure_delete: a destroyed key is gone.
    try:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}").close()
    except sqlite3.Error:
        connection.close()
        raise


def _postgresql(address: URL) -> Engine:
    try:
        make_conninfo(**dict.fromkeys(address.query, ""))
    except PostgresqlError:
        raise BadStore(
            "The database address has an option behind its ? that PostgreSQL does not know; take it out."
        ) from None
    waits = {"connect_timeout": PATIENCE, "options": f"-c lock_timeout={PATIENCE}s -c timezone=UTC"}
    return create_engine(
        address.set(drivername="postgresql+psycopg"),
        connect_args=waits,
        hide_parameters=True,
        pool_pre_ping=True,
        pool_timeout=PATIENCE,
        max_overflow=_SPARE,
    )

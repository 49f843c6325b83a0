"""Looking at a database from outside: all its rows, its bytes, and a hand that fails it or forges it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from typing import TypeVar
from unittest.mock import patch

from sqlalchemy import Connection, create_engine, event, select, text

from storage.bulk import Bulk, Row
from storage.engine import Store, sqlite_file
from storage.tables import facts, metadata
from storage.vault import Sealed

T = TypeVar("T")


class Broken(Exception):
    """The process dies here."""


def everything(store: Store) -> dict[str, list[str]]:
    """Every row of every table, as text; what only `writable` uses left out."""
    with store.read() as db:
        return {
            table.name: sorted(repr(tuple(row)) for row in db.execute(select(table)))
            for table in metadata.sorted_tables
            if table is not facts
        }


@contextmanager
def breaking_at(store: Store, step: int) -> Iterator[None]:
    """Die just before the statement of this number, counted from 0; committing counts as a statement."""
    steps = iter(range(step + 1))

    def count(*_: object) -> None:
        if next(steps, None) == step:
            raise Broken

    for moment in ("before_cursor_execute", "commit"):
        event.listen(store._engine, moment, count)
    try:
        with bulk(count):
            yield
    finally:
        for moment in ("before_cursor_execute", "commit"):
            event.remove(store._engine, moment, count)


@contextmanager
def bulk(hear: Callable[[Connection, str, Sequence[Row]], None]) -> Iterator[None]:
    """Be told before each statement that goes to the driver past SQLAlchemy, whose events miss it."""
    execute = Bulk._execute

    def told(self: Bulk, db: Connection, text: str, rows: Sequence[Row]) -> None:
        hear(db, text, rows)
        execute(self, db, text, rows)

    with patch.object(Bulk, "_execute", told):
        yield


def dying_at_every_step(store: Store, act: Callable[[], T]) -> tuple[T, int]:
    """Die before each statement in turn, see that nothing is left of it, and then let it happen.

    Returns what it returned, and how many statements it took.
    """
    before = everything(store)
    for step in count():
        try:
            with breaking_at(store, step):
                return act(), step
        except Broken:
            assert everything(store) == before, f"something was left at step {step}"
    raise AssertionError("it never ended")


@contextmanager
def statements(store: Store) -> Iterator[list[str]]:
    """Every statement that is executed meanwhile."""
    heard: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        heard.append(statement)

    event.listen(store._engine, "before_cursor_execute", hear)
    try:
        with bulk(lambda _db, text, _rows: heard.append(text)):
            yield heard
    finally:
        event.remove(store._engine, "before_cursor_execute", hear)


def forge(url: str, *changes: str, **values: str | int | bytes) -> None:
    """Change rows past every guard, as somebody with the file or the server in hand can."""
    engine = create_engine(url)
    with engine.begin() as db:
        if sqlite_file(url):
            for trigger in ("events_no_update", "events_no_delete"):
                db.execute(text(f"DROP TRIGGER IF EXISTS {trigger}"))
        else:
            db.execute(text("SET LOCAL session_replication_role = replica"))
        for change in changes:
            db.execute(text(change), values)
    engine.dispose()


def every_byte(url: str) -> bytes:
    """What lies on disk: SQLite's files, or every column of every table of PostgreSQL."""
    if path := sqlite_file(url):
        return b"".join(file.read_bytes() for file in sorted(path.parent.glob(f"{path.name}*")))
    engine = create_engine(url)
    with engine.connect() as db:
        cells = [
            cell for table in metadata.sorted_tables for row in db.execute(select(table)) for cell in row
        ]
    engine.dispose()
    return b"\n".join(map(_bytes, cells))


def _bytes(cell: object) -> bytes:
    match cell:
        case Sealed():
            return cell.blob
        case bytes():
            return cell
        case _:
            return str(cell).encode()

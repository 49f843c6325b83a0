"""Trouble with the database, turned into a calm `NotSaved`. A mistake in our own SQL stays what it is."""

import sqlite3
from collections.abc import Mapping

from psycopg import Error as PostgresqlError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from storage.errors import BUSY, Collided, NotSaved

_FULL = "There is no room left for the database."
_READ_ONLY = "The database is read-only."
_GONE = "The database cannot be reached."
_NO_RIGHT = "Baton's account at the database lacks a right; let it own the database and its tables."
_DAMAGED = "The database file is damaged, or is not a database."

_SQLITE_REASONS: Mapping[int, str] = {
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_LOCKED: BUSY,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_PERM: _GONE,
    sqlite3.SQLITE_CANTOPEN: _GONE,
    sqlite3.SQLITE_IOERR: _GONE,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
}
_POSTGRESQL_REASONS: Mapping[str, str] = {
    "25006": _READ_ONLY,
    "42501": _NO_RIGHT,
    "53100": _FULL,
    "53300": BUSY,  # too many connections
    "55P03": BUSY,  # lock not available
    "57014": BUSY,  # cancelled, as by a time limit
}
_COLLISIONS = {"40001", "40P01"}  # could not serialise; deadlock


class Calmly:
    """Raises `NotSaved` for whatever is the database's doing; it carries neither SQL nor parameters."""

    def __enter__(self) -> None:
        """Nothing has gone wrong yet."""

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        """What went wrong says so calmly; a mistake in our own SQL stays what it is."""
        if isinstance(error, PoolTimeout):
            raise NotSaved(BUSY) from None
        if isinstance(error, DBAPIError | sqlite3.Error | PostgresqlError):
            cause = error.orig if isinstance(error, DBAPIError) else error
            if getattr(cause, "sqlstate", None) in _COLLISIONS:
                raise Collided(BUSY) from None
            if reason := _reason(cause):
                raise NotSaved(reason) from None


CALMLY = Calmly()
"""It remembers nothing, so one serves all."""


def _reason(error: BaseException | None) -> str | None:
    """Why the driver failed, when that is the database's doing and not a mistake in our SQL."""
    if isinstance(error, sqlite3.Error):
        # The low byte is the kind of error; the rest only refines it.
        return _SQLITE_REASONS.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
    state: str | None = getattr(error, "sqlstate", None)
    if state is None:
        return _GONE if type(error).__name__ == "OperationalError" else None
    # 08: the connection; 57: the server is stopping or starting.
    return _POSTGRESQL_REASONS.get(state, _GONE if state[:2] in {"08", "57"} else None)

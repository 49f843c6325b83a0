"""A copy of a running SQLite database, whole and checked. It never writes over a file, and copies no key."""

import os
import sqlite3
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, func, select

from storage.check import check
from storage.engine import Store, open_store
from storage.errors import BadStore, NotSaved
from storage.migrate import NEWEST, version
from storage.tables import concerns

_UNSOUND = "The copy came out damaged, so it was removed; run baton db check on the database itself."


@dataclass(frozen=True, slots=True)
class Backup:
    """What was copied. `differences` is None where the record could not be rebuilt: its schema is older."""

    concerns: int
    differences: tuple[str, ...] | None


def back_up(store: Store, file: Path) -> Backup:
    """Copy the database into a new file only its owner can read, and check the copy.

    People may go on writing meanwhile: the copy holds one instant. Raises `BadStore` when the file exists or
    cannot be made, or there is no record to copy; `NotSaved` when copying fails. No half copy stays behind.
    """
    with store.read() as db:
        schema = version(db)
    if schema is None:
        raise BadStore("There is no record in this database yet, so there is nothing to copy.")
    _claim(file)
    with ExitStack() as unless_copied:
        unless_copied.callback(file.unlink, missing_ok=True)
        _copy(store, file)
        backup = _checked(file, schema)
        unless_copied.pop_all()
    return backup


def _claim(file: Path) -> None:
    try:
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        raise BadStore(f"{file} exists already and is left as it is; name a new file.") from None
    except OSError as error:
        raise BadStore(
            f"{file} cannot be written ({error.strerror}); name a file in another place."
        ) from None


def _copy(store: Store, file: Path) -> None:
    with store.read() as db, closing(sqlite3.connect(file)) as copy:
        running = db.connection.driver_connection
        if not isinstance(running, sqlite3.Connection):
            raise BadStore("Only an SQLite database can be copied into a file.")
        running.backup(copy)
        if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise NotSaved(_UNSOUND)


def _checked(file: Path, schema: str) -> Backup:
    address = URL.create("sqlite", database=str(file.resolve()))
    with closing(open_store(address.render_as_string())) as copy:
        with copy.read() as db:
            kept = db.scalar(select(func.count()).select_from(concerns)) or 0
        return Backup(kept, tuple(check(copy)) if schema == NEWEST else None)

"""The directory and the pathways as they were applied: every version is kept, none is ever changed."""

from datetime import datetime
from threading import Lock

from sqlalchemy import bindparam, func, insert, select

from concerns.directory import Directory
from storage.codec import directory_codec
from storage.engine import Store
from storage.enrolments import overtake
from storage.look import Look
from storage.tables import directory, facts, pathways

_NOBODY = Directory(partnership="", coordinator=None, agencies=(), people=(), seatings=(), channels=())
_EDITION = Look(select(facts.c.value).where(facts.c.key == bindparam("key")))


class Directories:
    """The versions of the directory; the newest one holds."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = Lock()
        self._read: tuple[int, Directory] = (0, _NOBODY)

    def current(self) -> Directory:
        """The directory as it stands, also when another process has just applied a new one."""
        with self._store.read() as db:
            newest = db.scalar(select(func.max(directory.c.version))) or 0
            with self._lock:
                if self._read[0] != newest:
                    body = db.scalar(select(directory.c.body).where(directory.c.version == newest)) or b""
                    self._read = (newest, directory_codec.decode(body))
                return self._read[1]

    def edition(self) -> int:
        """A number that grows with every change of who there is today, whoever made it.

        Of the directory, a cover, an enrolment or a channel's address; triggers of migration 0008 see to it.
        """
        found = self._store.glance(_EDITION, key="edition")
        return int(found[0]) if found else 0

    def apply(self, changed: Directory, now: datetime, by: str) -> int:
        """Put a new version in force, and say which; `by` is who applied it."""
        with self._store.write() as db:
            self._store.take_turn(db, "directory")
            self._store.take_turn(db, "enrolments")
            version = (db.scalar(select(func.max(directory.c.version))) or 0) + 1
            row = {"version": version, "applied_at": now, "by": by, "body": directory_codec.encode(changed)}
            db.execute(insert(directory).values(row))
            # Whoever is taken out loses their account at once, and for good.
            overtake(db, changed, now)
            return version


class Pathways:
    """Every pathway version a concern may name, by its digest."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, digest: str, name: str, version: str, body: str, now: datetime) -> None:
        """Store this version, once; `body` is the canonical text the digest was taken of."""
        with self._store.write() as db:
            self._store.take_turn(db, "pathways")
            if db.scalar(select(pathways.c.digest).where(pathways.c.digest == digest)) is None:
                row = {"digest": digest, "name": name, "version": version, "body": body, "stored_at": now}
                db.execute(insert(pathways).values(row))

    def body(self, digest: str) -> str | None:
        """The canonical text of this version."""
        with self._store.read() as db:
            return db.scalar(select(pathways.c.body).where(pathways.c.digest == digest))

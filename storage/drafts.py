"""Half-filled forms: each sealed with a key of its own, destroyed at submit or after seven days.

A draft is its owner's only; to anybody else it does not exist.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from concerns.model import Ref
from concerns.people import PersonId
from storage.codec import decode_said, encode_said
from storage.engine import Store
from storage.tables import drafts
from storage.vault import Slot, Vault

KEPT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Draft:
    """One form as far as it has been filled in. Printing it shows no answer."""

    id: str
    person: PersonId
    verb: str
    ref: Ref | None
    answers: Mapping[str, str] = field(repr=False)
    opened_at: datetime


class Drafts:
    """The forms people are filling in. Raises `VaultLocked` where answers cannot be sealed or opened."""

    def __init__(self, store: Store, vault: Vault) -> None:
        self._store = store
        self._vault = vault

    def open(
        self, id: str, person: PersonId, verb: str, ref: Ref | None, answers: Mapping[str, str], now: datetime
    ) -> None:
        """Keep a form from now on, under an id nobody has used."""
        key, wrapped = self._vault.new_key(_slot(id, person, "data_key"))
        sealed = key.seal(_slot(id, person, "answers"), encode_said(dict(answers)))
        row = {"id": id, "person": person, "verb": verb, "ref": ref, "opened_at": now}
        with self._store.write() as db:
            db.execute(insert(drafts).values(row | {"data_key": wrapped, "answers": sealed}))

    def read(self, id: str, person: PersonId) -> Draft | None:
        """The form, if it is this person's and not yet submitted or swept."""
        with self._store.read() as db:
            row = db.execute(select(drafts).where(*_owned(id, person))).mappings().first()
        if row is None:
            return None
        key = self._vault.key(_slot(id, person, "data_key"), row["data_key"])
        said = decode_said(key.open(_slot(id, person, "answers"), row["answers"]))
        return Draft(id, person, row["verb"], row["ref"], said, row["opened_at"])

    def of(self, person: PersonId, now: datetime) -> tuple[str, ...]:
        """The ids of this person's forms, the latest first; those about to be destroyed are not counted."""
        theirs = drafts.c.person == person, drafts.c.opened_at >= now - KEPT
        with self._store.read() as db:
            found = db.scalars(select(drafts.c.id).where(*theirs).order_by(drafts.c.opened_at.desc()))
            return tuple(found)

    def write(self, id: str, person: PersonId, answers: Mapping[str, str]) -> bool:
        """Replace its answers; says whether there was such a form of this person's."""
        with self._store.write() as db:
            wrapped = db.scalar(select(drafts.c.data_key).where(*_owned(id, person)).with_for_update())
            if wrapped is None:
                return False
            key = self._vault.key(_slot(id, person, "data_key"), wrapped)
            sealed = key.seal(_slot(id, person, "answers"), encode_said(dict(answers)))
            db.execute(update(drafts).where(*_owned(id, person)).values(answers=sealed))
            return True

    def discard(self, id: str, person: PersonId) -> bool:
        """Destroy it unsent; says whether there was such a form of this person's."""
        with self._store.write() as db:
            return db.execute(delete(drafts).where(*_owned(id, person))).rowcount > 0

    def close(self, id: str, db: Connection) -> None:
        """Destroy the form and its key, within the transaction that put what it said on record."""
        self.take(id, db)

    def take(self, id: str, db: Connection) -> bool:
        """The same, and says whether it was still there; who finds it gone was overtaken."""
        return db.execute(delete(drafts).where(drafts.c.id == id)).rowcount > 0

    def sweep(self, now: datetime) -> int:
        """Destroy the forms opened more than seven days ago, and say how many."""
        with self._store.write() as db:
            gone = db.execute(delete(drafts).where(drafts.c.opened_at < now - KEPT)).rowcount
        self._store.empty_log()
        return gone


def _owned(id: str, person: PersonId) -> tuple[ColumnElement[bool], ...]:
    return drafts.c.id == id, drafts.c.person == person


def _slot(id: str, person: PersonId, column: str) -> Slot:
    """Bound to its owner: a row moved to somebody else does not open."""
    return Slot("drafts", column, id, person)

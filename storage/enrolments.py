"""Which accounts asked to be whose, and the codes given out: no row is ever deleted, all stays on record.

It decides nothing: a rule looks at the book and says what to write, in one transaction with the notices owed.
"""

from collections.abc import Callable
from dataclasses import asdict, fields
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Table,
    func,
    insert,
    select,
    update,
)

from concerns.directory import Directory
from concerns.enrolling import overtaken, remind
from concerns.enrolment import Book, Enrolment, Entries, How, Invitation
from concerns.people import Identity
from concerns.rules import Refused
from storage.engine import Store
from storage.queue import join_later
from storage.tables import enrolments, invitations

_e, _i = enrolments.c, invitations.c
_OPEN = (_e.refused_at.is_(None), _e.ended_at.is_(None))
_UNUSED = (_i.used_at.is_(None), _i.ended_at.is_(None))
_ACCOUNT = tuple(field.name for field in fields(Identity))
_SEQ = 0
"""Notices are numbered under an event's number, and there is none."""

Judge = Callable[[Book], Entries | Refused]


class Enrolments:
    """The book. Everything raises `NotSaved` when the database cannot be used; nothing has happened then."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def book(self) -> Book:
        """All that is open."""
        with self._store.read() as db:
            return _book(db)

    def find(self, ref: str) -> Enrolment | None:
        """The one with this reference, open or not."""
        number = ref.upper().removeprefix("E-")
        if not number.isdecimal() or len(number) > 9:
            return None
        with self._store.read() as db:
            row = db.execute(select(enrolments).where(_e.n == int(number))).mappings().first()
        return _enrolment(row) if row else None

    def remind(self, directory: Directory, now: datetime) -> None:
        """Tell whoever may confirm an account again that it is time; nothing is written where it is not."""
        if remind(self.book(), directory, now).enrolments:
            self.change(lambda book: remind(book, directory, now), now)

    def change(
        self, judge: Judge, now: datetime, once: Callable[[Connection], bool] | None = None
    ) -> Entries | Refused | None:
        """Write what `judge` says of the book as it stands, unless it refuses.

        None, where `once`, in the same transaction, says that this was done before. A refusal does not ask.
        """
        with self._store.write() as db:
            self._store.take_turn(db, "enrolments")
            said = judge(_book(db))
            if isinstance(said, Refused):
                return said
            if once is not None and not once(db):
                return None
            self._write(db, said, now)
            return said

    def _write(self, db: Connection, entries: Entries, now: datetime) -> None:
        write_down(db, entries)
        if entries.notices:
            self._store.take_turn(db, "numbers")
        for notice in entries.notices:
            join_later(db, notice.ref, _SEQ, [notice], now)


def overtake(db: Connection, directory: Directory, now: datetime) -> None:
    """End what a new directory overtakes, in the transaction that puts it in force."""
    write_down(db, overtaken(_book(db), directory, now))


def write_down(db: Connection, entries: Entries) -> None:
    """Add what is new, change what is not."""
    for one in entries.enrolments:
        _put(db, enrolments, _e.n == one.number, _row(one))
    for code in entries.invitations:
        _put(db, invitations, _i.digest == code.digest, asdict(code))


def _put(db: Connection, table: Table, known: ColumnElement[bool], row: dict[str, object]) -> None:
    if db.execute(update(table).where(known).values(row)).rowcount == 0:
        db.execute(insert(table).values(row))


def _book(db: Connection) -> Book:
    open_ones = db.execute(select(enrolments).where(*_OPEN).order_by(_e.n)).mappings()
    unused = db.execute(select(invitations).where(*_UNUSED).order_by(_i.at, _i.digest)).mappings()
    number = (db.scalar(select(func.max(_e.n))) or 0) + 1
    return Book(tuple(map(_enrolment, open_ones)), tuple(Invitation(**row) for row in unused), number)


def _enrolment(row: RowMapping) -> Enrolment:
    kept = dict(row)
    number, how = kept.pop("n"), How(kept.pop("how"))
    return Enrolment(number, Identity(*(kept.pop(part) for part in _ACCOUNT)), how, **kept)


def _row(one: Enrolment) -> dict[str, object]:
    kept = {field.name: getattr(one, field.name) for field in fields(one)}
    number, account = kept.pop("number"), kept.pop("account")
    return {"n": number, **kept, **{part: getattr(account, part) for part in _ACCOUNT}}

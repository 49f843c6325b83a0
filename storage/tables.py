"""The tables, as they stand after the newest migration. What is private is `Sealed`, the rest is clear.

`events` is append-only: triggers made by the first migration refuse UPDATE and DELETE.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    text,
)
from sqlalchemy.types import TypeDecorator

from storage.vault import Sealed

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def micros(instant: datetime) -> int:
    """Whole microseconds since 1970 UTC. Refuses a naive datetime with a `ValueError`."""
    if instant.tzinfo is None:
        raise ValueError("A naive datetime names no instant; give it a time zone.")
    return (instant - _EPOCH) // _MICROSECOND


def instant(micros: int) -> datetime:
    """The aware UTC instant so many microseconds after 1970 began."""
    return _EPOCH + timedelta(microseconds=micros)


class Instant(TypeDecorator[datetime]):
    """An instant as a whole number: it sorts and comes back exactly on every database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else micros(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else instant(value)


class SealedBytes(TypeDecorator[Sealed]):
    """A sealed value. It cannot open it: only the vault can, told where the value belongs."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Sealed | None, dialect: Dialect) -> bytes | None:
        return None if value is None else value.blob

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Sealed | None:
        return None if value is None else Sealed(bytes(value))


metadata = MetaData()

pathways = Table(
    "pathways",
    metadata,
    Column("digest", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("version", String, nullable=False),
    Column("body", Text, nullable=False),
    Column("stored_at", Instant, nullable=False),
)

concerns = Table(
    "concerns",
    metadata,
    Column("ref", String, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("stage", String, nullable=False),
    Column("tier", Integer),
    Column("urgent", Boolean, nullable=False),
    Column("next_due", Instant),
    Column("raiser", String, nullable=False),
    Column("raising", String, nullable=False),
    Column("challenged", String, nullable=False),
    Column("pathway", ForeignKey("pathways.digest"), nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("head", LargeBinary, nullable=False),
    Column("snapshot", LargeBinary, nullable=False),
    Column("data_key", SealedBytes),
)

events = Table(
    "events",
    metadata,
    Column("ref", ForeignKey("concerns.ref"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("by", String),
    Column("kind", String, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("sealed", SealedBytes),
    Column("digest", LargeBinary, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("ref", String, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("place", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("rank", Integer, nullable=False),
    Column("notice", LargeBinary, nullable=False),
    Column("state", String, nullable=False, server_default="pending"),
    Column("not_before", Instant),
    Column("attempt", Integer, nullable=False, server_default="0"),
    Column("marker", String),
    Column("created_at", Instant, nullable=False),
    Column("started_at", Instant),
    Column("landing", Instant),
    Column("finished_at", Instant),
    Column("message_id", String),
    Column("why", String),
)

cards = Table(
    "cards",
    metadata,
    Column("ref", ForeignKey("concerns.ref"), primary_key=True),
    Column("place", String, primary_key=True),
    Column("message_id", String, nullable=False),
)

requests = Table(
    "requests",
    metadata,
    Column("id", String, primary_key=True),
    Column("ref", ForeignKey("concerns.ref"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("at", Instant, nullable=False),
)

drafts = Table(
    "drafts",
    metadata,
    Column("id", String, primary_key=True),
    Column("person", String, nullable=False),
    Column("verb", String, nullable=False),
    Column("ref", String),
    Column("opened_at", Instant, nullable=False),
    Column("data_key", SealedBytes, nullable=False),
    Column("answers", SealedBytes, nullable=False),
)

directory = Table(
    "directory",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("applied_at", Instant, nullable=False),
    Column("by", String, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

digests = Table(
    "digests",
    metadata,
    Column("agency", String, primary_key=True),
    Column("upto", Instant, nullable=False),
)

covers = Table(
    "covers",
    metadata,
    Column("person", String, primary_key=True),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("starts", Instant, nullable=False),
    Column("ends", Instant, nullable=False),
    Column("stand_in", String),
    Column("by", String, nullable=False),
    Column("at", Instant, nullable=False),
    # The sweep asks with every batch: what is over and done with costs nothing.
    Index("covers_ends", "ends"),
)

moved = Table(
    "moved",
    metadata,
    Column("channel", String, primary_key=True),
    Column("old", String, nullable=False),
    Column("new", String, nullable=False),
    Column("at", Instant, nullable=False),
)

invitations = Table(
    "invitations",
    metadata,
    Column("digest", String, primary_key=True),
    Column("person", String, nullable=False),
    Column("by", String, nullable=False),
    Column("at", Instant, nullable=False),
    Column("expires", Instant, nullable=False),
    Column("used_at", Instant),
    Column("ended_by", String),
    Column("ended_at", Instant),
)

enrolments = Table(
    "enrolments",
    metadata,
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("platform", String, nullable=False),
    Column("workspace", String, nullable=False),
    Column("user", String, nullable=False),
    Column("called", String, nullable=False),
    Column("how", String, nullable=False),
    Column("person", String),
    Column("by", String),
    Column("asked_at", Instant, nullable=False),
    Column("told_at", Instant),
    Column("confirmed_by", String),
    Column("confirmed_at", Instant),
    Column("refused_by", String),
    Column("refused_at", Instant),
    Column("ended_by", String),
    Column("ended_at", Instant),
)

heard = Table(
    "heard",
    metadata,
    Column("door", String, primary_key=True),
    Column("next", BigInteger, nullable=False),
    Column("at", Instant, nullable=False),
)

dialogs = Table(
    "dialogs",
    metadata,
    Column("form", String, primary_key=True),
    Column("account", String, nullable=False),
    Column("question", String, nullable=False),
    Column("step", Integer, nullable=False),
    Column("checking", Boolean, nullable=False),
    Column("message_id", BigInteger),
    Column("request", String, nullable=False),
    Column("at", Instant, nullable=False),
    Index("dialogs_account", "account", "at"),
)

answered = Table(
    "answered",
    metadata,
    Column("id", String, primary_key=True),
    Column("at", Instant, nullable=False),
)

facts = Table(
    "facts",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", Text, nullable=False),
)


def _partial(name: str, *columns: Column[Any], where: ColumnElement[bool]) -> None:
    """An index over few rows of a large table, so that what is over and done with costs nothing."""
    Index(name, *columns, sqlite_where=where, postgresql_where=where)


_out = outbox.c
# The sweep looks only here: its cost follows what is due, not what is open.
_partial("concerns_due", concerns.c.next_due, where=concerns.c.next_due.is_not(None))
# The order notices go out in, and all it takes to say when the next one may.
_order = (_out.place, _out.rank, _out.created_at, _out.ref, _out.seq, _out.n, _out.not_before, _out.state)
_partial("outbox_open", *_order, where=_out.finished_at.is_(None))
_partial("outbox_sending", _out.place, where=_out.state == text("'sending'"))
# One account has at most one enrolment that waits or holds.
_e = enrolments.c
_open = _e.refused_at.is_(None) & _e.ended_at.is_(None)
Index(
    "enrolments_open",
    _e.platform,
    _e.workspace,
    _e.user,
    unique=True,
    sqlite_where=_open,
    postgresql_where=_open,
)

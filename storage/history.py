"""The history of one concern, its words opened as far as the vault can; only for those with a right to it."""

from datetime import UTC, datetime

from sqlalchemy import Connection, select

from concerns.events import Event, MarkedDuplicate
from concerns.model import NO_WORDS, Ref, Words
from storage.codec import KINDS, decode_event, decode_said, encode_event
from storage.errors import VaultLocked
from storage.record import key_slot, words_slot
from storage.tables import concerns, events
from storage.vault import Key, Sealed, Vault

_LOCKED = Words(locked=True)
_ANY_TIME = datetime.min.replace(tzinfo=UTC)
"""The body of an event does not hold when it was."""


def history(db: Connection, vault: Vault, ref: Ref) -> tuple[Event, ...]:
    """Every event in order. Words that cannot be opened (no key, or changed since) come as locked ones."""
    key = _key(db, vault, ref)
    rows = db.execute(select(events).where(events.c.ref == ref).order_by(events.c.seq)).mappings()
    return tuple(
        decode_event(
            row["kind"], row["at"], row["by"], row["body"], _words(key, ref, row["seq"], row["sealed"])
        )
        for row in rows
    )


def _key(db: Connection, vault: Vault, ref: Ref) -> Key | None:
    wrapped = db.scalar(select(concerns.c.data_key).where(concerns.c.ref == ref))
    try:
        return None if wrapped is None else vault.key(key_slot(ref), wrapped)
    except VaultLocked:
        return None


def _words(key: Key | None, ref: Ref, seq: int, sealed: Sealed | None) -> Words:
    if sealed is None:
        return NO_WORDS
    if key is None:
        return _LOCKED
    try:
        return Words(decode_said(key.open(words_slot(ref, seq), sealed)))
    except VaultLocked:
        return _LOCKED


def carried_by(db: Connection, ref: Ref) -> tuple[Ref, ...]:
    """The closed concerns this one was said to carry on."""
    body = encode_event(MarkedDuplicate(at=_ANY_TIME, of=ref))
    marked = (events.c.kind == KINDS[MarkedDuplicate], events.c.body == body)
    open_again = concerns.c.next_due.is_not(None)
    found = select(events.c.ref).join(concerns, concerns.c.ref == events.c.ref).where(*marked, ~open_again)
    return tuple(Ref(one) for one in db.scalars(found.distinct().order_by(events.c.ref)))

"""The history of one concern, its words opened as far as the vault can; only for those with a right to it."""

from sqlalchemy import Connection, select

from concerns.events import Event
from concerns.model import NO_WORDS, Ref, Words
from storage.codec import decode_event, decode_said
from storage.errors import VaultLocked
from storage.record import key_slot, words_slot
from storage.tables import concerns, events
from storage.vault import Key, Sealed, Vault

_LOCKED = Words(locked=True)


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

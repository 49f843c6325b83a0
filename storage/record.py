"""How a change is written: its events chained by digest, the index row, the notices; one or many alike.

It judges nothing and begins no transaction; whoever calls it holds one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, RowMapping, select

from concerns.events import Event
from concerns.model import Concern, Ref
from concerns.notice import Notice
from storage.bulk import KEY, Additions, Changes, Row
from storage.codec import KINDS, concern_codec, encode_event, encode_said
from storage.queue import queue
from storage.tables import concerns, events, micros
from storage.vault import Key, Sealed, Slot, Vault


@dataclass(frozen=True, slots=True)
class Entry:
    """A concern as the index has it: its snapshot, the digest of its last event, its wrapped data key."""

    concern: Concern
    head: bytes
    data_key: Sealed | None


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one concern in one transaction."""

    before: Entry | None
    concern: Concern
    events: tuple[Event, ...]
    notices: tuple[Notice, ...]


def entry(row: RowMapping) -> Entry:
    """The index row read back. Raises `Unreadable`."""
    return Entry(concern_codec.decode(row["snapshot"]), row["head"], row["data_key"])


def prove(vault: Vault, db: Connection) -> None:
    """Lock the vault if its key is another than that of the concern that changed last and holds words."""
    sealed = select(concerns.c.data_key).where(concerns.c.data_key.is_not(None))
    newest: Sealed | None = db.scalar(sealed.order_by(concerns.c.changed_at.desc()).limit(1))
    if newest:
        vault.prove(newest)


def key_slot(ref: Ref) -> Slot:
    """Where a concern's data key is kept."""
    return Slot("concerns", "data_key", ref, ref)


def words_slot(ref: Ref, seq: int) -> Slot:
    """Where the words of one event are kept."""
    return Slot("events", "sealed", f"{ref}:{seq}", ref)


def digest(
    previous: bytes,
    ref: str,
    seq: int,
    kind: str,
    at: int,
    by: str | None,
    body: bytes,
    sealed: Sealed | None,
) -> bytes:
    """SHA-256 over an event as stored (`at` in microseconds) and all before it.

    Lengths come first, so that no two records read the same.
    """
    parts = (
        previous,
        ref.encode(),
        seq.to_bytes(8, "big"),
        kind.encode(),
        at.to_bytes(8, "big", signed=True),
        None if by is None else by.encode(),
        body,
        None if sealed is None else sealed.blob,
    )
    framed = (b"\x00" if part is None else b"\x01" + len(part).to_bytes(8, "big") + part for part in parts)
    return sha256(b"".join(framed)).digest()


def index_columns(concern: Concern) -> Row:
    """The columns of the index that follow from the concern alone; `check` compares them all."""
    due = concern.due
    return {
        "seq": concern.seq,
        "stage": str(concern.stage),
        "tier": concern.tier,
        "urgent": concern.urgent,
        "next_due": None if due is None else micros(due),
        "raiser": concern.raiser,
        "raising": concern.raising,
        "challenged": concern.challenged,
        "pathway": concern.pathway,
        "opened_at": micros(concern.opened),
    }


_OPEN = Additions(concerns, [column.name for column in concerns.c])
_FIXED = ("raising", "challenged", "pathway", "opened_at")
_MOVING = [one.name for one in concerns.c if one.name not in {"ref", *_FIXED}]
_MOVE = Changes(concerns, "ref", _MOVING)
# Naming the column is enough for SQLite to write its index anew.
_STAY = Changes(concerns, "ref", [name for name in _MOVING if name != "next_due"])
_TELL = Additions(events, [column.name for column in events.c])


def write(db: Connection, changes: Sequence[Change], now: datetime, vault: Vault) -> None:
    """Write these changes, all kinds of rows in bulk. Raises `VaultLocked` when words cannot be sealed."""
    opened: list[Row] = []
    moved: list[Row] = []
    stayed: list[Row] = []
    told: list[Row] = []
    for change in changes:
        lines, head, data_key = _lines(change, vault)
        told += lines
        row = index_columns(change.concern)
        row |= {"changed_at": micros(now), "head": head, "snapshot": concern_codec.encode(change.concern)}
        row["data_key"] = None if data_key is None else data_key.blob
        if change.before is None:
            row["ref"] = change.concern.ref
            opened.append(row)
        else:
            row[KEY] = change.concern.ref
            for name in _FIXED:
                del row[name]
            due_as_before = change.before.concern.due == change.concern.due
            (stayed if due_as_before else moved).append(row)
    # The index row first: events and notices refer to it.
    _OPEN.run(db, opened)
    _MOVE.run(db, moved)
    _STAY.run(db, stayed)
    _TELL.run(db, told)
    queue(db, ((c.concern.ref, c.concern.seq, c.notices) for c in changes), now)


def _lines(change: Change, vault: Vault) -> tuple[list[Row], bytes, Sealed | None]:
    """The event rows of a change, the digest of the last, and the data key if there is one by now."""
    before, ref = change.before, change.concern.ref
    head, data_key = (before.head, before.data_key) if before else (b"", None)
    key: Key | None = None
    lines: list[Row] = []
    for seq, event in enumerate(change.events, start=(before.concern.seq if before else 0) + 1):
        sealed: Sealed | None = None
        if event.words:
            if key is None:
                key, data_key = _key(ref, data_key, vault)
            sealed = key.seal(words_slot(ref, seq), encode_said(dict(event.words.items())))
        kind, at, body = KINDS[type(event)], micros(event.at), encode_event(event)
        head = digest(head, ref, seq, kind, at, event.by, body, sealed)
        line: Row = {"ref": ref, "seq": seq, "at": at, "by": event.by, "kind": kind, "body": body}
        line |= {"sealed": None if sealed is None else sealed.blob, "digest": head}
        lines.append(line)
    return lines, head, data_key


def _key(ref: Ref, wrapped: Sealed | None, vault: Vault) -> tuple[Key, Sealed]:
    """The concern's data key, made when its first words are sealed."""
    slot = key_slot(ref)
    return vault.new_key(slot) if wrapped is None else (vault.key(slot, wrapped), wrapped)

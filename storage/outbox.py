"""What must still be said, and what became of it (design 7). It sends nothing; it is told how sending went.

States: pending, then sending, then sent; or waiting (refused, try later), unknown (it may have been posted),
superseded (no longer true), dead (cannot be delivered). `finished_at` is empty while it is owed.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    bindparam,
    exists,
    func,
    insert,
    literal_column,
    select,
    tuple_,
    update,
)

from concerns.model import Ref
from concerns.notice import Notice, NoticeKind, Place
from storage.codec import notice_codec
from storage.engine import Store
from storage.tables import cards, outbox
from storage.vault import RandomBytes

SAYABLE = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MARKER_BYTES = 16


class State(StrEnum):
    """Where a notice is on its way."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    WAITING = "waiting"
    UNKNOWN = "unknown"
    SUPERSEDED = "superseded"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One notice somebody has undertaken to send.

    `attempt` counts the tries and fences them: what an older try reports is not believed. `was` is the state
    it was found in; `unknown` means the try of `started` may have posted it, at `landing` at the latest.
    `marker` is opaque and the same for every try.
    """

    ref: Ref
    seq: int
    n: int
    notice: Notice
    attempt: int
    marker: str
    was: State
    created: datetime
    started: datetime | None
    landing: datetime | None

    @property
    def id(self) -> str:
        """Its name in logs and metrics: nothing private."""
        return f"{self.ref}.{self.seq}.{self.n}"

    @property
    def code(self) -> str:
        """Four sayable symbols for "possible repeat": the same on every copy of this notice."""
        bits = int(self.marker[:5], 16)
        return "".join(SAYABLE[bits >> shift & 31] for shift in (15, 10, 5, 0))


class Outbox:
    """Every notice that is owed, and the live card of each concern in each channel."""

    def __init__(self, store: Store, random_bytes: RandomBytes) -> None:
        self._store = store
        self._random = random_bytes

    def claim(self, now: datetime, limit: int, avoid: Collection[Place] = ()) -> tuple[Delivery, ...]:
        """Undertake to send up to `limit` notices, one a place: urgent first, then the oldest.

        Within one place those of one concern keep their order, and a place with a notice on its way waits.
        Places in `avoid` (paced, or told to retry later) are passed over without holding up others.
        """
        shunned = {str(place) for place in avoid}
        with self._store.write() as db:
            self._store.take_turn(db, "claim")
            shunned.update(db.scalars(_BUSY))
            free = [place for place in db.scalars(_PLACES).all() if place not in shunned]
            heads = [head for place in free if (head := _head(db, place, now)) is not None]
            heads.sort(key=lambda head: (head["rank"], head["created_at"]))
            taken = heads[:limit]
            if taken:
                db.execute(_TAKE, [{"of": h["ref"], "at": h["seq"], "nth": h["n"], "t": now} for h in taken])
            return tuple(_delivery(head) for head in taken)

    def sent(self, delivery: Delivery, message_id: str, now: datetime) -> bool:
        """It arrived, under the platform's `message_id`; a card is remembered to be edited from now on."""
        with self._store.write() as db:
            done = _report(db, delivery, state=State.SENT, message_id=message_id, finished_at=now)
            if done and delivery.notice.kind is NoticeKind.CARD:
                _remember(db, delivery, message_id)
            return done

    def waiting(self, delivery: Delivery, until: datetime) -> bool:
        """It was surely not posted: refused, or never connected. Not to be tried again before `until`."""
        with self._store.write() as db:
            return _report(db, delivery, state=State.WAITING, not_before=until)

    def unknown(self, delivery: Delivery, landing: datetime, until: datetime) -> bool:
        """It may have been posted, at `landing` at the latest; at `until` it comes up to be looked for."""
        with self._store.write() as db:
            return _report(db, delivery, state=State.UNKNOWN, landing=landing, not_before=until)

    def superseded(self, delivery: Delivery, why: str, now: datetime) -> bool:
        """It is no longer true, so it is not sent; the reason is kept."""
        with self._store.write() as db:
            return _report(db, delivery, state=State.SUPERSEDED, why=why, finished_at=now)

    def dead(self, delivery: Delivery, why: str, now: datetime, tell: Sequence[Notice] = ()) -> bool:
        """It cannot be delivered. Whom to tell instead is queued in the same breath: dead is never quiet."""
        with self._store.write() as db:
            done = _report(db, delivery, state=State.DEAD, why=why, finished_at=now)
            if done and tell:
                last = db.scalar(select(func.max(_c.n)).where(_c.ref == delivery.ref, _c.seq == delivery.seq))
                queue(db, [(delivery.ref, delivery.seq, tell)], now, self._random, first=(last or 0) + 1)
            return done

    def recover(self, now: datetime, until: datetime, started_before: datetime | None = None) -> int:
        """What was being sent when the sender died may have been posted; it comes up again at `until`.

        On PostgreSQL say `started_before` (now less the longest a try may take), to leave the living alone.
        """
        left = [_c.state == _SENDING] + ([_c.started_at < started_before] if started_before else [])
        with self._store.write() as db:
            lost = update(outbox).where(*left).values(state=State.UNKNOWN, landing=now, not_before=until)
            return db.execute(lost).rowcount

    def next_wake(self) -> datetime | None:
        """When the next notice may be sent, possibly in the past; None when nothing is owed."""
        return self._least(func.min(_c.not_before))

    def oldest_pending(self) -> datetime | None:
        """Since when the oldest notice still owed has been waiting."""
        return self._least(func.min(_c.created_at))

    def counts(self) -> dict[State, int]:
        """How many notices there are in each state."""
        with self._store.read() as db:
            rows = db.execute(select(_c.state, func.count()).group_by(_c.state)).all()
        return dict.fromkeys(State, 0) | {State(state): count for state, count in rows}

    def card(self, ref: Ref, place: Place) -> str | None:
        """The platform's id of the live card there, once it has been posted."""
        with self._store.read() as db:
            return db.scalar(select(cards.c.message_id).where(*_card_of(ref, place)))

    def _least(self, what: ColumnElement[datetime]) -> datetime | None:
        with self._store.read() as db:
            return db.scalar(select(what).where(_OWED, _c.state != _SENDING))


def queue(
    db: Connection,
    batches: Iterable[tuple[Ref, int, Iterable[Notice]]],
    now: datetime,
    random_bytes: RandomBytes,
    first: int = 0,
) -> None:
    """Owe these notices: for each concern, its reference, the number of its last event, and what to say."""
    rows: list[dict[str, object]] = [
        {"ref": ref, "seq": seq, "n": n, "place": str(notice.place), "kind": notice.kind.value}
        | {"rank": 0 if notice.urgent else 1, "notice": notice_codec.encode(notice)}
        for ref, seq, notices in batches
        for n, notice in enumerate(notices, first)
    ]
    if not rows:
        return
    fresh = {"state": State.PENDING.value, "not_before": now, "attempt": 0, "created_at": now, "why": ""}
    chance = random_bytes(_MARKER_BYTES * len(rows)).hex()
    for start, row in zip(range(0, len(chance), 2 * _MARKER_BYTES), rows, strict=True):
        row.update(fresh, marker=chance[start : start + 2 * _MARKER_BYTES])
    db.execute(insert(outbox), rows)
    if urgent := {row["ref"] for row in rows if row["rank"] == 0}:
        # What an urgent concern already waits to say must not stand in the queue before its urgent call.
        db.execute(_HURRY, [{"of": ref} for ref in urgent])


_c = outbox.c
# Written out, so that both databases see that the partial index fits.
_SENDING: ColumnElement[str] = literal_column("'sending'")
_OWED = _c.finished_at.is_(None)
_UNTRIED = _c.state.in_([State.PENDING.value, State.WAITING.value])
_BUSY = select(_c.place).where(_c.state == _SENDING)
_HURRY = update(outbox).where(_c.ref == bindparam("of"), _OWED, _c.rank > 0).values(rank=0)
_TAKE = (
    update(outbox)
    .where(_c.ref == bindparam("of"), _c.seq == bindparam("at"), _c.n == bindparam("nth"))
    .values(state=State.SENDING.value, attempt=_c.attempt + 1, started_at=bindparam("t"))
)


def _places() -> Select[str]:
    """Every place something is owed to: leaps through the index, no walk over all that is owed."""
    leap = select(func.min(_c.place).label("place")).where(_OWED).cte("places", recursive=True)
    following = select(func.min(_c.place)).where(_OWED, _c.place > leap.c.place).scalar_subquery()
    leap = leap.union_all(select(following).where(leap.c.place.is_not(None)))
    return select(leap.c.place).where(leap.c.place.is_not(None))


def _first_there() -> Select[Any]:
    earlier = outbox.alias()
    behind = exists().where(
        earlier.c.ref == _c.ref,
        earlier.c.place == _c.place,
        earlier.c.finished_at.is_(None),
        tuple_(earlier.c.seq, earlier.c.n) < tuple_(_c.seq, _c.n),
    )
    return (
        select(outbox)
        .where(_OWED, _c.place == bindparam("place"), _c.not_before <= bindparam("now"), ~behind)
        .order_by(_c.rank, _c.created_at, _c.ref, _c.seq, _c.n)
        .limit(1)
        .with_for_update(skip_locked=True)
    )


_PLACES = _places()
_HEAD = _first_there()


def _head(db: Connection, place: str, now: datetime) -> RowMapping | None:
    """The notice whose turn it is in this place."""
    head = db.execute(_HEAD, {"place": place, "now": now}).mappings().first()
    if head is None or head["kind"] != NoticeKind.CARD or head["state"] == State.UNKNOWN:
        return head
    return _newest_card(db, head, now)


def _newest_card(db: Connection, card: RowMapping, now: datetime) -> RowMapping:
    """A card shows the present state whenever it is sent, so the newest one speaks for those before it."""
    same = (_c.ref == card["ref"], _c.place == card["place"], _c.kind == card["kind"], _OWED, _UNTRIED)
    last = select(outbox).where(*same).order_by(_c.seq.desc(), _c.n.desc()).limit(1)
    newest = db.execute(last).mappings().one()
    older = tuple_(_c.seq, _c.n) < tuple_(newest["seq"], newest["n"])
    why = "a newer card speaks for it"
    gone = {"state": State.SUPERSEDED.value, "finished_at": now, "why": why}
    db.execute(update(outbox).where(*same, older).values(gone))
    return newest


def _delivery(row: RowMapping) -> Delivery:
    return Delivery(
        ref=row["ref"],
        seq=row["seq"],
        n=row["n"],
        notice=notice_codec.decode(row["notice"]),
        attempt=row["attempt"] + 1,
        marker=row["marker"],
        was=State(row["state"]),
        created=row["created_at"],
        started=row["started_at"],
        landing=row["landing"],
    )


def _report(db: Connection, delivery: Delivery, **outcome: object) -> bool:
    """Write what became of a try, unless it is no longer the try that counts; says whether it did."""
    row = (_c.ref == delivery.ref, _c.seq == delivery.seq, _c.n == delivery.n)
    mine = (_c.attempt == delivery.attempt, _c.state == _SENDING)
    return db.execute(update(outbox).where(*row, *mine).values(outcome)).rowcount == 1


def _remember(db: Connection, delivery: Delivery, message_id: str) -> None:
    place = delivery.notice.place
    known = update(cards).where(*_card_of(delivery.ref, place)).values(message_id=message_id)
    if db.execute(known).rowcount == 0:
        db.execute(insert(cards).values(ref=delivery.ref, place=str(place), message_id=message_id))


def _card_of(ref: Ref, place: Place) -> tuple[ColumnElement[bool], ...]:
    return cards.c.ref == ref, cards.c.place == str(place)

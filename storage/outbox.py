"""What must still be said, and what became of it (design 7). It sends nothing; it is told how sending went.

States: pending, then sending, then sent; or waiting (refused, try later), unknown (it may have been posted),
superseded (no longer true), dead (cannot be delivered). `finished_at` is empty while it is owed.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, RowMapping, bindparam, func, insert, or_, select, update

from concerns.model import Ref
from concerns.notice import Notice, NoticeKind, Place
from concerns.reference import ALPHABET
from storage.engine import Store
from storage.queue import ON_ITS_WAY, OWED, RIPE, State, head, join_later, places
from storage.tables import cards, outbox
from storage.together import changes, conclude, gathered
from storage.vault import RandomBytes

__all__ = ["Delivery", "Outbox", "State"]

_MARKER_BYTES = 16


@dataclass(frozen=True, slots=True)
class Delivery:
    """One notice somebody has undertaken to send.

    `attempt` counts the tries and fences them: what an older try reports is not believed. This one was begun
    at `taken`. `was` is the state it was found in; `unknown` means the try of `started` may have posted it,
    at `landing` at the latest. `marker` is opaque and the same for every try.
    """

    ref: Ref
    seq: int
    n: int
    notice: Notice
    attempt: int
    taken: datetime
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
        return "".join(ALPHABET[bits >> shift & 31] for shift in (15, 10, 5, 0))


class Outbox:
    """Every notice that is owed, and the live card of each concern in each channel."""

    def __init__(self, store: Store, random_bytes: RandomBytes) -> None:
        self._store = store
        self._random = random_bytes

    @property
    def shared(self) -> bool:
        """Whether others may be sending from it too: replicas share PostgreSQL, SQLite has one owner."""
        return self._store.dialect == "postgresql"

    def claim(self, now: datetime, limit: int, avoid: Collection[Place] = ()) -> tuple[Delivery, ...]:
        """Undertake to send up to `limit` notices, one a place: urgent first, then the oldest.

        Within one place those of one concern keep their order, and a place with a notice on its way waits.
        Places in `avoid` (paced, or told to retry later) are passed over without holding up others.
        What falls due for several concerns at once is handed over as one notice, the others `along` with it.
        """
        shunned = {str(place) for place in avoid}
        with self._store.write() as db:
            self._store.take_turn(db, "claim")
            self._store.go_by_the_indexes(db)
            found = [head(db, place, now) for place in places(db) if place not in shunned]
            heads = [row for row in found if row is not None]
            heads.sort(key=lambda row: (row["rank"], row["created_at"]))
            taken = tuple(self._delivery(row, gathered(db, row), now) for row in heads[:limit])
            if taken:
                db.execute(_TAKE, [_try(delivery, now) for delivery in taken])
            return taken

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
        """It cannot be delivered. Whom to tell instead is queued in the same breath: dead is never quiet.

        Each is told of its own concern's change; whoever is told the same of it anyway is not told it twice.
        """
        with self._store.write() as db:
            done = _report(db, delivery, state=State.DEAD, why=why, finished_at=now)
            if done and tell:
                self._tell(db, delivery, tell, now)
            return done

    def tell(self, delivery: Delivery, others: Sequence[Notice], now: datetime) -> None:
        """Owe these to others, too, while this one has to wait: each once, however often that is asked."""
        if others:
            with self._store.write() as db:
                self._tell(db, delivery, others, now)

    def _tell(self, db: Connection, delivery: Delivery, others: Sequence[Notice], now: datetime) -> None:
        self._store.take_turn(db, "numbers")
        for ref, seq in changes(db, delivery.notice, delivery.seq, delivery.n):
            told = {(place, kind) for place, kind in db.execute(_TOLD, {"of": ref, "at": seq})}
            fresh = [one for one in others if one.ref == ref and (str(one.place), one.kind) not in told]
            join_later(db, ref, seq, fresh, now)

    def recover(self, now: datetime, until: datetime, started_before: datetime | None = None) -> int:
        """What was being sent when the sender died may have been posted; it comes up again at `until`.

        Where the outbox is `shared` say `started_before` (now less the longest a try may take), to leave the
        living alone. Nothing is written when there is nothing to recover.
        """
        left = [ON_ITS_WAY]
        if started_before:
            # By a clock that has gone back since, it was begun far ahead of now.
            ahead = _c.started_at > now + (now - started_before)
            left.append(or_(_c.started_at <= started_before, ahead))
        with self._store.read() as db:
            if db.execute(select(_c.ref).where(*left).limit(1)).first() is None:
                return 0
        with self._store.write() as db:
            lost = update(outbox).where(*left).values(state=State.UNKNOWN, landing=now, not_before=until)
            return db.execute(lost).rowcount

    def pull_in(self, now: datetime, until: datetime) -> int:
        """What was put off by a clock that has gone back since comes up at `until`, if not before."""
        ahead = (*_STILL, _c.started_at > now, _c.not_before > until)
        with self._store.read() as db:
            if db.execute(select(_c.ref).where(*ahead).limit(1)).first() is None:
                return 0
        with self._store.write() as db:
            return db.execute(update(outbox).where(*ahead).values(not_before=until)).rowcount

    def next_wake(self) -> datetime | None:
        """When the next notice may be sent, possibly in the past; None when nothing is owed."""
        with self._store.read() as db:
            soonest: datetime | None = db.scalar(_SOONEST)
            return soonest

    def ready(self, now: datetime) -> bool:
        """Whether any notice may be sent now. It stops at the first: thousands may be owed."""
        with self._store.read() as db:
            return db.execute(_READY, {"now": now}).first() is not None

    def oldest_pending(self) -> datetime | None:
        """Since when the oldest notice still owed has been waiting."""
        with self._store.read() as db:
            oldest: datetime | None = db.scalar(_OLDEST)
            return oldest

    def counts(self) -> dict[State, int]:
        """How many notices there are in each state."""
        with self._store.read() as db:
            rows = db.execute(select(_c.state, func.count()).group_by(_c.state)).all()
        return dict.fromkeys(State, 0) | {State(state): count for state, count in rows}

    def card(self, ref: Ref, place: Place) -> str | None:
        """The platform's id of the live card there, once it has been posted."""
        with self._store.read() as db:
            return db.scalar(select(cards.c.message_id).where(*_card_of(ref, place)))

    def _delivery(self, row: RowMapping, notice: Notice, now: datetime) -> Delivery:
        return Delivery(
            ref=row["ref"],
            seq=row["seq"],
            n=row["n"],
            notice=notice,
            attempt=row["attempt"] + 1,
            taken=now,
            marker=row["marker"] or self._random(_MARKER_BYTES).hex(),
            was=State(row["state"]),
            created=row["created_at"],
            started=row["started_at"],
            landing=row["landing"],
        )


_c = outbox.c
_STILL = (OWED, ~ON_ITS_WAY)
_READY = select(_c.ref).where(*_STILL, RIPE).limit(1)
_SOONEST = select(func.min(func.coalesce(_c.not_before, _c.created_at))).where(*_STILL)
_OLDEST = select(func.min(_c.created_at)).where(*_STILL)
_TOLD = select(_c.place, _c.kind).where(_c.ref == bindparam("of"), _c.seq == bindparam("at"))
_TAKE = (
    update(outbox)
    .where(_c.ref == bindparam("of"), _c.seq == bindparam("at"), _c.n == bindparam("nth"))
    .values(
        state=State.SENDING, attempt=bindparam("try"), started_at=bindparam("t"), marker=bindparam("mark")
    )
)


def _try(delivery: Delivery, now: datetime) -> dict[str, object]:
    row: dict[str, object] = {"of": delivery.ref, "at": delivery.seq, "nth": delivery.n, "t": now}
    return row | {"try": delivery.attempt, "mark": delivery.marker}


def _report(
    db: Connection, delivery: Delivery, finished_at: datetime | None = None, **outcome: object
) -> bool:
    """Write what became of a try, unless it is no longer the try that counts; says whether it did."""
    outcome["finished_at"] = finished_at
    row = (_c.ref == delivery.ref, _c.seq == delivery.seq, _c.n == delivery.n)
    mine = (_c.attempt == delivery.attempt, ON_ITS_WAY)
    done = db.execute(update(outbox).where(*row, *mine).values(outcome)).rowcount == 1
    if done and finished_at is not None:
        conclude(db, delivery.notice, delivery.seq, delivery.n, finished_at)
    return done


def _remember(db: Connection, delivery: Delivery, message_id: str) -> None:
    place = delivery.notice.place
    known = update(cards).where(*_card_of(delivery.ref, place)).values(message_id=message_id)
    if db.execute(known).rowcount == 0:
        db.execute(insert(cards).values(ref=delivery.ref, place=str(place), message_id=message_id))


def _card_of(ref: Ref, place: Place) -> tuple[ColumnElement[bool], ...]:
    return cards.c.ref == ref, cards.c.place == str(place)

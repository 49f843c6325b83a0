"""The queue of notices that are owed: how they join it, and whose turn it is in each place.

Within one place the notices of one concern keep their order; among concerns the urgent come first.
"""

from collections.abc import Iterable
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
    literal_column,
    or_,
    select,
    tuple_,
    update,
)

from concerns.model import Ref
from concerns.notice import Notice, NoticeKind
from storage.bulk import Additions, Bulk, Row
from storage.codec import notice_codec
from storage.tables import micros, outbox


class State(StrEnum):
    """Where a notice is on its way (design 7)."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    WAITING = "waiting"
    UNKNOWN = "unknown"
    SUPERSEDED = "superseded"
    DEAD = "dead"


_c = outbox.c
OWED = _c.finished_at.is_(None)
# Written out, so that both databases see that the partial index fits.
_SENDING: ColumnElement[str] = literal_column("'sending'")
ON_ITS_WAY = _c.state == _SENDING
RIPE = or_(_c.not_before.is_(None), _c.not_before <= bindparam("now"))
"""What never was put off, and what was put off until `now` at the latest."""

_JOIN = Additions(outbox, ("ref", "seq", "n", "place", "kind", "rank", "notice", "created_at"))
_LAST = select(func.max(_c.n)).where(_c.ref == bindparam("of"), _c.seq == bindparam("at"))
_LAGGING = (_c.ref == bindparam("of"), OWED, _c.rank > bindparam("to"))
_HURRY = Bulk(update(outbox).where(*_LAGGING).values(rank=bindparam("to")))


def queue(
    db: Connection, batches: Iterable[tuple[Ref, int, Iterable[Notice]]], now: datetime, first: int = 0
) -> None:
    """Owe these notices: for each concern, its reference, the number of its last event, and what to say."""
    owed = [(ref, seq, n, one) for ref, seq, said in batches for n, one in enumerate(said, first)]
    created = micros(now)
    _JOIN.run(db, (_row(ref, seq, n, one, created) for ref, seq, n, one in owed))
    hurried = dict.fromkeys(ref for ref, _, _, notice in owed if notice.urgent)
    # What an urgent concern already waits to say must not hold up its urgent call.
    _HURRY.run(db, [{"of": ref, "to": 0} for ref in hurried])


def _row(ref: Ref, seq: int, n: int, notice: Notice, created: int) -> Row:
    return {
        "ref": ref,
        "seq": seq,
        "n": n,
        "place": str(notice.place),
        "kind": str(notice.kind),
        "rank": 0 if notice.urgent else 1,
        "notice": notice_codec.encode(notice),
        "created_at": created,
    }


def join_later(db: Connection, ref: Ref, seq: int, notices: Iterable[Notice], now: datetime) -> None:
    """Owe these, too, about a change that was queued before: numbered on from what it owes already.

    Whoever calls this holds the turn "numbers", so that no two draw the same number.
    """
    last = db.scalar(_LAST, {"of": ref, "at": seq})
    queue(db, [(ref, seq, notices)], now, first=0 if last is None else last + 1)


def places(db: Connection) -> list[str]:
    """The places something is owed to and nothing is on its way to."""
    busy = frozenset(db.scalars(_BUSY))
    return [place for place in db.scalars(_PLACES).all() if place not in busy]


def head(db: Connection, place: str, now: datetime) -> RowMapping | None:
    """The notice whose turn it is in this place, held until the transaction ends."""
    first = db.execute(_HEAD, {"place": place, "now": now}).mappings().first()
    if first is not None and first["kind"] == NoticeKind.CARD and first["state"] != State.UNKNOWN:
        _speak_for_later_cards(db, first, now)
    return first


def _speak_for_later_cards(db: Connection, card: RowMapping, now: datetime) -> None:
    """A card shows the present state whenever it is sent, so it speaks for those after it, and in its turn.

    One of unknown fate may stand there with an older state, so it speaks for nobody.
    """
    later = tuple_(_c.seq, _c.n) > tuple_(card["seq"], card["n"])
    same = (_c.ref == card["ref"], _c.place == card["place"], _c.kind == card["kind"], OWED, later)
    gone = {"state": State.SUPERSEDED, "finished_at": now, "why": "an earlier card speaks for it"}
    db.execute(update(outbox).where(*same).values(gone))


def _all_places() -> Select[str]:
    """Leaps from place to place through the index, where a walk would meet everything that is owed."""
    leap = select(func.min(_c.place).label("place")).where(OWED).cte("places", recursive=True)
    following = select(func.min(_c.place)).where(OWED, _c.place > leap.c.place).scalar_subquery()
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
        .where(OWED, _c.why.is_(None), _c.place == bindparam("place"), RIPE, ~behind)
        .order_by(_c.rank, _c.created_at, _c.ref, _c.seq, _c.n)
        .limit(1)
        .with_for_update(skip_locked=True)
    )


_BUSY = select(_c.place).where(ON_ITS_WAY)
_PLACES = _all_places()
_HEAD = _first_there()

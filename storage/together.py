"""Quiet merging: what several concerns say of one kind, in one place, at one instant, is said at once.

Cards are never merged, nothing urgent is, and nothing that was tried before. A row that is owed and has a
reason already is spoken for: it holds back what its concern says next, until the fate of the one is known.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, RowMapping, bindparam, exists, or_, select, tuple_, update

from concerns.model import Ref
from concerns.notice import SAID_TOGETHER, Notice, NoticeKind
from storage.codec import notice_codec
from storage.queue import OWED, State
from storage.tables import cards, outbox

MOST = 20
"""How many concerns one ping speaks of; when there are more, another follows."""

_PENDING, _ORDINARY = State.PENDING, 1


def gathered(db: Connection, head: RowMapping) -> Notice:
    """The notice of a row whose turn it is, with those it now speaks for, in the caller's transaction."""
    notice = notice_codec.decode(head["notice"])
    fresh = head["state"] == _PENDING and head["rank"] == _ORDINARY and not head["attempt"]
    if not fresh or notice.urgent or notice.kind not in SAID_TOGETHER:
        return notice
    same = {"place_of": head["place"], "kind_of": head["kind"], "at": head["created_at"], "but": head["ref"]}
    others = db.execute(_OTHERS, same).mappings().all()
    if not others:
        return notice
    reason = _reason(head["ref"], head["seq"], head["n"])
    db.execute(_SPOKEN_FOR, [_row(other) | {"reason": reason} for other in others])
    notice = replace(notice, along=tuple(notice_codec.decode(row["notice"]) for row in others))
    db.execute(_SPEAKS, _row(head) | {"body": notice_codec.encode(notice)})
    return notice


def changes(db: Connection, notice: Notice, seq: int, n: int) -> Iterator[tuple[Ref, int]]:
    """The changes that row speaks for: its own, and those of the rows it was gathered from."""
    yield notice.ref, seq
    if notice.along:
        rows = db.execute(select(_c.ref, _c.seq).where(*_spoken_for(notice, seq, n)))
        yield from ((Ref(ref), at) for ref, at in rows)


def conclude(db: Connection, notice: Notice, seq: int, n: int, now: datetime) -> None:
    """What became of that row is known, so those it spoke for are over too."""
    if notice.along:
        over = update(outbox).where(*_spoken_for(notice, seq, n))
        db.execute(over.values(state=State.SUPERSEDED, finished_at=now))


def _spoken_for(notice: Notice, seq: int, n: int) -> tuple[ColumnElement[bool], ...]:
    refs = [part.ref for part in notice.along]
    return _c.ref.in_(refs), _c.place == str(notice.place), _c.why == _reason(notice.ref, seq, n)


def _reason(ref: str, seq: int, n: int) -> str:
    return f"said together with {ref}.{seq}.{n}"


def _row(row: RowMapping) -> dict[str, object]:
    return {"ref_of": row["ref"], "seq_of": row["seq"], "n_of": row["n"]}


_c = outbox.c
_earlier = outbox.alias()
_stands = exists().where(cards.c.ref == _earlier.c.ref, cards.c.place == _earlier.c.place)
# Once the card of a concern stands there, a ping about several need not wait until it shows the latest.
_behind = exists().where(
    _earlier.c.ref == _c.ref,
    _earlier.c.place == _c.place,
    _earlier.c.finished_at.is_(None),
    or_(_earlier.c.kind != str(NoticeKind.CARD), ~_stands),
    tuple_(_earlier.c.seq, _earlier.c.n) < tuple_(_c.seq, _c.n),
)
_OTHERS = (
    select(_c.ref, _c.seq, _c.n, _c.notice)
    .where(
        OWED,
        _c.place == bindparam("place_of"),
        _c.rank == _ORDINARY,
        _c.created_at == bindparam("at"),
        _c.kind == bindparam("kind_of"),
        _c.state == _PENDING,
        _c.attempt == 0,
        _c.why.is_(None),
        _c.ref != bindparam("but"),
        ~_behind,
    )
    .order_by(_c.ref, _c.seq, _c.n)
    .limit(MOST - 1)
    .with_for_update(skip_locked=True)
)
_ROW = (_c.ref == bindparam("ref_of"), _c.seq == bindparam("seq_of"), _c.n == bindparam("n_of"))
_SPOKEN_FOR = update(outbox).where(*_ROW).values(why=bindparam("reason"))
_SPEAKS = update(outbox).where(*_ROW).values(notice=bindparam("body"))

"""What the clock finds due, read from the index alone: no history, whatever has happened before.

It writes nothing; the ledger writes what is found here, in the same transaction.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from concerns.decide import lapses
from concerns.model import Ref
from concerns.notices import Notice, announced
from concerns.rules import Rules
from storage.record import Change, entry
from storage.tables import concerns


@dataclass(frozen=True, slots=True)
class Swept:
    """Which concerns the clock moved on, and what will be announced."""

    refs: tuple[Ref, ...]
    notices: tuple[Notice, ...]

    @property
    def count(self) -> int:
        """How many concerns were moved on; fewer than asked for means there were no more."""
        return len(self.refs)


def next_due(db: Connection) -> datetime | None:
    """The soonest due instant in the index."""
    soonest = select(concerns.c.next_due).where(concerns.c.next_due.is_not(None))
    return db.scalar(soonest.order_by(concerns.c.next_due).limit(1))


def overdue(db: Connection, now: datetime, limit: int, skip: Collection[Ref]) -> tuple[Ref, ...]:
    """Which concerns `due_changes` would look at, without reading any of them."""
    due = select(concerns.c.ref).where(concerns.c.next_due <= now, concerns.c.ref.not_in(skip))
    return tuple(db.scalars(due.order_by(concerns.c.next_due, concerns.c.ref).limit(limit)))


def due_changes(
    db: Connection,
    now: datetime,
    limit: int,
    rules: Callable[[str], Rules],
    only: Collection[Ref] | None,
    skip: Collection[Ref],
) -> tuple[Change, ...]:
    """What the clock does to the concerns that are due, the longest overdue first.

    Raises RuntimeError when the rules say nothing about one that is due: it would come up again for ever.
    """
    due = (
        select(concerns.c.snapshot, concerns.c.head, concerns.c.data_key)
        .where(concerns.c.next_due <= now)
        .order_by(concerns.c.next_due, concerns.c.ref)
        .limit(limit)
        .with_for_update(skip_locked=True, key_share=True)
    )
    if only is not None:
        due = due.where(concerns.c.ref.in_(only))
    if skip:
        due = due.where(concerns.c.ref.not_in(skip))
    known: dict[str, Rules] = {}
    changes: list[Change] = []
    for row in db.execute(due).mappings().all():
        before = entry(row)
        concern = before.concern
        if concern.pathway not in known:
            known[concern.pathway] = rules(concern.pathway)
        law = known[concern.pathway]
        taken = lapses(concern, now, law)
        if not taken:
            raise RuntimeError(f"{concern.ref} is due and the rules say nothing")
        changes.append(
            Change(before, taken[-1][1], tuple(event for event, _ in taken), announced(taken, law))
        )
    return tuple(changes)

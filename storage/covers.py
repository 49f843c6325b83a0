"""Who is away, and who stands in: rows are only ever added, and a person's newest one counts.

It grants nothing; the directory answers differently while a cover runs.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, exists, func, insert, select

from concerns.people import Cover, PersonId
from concerns.summons import Told
from storage.engine import Store
from storage.queue import join_later
from storage.tables import covers

_c = covers.c


class Covers:
    """The covers ever set. A new one takes the place of the one before; ending one is one that ends now."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def running(self, now: datetime) -> tuple[Cover, ...]:
        """Those that run at this instant: from their start on, at their end no longer."""
        return self._newest(_c.starts <= now, _c.ends > now)

    def ahead(self, now: datetime) -> tuple[Cover, ...]:
        """Those that run at this instant or will."""
        return self._newest(_c.ends > now)

    def put(
        self,
        cover: Cover,
        by: PersonId,
        now: datetime,
        once: Callable[[Connection], bool] | None = None,
        tell: Iterable[Told] = (),
    ) -> bool:
        """Put this cover in force, unless `once`, in the same transaction, says that this was done before.

        With it whoever has to know by now is owed a notice (`tell`). Says whether it did.
        Raises `NotSaved`; nothing has happened then.
        """
        with self._store.write() as db:
            self._store.take_turn(db, "covers")
            if once is not None and not once(db):
                return False
            newest = db.scalar(select(func.max(_c.n)).where(_c.person == cover.person)) or 0
            row = {"person": cover.person, "n": newest + 1, "starts": cover.start, "ends": cover.end}
            db.execute(insert(covers).values(row | {"stand_in": cover.stand_in, "by": by, "at": now}))
            self._store.take_turn(db, "numbers")
            for notice, seq in tell:
                join_later(db, notice.ref, seq, [notice], now)
        return True

    def _newest(self, *when: ColumnElement[bool]) -> tuple[Cover, ...]:
        later = covers.alias()
        overtaken = exists().where(later.c.person == _c.person, later.c.n > _c.n)
        wanted = select(_c.person, _c.starts, _c.ends, _c.stand_in).where(*when, ~overtaken)
        with self._store.read() as db:
            rows = db.execute(wanted.order_by(_c.person)).all()
        return tuple(
            Cover(PersonId(person), starts, ends, PersonId(stand_in) if stand_in else None)
            for person, starts, ends, stand_in in rows
        )

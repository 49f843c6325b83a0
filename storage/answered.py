"""The requests that were answered and changed no concern, by the platform's id: none of them counts twice.

What changes a concern is remembered with that change, in `requests`. Nothing a person typed stands here.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, insert, select
from sqlalchemy.exc import IntegrityError

from storage.engine import Store
from storage.look import Look
from storage.tables import answered

KEPT = timedelta(days=1)
"""Far longer than any platform tries again, or a signature is good for."""

Once = Callable[[Connection], bool] | None
"""Tells, in the transaction of what a request leads to, that it did not lead to it before."""

_a = answered.c
_BEFORE = Look(select(_a.id).where(_a.id == bindparam("request")))


class Answered:
    """Of all doors and replicas together, also after a restart. Raises `NotSaved`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def before(self, request: str) -> bool:
        """Whether this request was answered already."""
        return self._store.glance(_BEFORE, request=request) is not None

    def note(self, request: str, now: datetime) -> bool:
        """It is answered from now on; says whether it was not before."""
        try:
            with self._store.write() as db:
                db.execute(insert(answered).values(id=request, at=now))
        except IntegrityError:
            return False
        return True

    def take(self, request: str, now: datetime, db: Connection) -> bool:
        """The same within the transaction of what it led to."""
        if _BEFORE.within(db, request=request) is not None:
            return False
        db.execute(insert(answered).values(id=request, at=now))
        return True

    def sweep(self, now: datetime) -> int:
        """Forget those of more than a day ago, and say how many."""
        with self._store.write() as db:
            return db.execute(delete(answered).where(_a.at < now - KEPT)).rowcount

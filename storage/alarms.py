"""What is wrong with channels, owed to whoever looks after the directory; the same is owed once an hour.

A restart finds everything anew that was wrong before it.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select

from concerns.model import Ref
from concerns.notice import Notice
from storage.codec import notice_codec
from storage.engine import Store
from storage.queue import queue
from storage.tables import outbox

AGAIN = timedelta(hours=1)
"""The same is not said again within."""

_UNDER = Ref("channels")
"""What stands in the outbox where others have the reference of a concern."""

_c = outbox.c


class Alarms:
    """Raises `NotSaved`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def note(self, notices: Sequence[Notice], now: datetime) -> bool:
        """Owe these, and say whether they were not owed just before."""
        with self._store.write() as db:
            self._store.take_turn(db, "alarms")
            last: int = db.execute(select(func.max(_c.seq)).where(_c.ref == _UNDER)).scalar() or 0
            lately = (_c.ref == _UNDER, _c.seq == last, _c.created_at > now - AGAIN)
            if set(db.execute(select(_c.notice).where(*lately)).scalars()) == set(
                map(notice_codec.encode, notices)
            ):
                return False
            queue(db, [(_UNDER, last + 1, notices)], now)
        return True

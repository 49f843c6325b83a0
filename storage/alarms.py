"""What is wrong with channels, owed to whoever looks after the directory; the same is owed once an hour.

A restart finds anew what was wrong before it, in each workspace by itself.
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
        """Owe those of them that are news; says whether anybody hears of it."""
        with self._store.write() as db:
            self._store.take_turn(db, "alarms")
            lately = select(_c.notice).where(_c.ref == _UNDER, _c.created_at > now - AGAIN)
            known = set(db.execute(lately).scalars())
            news = [notice for notice in notices if notice_codec.encode(notice) not in known]
            last: int = db.execute(select(func.max(_c.seq)).where(_c.ref == _UNDER)).scalar() or 0
            queue(db, [(_UNDER, last + 1, news)], now)
            return bool(news) or not notices

"""How far a door has heard what its platform holds for it, and until when it surely listened.

It keeps no update: nothing a person typed stands here.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update

from storage.engine import Store
from storage.tables import heard

_h = heard.c


@dataclass(frozen=True, slots=True)
class Mark:
    """Everything before `next` was handled; at `at` the door was open."""

    next: int
    at: datetime


class Heard:
    """One mark for each door, such as "telegram:<bot id>"."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, door: str) -> Mark | None:
        """How far this door has heard; None before it was ever opened."""
        with self._store.read() as db:
            row = db.execute(select(_h.next, _h.at).where(_h.door == door)).first()
        return Mark(row.next, row.at) if row else None

    def put(self, door: str, mark: Mark) -> None:
        """From now on it has heard so far. Raises `NotSaved`."""
        row = {"next": mark.next, "at": mark.at}
        with self._store.write() as db:
            if not db.execute(update(heard).where(_h.door == door).values(row)).rowcount:
                db.execute(insert(heard).values(row | {"door": door}))

"""Which opening each agency's digests were last made for, and the transaction that makes the next ones.

It judges nothing: who is told what is handed in. Unreadable concerns stand in nobody's way here.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from concerns.model import Concern
from concerns.notice import Notice
from concerns.people import AgencyId
from storage.codec import concern_codec
from storage.engine import Store
from storage.errors import Unreadable
from storage.queue import join_later
from storage.tables import concerns, digests


@dataclass(frozen=True, slots=True)
class Round:
    """What the people of one agency are told at one opening: each notice with its concern's `seq`."""

    agency: AgencyId
    opening: datetime
    said: tuple[tuple[Notice, int], ...]


class Digests:
    """The openings served so far, and what is open."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def served(self, agencies: Collection[AgencyId], now: datetime) -> dict[AgencyId, datetime]:
        """The last opening served of each of these agencies; one that is new here begins now."""
        with self._store.read() as db:
            known = _served(db, agencies)
        if len(known) < len(agencies):
            with self._store.write() as db:
                self._store.take_turn(db, "digest")
                known = _served(db, agencies)
                fresh = [{"agency": agency, "upto": now} for agency in agencies if agency not in known]
                if fresh:
                    db.execute(insert(digests), fresh)
        return dict.fromkeys(agencies, now) | known

    def serve(self, rounds: Sequence[Round], now: datetime) -> int:
        """Owe these notices and note their openings as served, all or nothing; how many notices that were.

        What another replica has served meanwhile is left out.
        """
        owed = 0
        with self._store.write() as db:
            self._store.take_turn(db, "digest")
            self._store.take_turn(db, "numbers")
            known = _served(db, [one.agency for one in rounds])
            for one in rounds:
                if known[one.agency] >= one.opening:
                    continue
                for notice, seq in one.said:
                    join_later(db, notice.ref, seq, [notice], now)
                db.execute(update(digests).where(digests.c.agency == one.agency).values(upto=one.opening))
                owed += len(one.said)
        return owed

    def open_concerns(self) -> Iterator[Concern]:
        """Every concern that is not closed and can be read."""
        wanted = select(concerns.c.snapshot).where(concerns.c.next_due.is_not(None))
        with self._store.read() as db:
            snapshots = db.scalars(wanted).all()
        for snapshot in snapshots:
            try:
                yield concern_codec.decode(snapshot)
            except Unreadable:
                continue  # the sweep puts it aside and says so when it is due


def _served(db: Connection, agencies: Collection[AgencyId]) -> dict[AgencyId, datetime]:
    rows = db.execute(select(digests.c.agency, digests.c.upto).where(digests.c.agency.in_(agencies)))
    return {AgencyId(agency): upto for agency, upto in rows}

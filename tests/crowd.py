"""Twelve people in one seat, many acts in the same moment, and whether the record they leave is whole."""

from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise
from threading import Barrier
from typing import TypeVar

from sqlalchemy import select

from concerns import events as e
from concerns.evolve import fold
from concerns.model import Concern, Ref
from concerns.people import PersonId
from storage.engine import Store
from storage.ledger import Ledger
from storage.tables import outbox
from tests.partnership import COUNCIL, DIRECTORY, PEOPLE, SEATINGS, TOM, person, seating

T = TypeVar("T")

_COLLEAGUES = tuple(person(f"Colleague{n} Shaw", COUNCIL) for n in range(1, 12))
TWELVE: tuple[PersonId, ...] = (TOM, *(colleague.id for colleague in _COLLEAGUES))
"""The holder of the council's first seat, and eleven deputies."""

_SEAT = seating(COUNCIL, "practitioner", *TWELVE)
CROWDED = replace(
    DIRECTORY,
    people=(*PEOPLE, *_COLLEAGUES),
    seatings=(*(one for one in SEATINGS if one.seat != _SEAT.seat), _SEAT),
)

_ONCE = (e.Called, e.Lapsed, e.AcknowledgementLapsed, e.Answered, e.Disputed, e.Accepted, e.Withdrawn)
"""What can happen to one call no more than once."""


def at_once(acts: Iterable[Callable[[], T]]) -> list[T]:
    """Each in a thread of its own, none before all are ready; what each came to, or the first exception."""
    waiting = list(acts)
    ready = Barrier(len(waiting))

    def begin(act: Callable[[], T]) -> T:
        ready.wait()
        return act()

    with ThreadPoolExecutor(len(waiting)) as threads:
        return list(threads.map(begin, waiting))


def the_record_is_whole(ledger: Ledger, store: Store, ref: Ref) -> None:
    """The events add up to the index row, every call had one end, and no place is told one thing twice."""
    history = ledger.history(ref)
    standing = [fold(None, history[:seen]) for seen in range(1, len(history) + 1)]
    assert standing[-1] == ledger.load(ref)
    assert ledger.check() == []

    assert all(after.turn - before.turn in {0, 1} for before, after in pairwise(standing))
    done = Counter(
        (type(event), *_call(before)) for event, before in zip(history[1:], standing, strict=False)
    )
    again = [what for what, times in done.items() if what[0] in _ONCE and times > 1]
    assert not again, again

    told = select(outbox.c.seq, outbox.c.place, outbox.c.kind).where(outbox.c.ref == ref)
    with store.read() as db:
        owed = Counter(map(tuple, db.execute(told)))
    twice = [notice for notice, times in owed.items() if times > 1]
    assert not twice, twice


def _call(concern: Concern) -> tuple[int, int]:
    """Which call it was, and which time of it: the top tier is called again and again."""
    return concern.turn, concern.call.again if concern.call else 0

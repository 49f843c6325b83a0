"""What may no longer be kept is destroyed by the hour, and nothing else is."""

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta

import pytest

from reminders.housekeeping import Housekeeping
from reminders.ticks import Ticks
from storage.drafts import Drafts
from storage.errors import NotSaved
from storage.ledger import Repeated
from storage.requests import forget_old
from tests.ladders import MONDAY
from tests.partnership import AMIRA
from tests.reminders.house import House
from tests.worlds import REF, a_concern, a_contact


def test_a_half_filled_form_is_gone_after_seven_days(house: House) -> None:
    """Its words go with its key."""
    drafts = Drafts(house.store, house.vault)
    drafts.open("form", AMIRA, "raise", None, {"wanted": "a visit"}, house.now)
    house.forward(days=6, hours=23)
    house.housekeeping.run()
    assert drafts.read("form", AMIRA)

    house.forward(hours=2)
    house.housekeeping.run()
    assert drafts.read("form", AMIRA) is None


def test_it_is_done_once_an_hour(house: House) -> None:
    """However often the bell rings."""
    done: list[datetime] = []
    housekeeping = Housekeeping((done.append,), house.clock)
    for _ in range(121):
        housekeeping.run()
        house.forward(minutes=1)

    assert done == [MONDAY, MONDAY + timedelta(hours=1), MONDAY + timedelta(hours=2)]


def test_a_chore_that_cannot_be_done_stops_no_other_and_is_tried_again(house: House) -> None:
    """The database was busy: a minute later it is looked at once more."""
    done: list[datetime] = []

    def busy(now: datetime) -> None:
        if now == MONDAY:
            raise NotSaved("The database is busy.")

    housekeeping = Housekeeping((busy, done.append), house.clock)
    with pytest.raises(NotSaved):
        housekeeping.run()
    house.forward(minutes=1)
    housekeeping.run()

    assert done == [MONDAY, MONDAY + timedelta(minutes=1)]


def test_a_chore_with_a_defect_does_not_starve_those_behind_it(house: House) -> None:
    done: list[datetime] = []

    def broken(now: datetime) -> None:
        raise ZeroDivisionError

    housekeeping = Housekeeping((broken, done.append), house.clock)
    for _ in range(4):
        with suppress(ZeroDivisionError):
            housekeeping.run()
        house.forward(minutes=1)

    assert done == [
        MONDAY + timedelta(minutes=1),
        MONDAY + timedelta(minutes=2),
        MONDAY + timedelta(minutes=3),
    ]


def test_the_bell_rings_for_it_too(house: House) -> None:
    """And whoever waits until nothing is left to do waits for it."""
    done: list[datetime] = []
    housekeeping = Housekeeping((done.append,), house.clock)
    ticks = Ticks(house.sweep, house.digest, house.delivery, housekeeping, house.log)
    asyncio.run(ticks.idle())

    assert done == [MONDAY]


def test_a_request_is_known_for_two_days(house: House) -> None:
    """Longer than any platform would send it again; what it changed stays on record."""
    house.hear(a_concern())
    logged = a_contact(MONDAY)
    house.ledger.change(REF, logged, house.now, request="slack:1")
    forget_old(house.store, house.now + timedelta(days=2))
    assert house.ledger.change(REF, logged, house.now, request="slack:1") == Repeated(REF)

    assert forget_old(house.store, house.now + timedelta(days=2, seconds=1)) == 1
    assert len(house.ledger.history(REF)) == 3

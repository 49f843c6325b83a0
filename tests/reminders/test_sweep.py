"""The clock speaks to every concern that is due, and one it fails on stands in nobody's way."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import update

from concerns import commands as c
from concerns.events import Called, Lapsed
from concerns.model import Ref, Stage
from concerns.reference import make
from storage.errors import NotSaved
from storage.lapses import Swept
from storage.tables import concerns
from tests.partnership import AMIRA
from tests.reminders.house import House
from tests.worlds import a_concern, words


def raised(house: House, count: int) -> list[Ref]:
    """So many concerns, all due at the same instant."""
    refs = [make(number) for number in range(1, count + 1)]
    for ref in refs:
        house.hear(replace(a_concern(), ref=ref))
    return refs


def tier(house: House, ref: Ref) -> int | None:
    """The tier this concern has reached."""
    concern = house.ledger.load(ref)
    assert concern is not None
    return concern.tier


def test_a_lapse_calls_the_next_tier(house: House) -> None:
    """Raised on Monday, unanswered on Tuesday at five: tier 2."""
    raised(house, 1)
    house.forward(hours=31)
    assert house.sweep.run() == 1

    assert tier(house, make(1)) == 2


def test_before_the_due_instant_nothing_happens(house: House) -> None:
    """A microsecond early is early."""
    raised(house, 1)
    due = house.ledger.next_due()
    assert due is not None
    house.forward(seconds=(due - house.now).total_seconds() - 0.000001)
    assert house.sweep.run() == 0

    house.forward(seconds=0.000001)
    assert house.sweep.run() == 1


def test_batch_after_batch_until_nothing_is_due(house: House) -> None:
    """More than two batches, one of them not full, in one run."""
    refs = raised(house, 120)
    house.forward(hours=31)
    assert house.sweep.run() == 120
    assert house.sweep.run() == 0

    assert {tier(house, ref) for ref in refs} == {2}


def test_a_run_with_nothing_due_writes_nothing(house: House) -> None:
    """Idle costs one look at the index."""
    raised(house, 3)
    writes: list[None] = []
    house.store.write = lambda: writes.append(None)  # type: ignore[method-assign,assignment,return-value]  # a stand-in

    assert house.sweep.run() == 0
    assert writes == []


# ---- a concern the rules fail on -------------------------------------------------------------------


class Poisoned:
    """A ledger that fails when one of these concerns, due before all others, is in the batch; it counts."""

    def __init__(self, house: House, *refs: Ref) -> None:
        self.refs = set(refs)
        self.tries = 0
        self._ledger = house.ledger
        self._lapse = house.ledger.lapse
        house.ledger.lapse = self.lapse  # type: ignore[method-assign]  # a stand-in

    def lapse(
        self, now: datetime, limit: int, only: Collection[Ref] | None = None, skip: Collection[Ref] = ()
    ) -> Swept:
        self.tries += 1
        for ref in self.refs.difference(skip):
            concern = self._ledger.load(ref)
            if (only is None or ref in only) and concern and concern.due and concern.due <= now:
                raise ZeroDivisionError("words somebody typed")
        return self._lapse(now, limit, only=only, skip=skip)


def test_a_concern_the_rules_fail_on_does_not_starve_a_thousand_others(house: House) -> None:
    """It comes first in its batch; every other concern is moved on in the same run."""
    refs = raised(house, 1000)
    poison = Poisoned(house, refs[0])
    house.forward(hours=31)
    assert house.sweep.run() == 999

    assert house.sweep.aside == (refs[0],)
    reached = {concern.ref: concern.tier for concern in house.ledger.listing()}
    assert reached == {ref: 1 if ref == refs[0] else 2 for ref in refs}
    # A batch of fifty fails once and is gone through one by one; then come nineteen more and a last look.
    assert poison.tries == 1 + 50 + 20


def test_a_concern_put_aside_is_tried_again_by_every_run(house: House) -> None:
    """Once the rules are mended it goes on by itself, saying how late it is."""
    refs = raised(house, 3)
    poison = Poisoned(house, refs[1])
    house.forward(hours=31).sweep.run()
    assert house.sweep.run() == 0
    assert list(house.sweep.aside) == [refs[1]]

    poison.refs.clear()
    house.forward(hours=20).sweep.run()
    assert list(house.sweep.aside) == []
    (_, called) = (event for event in house.ledger.history(refs[1]) if isinstance(event, Called))
    assert called.late == 20 * 3600


def test_a_concern_put_aside_that_a_person_settles_is_no_longer_aside(house: House) -> None:
    """It is not due any more, so there is nothing left to worry about."""
    refs = raised(house, 2)
    Poisoned(house, refs[0])
    house.forward(hours=31).sweep.run()
    house.hear(c.Withdraw(by=AMIRA, words=words(reason="Raised twice.")), ref=refs[0])
    house.sweep.run()

    assert house.sweep.aside == ()


def test_putting_aside_is_logged_once_by_reference_and_without_words(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    """What an exception says could be private, so only its kind is kept."""
    refs = raised(house, 2)
    Poisoned(house, refs[0])
    house.forward(hours=31)
    for _ in range(3):
        house.sweep.run()

    (record,) = caplog.records
    assert refs[0] in record.getMessage()
    assert "ZeroDivisionError" in record.getMessage()
    assert "words" not in caplog.text
    assert record.exc_info is None


def test_a_pathway_that_cannot_be_read_is_met_the_same_way(house: House) -> None:
    """Every concern under it waits, aside, and goes on when the pathway is mended."""
    refs = raised(house, 5)

    def unreadable() -> None:
        raise OverflowError

    house.poisoned = unreadable
    house.forward(hours=31)
    assert house.sweep.run() == 0
    assert house.sweep.aside == tuple(refs)

    house.poisoned = lambda: None
    assert house.sweep.run() == 5


def test_a_concern_that_cannot_even_be_read_is_put_aside_too(house: House) -> None:
    """Its reference stands in the index, so it needs no reading."""
    refs = raised(house, 5)
    with house.store.write() as db:
        junk = update(concerns).where(concerns.c.ref == refs[2]).values(snapshot=b"junk")
        db.execute(junk)
    house.forward(hours=31)
    assert house.sweep.run() == 4

    assert list(house.sweep.aside) == [refs[2]]


def test_a_batch_that_fails_though_none_of_it_does_ends_the_run(house: House) -> None:
    """A defect with no concern to blame is said, and the run does not go round for ever."""
    raised(house, 2)
    house.forward(hours=31)
    lapse = house.ledger.lapse

    def fails_in_batches(
        now: datetime, limit: int, only: Collection[Ref] | None = None, skip: Collection[Ref] = ()
    ) -> Swept:
        if only is None:
            raise ZeroDivisionError
        return lapse(now, limit, only=only, skip=skip)

    house.ledger.lapse = fails_in_batches  # type: ignore[method-assign]  # a stand-in
    assert house.sweep.run() == 2
    assert house.sweep.aside == ()


def test_a_database_that_cannot_be_used_is_no_concerns_fault(house: House) -> None:
    """Nothing is put aside; the run fails and the heart is not beaten, so that the watchdog can tell."""
    raised(house, 2)

    def full(*args: object, **kwargs: object) -> Swept:
        raise NotSaved("The disk is full.")

    lapse, house.ledger.lapse = house.ledger.lapse, full  # type: ignore[method-assign]  # a stand-in
    house.forward(hours=31)
    with pytest.raises(NotSaved):
        house.sweep.run()
    assert house.sweep.aside == ()
    assert house.sweep.heart.age() == 31 * 3600

    house.ledger.lapse = lapse  # type: ignore[method-assign]  # a stand-in
    assert house.sweep.run() == 2
    assert house.sweep.heart.age() == 0


def test_after_downtime_one_run_calls_one_tier_once(house: House) -> None:
    """A week asleep is not a burst through tiers nobody was asked to answer."""
    raised(house, 1)
    house.forward(days=7).sweep.run()
    house.sweep.run()

    concern = house.ledger.load(make(1))
    assert concern is not None
    assert (concern.tier, concern.stage) == (2, Stage.CALLED)
    assert sum(isinstance(event, Lapsed) for event in house.ledger.history(make(1))) == 1

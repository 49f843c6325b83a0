"""Two replicas over one PostgreSQL database: nothing is called or said twice, nobody's work is taken.

SQLite has one clock owner, so there is nothing of this to try on it.
"""

import asyncio
from collections import Counter
from collections.abc import Iterator
from copy import copy
from dataclasses import replace
from datetime import timedelta
from typing import Literal

import pytest

from concerns.notice import Place
from concerns.reference import make
from reminders.messenger import Messenger
from reminders.patience import Patience
from storage.engine import open_store
from storage.outbox import State
from tests.crowd import at_once, the_record_is_whole
from tests.reminders.house import House, fresh_house
from tests.reminders.platforms import Post, Slow, repeats
from tests.storage.chance import Chance
from tests.stores import Databases
from tests.worlds import a_concern

REFS = tuple(make(1 + number) for number in range(8))
JOINT = "riverside-council"
PATIENCE = Patience()

Pair = tuple[House, House]


@pytest.fixture
def pair(postgresql_databases: Databases) -> Iterator[Pair]:
    """Two processes as far as the database can tell, on the same platforms; their clocks agree."""
    with fresh_house(postgresql_databases, patience=PATIENCE) as one:
        other = copy(one)
        other.open_store, other._chance = open_store, Chance("the other replica")
        other.start()
        yield one, other
        other.store.close()


class Gate(asyncio.Event):
    """It says when somebody has come to wait."""

    def __init__(self) -> None:
        super().__init__()
        self.reached = asyncio.Event()

    async def wait(self) -> Literal[True]:
        """Until it is opened."""
        self.reached.set()
        return await super().wait()


def forward(pair: Pair, time: timedelta) -> None:
    """So much time passes for both."""
    for house in pair:
        house.forward(seconds=time.total_seconds())


def deliver_at_once(pair: Pair) -> None:
    """Both send what is owed, side by side."""

    async def both() -> None:
        await asyncio.gather(*(house.delivery.run() for house in pair))

    asyncio.run(both())


def posts(house: House) -> list[Post]:
    """Everything said on any platform."""
    return house.slack.posts + house.telegram.posts


def nothing_is_said_twice(house: House) -> None:
    """No notice was posted more than once, nor looks as if it had been."""
    copies = Counter(post.marker for post in posts(house))
    assert [marker for marker, times in copies.items() if times > 1] == []
    assert not any(repeats(post.message) for post in posts(house))


def nothing_is_owed(house: House) -> None:
    """Everything was sent, or was true no longer."""
    counts = house.outbox.counts()
    assert counts[State.SENT] > 0
    assert {state for state, count in counts.items() if count} <= {State.SENT, State.SUPERSEDED}


def test_two_sweeps_and_two_deliveries_at_once_call_and_say_everything_once(pair: Pair) -> None:
    """From tier to tier, all of it due at the same instants, both replicas at it together every time."""
    one, other = pair
    for ref in REFS:
        one.hear(replace(a_concern(), ref=ref))
    for _ in range(4):
        due = one.ledger.next_due()
        assert due is not None
        forward(pair, due - one.now)

        moved = sum(at_once([one.look, other.look]))
        deliver_at_once(pair)

        assert moved == len(REFS)
    for ref in REFS:
        the_record_is_whole(one.ledger, one.store, ref)
    nothing_is_said_twice(one)
    nothing_is_owed(one)


def test_what_one_replica_is_sending_the_other_leaves_alone(pair: Pair) -> None:
    one, other = pair
    one.hear(a_concern())

    async def slowly() -> None:
        gate = Gate()
        one.slack.will(JOINT, Slow(gate))
        first = asyncio.create_task(one.delivery.run())
        await gate.reached.wait()
        forward(pair, PATIENCE.post)
        await other.delivery.run()
        assert one.seen(JOINT) == []
        gate.set()
        await first

    asyncio.run(slowly())

    assert one.seen(JOINT)
    nothing_is_said_twice(one)
    nothing_is_owed(one)


def test_what_a_dead_replica_was_sending_the_other_takes_up_after_its_lease(pair: Pair) -> None:
    """It may have been said: it is looked for where it can be, and marked where it cannot."""
    one, other = pair
    one.hear(a_concern())
    taken = one.outbox.claim(one.now, 100)
    assert taken

    other.deliver()
    assert posts(other) == []

    forward(pair, PATIENCE.lease)
    other.deliver()
    forward(pair, PATIENCE.look)
    other.deliver()

    nothing_is_owed(other)
    lost = {errand.marker for errand in taken}
    assert lost <= {post.marker for post in posts(other)}
    marked = {post.marker for post in other.telegram.posts if repeats(post.message)}
    assert marked == lost & {post.marker for post in other.telegram.posts}
    assert not any(repeats(post.message) for post in other.slack.posts)


def test_a_replica_held_up_for_longer_than_its_lease_does_not_say_what_the_other_has_said(pair: Pair) -> None:
    """Its computer was asleep, or the database stood still, between taking a notice and saying it."""
    one, other = pair
    reached, waits = one.messenger, [PATIENCE.look, PATIENCE.look, PATIENCE.lease]

    def held_up(place: Place) -> Messenger | None:
        while place.id == "joel" and waits:
            forward(pair, waits.pop())
            asyncio.run(other.delivery.run())
        return reached(place)

    one.messenger = held_up  # type: ignore[method-assign]  # the one way to stand still there
    one.start()
    one.hear(a_concern())
    for _ in range(2):
        asyncio.run(one.delivery.run())

    assert len(one.seen("joel")) == 1
    nothing_is_owed(one)

"""The metronome rings on whatever happens, and holds nothing that could be lost.

These few tests run on a real event loop with real threads; the clock of the house still moves by hand.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from concerns.model import Concern
from concerns.notice import Notice, Place
from concerns.notice import NoticeKind as K
from concerns.rules import Rules
from reminders.ticks import Ticks
from storage.errors import NotSaved
from storage.outbox import State
from tests.reminders.house import House
from tests.reminders.platforms import Fault, Lost, Slow, kinds, plainly
from tests.worlds import a_concern
from views.digest import Part
from views.parts import Message

JOINT = "riverside-council"
SOON, NEVER = 0.01, 3600.0


def live(story: Coroutine[Any, Any, None]) -> None:
    """Run it as it would be run, with an end to patience."""
    asyncio.run(asyncio.wait_for(story, 30))


@asynccontextmanager
async def ticking(house: House, every: float) -> AsyncIterator[Ticks]:
    """A house whose clock ticks."""
    ticks = Ticks(house.sweep, house.digest, house.delivery, house.housekeeping, house.log, every)
    ticks.start()
    try:
        yield ticks
    finally:
        await ticks.stop()


def arrival(house: House, place: str, count: int) -> asyncio.Event:
    """Rings when so many posts and edits have been asked for in a place."""
    event = asyncio.Event()
    asked = 0

    def noticed(verb: str, where: Place) -> Fault | None:
        nonlocal asked
        asked += where.id == place
        if asked >= count:
            event.set()
        return None

    house.slack.choose = noticed
    return event


def counted(calls: int, event: asyncio.Event, then: Callable[[], Any]) -> Callable[[], Any]:
    """The same function, ringing once it has been called so often; it is called in threads."""
    loop = asyncio.get_running_loop()
    left = [calls]

    def function(*_: object) -> Any:
        left[0] -= 1
        if left[0] <= 0:
            loop.call_soon_threadsafe(event.set)
        return then()

    return function


def test_a_lapse_is_called_without_anybody_asking(house: House) -> None:
    """Time passes its due instant; the next tier is pinged in the channel."""

    async def story() -> None:
        async with ticking(house, SOON):
            called = arrival(house, JOINT, 2)
            house.forward(hours=31)
            await called.wait()

    house.hear(a_concern())
    house.deliver()
    live(story())
    assert kinds(house.seen(JOINT)) == [K.CARD, K.CALLED, K.CALLED]


def test_the_morning_digest_comes_without_anybody_asking(house: House) -> None:
    """The council opens at nine, and what waits on Tom is said."""

    async def story() -> None:
        said = asyncio.Event()

        def heard(
            notice: Notice, concern: Concern, rules: Rules, repeat: bool, code: str, parts: Sequence[Part]
        ) -> Message:
            if notice.kind is K.DIGEST:
                said.set()
            return plainly(notice, concern, rules, repeat, code, parts)

        house.render = heard
        house.restart()
        async with ticking(house, SOON):
            house.forward(hours=24)
            await said.wait()

    house.hear(a_concern())
    house.digest.run()
    live(story())
    assert house.said("tom")[-1] == K.DIGEST


def test_a_nudge_delivers_without_waiting_for_a_ring(house: House) -> None:
    """What somebody has just done is told without waiting for a ring."""

    async def story() -> None:
        async with ticking(house, NEVER) as ticks:
            called = arrival(house, JOINT, 2)
            house.hear(a_concern())
            ticks.nudge()
            await called.wait()

    live(story())


def test_in_a_rush_of_nudges_delivery_runs_at_once_and_once_more(house: House) -> None:
    """Twenty who answer at the same time are told together, and so are those after them; no nudge is lost."""
    runs: list[int] = []

    async def story() -> None:
        once, again, deliver = asyncio.Event(), asyncio.Event(), house.delivery.run

        async def counted() -> int:
            runs.append(len(runs))
            (once if len(runs) == 1 else again).set()
            return await deliver()

        house.delivery.run = counted  # type: ignore[method-assign]  # a stand-in
        async with ticking(house, NEVER) as ticks:
            for done in (once, again):
                for _ in range(20):
                    ticks.nudge()
                await done.wait()
            ticks.nudge()

    live(story())
    assert len(runs) == 2


def test_a_ring_that_fails_is_logged_once_and_the_next_one_comes(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    """A busy database stops nothing for longer than it is busy."""

    async def story() -> None:
        again = asyncio.Event()

        def busy() -> None:
            raise NotSaved("The database is busy.")

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(house.ledger, "next_due", counted(3, again, busy))
            async with ticking(house, SOON):
                await again.wait()
                patch.undo()
                called = arrival(house, JOINT, 1)
                house.forward(hours=31)
                await called.wait()

    house.hear(a_concern())
    house.deliver()
    live(story())
    (record,) = caplog.records
    assert record.getMessage() == "The sweep failed and is tried again with every ring: The database is busy."


def test_what_a_defect_says_is_not_logged(house: House, caplog: pytest.LogCaptureFixture) -> None:
    """Its kind is enough; its text could quote what somebody wrote."""

    async def story() -> None:
        again = asyncio.Event()

        def broken() -> None:
            raise ValueError("what somebody wrote")

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(house.outbox, "ready", counted(3, again, broken))
            async with ticking(house, SOON):
                await again.wait()

    live(story())
    assert "ValueError" in caplog.text
    assert "somebody wrote" not in caplog.text


def test_a_slow_platform_does_not_hold_up_the_sweep(house: House) -> None:
    """While one post hangs, lapses are still called."""

    async def story() -> None:
        gate, looked = asyncio.Event(), asyncio.Event()
        house.slack.will(JOINT, Slow(gate))
        async with ticking(house, SOON) as ticks:
            ticks.nudge()
            house.ledger.next_due = counted(20, looked, house.ledger.next_due)  # type: ignore[method-assign]  # a stand-in
            await looked.wait()
            assert house.seen(JOINT) == []
            gate.set()

    house.hear(a_concern())
    live(story())
    assert kinds(house.seen(JOINT)) == [K.CARD]


def test_what_ripens_while_a_place_is_slow_is_sent_with_the_next_ring(house: House) -> None:
    """A run that waits for one place looks again at all the others, and is known to be alive."""

    async def story() -> None:
        gate, again = asyncio.Event(), asyncio.Event()
        house.slack.will(JOINT, Slow(gate))
        house.telegram.will("tom", Lost(accepted=True))

        def second(
            notice: Notice, concern: Concern, rules: Rules, repeat: bool, code: str, parts: Sequence[Part]
        ) -> Message:
            if repeat:
                again.set()
            return plainly(notice, concern, rules, repeat, code, parts)

        house.render = second
        house.restart()
        async with ticking(house, SOON):
            while not again.is_set():
                house.forward(milliseconds=1)
                await asyncio.sleep(0)
            assert house.delivery.heart.age() < 15
            assert house.seen(JOINT) == []
            gate.set()

    house.hear(a_concern())
    live(story())
    assert len(house.seen("tom")) == 2


def test_idle_means_swept_and_delivered(house: House) -> None:
    """What the playground waits for, also when a run is under way already."""

    async def story() -> None:
        async with ticking(house, NEVER) as ticks:
            house.hear(a_concern())
            ticks.nudge()
            house.forward(hours=31)
            await ticks.idle()
            assert house.outbox.next_wake() is None
            assert "turn 2" in house.seen(JOINT)[0].shows.lines

    live(story())


def test_stopped_it_finishes_what_is_on_its_way_and_rings_no_more(house: House) -> None:
    """Nothing is left uncertain by an orderly stop."""

    async def story() -> None:
        gate = asyncio.Event()
        house.slack.will(JOINT, Slow(gate))
        ticks = Ticks(house.sweep, house.digest, house.delivery, house.housekeeping, house.log, SOON)
        ticks.start()
        met = arrival_of_call(house)
        ticks.nudge()
        await met.wait()
        stopping = asyncio.create_task(ticks.stop())
        await asyncio.sleep(0)
        gate.set()
        await stopping
        ticks.nudge()

    def arrival_of_call(house: House) -> asyncio.Event:
        event, choose = asyncio.Event(), house.slack.choose

        def noticed(verb: str, where: Place) -> Fault | None:
            if where.id == JOINT:
                event.set()
            return choose(verb, where)

        house.slack.choose = noticed
        return event

    house.hear(a_concern())
    live(story())
    assert kinds(house.seen(JOINT)) == [K.CARD]
    assert house.outbox.counts()[State.SENDING] == 0


def test_a_ring_at_the_moment_of_the_stop_is_not_called_an_error(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    async def story() -> None:
        async with ticking(house, NEVER) as ticks:
            ticks._scheduler.modify_job("bell", next_run_time=datetime(2020, 1, 1, tzinfo=UTC))
        for _ in range(3):
            await asyncio.sleep(0)

    live(story())
    assert [record.getMessage() for record in caplog.records] == []


def test_a_paced_place_does_not_wait_for_the_next_ring(house: House) -> None:
    """The next post comes when the pace allows, however long the rings are apart."""

    async def story() -> None:
        house.slack.pace = 0.05
        card = arrival(house, JOINT, 1)
        async with ticking(house, NEVER) as ticks:
            ticks.nudge()
            await card.wait()
            called = arrival(house, JOINT, 1)
            while not called.is_set():
                house.forward(milliseconds=1)
                await asyncio.sleep(0)

    house.hear(a_concern())
    live(story())


def test_however_often_it_is_nudged_a_resting_place_has_one_alarm(house: House) -> None:
    """An alarm for each run would lead to a run each, and they to more: in a rush they never ended."""

    async def story() -> None:
        house.slack.pace = 0.5
        loop = asyncio.get_running_loop()
        alarms: list[asyncio.TimerHandle] = []
        call_later = loop.call_later

        def noted(delay: float, callback: Callable[..., object], *given: Any) -> asyncio.TimerHandle:
            handle = call_later(delay, callback, *given)
            if delay == house.slack.pace:
                alarms.append(handle)
            return handle

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(loop, "call_later", noted)
            async with ticking(house, NEVER) as ticks:
                for _ in range(5):
                    await ticks.idle()
                assert len(alarms) == 5
                assert [handle.cancelled() for handle in alarms] == [True, True, True, True, False]

    house.hear(a_concern())
    live(story())


def test_a_wall_clock_set_back_does_not_silence_it(house: House) -> None:
    """APScheduler would wait until the clock on the wall has caught up; it is wound up again before."""

    async def story() -> None:
        async with ticking(house, SOON) as ticks:
            called = arrival(house, JOINT, 2)
            ticks._scheduler.modify_job("bell", next_run_time=datetime(2199, 1, 1, tzinfo=UTC))
            house.hear(a_concern())
            await called.wait()

    live(story())


def test_it_rings_late_rather_than_never(house: House) -> None:
    """None of APScheduler's defaults is left that drops a late ring, and no ring waits for the one before."""

    async def story() -> None:
        async with ticking(house, 1.0) as ticks:
            (job,) = ticks._scheduler.get_jobs()
            assert (job.misfire_grace_time, job.coalesce, job.max_instances) == (None, True, 1)
            assert job.trigger.interval == timedelta(seconds=1)

    live(story())

"""The metronome: it rings once a second for the sweep, the digest, delivery and housekeeping, and holds no
deadline.

APScheduler is used for nothing but the ringing: its own jobs are dropped when late and lost when unreadable,
so what is due stands in the record (design 7).
"""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC
from logging import ERROR, Logger, getLogger

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from reminders.delivery import Delivery
from reminders.digest import Digest
from reminders.housekeeping import Housekeeping
from reminders.sweep import Sweep
from storage.errors import NotSaved

EVERY = 1.0
"""Seconds between two rings: a lapse is called within two seconds of its due instant."""

MOMENT = 0.01
"""Seconds from a nudge to what it leads to: whoever has just been heard is answered first."""
PAUSE = 0.25
"""Seconds between two nudges that are heeded: in a rush, delivery slows nobody who waits for an answer."""

_OVERSLEPT = 5
"""After so many silent rings the metronome is wound up again."""


class Ticks:
    """Made anywhere, started and stopped on the event loop that delivery runs on."""

    def __init__(
        self,
        sweep: Sweep,
        digest: Digest,
        delivery: Delivery,
        housekeeping: Housekeeping,
        log: Logger,
        every: float = EVERY,
    ) -> None:
        self._sweep = sweep
        self._digest = digest
        self._delivery = delivery
        self._housekeeping = housekeeping
        self._log = log
        self._every = every
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._sweeping = asyncio.Lock()
        self._digesting = asyncio.Lock()
        self._delivering = asyncio.Lock()
        self._keeping_house = asyncio.Lock()
        self._at_work: set[asyncio.Task[None]] = set()
        self._failing: set[str] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._alarm: asyncio.TimerHandle | None = None
        self._heeding: asyncio.TimerHandle | None = None
        self._rested: asyncio.TimerHandle | None = None
        self._nudged = False

    def start(self) -> None:
        """Ring from now on."""
        getLogger("apscheduler").setLevel(ERROR)  # it reports every ring, and every ring that was not needed
        self._loop = asyncio.get_running_loop()
        self._scheduler.add_job(
            self._ring,
            "interval",
            seconds=self._every,
            id="bell",
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
        self._scheduler.start()
        self._set_alarm(self._loop)

    async def stop(self) -> None:
        """Ring no more, and finish what is under way."""
        self._loop = None
        for timer in filter(None, (self._alarm, self._heeding, self._rested)):
            timer.cancel()
        # It shuts down a moment later; a ring begun in between would be cut off, and logged as an error.
        self._scheduler.pause()
        self._scheduler.shutdown(wait=False)
        self._delivery.close()
        await asyncio.gather(*self._at_work, return_exceptions=True)

    def nudge(self) -> None:
        """Something was just committed: deliver in a `MOMENT`, in a rush once a `PAUSE`. On the loop."""
        self._nudged = True
        self._heed_after(MOMENT)

    async def idle(self) -> None:
        """Sweep, digest, deliver, keep house; return when nothing is left to do. Raises what they raise."""
        await self._sweep_once()
        await self._digest_once()
        await self._deliver_once()
        await self._keep_house_once()

    async def _ring(self) -> None:
        """Begin what is not under way; it ends at once, so no ring is ever skipped for the one before."""
        if loop := self._loop:
            self._set_alarm(loop)
            if not self._sweeping.locked():
                self._begin(loop, "sweep", self._sweep_once)
            if not self._digesting.locked():
                self._begin(loop, "digest", self._digest_once)
            if not self._keeping_house.locked():
                self._begin(loop, "housekeeping", self._keep_house_once)
            self._deliver()

    def _heed_after(self, seconds: float) -> None:
        if (loop := self._loop) and self._heeding is None:
            self._heeding = loop.call_later(seconds, self._heed)

    def _heed(self) -> None:
        """The nudges so far; those that come in the pause after them, together at its end."""
        self._heeding = None
        if self._nudged:
            self._nudged = False
            self._deliver()
            self._heed_after(PAUSE)

    def _deliver(self) -> None:
        """Begin a run, or have the one that waits for a slow place look again at all the others."""
        self._delivery.nudge()
        if (loop := self._loop) and not self._delivering.locked():
            self._begin(loop, "delivery", self._deliver_once)

    async def _sweep_once(self) -> None:
        async with self._sweeping:
            moved = await asyncio.to_thread(self._sweep.run)
        if moved:
            self._deliver()

    async def _digest_once(self) -> None:
        async with self._digesting:
            said = await asyncio.to_thread(self._digest.run)
        if said:
            self._deliver()

    async def _keep_house_once(self) -> None:
        async with self._keeping_house:
            await asyncio.to_thread(self._housekeeping.run)

    async def _deliver_once(self) -> None:
        async with self._delivering:
            await self._delivery.run()
        rest = self._delivery.rest()
        if (loop := self._loop) and rest is not None and rest.total_seconds() < self._every:
            if self._rested:
                self._rested.cancel()
            self._rested = loop.call_later(rest.total_seconds(), self._deliver)

    def _begin(
        self, loop: asyncio.AbstractEventLoop, name: str, work: Callable[[], Coroutine[object, object, None]]
    ) -> None:
        task = loop.create_task(work(), name=name)
        self._at_work.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        """A failure stops no later ring. It is logged once, without what it says: that could be private."""
        self._at_work.discard(task)
        name, error = task.get_name(), None if task.cancelled() else task.exception()
        if error is None:
            self._failing.discard(name)
        elif name not in self._failing:
            self._failing.add(name)
            why = error.reason if isinstance(error, NotSaved) else type(error).__name__
            self._log.error("The %s failed and is tried again with every ring: %s", name, why)

    def _set_alarm(self, loop: asyncio.AbstractEventLoop) -> None:
        if self._alarm:
            self._alarm.cancel()
        self._alarm = loop.call_later(self._every * _OVERSLEPT, self._wind_up)

    def _wind_up(self) -> None:
        """APScheduler goes by the wall clock: set back an hour, it would be silent for an hour."""
        if loop := self._loop:
            self._scheduler.reschedule_job("bell", trigger="interval", seconds=self._every)
            self._set_alarm(loop)

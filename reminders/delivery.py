"""Sending what is owed: places side by side, one notice a place, the urgent first, until nothing may be sent.

It remembers nothing that matters: whatever happens to this process, the outbox knows what is owed.
"""

import asyncio
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from logging import Logger

from concerns.notice import Place
from concerns.rules import Rules
from reminders.heartbeat import Heartbeat
from reminders.letters import Letters
from reminders.messenger import Messenger
from reminders.patience import Patience
from reminders.sending import Render, Sending
from storage.ledger import Ledger
from storage.outbox import Delivery as Errand
from storage.outbox import Outbox

Lane = asyncio.Task[None]


class Delivery:
    """One for each database, run by one caller at a time; `lanes` are places served at once."""

    def __init__(
        self,
        outbox: Outbox,
        ledger: Ledger,
        rules: Callable[[str], Rules],
        messengers: Callable[[Place], Messenger | None],
        render: Render,
        clock: Callable[[], datetime],
        log: Logger,
        heart: Heartbeat,
        patience: Patience,
        lanes: int = 32,
        letters: Letters | None = None,
    ) -> None:
        self._sending = Sending(outbox, ledger, rules, messengers, render, clock, log, patience, letters)
        self._outbox = outbox
        self._clock = clock
        self._patience = patience
        self._lanes = lanes
        self._resting: dict[Place, datetime] = {}
        self._bell = asyncio.Event()
        self._untidy = True
        self._closed = False
        self._looked: datetime | None = None
        self.heart = heart

    @property
    def unheard(self) -> int:
        """How many notices have died since the start with nobody left to tell."""
        return self._sending.unheard

    def nudge(self) -> None:
        """Something new is owed: a run that is under way looks again. To be called on the event loop."""
        self._bell.set()

    def close(self) -> None:
        """Begin nothing more; what is on its way is finished."""
        self._closed = True

    def rest(self) -> timedelta | None:
        """How long until a resting place may be told something again; None when none rests."""
        now = self._clock()
        return min((until - now for until in self._resting.values() if until > now), default=None)

    async def run(self) -> int:
        """Send until nothing may be sent now; how many tries were made.

        Raises the first defect it met, when everything else is done; the next run takes up what it left.
        """
        tries = 0
        if await asyncio.to_thread(self._anything):
            self._untidy = True
            tries = await self._send()
            self._untidy = False
        self.heart.beat()
        return tries

    def _anything(self) -> bool:
        """Whether anything may be sent. What was on its way when a run ended badly comes up again first."""
        now = self._clock()
        if self._looked is None or now < self._looked:
            # Whoever asked to wait asked for a time, and not until an hour that a wrong clock showed.
            self._resting.clear()
            self._outbox.pull_in(now, now + self._patience.look)
        self._looked = now
        if self._outbox.shared:
            # Another replica may have died at any time; what the living are sending is theirs.
            self._outbox.recover(now, now + self._patience.look, now - self._patience.lease)
        elif self._untidy:
            self._outbox.recover(now, now + self._patience.look)
        self._untidy = False
        return self._outbox.ready(now)

    async def _send(self) -> int:
        lanes: dict[Lane, Place] = {}
        ended: list[BaseException | None] = []
        try:
            while True:
                self._bell.clear()
                for errand in await self._claim(lanes.values()):
                    lanes[asyncio.create_task(self._carry(errand))] = errand.notice.place
                self.heart.beat()
                if not lanes and not self._bell.is_set():
                    break
                for lane in await self._ended(lanes):
                    del lanes[lane]
                    ended.append(lane.exception())
        finally:
            # What is on its way is not cut off: its fate would be unknown for nothing.
            await asyncio.gather(*lanes, return_exceptions=True)
        for defect in filter(None, ended):
            raise defect
        return len(ended)

    async def _claim(self, busy: Collection[Place]) -> tuple[Errand, ...]:
        """As many errands as there are lanes free, none for a place that is busy or must rest."""
        if self._closed or len(busy) >= self._lanes:
            return ()
        now = self._clock()
        self._resting = {place: until for place, until in self._resting.items() if until > now}
        return await asyncio.to_thread(
            self._outbox.claim, now, self._lanes - len(busy), avoid={*busy, *self._resting}
        )

    async def _carry(self, errand: Errand) -> None:
        rest = await self._sending.carry(errand)
        if rest:
            self._resting[errand.notice.place] = self._clock() + rest

    async def _ended(self, lanes: Collection[Lane]) -> set[Lane]:
        """The lanes that have ended, as soon as one has; none when the bell rings first."""
        bell = asyncio.create_task(self._bell.wait())
        done, _ = await asyncio.wait({*lanes, bell}, return_when=asyncio.FIRST_COMPLETED)
        bell.cancel()
        return {lane for lane in lanes if lane in done}

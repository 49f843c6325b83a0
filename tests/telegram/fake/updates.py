"""What has happened and Baton has not heard of yet: the queue behind getUpdates, or behind a webhook.

An update is forgotten when a higher offset is asked for, when a webhook answers 2xx, or after 24 hours.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from queue import SimpleQueue

from tests.telegram.fake.chats import Clock, Json, Refused

KEPT = timedelta(hours=24)
FIRST = 810_000_001
UNASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds that only arrive when they are asked for by name."""
CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
HOOKED = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete it first"


@dataclass
class Hook:
    """A webhook that was set."""

    url: str
    secret: str = ""
    most: int = 40


class Updates:
    """`pending` is what waits, oldest first; `confirmed` what was forgotten because Baton said it had it.

    `waiting` gets an entry whenever a poller begins to wait.
    """

    def __init__(self, clock: Clock) -> None:
        self.pending: list[Json] = []
        self.confirmed: list[Json] = []
        self.hook: Hook | None = None
        self.allowed: tuple[str, ...] = ()
        self.waiting: SimpleQueue[int] = SimpleQueue()
        self._clock = clock
        self._born: dict[int, datetime] = {}
        self._numbers = count(FIRST)
        self._poll: asyncio.Future[bool] | None = None
        self._wake: Callable[[Callable[[], None]], object] = lambda work: work()

    def add(self, kind: str, what: Json) -> Json | None:
        """This has happened; the update, or None where Baton has not asked to hear of such."""
        wanted = kind in self.allowed if self.allowed else kind not in UNASKED
        if not wanted:
            return None
        update: Json = {"update_id": next(self._numbers), kind: what}
        self._put([*self.pending, update])
        return update

    def again(self, *updates: Json) -> None:
        """These come once more, as after a lost confirmation."""
        self._put([*updates, *self.pending])

    def reorder(self) -> None:
        """What waits comes in the opposite order."""
        self._put(self.pending[::-1])

    def restart_numbers(self, first: int) -> None:
        """After a week of silence the numbers begin somewhere else."""
        self._numbers = count(first)

    # ---- getUpdates --------------------------------------------------------------------------------

    async def get(self, offset: int, limit: int, patience: float) -> list[Json]:
        """The next updates, waiting for one if there is none. A second poller ends the first with 409."""
        if self.hook:
            raise Refused(409, HOOKED)
        self.hang_up()
        self._forget_old()
        self._confirm(offset)
        if not self.pending and patience > 0:
            await self._something(patience)
        return self.pending[:limit]

    def on_loop(self, loop: asyncio.AbstractEventLoop) -> None:
        """Where pollers wait: whoever adds an update from another thread wakes them there."""
        self._wake = loop.call_soon_threadsafe

    def hang_up(self) -> None:
        """Whoever still waits for an update waits no longer."""
        if self._poll and not self._poll.done():
            self._poll.set_result(False)

    def _put(self, pending: list[Json]) -> None:
        for update in pending:
            self._born.setdefault(update["update_id"], self._clock())
        self.pending = pending
        self._wake(self._ring)

    def _ring(self) -> None:
        if self.pending and self._poll and not self._poll.done():
            self._poll.set_result(True)

    async def _something(self, patience: float) -> None:
        waiting = self._poll = asyncio.get_running_loop().create_future()
        self.waiting.put(1)
        self._ring()
        try:
            async with asyncio.timeout(patience):
                mine = await waiting
        except TimeoutError:
            return
        if not mine:
            raise Refused(409, CONFLICT)

    def _confirm(self, offset: int) -> None:
        if offset > 0:
            known = [update for update in self.pending if update["update_id"] < offset]
            self.confirmed += known
            self.pending = [update for update in self.pending if update["update_id"] >= offset]
        elif offset < 0:
            self.pending = self.pending[offset:]

    def _forget_old(self) -> None:
        since = self._clock() - KEPT
        self.pending = [update for update in self.pending if self._born[update["update_id"]] >= since]

    # ---- webhooks ----------------------------------------------------------------------------------

    async def push(self, send: Callable[[Hook, Json], object]) -> list[int]:
        """Send what waits to the webhook, in order; the statuses. What was not taken goes on waiting."""
        assert self.hook, "no webhook is set"
        self._forget_old()
        statuses = []
        for update in tuple(self.pending):
            answer = send(self.hook, update)
            status = await answer if asyncio.iscoroutine(answer) else answer
            assert isinstance(status, int)
            statuses.append(status)
            if 200 <= status < 300:
                self.pending = [one for one in self.pending if one is not update]
                self.confirmed.append(update)
        return statuses

"""One lane for each person: what somebody does is handled in its order, and holds nobody else up.

An update that comes again is not handled again.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from logging import Logger

from bot.telegram.updates import Heard, Malformed, Moved, Pressed, Standing, Typed, Unread, number, read

Handle = Callable[[Heard], Awaitable[None]]

REMEMBERED = 10_000
"""How many updates are known again. After a restart the record itself knows what it took."""

WAITING = 30
"""How much of one person's may wait. Telegram hands out a hundred updates at a time, and people are answered
one a second: whoever sends hundreds would keep everybody else from being heard.
"""


class Lanes:
    """`handle` is the door; whatever it raises is its own business."""

    def __init__(self, handle: Handle, log: Logger) -> None:
        self._handle = handle
        self._log = log
        self._last: dict[int, asyncio.Task[None]] = {}
        self._known: dict[int, asyncio.Task[None] | None] = {}
        self._waiting: Counter[int] = Counter()

    def take(self, update: object) -> asyncio.Task[None] | None:
        """Put an update into its lane; what comes of it, or None where there is nothing to wait for.

        Of more than `WAITING` from one person the rest is not taken; they are told so once.
        Raises `Malformed` for what is no update.
        """
        id = number(update)
        if id is None:
            raise Malformed
        if id in self._known:
            return self._known[id]
        heard = read(update)
        if heard and not isinstance(heard, Standing | Moved):
            heard = self._bearable(heard)
        if heard is None:
            self._remember(id, None)
            return None
        lane = heard.chat if isinstance(heard, Standing | Moved) else heard.where.user
        self._waiting[lane] += 1
        task = asyncio.create_task(self._after(self._last.get(lane), heard))
        self._last[lane] = task
        self._remember(id, task)
        task.add_done_callback(lambda ended: self._ended(id, lane, ended))
        return task

    async def finish(self) -> None:
        """Wait until all that was taken has been handled."""
        while self._last:
            await asyncio.gather(*self._last.values(), return_exceptions=True)

    def _bearable(self, heard: Typed | Pressed | Unread) -> Heard | None:
        """Something of a person's, or that it is too much just now."""
        waiting = self._waiting[heard.where.user]
        if waiting < WAITING:
            return heard
        return Unread(heard.id, heard.where, "hurried") if waiting == WAITING else None

    async def _after(self, before: asyncio.Task[None] | None, heard: Heard) -> None:
        if before:
            await asyncio.wait({before})
        await self._handle(heard)

    def _ended(self, id: int, lane: int, task: asyncio.Task[None]) -> None:
        if self._known.get(id) is task:
            self._known[id] = None
        if self._last.get(lane) is task:
            del self._last[lane]
            del self._waiting[lane]
        else:
            self._waiting[lane] -= 1
        if not task.cancelled() and (defect := task.exception()):
            self._log.error("A defect at the door", exc_info=defect)

    def _remember(self, id: int, task: asyncio.Task[None] | None) -> None:
        self._known[id] = task
        while len(self._known) > REMEMBERED:
            # Oldest first, as they came.
            del self._known[next(iter(self._known))]

"""Until when Baton surely listened to Telegram, which keeps what nobody asks for no longer than a day.

Whoever may have been unheard is told so once, and asked to send it again.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from storage.heard import Heard, Mark

KEPT = timedelta(hours=24)
"""How long Telegram keeps what was not asked for (platforms 2.1)."""
_AGAIN = 1_000
"""How far back an update may be one that comes again. One numbered lower still is new: after a silent week
Telegram begins anew somewhere else (platforms 2.1)."""
_NOTED = timedelta(minutes=10)
"""How often it is noted that nothing has come."""


class Presence:
    """Of one door, by its name. `missed` tells people about a gap, from when until when."""

    def __init__(
        self,
        heard: Heard,
        door: str,
        clock: Callable[[], datetime],
        missed: Callable[[datetime, datetime], Awaitable[None]],
    ) -> None:
        self._heard = heard
        self._door = door
        self._clock = clock
        self._missed = missed
        self._mark: Mark | None = None
        self._asked = False
        self._told: datetime | None = None

    async def known(self, id: int) -> bool:
        """Whether this update was handled and confirmed before, and comes again. Raises `NotSaved`."""
        mark = await self._last()
        return mark is not None and mark.next - _AGAIN <= id < mark.next

    async def handled(self, next: int) -> None:
        """All before `next` is handled, and may be confirmed. Raises `NotSaved`."""
        mark = await self._last()
        if mark is None or not mark.next - _AGAIN <= next <= mark.next:
            await self._put(Mark(next, mark.at if mark else self._clock()))

    async def listened(self) -> None:
        """Telegram could be heard just now. Raises `NotSaved`."""
        now, mark = self._clock(), await self._last()
        if mark and now - mark.at > KEPT and mark.at != self._told:
            await self._missed(mark.at, now)
            # Where it cannot be noted that somebody listens again, nobody is told twice.
            self._told = mark.at
        if mark is None or now - mark.at >= _NOTED:
            await self._put(Mark(mark.next if mark else 0, now))

    async def _put(self, mark: Mark) -> None:
        await asyncio.to_thread(self._heard.put, self._door, mark)
        self._mark = mark

    async def _last(self) -> Mark | None:
        if not self._asked:
            self._mark = await asyncio.to_thread(self._heard.of, self._door)
            self._asked = True
        return self._mark

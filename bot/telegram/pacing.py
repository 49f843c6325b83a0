"""Telegram's flood limits, kept from our side: no chat and no bot is spoken by faster than it may be.

One for each bot, shared by whatever speaks through it; edits count like messages. It sends nothing.
"""

import asyncio
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from heapq import heappop, heappush
from itertools import count

from reminders.messenger import Waiting

SPARE = 1.15
"""How much more time is taken than Telegram asks for: its limits are about, and answers come unevenly."""
CHAT = (1, 1.0 * SPARE)
GROUP = (20, 60.0 * SPARE)
ALL = (2, 2 / 30 * SPARE)
"""At most so many within so many seconds (platforms 2.1). In all it is 30 a second, in small portions: in one
there would be no gap for what becomes urgent in between."""

PATIENCE = 5.0
"""Seconds worth waiting for a turn; whoever must wait longer is told so, and makes room for others."""
_MANY = 10_000
"""Chats remembered before those at rest are forgotten."""

Limit = tuple[int, float]


class Taken:
    """When the last turns were taken, as far back as its limits look."""

    def __init__(self, *limits: Limit) -> None:
        self._limits = limits
        self._times: deque[float] = deque(maxlen=max(most for most, _ in limits))
        self.closed = float("-inf")

    def wait(self, now: float, turns: int = 1) -> float:
        """Seconds until so many turns fit, one as soon after another as may be."""
        ready = [self.closed]
        for most, span in self._limits:
            behind = most - min(turns, most) + 1 if most > 1 else 1
            if len(self._times) >= behind:
                ready.append(self._times[-behind] + span)
        return max(0.0, max(ready) - now)

    def take(self, now: float) -> None:
        """Take one."""
        self._times.append(now)

    def rested(self, now: float) -> bool:
        """Whether nothing it remembers matters any more."""
        longest = max(span for _, span in self._limits)
        return self.closed <= now and (not self._times or self._times[-1] + longest <= now)


class Pacing:
    """`clock` gives seconds that only grow, `sleep` waits for some of them."""

    def __init__(self, clock: Callable[[], float], sleep: Callable[[float], Awaitable[object]]) -> None:
        self._clock = clock
        self._sleep = sleep
        self._all = Taken(ALL)
        self._chats: defaultdict[int, Taken] = defaultdict(lambda: Taken(CHAT))
        self._doors: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._line: list[tuple[bool, int, asyncio.Event]] = []
        self._numbers = count()

    async def turn(self, chat: int, *, urgent: bool = False, turns: int = 1) -> None:
        """Come back when this chat may be spoken in; the urgent go before whoever waits for the bot's turn.

        `turns` are how many will follow one another, this one counted. Raises `Waiting` where the chat must
        be left alone for longer than `PATIENCE`.
        """
        async with self._doors[chat]:
            taken = self._taken(chat)
            wait = taken.wait(self._clock(), turns)
            if wait > PATIENCE:
                raise Waiting(timedelta(seconds=wait))
            if wait > 0:
                await self._sleep(wait)
            await self._in_line(urgent=urgent)
            taken.take(self._clock())

    def close(self, chat: int, rest: timedelta) -> None:
        """Telegram has asked for this chat to be left alone for so long; every other goes on."""
        taken = self._taken(chat)
        taken.closed = max(taken.closed, self._clock() + rest.total_seconds())

    async def rest(self, time: timedelta) -> None:
        """Let so much time pass."""
        await self._sleep(time.total_seconds())

    def _taken(self, chat: int) -> Taken:
        if chat not in self._chats:
            self._forget()
            # Groups have negative numbers.
            self._chats[chat] = Taken(CHAT, GROUP) if chat < 0 else Taken(CHAT)
        return self._chats[chat]

    def _forget(self) -> None:
        if len(self._chats) < _MANY:
            return
        now = self._clock()
        for chat in [chat for chat, taken in self._chats.items() if taken.rested(now)]:
            if not self._doors[chat].locked():
                del self._chats[chat], self._doors[chat]

    async def _in_line(self, *, urgent: bool) -> None:
        """Wait for the bot's own turn, behind those who are as urgent and came before."""
        with self._waiting(urgent=urgent) as called:
            while True:
                if self._line[0][2] is not called:
                    await called.wait()
                    called.clear()
                elif (wait := self._all.wait(self._clock())) > 0:
                    await self._sleep(wait)
                else:
                    self._all.take(self._clock())
                    return

    @contextmanager
    def _waiting(self, *, urgent: bool) -> Iterator[asyncio.Event]:
        """A place in the line; whoever leaves it calls the next."""
        mine = (not urgent, next(self._numbers), asyncio.Event())
        heappush(self._line, mine)
        try:
            yield mine[2]
        finally:
            self._leave(mine)
            if self._line:
                self._line[0][2].set()

    def _leave(self, mine: tuple[bool, int, asyncio.Event]) -> None:
        if self._line[0] is mine:
            heappop(self._line)
            return
        # Cancelled while it waited: a list of some dozens is put in order again.
        self._line = sorted(one for one in self._line if one is not mine)

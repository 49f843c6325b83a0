"""The dead man's switch: an outside address is rung while all is well, so that silence is noticed.

Nothing is sent with it, and what it answers does not matter.
"""

import asyncio
from collections.abc import Awaitable, Callable
from logging import Logger

import aiohttp

EVERY = 60.0
"""Seconds between two rings."""
_TIMEOUT = aiohttp.ClientTimeout(total=10)


class Pulse:
    """`reasons` says why the house should not be relied on; none, and the address is rung."""

    def __init__(self, url: str, reasons: Callable[[], Awaitable[tuple[str, ...]]], log: Logger) -> None:
        self._url = url
        self._reasons = reasons
        self._log = log

    async def run(self) -> None:
        """Until it is cancelled."""
        while True:
            await self.beat()
            await asyncio.sleep(EVERY)

    async def beat(self) -> None:
        """Once, if all is well."""
        if await self._reasons():
            return
        try:
            async with aiohttp.ClientSession(timeout=_TIMEOUT) as http, http.get(self._url):
                return
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as trouble:
            self._log.warning("The heartbeat address could not be rung: %s", type(trouble).__name__)

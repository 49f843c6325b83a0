"""The pretend Bot API without a wire: a request of python-telegram-bot's that is answered in this process.

With `timeline.py` thousands of calls, minutes of waiting included, take seconds and come out the same.
"""

import asyncio
import json
from urllib.parse import urlsplit

import httpx
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from tests.chat.faults import Broken, Garbled, Silent
from tests.telegram.fake.core import Telegram
from tests.telegram.fake.faults import Fault
from tests.telegram.fake.wire import read


class Direct(BaseRequest):
    """`latency` is how many seconds an answer takes; half of it passes before Telegram hears the call."""

    def __init__(self, telegram: Telegram, latency: float = 0.0) -> None:
        self._telegram = telegram
        self._latency = latency

    @property
    def read_timeout(self) -> float:
        """Seconds."""
        return 10.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *timeouts: object,
        **named: object,
    ) -> tuple[int, bytes]:
        """Ask, and be answered or not."""
        *_, bot, called = urlsplit(url).path.split("/")
        token = bot.removeprefix("bot")
        args = dict(request_data.json_parameters) if request_data else {}
        files = (request_data.multipart_data if request_data else None) or {}
        meant = read(args) | {name: given[1] for name, given in files.items()}
        await asyncio.sleep(self._latency / 2)
        if called == "getUpdates":
            status, said = await self._telegram.poll(token, meant)
        else:
            (status, said), fault = self._telegram.take(token, called, meant)
            if fault is not None:
                return await self._spoilt(fault)
        await asyncio.sleep(self._latency / 2)
        return status, json.dumps(said).encode()

    async def _spoilt(self, fault: Fault) -> tuple[int, bytes]:
        match fault:
            case Broken(status=status):
                return status, b"<html>Bad Gateway</html>"
            case Garbled(body=body):
                return 200, body
            case Silent():
                await asyncio.sleep(self.read_timeout)
                raise TimedOut from httpx.ReadTimeout("")
            case _:
                raise NetworkError("dropped") from httpx.ReadError("")

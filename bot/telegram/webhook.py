"""Telegram rings Baton: every update is held against the secret and its shape before anything is done.

It is answered once what it asks for is committed. What is too large, forged or no update is refused with a
4xx, and nothing of it is kept.
"""

import asyncio
import hmac
import json
from datetime import timedelta

from pydantic import SecretStr
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot.telegram.lanes import Lanes
from bot.telegram.updates import Malformed

LARGEST = 1024 * 1024
"""The largest body that is read, in bytes."""
IN_TIME = 10.0
"""Seconds a body may take to arrive."""
PATIENCE = timedelta(seconds=50)
"""How long Telegram is kept waiting; it rings again after a minute, and is then told what became of it."""

_SECRET = "x-telegram-bot-api-secret-token"  # noqa: S105 -- the name of a header
_MOST_DIGITS = 12


class Refused(Exception):
    """A request that is not let in; `status` is what it is answered with."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


class Webhook:
    """The entrance. `secret` is the word Telegram was told to show."""

    def __init__(self, lanes: Lanes, secret: SecretStr, patience: timedelta = PATIENCE) -> None:
        self._lanes = lanes
        self._secret = secret.get_secret_value().encode()
        self._patience = patience.total_seconds()

    async def answer(self, request: Request) -> Response:
        """Empty once it is handled; 503 where that takes too long, so that Telegram rings again."""
        try:
            given = request.headers.get(_SECRET, "").encode("utf-8", "replace")
            if not hmac.compare_digest(self._secret, given):
                raise Refused(401, "This is not the word Telegram was told to show.")
            work = self._lanes.take(_update(await _whole(request)))
        except Refused as no:
            return PlainTextResponse(f"{no}\n", no.status)
        except Malformed:
            return PlainTextResponse("That is no update of Telegram's.\n", 400)
        if work:
            done, _ = await asyncio.wait({work}, timeout=self._patience)
            if not done:
                return PlainTextResponse("", 503)
        return PlainTextResponse("")


def _update(raw: bytes) -> object:
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        raise Malformed from None


async def _whole(request: Request) -> bytes:
    said, content = request.headers.get("content-length", "0"), b""
    if said.isdecimal() and len(said) <= _MOST_DIGITS and int(said) > LARGEST:
        raise Refused(413, "That is more than 1 MiB.")
    try:
        async with asyncio.timeout(IN_TIME):
            async for chunk in request.stream():
                content += chunk
                if len(content) > LARGEST:
                    raise Refused(413, "That is more than 1 MiB.")
    except TimeoutError:
        raise Refused(408, "That took too long to arrive.") from None
    return content

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

from bot.arriving import Refused, whole
from bot.telegram.lanes import Lanes
from bot.telegram.updates import Malformed

PATIENCE = timedelta(seconds=50)
"""How long Telegram is kept waiting; it rings again after a minute, and is then told what became of it."""

_SECRET = "x-telegram-bot-api-secret-token"  # noqa: S105 -- the name of a header


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
            work = self._lanes.take(_update(await whole(request)))
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

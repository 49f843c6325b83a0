"""Slack rings Baton: every request is held against its signature and its shape before anything is done.

What is too large, unsigned, too old or no payload is refused with a 4xx, and nothing of it is kept.
"""

import asyncio
import hmac
import json
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from urllib.parse import parse_qsl

from slack_bolt.adapter.starlette.async_handler import to_starlette_response
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot.slack.bolt import ASKED
from bot.slack.payloads import Json
from bot.slack.requests import Happened, Malformed, read
from bot.slack.requests import Request as Asked

LARGEST = 1024 * 1024
"""The largest body that is read, in bytes."""
FRESH = 300
"""How old or how early a signed request may be, in seconds (platforms 1.1)."""
PATIENCE = 10.0
"""Seconds a body may take to arrive: whoever sends it drop by drop holds nobody up (threat T6)."""

_MOST_DIGITS = 12


class Refused(Exception):
    """A request that is not let in; `status` is what it is answered with."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


class Intake:
    """The HTTP side of one workspace. `secret` is its signing secret, `clock` tells how old a request is."""

    def __init__(
        self, app: AsyncApp, secret: str, clock: Callable[[], datetime], patience: float = PATIENCE
    ) -> None:
        self._app = app
        self._secret = secret.encode()
        self._clock = clock
        self._patience = patience

    async def answer(self, request: Request) -> Response:
        """What the door answers, or the refusal."""
        try:
            raw = await self._whole(request)
            self._signed(request, raw)
            body = _payload(raw, request.headers.get("content-type", ""))
            asked = read(body)
            if asked is None and body.get("type") != "url_verification":
                return PlainTextResponse("")
            heard = _for_bolt(body, asked)
        except Refused as no:
            return PlainTextResponse(f"{no}\n", no.status)
        except Malformed:
            return PlainTextResponse("That is none of Slack's payloads.\n", 400)
        return to_starlette_response(await self._app.async_dispatch(heard))

    async def _whole(self, request: Request) -> bytes:
        said = request.headers.get("content-length", "0")
        if said.isdecimal() and len(said) <= _MOST_DIGITS and int(said) > LARGEST:
            raise Refused(413, "That is more than 1 MiB.")
        content = bytearray()
        try:
            async with asyncio.timeout(self._patience):
                async for chunk in request.stream():
                    content += chunk
                    if len(content) > LARGEST:
                        raise Refused(413, "That is more than 1 MiB.")
        except TimeoutError:
            raise Refused(408, "This request did not arrive in time.") from None
        return bytes(content)

    def _signed(self, request: Request, raw: bytes) -> None:
        """Slack signs `v0:<time>:<body>`; the time itself is held against the clock."""
        stamp = request.headers.get("x-slack-request-timestamp", "")
        given = request.headers.get("x-slack-signature", "")
        if not (stamp.isascii() and stamp.isdecimal() and len(stamp) <= _MOST_DIGITS):
            raise Refused(401, "This request says no time.")
        if abs(self._clock().timestamp() - int(stamp)) > FRESH:
            raise Refused(401, "This request is too old, or one of the two clocks is wrong.")
        mine = hmac.new(self._secret, b"v0:" + stamp.encode() + b":" + raw, sha256).hexdigest()
        if not hmac.compare_digest(f"v0={mine}".encode(), given.encode("utf-8", "replace")):
            raise Refused(401, "This request is not signed with the secret of this workspace.")


def _for_bolt(body: Json, asked: Asked | Happened | None) -> AsyncBoltRequest:
    """The payload as a socket would bring it: proven and read, so that Bolt does neither once more.

    No header goes with it. By headers Bolt runs listeners on request: none of the outside's business.
    """
    try:
        return AsyncBoltRequest(body=body, mode="socket_mode", context={ASKED: asked})
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError):
        # Bolt looks into places that no payload of Slack's leaves empty.
        raise Malformed from None


def _payload(raw: bytes, kind: str) -> Json:
    """The payload of a body, JSON or a form. Raises `Malformed`."""
    try:
        text = raw.decode()
        if kind.partition(";")[0].strip().lower() == "application/json" or text.startswith("{"):
            found = json.loads(text)
        else:
            fields = dict(parse_qsl(text, keep_blank_values=True, max_num_fields=200))
            found = json.loads(fields["payload"]) if "payload" in fields else fields
    except (ValueError, RecursionError):
        raise Malformed from None
    if not isinstance(found, dict):
        raise Malformed
    return found

"""Slack rings Baton: every request is held against its signature and its shape before anything is done.

What is too large, unsigned, too old or no payload is refused with a 4xx, and nothing of it is kept.
"""

import hmac
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from hashlib import sha256
from urllib.parse import parse_qsl

from slack_bolt.adapter.starlette.async_handler import to_starlette_response
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot.slack.payloads import Json
from bot.slack.requests import Malformed, read

LARGEST = 1024 * 1024
"""The largest body that is read, in bytes."""
FRESH = 300
"""How old or how early a signed request may be, in seconds (platforms 1.1)."""

_MOST_DIGITS = 12


class Refused(Exception):
    """A request that is not let in; `status` is what it is answered with."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


class Intake:
    """The HTTP side of one workspace. `secret` is its signing secret, `clock` tells how old a request is."""

    def __init__(self, app: AsyncApp, secret: str, clock: Callable[[], datetime]) -> None:
        self._app = app
        self._secret = secret.encode()
        self._clock = clock

    async def answer(self, request: Request) -> Response:
        """What the door answers, or the refusal."""
        try:
            raw = await _whole(request)
            self._signed(request, raw)
            body = _payload(raw, request.headers.get("content-type", ""))
            asked = read(body)
            # Bolt runs listeners by name on request; that is none of the outside's business.
            headers = {name: said for name, said in request.headers.items() if "x-slack-bolt" not in name}
            heard = _bolt_request(raw, headers)
        except Refused as no:
            return PlainTextResponse(f"{no}\n", no.status)
        except Malformed:
            return PlainTextResponse("That is none of Slack's payloads.\n", 400)
        if asked is None and body.get("type") != "url_verification":
            return PlainTextResponse("")
        return to_starlette_response(await self._app.async_dispatch(heard))

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


async def _whole(request: Request) -> bytes:
    said = request.headers.get("content-length", "0")
    content = b""
    if said.isdecimal() and len(said) <= _MOST_DIGITS and int(said) > LARGEST:
        raise Refused(413, "That is more than 1 MiB.")
    async for chunk in request.stream():
        content += chunk
        if len(content) > LARGEST:
            raise Refused(413, "That is more than 1 MiB.")
    return content


def _bolt_request(raw: bytes, headers: Mapping[str, str]) -> AsyncBoltRequest:
    try:
        return AsyncBoltRequest(body=raw.decode(), headers=dict(headers))
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

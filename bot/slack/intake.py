"""Slack rings Baton: every request is held against its signature and its shape before anything is done.

What is too large, unsigned, too old or no payload is refused with a 4xx, and nothing of it is kept.
"""

import hmac
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from logging import Logger
from urllib.parse import parse_qsl

from slack_bolt.adapter.starlette.async_handler import to_starlette_response
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot.arriving import PATIENCE, Refused, whole
from bot.settings import slack_variable
from bot.slack.bolt import ASKED
from bot.slack.payloads import Json
from bot.slack.requests import Happened, Malformed, read
from bot.slack.requests import Request as Asked

FRESH = 300
"""How old or how early a signed request may be, in seconds (platforms 1.1)."""
_MOST_DIGITS = 12
_SAID_AGAIN = timedelta(hours=1)
"""How long what is refused is not said once more in the log: anybody may ring."""


class Unproven(Refused):
    """A request that names a time, and is not proven to be Slack's; `cure` is for when it was."""

    def __init__(self, why: str, cure: str) -> None:
        super().__init__(401, why)
        self.cure = cure


class Intake:
    """The HTTP side of one workspace. `secret` is its signing secret, `clock` tells how old a request is."""

    def __init__(
        self,
        app: AsyncApp,
        workspace: str,
        secret: str,
        clock: Callable[[], datetime],
        log: Logger,
        patience: float = PATIENCE,
    ) -> None:
        self._app = app
        self._workspace = workspace
        self._secret = secret.encode()
        self._clock = clock
        self._log = log
        self._patience = patience
        self._said: dict[str, datetime] = {}

    async def answer(self, request: Request) -> Response:
        """What the door answers, or the refusal."""
        try:
            raw = await whole(request, self._patience)
            self._signed(request, raw)
            body = _payload(raw, request.headers.get("content-type", ""))
            asked = read(body)
            if asked is None and body.get("type") != "url_verification":
                return PlainTextResponse("")
            heard = _for_bolt(body, asked)
        except Refused as no:
            if isinstance(no, Unproven):
                self._say(no)
            return PlainTextResponse(f"{no}\n", no.status)
        except Malformed:
            return PlainTextResponse("That is none of Slack's payloads.\n", 400)
        return to_starlette_response(await self._app.async_dispatch(heard))

    def _signed(self, request: Request, raw: bytes) -> None:
        """Slack signs `v0:<time>:<body>`; the time itself is held against the clock."""
        stamp = request.headers.get("x-slack-request-timestamp", "")
        given = request.headers.get("x-slack-signature", "")
        if not (stamp.isascii() and stamp.isdecimal() and len(stamp) <= _MOST_DIGITS):
            raise Refused(401, "This request says no time.")
        if abs(self._clock().timestamp() - int(stamp)) > FRESH:
            raise Unproven(
                "This request is too old, or one of the two clocks is wrong.",
                "set this machine's clock by the network (NTP).",
            )
        mine = hmac.new(self._secret, b"v0:" + stamp.encode() + b":" + raw, sha256).hexdigest()
        if not hmac.compare_digest(f"v0={mine}".encode(), given.encode("utf-8", "replace")):
            raise Unproven(
                "This request is not signed with the secret of this workspace.",
                f"copy its app's signing secret into {slack_variable(self._workspace, 'SIGNING_SECRET')}.",
            )

    def _say(self, no: Unproven) -> None:
        """Slack shows nobody why it was refused, so whoever looks for it finds it here."""
        now, said = self._clock(), self._said.get(str(no))
        if said is None or now - said >= _SAID_AGAIN:
            self._said[str(no)] = now
            self._log.warning(
                'A request for the Slack workspace "%s" was refused: %s If Slack sent it, %s',
                self._workspace,
                str(no),
                no.cure,
            )


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

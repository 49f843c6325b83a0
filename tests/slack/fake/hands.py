"""The other direction: a person of a workspace types, presses, fills in, and Slack tells the app.

Over a socket, or over signed HTTP. Every method gives a `Future` of Slack's view of the answer: `.result()`
in a thread, `await asyncio.wrap_future(…)` on a loop.
"""

import hashlib
import hmac
import json
from concurrent.futures import Future
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from urllib.parse import urlencode

import aiohttp

from tests.slack.fake.payloads import Payloads, state_of
from tests.slack.fake.server import FakeSlack
from tests.slack.fake.workspace import Json, Said

SOCKET = ""
"""In place of a URL: over the app's socket."""
QUICKLY = 3.0
"""Seconds within which an app must acknowledge."""


@dataclass(frozen=True)
class Answer:
    """How the app acknowledged: the HTTP status (200 on a socket, 0 for nothing in time) and its words."""

    status: int
    body: Json = field(default_factory=dict)

    @property
    def in_time(self) -> bool:
        """Whether the person sees that it went well."""
        return self.status == 200


class Person:
    """Somebody at their Slack. `door` is the app's URL, or SOCKET; `patience` is how long Slack waits."""

    def __init__(
        self, slack: FakeSlack, workspace: str, user: str, door: str, patience: float = QUICKLY
    ) -> None:
        self.slack = slack
        self.space = slack.workspaces[workspace]
        self.views = slack.views[workspace]
        self.user = user
        self.payloads = Payloads(self.space, self.views, user)
        self._api = slack.apis[workspace]
        self._door = door
        self.patience = patience
        self._numbers = count(1)

    # ---- what a person does ------------------------------------------------------------------------

    def types(self, command: str, text: str, channel: str = "") -> Future[Answer]:
        """A slash command, in a channel or in the app's own direct messages."""
        return self.sends("slash_commands", self.command(command, text, channel))

    def command(self, command: str, text: str, channel: str = "") -> Json:
        """The payload of one, to be sent more than once."""
        where = channel or self.space.open_direct(self.user).id
        return self.payloads.command(command, text, where, self._url(where))

    def presses(self, said: Said, label: str) -> Future[Answer]:
        """The button of this label, in a message."""
        return self.sends("interactive", self.press(said, label))

    def press(self, said: Said, label: str) -> Json:
        """The payload of one, to be sent more than once."""
        block_id, button = button_of(said.blocks, label)
        shown = self._api.shown(said)
        return self.payloads.press(said, button, block_id, shown, self._url(said.channel))

    def submits(self, **answers: str | list[str] | int) -> Future[Answer]:
        """Fill in the modal that is open, by block id, and send it. The modal follows the app's answer."""
        view = self.views.before(self.user)
        assert view is not None, "no modal is open"
        sent = self.payloads.submission(view, state_of(view.shown, answers))
        return self.slack.do(self._submit(sent))

    def presses_in_view(self, label: str) -> Future[Answer]:
        """The button of this label, in the modal that is open, or else in the App Home."""
        view = self.views.before(self.user) or self.views.homes[self.user]
        block_id, button = button_of(view.shown["blocks"], label)
        state = state_of(view.shown, {})
        return self.sends("interactive", self.payloads.press_in_view(view, button, block_id, state))

    def closes(self) -> Future[Answer]:
        """Close the modal without sending it."""
        view = self.views.before(self.user)
        assert view is not None, "no modal is open"
        self.views.close(self.user)
        return self.sends("interactive", self.payloads.closed(view))

    def uses(self, shortcut: str, on: Said | None = None) -> Future[Answer]:
        """A shortcut, global or on a message."""
        if on is None:
            return self.sends("interactive", self.payloads.shortcut(shortcut))
        shown, url = self._api.shown(on), self._url(on.channel)
        return self.sends("interactive", self.payloads.message_shortcut(shortcut, on, shown, url))

    def writes(self, channel: str, text: str) -> Future[Answer]:
        """A message among people, told to the app as a mention where it names it, or as a direct message."""
        room = self.space.conversations[channel]
        said = self.space.say(channel, {"text": text}, self.user)
        told = {"user": self.user, "text": text, "ts": said.ts, "channel": channel}
        if room.user:
            return self.happens({"type": "message", "channel_type": "im"} | told)
        return self.happens({"type": "app_mention"} | told)

    def looks_home(self) -> Future[Answer]:
        """Open the App Home."""
        return self.happens({"type": "app_home_opened", "user": self.user, "tab": "home"})

    def happens(self, event: Json) -> Future[Answer]:
        """Any other event."""
        return self.sends("events_api", self.payloads.event(event, f"Ev{self.user}{next(self._numbers)}"))

    # ---- how it gets there -------------------------------------------------------------------------

    def sends(self, kind: str, payload: Json, attempt: int | None = None) -> Future[Answer]:
        """Send this payload, once more if it was sent before; `attempt` marks it a repeat."""
        return self.slack.do(self._send(kind, payload, attempt))

    def signed(self, kind: str, payload: Json, attempt: int | None = None) -> tuple[bytes, dict[str, str]]:
        """Body and headers of a signed request, as they would go over HTTP."""
        return sign(
            *_body(kind, payload, attempt), self.space.signing_secret, int(self.space.now.timestamp())
        )

    async def _submit(self, payload: Json) -> Answer:
        answer = await self._send("interactive", payload, None)
        if answer.in_time:
            follow(self, answer.body)
        return answer

    async def _send(self, kind: str, payload: Json, attempt: int | None) -> Answer:
        if self._door == SOCKET:
            sent = self.slack.sockets.send(self.space.name, kind, payload, self.patience, attempt)
            said = await sent
            return Answer(0) if said is None else Answer(200, said)
        return await self._post(*self.signed(kind, payload, attempt))

    async def _post(self, body: bytes, headers: dict[str, str]) -> Answer:
        patience = aiohttp.ClientTimeout(total=self.patience)
        try:
            async with (
                aiohttp.ClientSession(timeout=patience) as http,
                http.post(self._door, data=body, headers=headers) as answer,
            ):
                return Answer(answer.status, _said(await answer.text()))
        except (TimeoutError, aiohttp.ClientError):
            return Answer(0)

    def _url(self, channel: str) -> str:
        return self.slack.response_url(self.space, channel, self.user)


def follow(person: Person, answer: Json) -> None:
    """What becomes of the modal when a submission is answered like this, unless it was closed meanwhile.

    Raises Refused for a bad view.
    """
    views = person.views
    view = views.before(person.user)
    if view is None:
        return
    match answer.get("response_action"):
        case None:
            stack = views.stacks[person.user]
            stack.pop()
        case "clear":
            views.close(person.user)
        case "update":
            views.replace(view, answer["view"])
        case "push":
            views.pile(person.user, answer["view"])
        case "errors":
            inputs = {block.get("block_id") for block in view.shown["blocks"] if block["type"] == "input"}
            assert answer["errors"], "errors, and none is said"
            assert set(answer["errors"]) <= inputs, "an error belongs beside an input"
        case other:
            raise AssertionError(f"Slack knows no response_action {other}")


def button_of(blocks: list[Json], label: str) -> tuple[str, Json]:
    """The block id, and the button of this label, as Slack knows them."""
    found: list[tuple[str, Json]] = []
    for n, block in enumerate(blocks):
        elements = [*block.get("elements", ()), *([block["accessory"]] if "accessory" in block else [])]
        for element in elements:
            if element.get("type") == "button":
                found.append((block.get("block_id", f"block{n}"), element))
    for block_id, element in found:
        if element["text"]["text"] == label:
            return block_id, element
    raise AssertionError(f"no button {label}; there are {[one['text']['text'] for _, one in found]}")


def sign(body: bytes, headers: dict[str, str], secret: str, at: int) -> tuple[bytes, dict[str, str]]:
    """The same request, signed at this second."""
    base = b"v0:%d:%s" % (at, body)
    signature = "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    signed = {"X-Slack-Request-Timestamp": str(at), "X-Slack-Signature": signature}
    return body, headers | signed


def _body(kind: str, payload: Json, attempt: int | None) -> tuple[bytes, dict[str, str]]:
    repeat: dict[str, str] = {}
    if attempt is not None:
        repeat = {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": "http_timeout"}
    if kind == "events_api":
        return json.dumps(payload).encode(), {"Content-Type": "application/json"} | repeat
    form = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return urlencode(form).encode(), {"Content-Type": "application/x-www-form-urlencoded"} | repeat


def _said(body: str) -> Json:
    try:
        said: Any = json.loads(body)
    except ValueError:
        return {"text": body} if body else {}
    return said if isinstance(said, dict) else {}

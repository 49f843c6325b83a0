"""The fake Slack's other direction, before a bare app of the real Bolt: by socket, and signed by HTTP."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import Clock as SigningClock
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from bot.house import system_clock
from tests.slack.fake.hands import SOCKET, Answer, Person
from tests.slack.fake.server import FakeSlack
from tests.slack.fake.workspace import Json
from tests.slack.world import JOELS, JOINT_ADDRESS, Clock, client_of

BUTTON = {
    "type": "button",
    "text": {"type": "plain_text", "text": "Show"},
    "action_id": "press:0",
    "value": "show:C-7F3K-9QMX:1",
}
ROW = {"type": "actions", "elements": [BUTTON]}
ASKED = {
    "type": "input",
    "block_id": "wanted",
    "label": {"type": "plain_text", "text": "What is wanted?"},
    "element": {"type": "plain_text_input", "action_id": "wanted"},
}
FORM: Json = {
    "type": "modal",
    "callback_id": "form",
    "title": {"type": "plain_text", "text": "Raise"},
    "submit": {"type": "plain_text", "text": "Next"},
    "blocks": [ASKED],
}


class BareApp:
    """Remembers what it heard, and answers as it is told."""

    def __init__(self, slack: FakeSlack) -> None:
        self.heard: list[tuple[str, Json]] = []
        self.answer: dict[str, Any] = {}
        self.gate = asyncio.Event()
        self.gate.set()
        space = slack.only
        self.app = AsyncApp(
            client=client_of(slack), signing_secret=space.signing_secret, process_before_response=True
        )
        self.app.client.retry_handlers.clear()
        for listen in (self.app.command("/concern"), self.app.action("press:0"), self.app.view("form")):
            listen(self._heard)
        for name in ("raise_anywhere", "raise_from_message"):
            self.app.shortcut(name)(self._heard)
        self.app.view_closed("form")(self._heard)
        for event in ("app_mention", "app_home_opened", "message"):
            self.app.event(event)(self._told)

    async def _heard(self, ack: Any, body: Json) -> None:
        await self.gate.wait()
        self.heard.append((str(body.get("type", "command")), body))
        await ack(**self.answer)

    async def _told(self, body: Json) -> None:
        self.heard.append((body["event"]["type"], body))


@asynccontextmanager
async def by_socket(slack: FakeSlack) -> AsyncIterator[tuple[BareApp, str]]:
    """The app, connected; and the door people knock at."""
    bare = BareApp(slack)
    handler = AsyncSocketModeHandler(
        bare.app, slack.only.app_token, web_client=AsyncWebClient(base_url=slack.api_url)
    )
    await handler.connect_async()  # type: ignore[no-untyped-call]  # Bolt ships it so
    try:
        yield bare, SOCKET
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]  # Bolt ships it so


@asynccontextmanager
async def by_http(slack: FakeSlack) -> AsyncIterator[tuple[BareApp, str]]:
    """The app behind a web server."""
    bare = BareApp(slack)
    server = web.Application()

    async def events(request: web.Request) -> web.Response:
        heard = AsyncBoltRequest(body=await request.text(), headers=dict(request.headers))
        said = await bare.app.async_dispatch(heard)
        headers = {name: values[0] for name, values in said.headers.items()}
        return web.Response(status=said.status, text=said.body, headers=headers)

    server.router.add_post("/slack/riverside/events", events)
    runner = web.AppRunner(server, shutdown_timeout=0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    try:
        yield bare, f"http://127.0.0.1:{port}/slack/riverside/events"
    finally:
        await runner.cleanup()


Doors = Callable[[FakeSlack], Any]
DOORS = pytest.mark.parametrize("doors", [by_socket, by_http])


def story(slack: FakeSlack, doors: Doors, act: Callable[[BareApp, Person], Any]) -> Any:
    """What comes of an act of Joel's, with the app there."""

    async def once() -> Any:
        async with doors(slack) as (bare, door):
            return await act(bare, Person(slack, "riverside", JOELS, door))

    return asyncio.run(once())


@pytest.fixture
def clock() -> Clock:
    """Bolt asks the real clock how old a signature is, so the fake's must be right."""
    clock = Clock()
    clock.now = system_clock()
    return clock


@DOORS
def test_a_command_arrives_and_its_answer_returns(slack: FakeSlack, doors: Doors) -> None:
    """With the person, the place, a trigger, and a URL to answer at later."""

    async def act(bare: BareApp, joel: Person) -> None:
        bare.answer = {"text": "Only you see this."}
        answer = await asyncio.wrap_future(joel.types("/concern", "raise", JOINT_ADDRESS))
        assert answer == Answer(200, {"text": "Only you see this."})
        (kind, body) = bare.heard[0]
        assert kind == "command"
        assert (body["text"], body["user_id"], body["channel_id"]) == ("raise", JOELS, JOINT_ADDRESS)
        await client_of(slack).views_open(trigger_id=body["trigger_id"], view=FORM)

    story(slack, doors, act)
    assert slack.views["riverside"].before(JOELS) is not None


@DOORS
def test_a_button_arrives_with_its_message(slack: FakeSlack, doors: Doors) -> None:
    """And with its value."""

    async def act(bare: BareApp, joel: Person) -> None:
        await client_of(slack).chat_postMessage(channel=JOINT_ADDRESS, text="card", blocks=[ROW])
        (card,) = slack.only.seen(JOINT_ADDRESS)
        assert (await asyncio.wrap_future(joel.presses(card, "Show"))).in_time
        (kind, body) = bare.heard[0]
        assert kind == "block_actions"
        assert body["actions"][0]["value"] == BUTTON["value"]
        assert (body["message"]["ts"], body["channel"]["id"]) == (card.ts, JOINT_ADDRESS)

    story(slack, doors, act)


@DOORS
def test_a_modal_is_filled_in_and_follows_the_answer(slack: FakeSlack, doors: Doors) -> None:
    """Errors leave it standing, an update shows the next part, and an empty answer closes it."""
    views = slack.views["riverside"]

    async def act(bare: BareApp, joel: Person) -> None:
        views.pile(JOELS, FORM)
        bare.answer = {"response_action": "errors", "errors": {"wanted": "Please say a little more."}}
        await asyncio.wrap_future(joel.submits(wanted="Help"))
        shown = views.before(JOELS)
        assert shown is not None
        bare.answer = {"response_action": "update", "view": FORM | {"private_metadata": "part 2"}}
        await asyncio.wrap_future(joel.submits(wanted="More help"))
        assert shown.shown["private_metadata"] == "part 2"
        bare.answer = {}
        await asyncio.wrap_future(joel.submits(wanted="All help"))
        given = [body["view"]["state"]["values"]["wanted"]["wanted"]["value"] for _, body in bare.heard]
        assert given == ["Help", "More help", "All help"]

    story(slack, doors, act)
    assert views.before(JOELS) is None


@DOORS
def test_everything_else_a_person_does_arrives(slack: FakeSlack, doors: Doors) -> None:
    """Shortcuts, mentions, direct messages, the App Home, a modal closed."""

    async def act(bare: BareApp, joel: Person) -> None:
        slack.views["riverside"].pile(JOELS, FORM)
        direct = slack.only.open_direct(JOELS).id
        talk = slack.only.say(JOINT_ADDRESS, {"text": "talk"}, "U-amira")
        for done in (
            joel.uses("raise_anywhere"),
            joel.uses("raise_from_message", talk),
            joel.writes(JOINT_ADDRESS, "<@UBOT1> hello"),
            joel.writes(direct, "hello"),
            joel.looks_home(),
            joel.closes(),
        ):
            assert (await asyncio.wrap_future(done)).in_time
        assert {kind for kind, _ in bare.heard} == {
            "shortcut",
            "message_action",
            "app_mention",
            "message",
            "app_home_opened",
            "view_closed",
        }

    story(slack, doors, act)


@DOORS
def test_an_app_that_does_not_answer_in_time_is_noticed(slack: FakeSlack, doors: Doors) -> None:
    """And the same request may come again, marked as a repeat."""

    async def act(bare: BareApp, joel: Person) -> None:
        joel.patience = 0.3
        bare.gate.clear()
        sent = joel.command("/concern", "raise", JOINT_ADDRESS)
        assert not (await asyncio.wrap_future(joel.sends("slash_commands", sent))).in_time
        joel.patience = 3.0
        bare.gate.set()
        again = joel.sends("slash_commands", sent, attempt=1)
        assert (await asyncio.wrap_future(again)).in_time
        assert {body["trigger_id"] for _, body in bare.heard} == {sent["trigger_id"]}

    story(slack, doors, act)


def test_a_signature_holds_for_the_body_it_was_made_for(slack: FakeSlack, clock: Clock) -> None:
    """As the SDK checks it; another body or another secret does not pass."""
    joel = Person(slack, "riverside", JOELS, SOCKET)
    body, headers = joel.signed("slash_commands", joel.command("/concern", "raise", JOINT_ADDRESS))

    class Now(SigningClock):
        def now(self) -> float:
            return clock().timestamp()

    verifier = SignatureVerifier(slack.only.signing_secret, Now())
    assert verifier.is_valid_request(body, headers)
    assert not verifier.is_valid_request(body + b"&more=1", headers)
    assert not SignatureVerifier("another", Now()).is_valid_request(body, headers)


def test_a_response_url_may_be_used_five_times_in_half_an_hour(slack: FakeSlack, clock: Clock) -> None:
    """What is said there is seen by that person alone."""

    async def uses(url: str, times: int) -> list[int]:
        async with aiohttp.ClientSession() as http:
            statuses = []
            for _ in range(times):
                async with http.post(url, json={"text": "Saved."}) as answer:
                    statuses.append(answer.status)
            return statuses

    first = slack.response_url(slack.only, JOINT_ADDRESS, JOELS)
    assert asyncio.run(uses(first, 6)) == [200] * 5 + [404]
    second = slack.response_url(slack.only, JOINT_ADDRESS, JOELS)
    clock.forward(minutes=31)
    assert asyncio.run(uses(second, 1)) == [404]

    assert slack.only.seen(JOINT_ADDRESS) == []
    assert len(slack.only.seen(JOINT_ADDRESS, user=JOELS)) == 5


def test_a_socket_that_is_cut_can_be_opened_again(slack: FakeSlack) -> None:
    """Each connection needs a ticket of its own."""

    async def act() -> None:
        async with by_socket(slack) as (bare, door):
            await asyncio.wrap_future(slack.do(slack.sockets.connected("riverside")))
            await asyncio.wrap_future(slack.do(slack.sockets.drop("riverside")))
        async with by_socket(slack) as (bare, door):
            joel = Person(slack, "riverside", JOELS, door)
            assert (await asyncio.wrap_future(joel.types("/concern", "mine"))).in_time
            assert len(bare.heard) == 1

    asyncio.run(act())


def test_a_socket_that_slack_wants_renewed_is_renewed(slack: FakeSlack) -> None:
    """The SDK connects anew by itself, and hears what comes after."""

    async def newest() -> object:
        return await asyncio.wrap_future(slack.do(slack.sockets.connected("riverside")))

    async def act() -> None:
        async with by_socket(slack) as (bare, door):
            before = await newest()
            await asyncio.wrap_future(slack.do(slack.sockets.refresh("riverside")))
            while await newest() is before:
                continue
            joel = Person(slack, "riverside", JOELS, door)
            assert (await asyncio.wrap_future(joel.types("/concern", "mine"))).in_time
            assert len(bare.heard) == 1

    asyncio.run(act())


def test_an_app_token_nobody_issued_opens_no_socket(slack: FakeSlack) -> None:
    """As with any other token."""
    stranger = AsyncWebClient("xapp-other", base_url=slack.api_url, retry_handlers=[])
    with pytest.raises(SlackApiError, match="invalid_auth"):
        asyncio.run(stranger.apps_connections_open(app_token="xapp-other"))

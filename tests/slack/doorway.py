"""A door over a real desk and the fake Slack, in Socket Mode or over signed HTTP, on the loop of the test."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from concurrent.futures import Future
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

import uvicorn
from pydantic import SecretStr
from starlette.applications import Starlette

from bot.crowds import Crowds
from bot.settings import SlackAccount
from bot.slack.door import PATIENCE
from bot.slack.front import Front, slack_client
from bot.slack.identity import Installations
from bot.web import Web
from tests.handlers.offices import RAISE, Office
from tests.slack.fake.hands import SOCKET, Answer, Person
from tests.slack.fake.server import FakeSlack
from tests.slack.fake.views import View
from tests.slack.fake.workspace import Json, Said

WORKSPACE = "riverside"
USERS = ("U-amira", "U-ben", "U-joel", "U-stranger")
CHANNEL = "C-shared"
SENT: dict[str, str | list[str]] = {
    key: given for key, given in RAISE.items() if isinstance(given, str | list)
}
"""What is filled in to raise a concern, once danger has been asked about."""


@dataclass
class Doorway:
    """What a test does at Slack, and what people see there afterwards."""

    slack: FakeSlack
    front: Front
    url: str
    nudges: list[str] = field(default_factory=list)

    def person(self, user: str = "U-amira") -> Person:
        """Somebody at their Slack."""
        return Person(self.slack, WORKSPACE, user, self.url)

    async def settled(self, sent: Future[Answer]) -> Answer:
        """How Slack was answered, once all that followed has been said."""
        answer = await asyncio.wrap_future(sent)
        await self.front.settle()
        return answer

    async def types(self, line: str, user: str = "U-amira") -> Answer:
        """A slash command in the shared channel."""
        command, _, text = line.partition(" ")
        return await self.settled(self.person(user).types(command, text, CHANNEL))

    async def submits(self, given: Mapping[str, str | list[str]], user: str = "U-amira") -> Answer:
        """The window before this person, filled in and sent."""
        return await self.settled(self.person(user).submits(**given))

    def window(self, user: str = "U-amira") -> View | None:
        """What stands open before this person."""
        return self.slack.views[WORKSPACE].before(user)

    def stands_open(self, view: Json, user: str = "U-amira") -> None:
        """This window stands before a person already."""
        self.slack.views[WORKSPACE].pile(user, view)

    def shown(self, user: str = "U-amira") -> str:
        """Everything written in that window."""
        view = self.window(user)
        assert view is not None, "no window is open"
        return written(view.shown["blocks"])

    def beside(self, user: str = "U-amira") -> list[Said]:
        """What only this person sees in the channel."""
        space = self.slack.workspaces[WORKSPACE]
        return [said for said in space.seen(CHANNEL, user=user) if said.to == user]

    def told(self, user: str = "U-amira") -> str:
        """Everything written in this person's conversation with Baton."""
        return "\n".join(written(said.blocks) for said in self.slack.workspaces[WORKSPACE].direct(user))


def written(blocks: object) -> str:
    """Every text of some blocks, in order."""
    match blocks:
        case list():
            return "\n".join(filter(None, map(written, blocks)))
        case {"type": "image"}:
            return ""
        case {"text": str(text)}:
            return text
        case dict():
            return "\n".join(filter(None, map(written, blocks.values())))
        case _:
            return ""


def said(answer: Answer) -> str:
    """What a command is answered with at once."""
    return written(answer.body.get("blocks", []))


async def raised(at: Doorway) -> None:
    """Amira raises a concern, all by Slack."""
    await at.types("/concern")
    await at.submits({"danger": "no"})
    await at.submits(SENT)


Story = Callable[[Doorway], Awaitable[None]]


def at_the_door(
    slack: FakeSlack, office: Office, story: Story, *, http: bool = False, patience: float = PATIENCE
) -> None:
    """Live a story at an open door; it takes no longer than a minute."""

    async def lived() -> None:
        async with _opened(slack, office, http=http, patience=patience) as doorway:
            await story(doorway)

    asyncio.run(asyncio.wait_for(lived(), 60))


def front_of(
    slack: FakeSlack,
    office: Office,
    *,
    http: bool = False,
    patience: float = PATIENCE,
    nudge: Callable[[], None] = lambda: None,
) -> Front:
    """The door of the tests' workspace, not started yet."""
    space = slack.workspaces[WORKSPACE]
    app_token, secret = SecretStr(space.app_token), SecretStr(space.signing_secret)
    account = SlackAccount(WORKSPACE, SecretStr(space.bot_token), None if http else app_token, secret)
    client, log = slack_client(account, slack.api_url), logging.getLogger("baton.test")
    return Front(
        account,
        client,
        office.desk,
        Installations(),
        nudge,
        slack.clock,
        log,
        patience,
        (0, 0, 0),
        crowds=Crowds(),
        moved=lambda channel, old, new: None,
        troubled=lambda closed, crowded: True,
        rest=_for_ever,
    )


async def _for_ever(_seconds: float) -> None:
    """A lookout that asks nothing: what it would see is another test's matter."""
    await asyncio.Event().wait()


@asynccontextmanager
async def _opened(slack: FakeSlack, office: Office, *, http: bool, patience: float) -> AsyncIterator[Doorway]:
    nudges: list[str] = []
    front = front_of(slack, office, http=http, patience=patience, nudge=lambda: nudges.append("nudge"))
    async with AsyncExitStack() as open_doors:
        url = await open_doors.enter_async_context(_served(front)) if front.intake else SOCKET
        await front.start()
        open_doors.push_async_callback(front.stop)
        yield Doorway(slack, front, url, nudges)


@asynccontextmanager
async def _served(front: Front) -> AsyncIterator[str]:
    """The entrance on a port nobody uses."""
    assert front.intake is not None
    intakes = {front.workspace: front.intake}
    listening = socket.create_server(("127.0.0.1", 0))

    @asynccontextmanager
    async def nothing(_app: Starlette) -> AsyncIterator[None]:
        yield

    app = Web(nobody_else, dict, intakes).app(nothing)
    server = uvicorn.Server(uvicorn.Config(app, log_config=None))
    serving = asyncio.create_task(server._serve([listening]))
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/slack/{front.workspace}/events"
    finally:
        server.should_exit = True
        await serving


async def until(happened: Callable[[], object]) -> None:
    """Let everybody else go on until something has happened; `at_the_door` loses patience for us."""
    while not happened():  # noqa: ASYNC110 -- in the fake's own thread, or inside the SDK
        await asyncio.sleep(0)


async def nobody_else() -> tuple[str, ...]:
    """All is well."""
    return ()


def peopled(slack: FakeSlack) -> FakeSlack:
    """The people of the tests' partnership who use Slack, and a channel they share."""
    space = slack.workspaces[WORKSPACE]
    for user in USERS:
        space.enrol(user)
    space.make_channel(CHANNEL, *USERS)
    return slack

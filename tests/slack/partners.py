"""The playground's whole partnership on Slack: four workspaces, one bot between them, and a clock in hand.

By socket or by signed HTTP, through the real SDKs; a story fails on any view or message Slack would refuse.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import Future
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import uvicorn
from pydantic import SecretStr

from bot.files import DEMO_PARTNERSHIP, load_partnership, load_pathway, shipped_pathways
from bot.house import House, open_house
from bot.serving import Bot
from bot.settings import SlackAccount
from concerns.model import Concern, Stage
from concerns.people import Channel, Directory, Identity
from concerns.people import Person as Professional
from storage.vault import make_key_file
from tests.ladders import MONDAY, london
from tests.slack.doorway import said, written
from tests.slack.fake.hands import SOCKET, Answer, Person
from tests.slack.fake.server import FakeSlack, serving
from tests.slack.fake.workspace import Said
from tests.storage.chance import Chance

HOME_OF_THE_REST = "northshire"
"""The workspace of everybody who uses Telegram in the playground."""
_MOST_TURNS = 400

Typed = str | list[str]
Story = Callable[["Partners"], Awaitable[None]]


def on_slack(directory: Directory) -> Directory:
    """The same partnership with all of it on Slack."""
    return replace(
        directory,
        people=tuple(map(_person, directory.people)),
        channels=tuple(map(_channel, directory.channels)),
    )


def _person(person: Professional) -> Professional:
    moved = (
        one if one.platform == "slack" else Identity("slack", HOME_OF_THE_REST, f"U{one.user}")
        for one in person.identities
    )
    return replace(person, identities=tuple(moved))


def _channel(channel: Channel) -> Channel:
    if channel.platform == "slack":
        return channel
    address = f"C{channel.address.strip('-')}"
    return replace(channel, platform="slack", workspace=HOME_OF_THE_REST, address=address)


@dataclass
class Partners:
    """What people do, by their ids of the directory, and what every place shows. `ref` is the concern's."""

    slack: FakeSlack
    house: House
    bot: Bot
    clock: "Hand"
    root: str
    ref: str = ""

    # ------------------------------------------------------------------ what people do

    async def begins(self, person: str, line: str, **given: Typed) -> None:
        """Somebody puts the concern on record."""
        await self.does(person, line, **given)
        self.ref = self.concern.ref

    async def does(self, person: str, line: str, **given: Typed) -> str:
        """Somebody types a line and fills in what comes; what they are told at the end."""
        command, _, text = line.replace("REF", self.ref).partition(" ")
        hands = self._hands(person)
        answer = await self._sent(hands.types(command, text))
        assert answer.in_time
        return said(answer) or await self._fills(hands, given)

    async def presses(self, person: str, label: str, place: str = "", **given: Typed) -> str:
        """Somebody presses the newest button of that name in a channel, or in private; and fills in."""
        hands = self._hands(person)
        *_, newest = (one for one in self.shown(place or person) if f"'{label}'" in str(one.blocks))
        assert (await self._sent(hands.presses(newest, label))).in_time
        return await self._fills(hands, given)

    async def _fills(self, hands: Person, given: dict[str, Typed]) -> str:
        """Page by page, until a window only says something."""
        while (view := hands.views.before(hands.user)) and view.shown["callback_id"] == "form":
            asked = {block.get("block_id") for block in view.shown["blocks"]}
            fitting = {key: typed for key, typed in given.items() if key in asked}
            answer = await self._sent(hands.submits(**fitting))
            assert answer.body.get("response_action") != "errors", answer.body
        told = written(view.shown["blocks"]) if view else ""
        hands.views.close(hands.user)
        return told

    async def _sent(self, sending: Future[Answer]) -> Answer:
        answer = await asyncio.wrap_future(sending)
        await self.settle()
        return answer

    def _hands(self, person: str) -> Person:
        workspace, user = self._account(person)
        door = f"{self.root}/slack/{workspace}/events" if self.root else SOCKET
        return Person(self.slack, workspace, user, door, 30)

    # ------------------------------------------------------------------ how time passes

    async def settle(self) -> None:
        """Everything owed is said, each place at its own pace."""
        for front in self.bot.fronts:
            await front.settle()
        for _ in range(_MOST_TURNS):
            await self.bot.idle()
            wake = self.house.outbox.next_wake()
            if wake is None:
                return
            self.clock.now = max(self.clock.now + timedelta(seconds=1), wake)
        raise AssertionError("something is never said")

    async def until(self, when: str) -> None:
        """From one due thing to the next, up to this moment."""
        end = london(when)
        while (due := self.house.ledger.next_due()) and due <= end:
            self.clock.now = max(self.clock.now, due)
            await self.settle()
        self.clock.now = max(self.clock.now, end)
        await self.settle()

    # ------------------------------------------------------------------ what everybody sees

    @property
    def concern(self) -> Concern:
        """The one there is."""
        (concern,) = self.house.ledger.listing()
        return concern

    def stage(self) -> Stage:
        """Where it stands."""
        return self.concern.stage

    def shown(self, place: str) -> list[Said]:
        """What stands in a channel, or in a person's conversation with Baton."""
        channel = next((one for one in self._directory.channels if one.id == place), None)
        if channel:
            return self.slack.workspaces[channel.workspace].seen(channel.address)
        workspace, user = self._account(place)
        return self.slack.workspaces[workspace].direct(user)

    def reads(self, place: str) -> str:
        """All that can be read there."""
        return "\n".join(written(one.blocks) for one in self.shown(place))

    def everything(self) -> str:
        """All that any channel shows or has shown, and every text a phone shows on its lock screen."""
        shared = [one for channel in self._directory.channels for one in self.shown(channel.id)]
        notified = [one.text for one in self.slack.everything_said()]
        edited = [str(edit) for one in shared for edit in one.edits]
        return "\n".join([*(str(one.blocks) for one in shared), *notified, *edited])

    @property
    def _directory(self) -> Directory:
        return self.house.directories.current()

    def _account(self, person: str) -> tuple[str, str]:
        found = next(one for one in self._directory.people if one.id == person)
        account = next(one for one in found.identities if one.platform == "slack")
        return account.workspace, account.user


class Hand:
    """A clock that stands still unless moved."""

    def __init__(self) -> None:
        self.now = MONDAY

    def __call__(self) -> datetime:
        return self.now


def told(url: str, folder: Path, story: Story, *, http: bool) -> None:
    """Live a story in a partnership of its own."""
    clock = Hand()
    directory = on_slack(load_partnership(DEMO_PARTNERSHIP))
    make_key_file(folder / "words.key", Chance("root"))
    names = [workspace.name for workspace in directory.workspaces]
    with (
        serving(_furnished(FakeSlack(clock, *names), directory)) as slack,
        _opened(url, folder, clock) as house,
    ):
        house.directories.apply(directory, clock(), "a test")
        bot = Bot(house, [_account(slack, name, http) for name in names], slack.api_url, "")
        asyncio.run(asyncio.wait_for(_lived(Partners(slack, house, bot, clock, ""), story, http), 240))
        assert slack.refusals == []


@contextmanager
def _opened(url: str, folder: Path, clock: Hand) -> Iterator[House]:
    house = open_house(url, folder / "words.key", [load_pathway(shipped_pathways()["standard"])], clock)
    try:
        yield house
    finally:
        house.close()


def _furnished(slack: FakeSlack, directory: Directory) -> FakeSlack:
    for space in slack.workspaces.values():
        for person in directory.people:
            for one in person.identities:
                if one.workspace == space.name:
                    space.enrol(one.user, person.name)
        for channel in directory.channels:
            if channel.workspace == space.name:
                space.make_channel(channel.address, *space.users)
    return slack


def _account(slack: FakeSlack, workspace: str, http: bool) -> SlackAccount:
    space = slack.workspaces[workspace]
    token, app, secret = map(SecretStr, (space.bot_token, space.app_token, space.signing_secret))
    return SlackAccount(workspace, token, None if http else app, secret)


async def _lived(partners: Partners, story: Story, http: bool) -> None:
    async with _serving(partners.bot) as root:
        partners.root = root if http else ""
        await story(partners)


@asynccontextmanager
async def _serving(bot: Bot) -> AsyncIterator[str]:
    """The bot's own web server, which starts and stops everything else."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(bot.app(), log_config=None, access_log=False, lifespan="on"))
    serving = asyncio.create_task(server._serve([listening]))
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        await serving

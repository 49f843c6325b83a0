"""The playground's whole partnership on Slack: four workspaces, one bot between them, and a clock in hand.

By socket or by signed HTTP, through the real SDKs; a story fails on any view or message Slack would refuse.
"""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import SecretStr

from bot.files import DEMO_PARTNERSHIP, load_partnership
from bot.serving import Bot
from bot.settings import SlackAccount
from concerns.directory import Directory
from concerns.people import Channel, Identity
from concerns.people import Person as Professional
from tests.running import Hand, Running, as_it_is, opened, port, served
from tests.slack.doorway import said, written
from tests.slack.fake.hands import SOCKET, Answer, Person
from tests.slack.fake.server import FakeSlack, serving
from tests.slack.fake.workspace import Said, Workspace

HOME_OF_THE_REST = "northshire"
"""The workspace of everybody who uses Telegram in the playground."""

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


@dataclass(kw_only=True)
class Partners(Running):
    """What people do, by their ids of the directory, and what every place shows. `ref` is the concern's."""

    slack: FakeSlack
    root: str = ""

    # ------------------------------------------------------------------ what people do

    async def begins(self, person: str, line: str, /, **given: Typed) -> None:
        """Somebody puts the concern on record."""
        await self.does(person, line, **given)
        self.ref = self.concern.ref

    async def does(self, person: str, line: str, /, **given: Typed) -> str:
        """Somebody types a line and fills in what comes; what they are told at the end."""
        command, _, text = line.replace("REF", self.ref).partition(" ")
        hands = self._hands(person)
        answer = await self._sent(hands.types(command, text))
        assert answer.in_time
        return said(answer) or await self._fills(hands, given)

    async def presses(self, person: str, label: str, place: str = "", /, **given: Typed) -> str:
        """Somebody presses the newest button of that name in a channel, or in private; and fills in."""
        hands = self._hands(person)
        *_, newest = (one for one in self.shown(place or person) if f"'{label}'" in str(one.blocks))
        before = len(hands.space.said)
        assert (await self._sent(hands.presses(newest, label))).in_time
        whispered = [written(one.blocks) for one in hands.space.said[before:] if one.to == hands.user]
        return "\n".join([*whispered, await self._fills(hands, given)])

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

    # ------------------------------------------------------------------ what everybody sees

    def shown(self, place: str) -> list[Said]:
        """What stands in a channel, or in a person's conversation with Baton."""
        channel = next((one for one in self.directory.channels if one.id == place), None)
        if channel:
            return self.slack.workspaces[channel.workspace].seen(channel.address)
        workspace, user = self._account(place)
        return self.slack.workspaces[workspace].direct(user)

    def reads(self, place: str) -> str:
        """All that can be read there."""
        return "\n".join(written(one.blocks) for one in self.shown(place))

    def everything(self) -> str:
        """All that any channel shows or has shown, and every text a phone shows on its lock screen."""
        channels = (one for one in self.directory.channels if one.platform == "slack")
        shared = [one for channel in channels for one in self.shown(channel.id)]
        notified = [one.text for one in self.slack.everything_said()]
        edited = [str(edit) for one in shared for edit in one.edits]
        return "\n".join([*(str(one.blocks) for one in shared), *notified, *edited])

    def _account(self, person: str) -> tuple[str, str]:
        found = next(one for one in self.directory.people if one.id == person)
        account = next(one for one in found.identities if one.platform == "slack")
        return account.workspace, account.user


def told(
    url: str,
    folder: Path,
    story: Story,
    *,
    http: bool,
    but: Callable[[Directory], Directory] = as_it_is,
    refused: bool = False,
) -> None:
    """Live a story in a partnership of its own; `but` says in what it differs.

    Slack has to take everything Baton says, except where it is in the story that something is `refused`.
    """
    clock = Hand()
    directory = but(on_slack(load_partnership(DEMO_PARTNERSHIP)))
    names = [workspace.name for workspace in directory.workspaces]
    with (
        serving(furnished(FakeSlack(clock, *names), directory)) as slack,
        opened(url, folder, clock, directory) as house,
    ):
        bot = Bot(house, accounts_of(slack, http=http), slack.api_url, "")
        partners = Partners(slack=slack, house=house, bot=bot, clock=clock)
        asyncio.run(asyncio.wait_for(_lived(partners, story, http), 240))
        assert refused or slack.refusals == []


def furnished(slack: FakeSlack, directory: Directory) -> FakeSlack:
    """Everybody is in the workspaces they have an account in, and so is every channel."""
    for space in slack.workspaces.values():
        for person in directory.people:
            for one in person.identities:
                if one.workspace == space.name:
                    space.enrol(one.user, person.name)
        for channel in directory.channels:
            if channel.workspace == space.name:
                space.make_channel(channel.address, *space.users)
    return slack


def accounts_of(slack: FakeSlack, *, http: bool) -> list[SlackAccount]:
    """What Baton signs in to each workspace with."""
    return [_signed_in(space, http) for space in slack.workspaces.values()]


def _signed_in(space: Workspace, http: bool) -> SlackAccount:
    token, app, secret = map(SecretStr, (space.bot_token, space.app_token, space.signing_secret))
    return SlackAccount(space.name, token, None if http else app, secret)


async def _lived(partners: Partners, story: Story, http: bool) -> None:
    listening, root = port()
    async with served(partners.bot, listening):
        partners.root = root if http else ""
        await story(partners)

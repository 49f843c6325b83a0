"""The playground's partnership as it lives: some agencies on Slack, some on Telegram, one bot between them.

Both pretend platforms listen, through the real SDKs; each person does what they do where their account is.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, replace
from pathlib import Path

from bot.files import DEMO_PARTNERSHIP, load_partnership
from bot.serving import Bot
from concerns.directory import Directory
from concerns.people import Channel, Identity, Person
from tests.running import Hand, Running, as_it_is, opened, port, served
from tests.slack.doorway import written
from tests.slack.fake.server import FakeSlack
from tests.slack.fake.server import serving as serving_slack
from tests.slack.partners import Partners as SlackSide
from tests.slack.partners import accounts_of, furnished, on_slack
from tests.telegram.fake.server import FakeTelegram
from tests.telegram.fake.server import serving as serving_telegram
from tests.telegram.partners import Partners as TelegramSide
from tests.telegram.partners import joined_to, on_telegram, refused_by, signed_in
from tests.telegram.world import furnish

SLACK = "slack"

Answer = str | list[str]
Story = Callable[["Both"], Awaitable[None]]
Changed = Callable[[Directory], Directory]


@dataclass(kw_only=True)
class Both(Running):
    """What people do and see, each where the first of their accounts is. `slack` and `telegram` are the two
    sides by themselves, for whoever has both.
    """

    slack: SlackSide
    telegram: TelegramSide

    async def heard(self) -> None:
        """All that has come in is handled, on both sides."""
        await self.telegram.heard()

    # ------------------------------------------------------------------ what people do

    async def begins(self, person: str, line: str, /, **given: Answer) -> None:
        """Somebody puts the concern on record."""
        await self.does(person, line, **given)
        self.named(self.concern.ref)

    def named(self, ref: str) -> None:
        """What REF stands for, on both sides."""
        self.ref = self.slack.ref = self.telegram.ref = ref

    async def does(self, person: str, line: str, /, **given: Answer) -> str:
        """Somebody types a line and fills in what comes; what they are told at the end."""
        return await self._side(person).does(person, line, **given)

    async def presses(self, person: str, label: str, place: str = "", /, **given: Answer) -> str:
        """Somebody presses the newest button of that name in a channel, or in private; and fills in."""
        side = self._side(place or person)
        return await side.presses(person, label, place, **given)

    # ------------------------------------------------------------------ what everybody sees

    def reads(self, place: str) -> str:
        """All that can be read in a channel, or in a person's conversation with Baton."""
        return self._side(place).reads(place)

    def card(self, channel: str) -> str:
        """What the concern's card says there now: it is the first thing in a channel, and edited in place."""
        if self._platform(channel) == SLACK:
            return written(self.slack.shown(channel)[0].blocks)
        return self.telegram.shown(channel)[0].text

    def everything(self) -> str:
        """All that any channel or group shows or has shown, and every text on a lock screen of Slack."""
        return f"{self.slack.everything()}\n{self.telegram.everything()}"

    def _side(self, place: str) -> SlackSide | TelegramSide:
        return self.slack if self._platform(place) == SLACK else self.telegram

    def _platform(self, place: str) -> str:
        for channel in self.directory.channels:
            if channel.id == place:
                return channel.platform
        return next(one.identities[0].platform for one in self.directory.people if one.id == place)


# ---------------------------------------------------------------------- who lives where


def living(*, slack: Collection[str] = (), telegram: Collection[str] = ()) -> Changed:
    """These agencies move, people and own channels; what several agencies share stays where it is."""

    def moved(directory: Directory) -> Directory:
        for agencies, there in ((slack, on_slack(directory)), (telegram, on_telegram(directory))):
            directory = replace(
                directory,
                people=tuple(
                    new if old.agency in agencies else old
                    for old, new in zip(directory.people, there.people, strict=True)
                ),
                channels=tuple(
                    new if _theirs(old, agencies) else old
                    for old, new in zip(directory.channels, there.channels, strict=True)
                ),
            )
        return directory

    return moved


def _theirs(channel: Channel, agencies: Collection[str]) -> bool:
    return len(channel.agencies) == 1 and channel.agencies[0] in agencies


def also(person: str, *accounts: Identity, first: bool = False) -> Changed:
    """Somebody has these accounts too, behind the one they have, or before it."""

    def added(one: Person) -> Person:
        if one.id != person:
            return one
        found = (*accounts, *one.identities) if first else (*one.identities, *accounts)
        return replace(one, identities=found)

    return lambda directory: replace(directory, people=tuple(map(added, directory.people)))


# ---------------------------------------------------------------------- a partnership of its own


def told(
    url: str,
    folder: Path,
    story: Story,
    *,
    http: bool = False,
    but: Changed = as_it_is,
    refused: bool = False,
) -> None:
    """Live a story; `but` says in what the partnership differs.

    Both platforms have to take everything, except where it is in the story that something is `refused`.
    """
    clock = Hand()
    directory = but(load_partnership(DEMO_PARTNERSHIP))
    names = [workspace.name for workspace in directory.workspaces]
    there = FakeTelegram(clock)
    furnish(there.chats, directory)
    with (
        serving_slack(furnished(FakeSlack(clock, *names), directory)) as here,
        serving_telegram(there),
        opened(url, folder, clock, directory) as house,
    ):
        listening, root = port()
        joined = joined_to(there, clock, root if http else "")
        bot = Bot(house, accounts_of(here, http=http), here.api_url, "", joined)

        async def lived() -> None:
            one = SlackSide(slack=here, root=root if http else "", house=house, bot=bot, clock=clock)
            other = TelegramSide(telegram=there, http=http, house=house, bot=bot, clock=clock)
            async with served(bot, listening):
                await signed_in(house)
                await story(Both(slack=one, telegram=other, house=house, bot=bot, clock=clock))

        asyncio.run(asyncio.wait_for(lived(), 240))
        taken = (here.refusals, refused_by(there))
        assert refused or taken == ([], []), taken

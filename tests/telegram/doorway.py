"""The door to Telegram over a real desk and the pretend Telegram, on the loop of the test."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from pydantic import SecretStr
from telegram import Bot

from bot.settings import TelegramAccount
from bot.telegram.door import PATIENCE
from bot.telegram.front import Front, Stores, telegram_bot
from bot.telegram.pacing import Pacing
from bot.telegram.speaking import Speaker
from concerns.people import ChannelId
from storage.dialogs import Dialogs
from storage.heard import Heard
from tests.handlers.offices import Office
from tests.ladders import RULES
from tests.telegram.fake.chats import Said
from tests.telegram.fake.server import FakeTelegram
from tests.telegram.world import ON_TELEGRAM, group_of, number_of

STRANGER = 5_000_000_999
GROUP = group_of("council-escalations")
HURRIED = 0.01


class Hurried:
    """The seconds of a clock, and those that were slept through at once besides."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._slept = 0.0

    def __call__(self) -> float:
        return self._clock().timestamp() + self._slept

    async def sleep(self, seconds: float) -> None:
        """So much time is over at once."""
        self._slept += seconds


def office_of(url: str, folder: Path) -> Office:
    """A desk whose people are on Telegram."""
    return Office(url, folder, replace(RULES, directory=ON_TELEGRAM))


@dataclass
class Doorway:
    """What a test does on Telegram, by people's ids of the directory, and what they see there afterwards."""

    telegram: FakeTelegram
    office: Office
    front: Front
    nudges: list[str] = field(default_factory=list)
    moved: list[tuple[ChannelId, str, str]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    async def says(self, person: str | int, text: str, chat: int = 0, **extra: object) -> Said:
        """Somebody writes, in private or in a group."""
        said = self.telegram.hand(number(person)).say(text, chat, **extra)  # type: ignore[arg-type]  # any field
        await self.settled()
        return said

    async def starts(self, person: str | int, payload: str = "") -> None:
        """Somebody presses Start, or opens a deep link."""
        self.telegram.hand(number(person)).start(payload)
        await self.settled()

    async def presses(self, person: str | int, label: str | int, said: Said | None = None) -> str:
        """Somebody presses a button, of the newest message in their private chat if none is named."""
        message = said or self.open(person)
        query = self.telegram.hand(number(person)).press(message, label)
        await self.settled()
        return query

    async def answers(self, person: str | int, *given: str) -> None:
        """Somebody answers one question after another: a button if there is one of that name, else typed."""
        for one in given:
            labels = self.open(person).labels
            if one in labels:
                await self.presses(person, one)
            else:
                await self.says(person, one)

    async def settled(self) -> None:
        """All that happened has been heard, handled and answered."""
        await until(lambda: not self.telegram.updates.pending)
        await self.front.settle()

    def seen(self, person: str | int, chat: int = 0) -> list[Said]:
        """What Baton said, in private or in a group, and has not taken back."""
        return [one for one in self.telegram.chats.heard(chat or number(person)) if not one.gone]

    def told(self, person: str | int, chat: int = 0) -> str:
        """All that can be read of it."""
        return "\n".join(one.text for one in self.seen(person, chat))

    def open(self, person: str | int) -> Said:
        """The newest message with buttons in somebody's private chat."""
        return [one for one in self.seen(person) if one.buttons][-1]


async def until(happened: Callable[[], object]) -> None:
    """Let everybody else go on until something has happened; `at_the_door` loses patience for us."""
    while not happened():  # noqa: ASYNC110 -- in the pretend Telegram's own thread
        await asyncio.sleep(HURRIED)


def number(person: str | int) -> int:
    """Somebody's account."""
    return person if isinstance(person, int) else number_of(person)


Story = Callable[[Doorway], Awaitable[None]]


def at_the_door(
    telegram: FakeTelegram,
    office: Office,
    story: Story,
    *,
    patience: float = PATIENCE,
    account: TelegramAccount | None = None,
) -> None:
    """Live a story at an open door that asks Telegram; it takes no longer than a minute."""

    async def lived() -> None:
        doorway = doorway_of(telegram, office, patience=patience, account=account)
        await doorway.front.start()
        try:
            await until(lambda: doorway.names)
            await story(doorway)
        finally:
            await doorway.front.stop()
            await doorway.front.hang_up()

    asyncio.run(asyncio.wait_for(lived(), 60))


def doorway_of(
    telegram: FakeTelegram,
    office: Office,
    *,
    patience: float = PATIENCE,
    account: TelegramAccount | None = None,
    bot: Bot | None = None,
) -> Doorway:
    """A door that is not open yet."""
    account = account or TelegramAccount(SecretStr(telegram.token))
    bot = bot or telegram_bot(account, telegram.url)
    hurried, nudges, names = Hurried(telegram.clock), list[str](), list[str]()
    moved: list[tuple[ChannelId, str, str]] = []

    def noted(channel: ChannelId, old: str, new: str) -> None:
        moved.append((channel, old, new))

    front = Front(
        account,
        bot,
        Speaker(bot, Pacing(hurried, hurried.sleep)),
        office.desk,
        Stores(Heard(office.store), Dialogs(office.store), noted),
        names.append,
        lambda: nudges.append("nudge"),
        telegram.clock,
        logging.getLogger("baton.test"),
        patience,
    )
    return Doorway(telegram, office, front, nudges, moved, names)

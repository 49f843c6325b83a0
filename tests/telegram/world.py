"""The tests' partnership with Telegram's numbers: its people have accounts there, its channels are groups.

`served` is the pretend Telegram with all of them in it, `bot_of` a real python-telegram-bot talking to it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

from telegram import Bot
from telegram.request import HTTPXRequest

from concerns.directory import Directory
from concerns.notice import Place, PlaceKind
from concerns.people import Channel, Identity, Person
from tests.ladders import MONDAY
from tests.partnership import DIRECTORY
from tests.telegram.fake.chats import Chats
from tests.telegram.fake.server import FakeTelegram, serving

TELEGRAM = "telegram"
COUNCILS = Place(PlaceKind.CHANNEL, "council-escalations")
TOMS = Place(PlaceKind.PERSON, "tom")
MARK = "0123456789abcdef"


def number_of(person: str) -> int:
    """The Telegram id of somebody of the tests' partnership."""
    ids = [one.id for one in DIRECTORY.people]
    return 5_000_000_101 + ids.index(next(id for id in ids if id == person))


def group_of(channel: str) -> int:
    """The Telegram id of a channel of the tests' partnership."""
    ids = [str(one.id) for one in DIRECTORY.channels]
    return -1_001_000_000_001 - ids.index(channel)


def _numbered(person: Person) -> Person:
    """Those on Telegram by their number there."""
    found = (
        Identity(TELEGRAM, TELEGRAM, str(number_of(person.id))) if one.platform == TELEGRAM else one
        for one in person.identities
    )
    return replace(person, identities=tuple(found))


def _addressed(channel: Channel) -> Channel:
    return replace(channel, address=str(group_of(channel.id))) if channel.platform == TELEGRAM else channel


ON_TELEGRAM = replace(
    DIRECTORY,
    people=tuple(map(_numbered, DIRECTORY.people)),
    channels=tuple(map(_addressed, DIRECTORY.channels)),
)
"""The same partnership; whoever is on Telegram there has a number here."""


class Clock:
    """Stands still unless moved."""

    def __init__(self, now: datetime = MONDAY) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **time: float) -> None:
        """So much time passes."""
        self.now += timedelta(**time)


def furnish(chats: Chats, directory: Directory = ON_TELEGRAM) -> None:
    """Everybody has pressed Start, and every group is there with Baton in it."""
    for person in directory.people:
        for account in person.identities:
            if account.platform == TELEGRAM:
                chats.enrol(int(account.user), person.name)
    people = [id for id in chats.users if id != chats.bot.id]
    for channel in directory.channels:
        if channel.platform == TELEGRAM:
            chats.make_group(int(channel.address.partition("/")[0]), *people, title=channel.name)


@contextmanager
def served(clock: Callable[[], datetime], directory: Directory = ON_TELEGRAM) -> Iterator[FakeTelegram]:
    """Telegram, listening, with the whole partnership on it."""
    telegram = FakeTelegram(clock)
    furnish(telegram.chats, directory)
    with serving(telegram):
        yield telegram


def bot_of(telegram: FakeTelegram, *, patience: float = 5.0) -> Bot:
    """The library's own client; `async with bot:` opens and closes its connections."""
    request, polling = (HTTPXRequest(read_timeout=patience) for _ in range(2))
    return Bot(telegram.token, f"{telegram.url}/bot", request=request, get_updates_request=polling)

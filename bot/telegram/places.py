"""Where a notice goes on Telegram, and who is who there, by the directory. It sends nothing."""

import re
from dataclasses import dataclass

from bot.telegram.posts import Called
from concerns.directory import Directory
from concerns.notice import Place, PlaceKind
from concerns.people import Channel, ChannelId, Identity, PersonId
from reminders.messenger import Dead

TELEGRAM = "telegram"

_ADDRESS = re.compile(r"(-?\d{1,16})(?:/(\d{1,10}))?", re.ASCII)
_NOT_LISTED = "the directory does not list this channel on Telegram any more"
_NO_NUMBER = "the address of this group in the directory is no Telegram number, such as -1001234567890"
_NO_ACCOUNT = "this person has no Telegram account set up"


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat by Telegram's number, and the topic in it if the directory names one (`-1001234567890/45`)."""

    id: int
    topic: int | None = None

    @property
    def private(self) -> bool:
        """Whether one person alone reads it: groups have negative numbers."""
        return self.id > 0


def chat_of(directory: Directory, place: Place) -> Chat:
    """The chat of a place. Raises `Dead` where there is none."""
    if place.kind is PlaceKind.CHANNEL:
        chat = parsed(channel_of(directory, place).address)
        if chat is None:
            raise Dead(_NO_NUMBER)
        return chat
    user = _number(Identity.read(place.id)) if place.kind is PlaceKind.ACCOUNT else None
    user = user or account(directory, PersonId(place.id))
    if user is None:
        raise Dead(_NO_ACCOUNT)
    return Chat(user)


def channel_of(directory: Directory, place: Place) -> Channel:
    """The channel of a place. Raises `Dead` where the directory lists none on Telegram."""
    channel = directory.channel(ChannelId(place.id))
    if channel is None or channel.platform != TELEGRAM:
        raise Dead(_NOT_LISTED)
    return channel


def parsed(address: str) -> Chat | None:
    """What an address in the directory stands for; None for one that is no Telegram number."""
    found = _ADDRESS.fullmatch(address)
    if found is None:
        return None
    return Chat(int(found[1]), int(found[2]) if found[2] else None)


def account(directory: Directory, person: PersonId) -> int | None:
    """The Telegram number of a person; None where they have none."""
    found = directory.person(person)
    return next(filter(None, map(_number, found.identities if found else ())), None)


def _number(one: Identity | None) -> int | None:
    ours = one is not None and one.platform == TELEGRAM and one.user.isascii() and one.user.isdigit()
    return int(one.user) if one and ours else None


def called(directory: Directory, person: PersonId) -> Called | None:
    """The person as a mention: a professional acting in role may be named where their seat is called."""
    user = account(directory, person)
    return Called(user, directory.name_of(person)) if user else None

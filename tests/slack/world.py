"""Riverside's Slack workspace, pretend: its people and channels as the tests' partnership lists them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.messenger import SlackMessenger
from concerns.directory import Directory
from concerns.notice import Place, PlaceKind
from concerns.people import Identity
from tests.ladders import MONDAY
from tests.partnership import DIRECTORY, RIVERSIDE
from tests.slack.fake.server import FakeSlack, serving

JOINT = Place(PlaceKind.CHANNEL, "riverside-council")
JOINT_ADDRESS = "#riverside-council"
JOEL = Place(PlaceKind.PERSON, "joel")
JOELS = "U-joel"
MARK = "0123456789abcdef"


class Clock:
    """Stands still unless moved."""

    def __init__(self) -> None:
        self.now = MONDAY

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **time: float) -> None:
        """So much time passes."""
        self.now += timedelta(**time)


def furnished(slack: FakeSlack, directory: Directory = DIRECTORY) -> FakeSlack:
    """Everybody of Riverside has joined, and every channel is there with Baton in it."""
    space = slack.workspaces["riverside"]
    for person in directory.people:
        for account in person.identities:
            if account.workspace == space.name and not account.user.startswith("S"):
                space.enrol(account.user, person.name)
    people = [user.id for user in space.users.values()]
    for channel in directory.channels:
        if channel.workspace == space.name:
            space.make_channel(channel.address, *people, name=channel.name)
    return slack


@contextmanager
def riverside(clock: Callable[[], datetime], directory: Directory = DIRECTORY) -> Iterator[FakeSlack]:
    """The workspace, listening."""
    with serving(furnished(FakeSlack(clock, "riverside"), directory)) as slack:
        yield slack


def client_of(slack: FakeSlack) -> AsyncWebClient:
    """The SDK's own client, as the door makes it."""
    token = slack.workspaces["riverside"].bot_token
    return AsyncWebClient(token, base_url=slack.api_url, timeout=10, retry_handlers=[])


def messenger_of(
    slack: FakeSlack, clock: Callable[[], datetime], directory: Directory = DIRECTORY
) -> SlackMessenger:
    """A fresh messenger: it remembers nothing."""
    return SlackMessenger("riverside", client_of(slack), lambda: directory, clock)


def with_account(directory: Directory, person: str, *users: str) -> Directory:
    """The same directory with other accounts in this workspace for one person of Riverside."""
    accounts = tuple(Identity("slack", RIVERSIDE, user) for user in users)
    people = tuple(replace(one, identities=accounts) if one.id == person else one for one in directory.people)
    return replace(directory, people=people)

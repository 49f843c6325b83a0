"""The real SDK over the fake Slack, in the shape the storms and their judge know a platform by.

What people saw is read off the fake's own messages; what went wrong with a call was the storm's choice.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from bot.slack.messenger import SlackMessenger
from concerns.directory import Directory
from concerns.notice import Place, PlaceKind
from tests.chat.terms import Terms
from tests.ladders import RULES
from tests.reminders.house import House, fresh_house
from tests.reminders.platforms import FakeMessenger, Post, Vanished
from tests.slack.fake.faults import Call, Fault, Says
from tests.slack.fake.reading import lines_of
from tests.slack.fake.server import FakeSlack
from tests.slack.fake.workspace import Said
from tests.slack.world import messenger_of, riverside
from tests.stores import Databases
from views.parts import Message

VERBS = {
    "chat.postMessage": "post",
    "chat.update": "edit",
    "conversations.history": "find",
    "conversations.replies": "find",
    "conversations.open": "open",
}
WAYS_TO_DIE = tuple(map(Says, ("is_archived", "not_in_channel", "channel_not_found", "token_revoked")))


class OverTheWire(FakeMessenger):
    """Slack as it is: every verb goes through `SlackMessenger`, the SDK and HTTP. Nothing else differs."""

    def __init__(self, slack: FakeSlack, directory: Directory, clock: Callable[[], datetime]) -> None:
        self._messenger: SlackMessenger | None = None
        self.slack = slack
        self._directory = directory
        super().__init__("slack", clock, can_find=True, pace=SlackMessenger.pace)
        self._addresses = {channel.address: channel.id for channel in directory.channels}
        self._users = {account.user: who.id for who in directory.people for account in who.identities}
        self._terms = Terms(WAYS_TO_DIE)
        slack.weather.choose = self._spoil

    def reborn(self, alive: Callable[[], None]) -> None:
        """Another process: its messenger remembers nothing."""
        super().reborn(alive)
        self._messenger = None

    @property
    def messenger(self) -> SlackMessenger:
        """The messenger of the process that lives now."""
        if self._messenger is None:
            self._messenger = messenger_of(self.slack, self._clock, self._directory)
        return self._messenger

    async def post(self, place: Place, message: Message, *, marker: str, thread: str | None) -> str:
        self.alive()
        self._show_lag()
        return await self.messenger.post(place, message, marker=marker, thread=thread)

    async def edit(self, place: Place, message_id: str, message: Message) -> None:
        self.alive()
        await self.messenger.edit(place, message_id, message)

    async def find(self, place: Place, marker: str, since: datetime, thread: str | None) -> str | None:
        self.alive()
        self._show_lag()
        return await self.messenger.find(place, marker, since, thread)

    # ---- what people saw ---------------------------------------------------------------------------

    @property
    def posts(self) -> list[Post]:
        """Everything that was ever said, as the judge reads it."""
        return [self._post(said) for said in self.slack.only.said]

    @posts.setter
    def posts(self, posts: list[Post]) -> None:
        assert not posts, "what was said is read off the fake"

    def _post(self, said: Said) -> Post:
        first, *rest = [*((text, blocks) for _, text, blocks in said.edits), (said.text, said.blocks)]
        post = Post(
            id=said.ts,
            place=self._place(said.channel),
            message=_message(first[1]),
            marker=said.marker,
            thread=said.thread or None,
            asked=said.asked,
            at=said.at,
            gone=said.gone,
        )
        post.edits = [(said.edits[n][0], _message(blocks)) for n, (_, blocks) in enumerate(rest)]
        return post

    def _place(self, address: str) -> Place:
        if address in self._addresses:
            return Place(PlaceKind.CHANNEL, self._addresses[address])
        user = self.slack.only.conversations[address].user
        return Place(PlaceKind.PERSON, self._users[user])

    # ---- what goes wrong ---------------------------------------------------------------------------

    def _show_lag(self) -> None:
        self.slack.only.lag = self.lag

    def _spoil(self, call: Call) -> Fault | None:
        """The storm's fault for this call, in Slack's own terms, and on the judge's record."""
        verb = VERBS.get(call.method)
        if verb is None:
            return None
        fault = self.spoils(verb, self._meant(call), call.method)
        if isinstance(fault, Vanished):
            self.slack.only.delete(call.args["ts"])
            return None
        return self._terms.spoken(fault)

    def _meant(self, call: Call) -> Place:
        if call.method == "conversations.open":
            return Place(PlaceKind.PERSON, self._users[call.args["users"]])
        return self._place(call.channel)


def _message(blocks: list[dict[str, object]]) -> Message:
    title, *lines = lines_of(blocks)
    return Message(title, tuple(lines))


@contextmanager
def house_on_slack(databases: Databases) -> Iterator[House]:
    """A house whose Slack is the fake one, over the wire; one lane, so that a storm is the same each time."""
    with fresh_house(databases) as house, riverside(house.clock) as slack:
        house.slack = OverTheWire(slack, RULES.directory, house.clock)
        house.lanes = 1
        house.restart()
        yield house

"""The real library over the fake Telegram, in the shape the storms and their judge know a platform by.

What people saw is read off the fake's own messages; what went wrong with a call was the storm's choice.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from telegram import Bot

from bot.telegram.messenger import TelegramMessenger
from bot.telegram.pacing import Pacing
from bot.telegram.speaking import Speaker
from concerns.directory import Directory
from concerns.notice import Place, PlaceKind
from concerns.people import ChannelId
from storage.moved import Move, moved_on
from tests.chat.terms import Terms
from tests.ladders import RULES
from tests.reminders.house import House, fresh_house
from tests.reminders.platforms import FakeMessenger, Post, Vanished
from tests.stores import Databases
from tests.telegram.fake.chats import Said
from tests.telegram.fake.core import Telegram
from tests.telegram.fake.direct import Direct
from tests.telegram.fake.faults import Call, Fault, Says
from tests.telegram.world import ON_TELEGRAM, furnish
from views.parts import Message

VERBS = {"sendMessage": "post", "editMessageText": "edit", "deleteMessage": "edit"}
WAYS_TO_DIE = (
    Says(403, "Forbidden: bot was blocked by the user"),
    Says(403, "Forbidden: bot was kicked from the supergroup chat"),
    Says(400, "Bad Request: chat not found"),
    Says(401, "Unauthorized"),
)


def bot_in(telegram: Telegram, latency: float = 0.0) -> Bot:
    """The library's own client, answered in this process: it belongs to no event loop."""
    request = Direct(telegram, latency)
    return Bot(telegram.token, "http://telegram/bot", request=request, get_updates_request=request)


class OverTheLibrary(FakeMessenger):
    """Telegram as it is: every verb goes through `TelegramMessenger` and the library."""

    def __init__(self, telegram: Telegram, directory: Directory, house: House) -> None:
        self._messenger: TelegramMessenger | None = None
        self.telegram = telegram
        self.directory = directory
        self._house = house
        super().__init__("telegram", house.clock, can_find=False, pace=TelegramMessenger.pace)
        self.moves: list[tuple[str, str, str]] = []
        self._markers: dict[int, str] = {}
        self._terms = Terms(WAYS_TO_DIE)
        telegram.weather.choose = self._spoil

    def reborn(self, alive: Callable[[], None]) -> None:
        """Another process: its messenger remembers nothing."""
        super().reborn(alive)
        self._messenger = None

    @property
    def messenger(self) -> TelegramMessenger:
        """The messenger of the process that lives now."""
        if self._messenger is None:
            pacing = Pacing(lambda: self._house.monotonic, self._sleep)
            speaker = Speaker(bot_in(self.telegram), pacing)
            self._messenger = TelegramMessenger(speaker, lambda: self.directory, self._moved)
        return self._messenger

    async def post(self, place: Place, message: Message, *, marker: str, thread: str | None) -> str:
        self.alive()
        before = len(self.telegram.chats.said)
        try:
            return await self.messenger.post(place, message, marker=marker, thread=thread)
        finally:
            self._markers |= dict.fromkeys(range(before, len(self.telegram.chats.said)), marker)

    async def edit(self, place: Place, message_id: str, message: Message) -> None:
        self.alive()
        await self.messenger.edit(place, message_id, message)

    # ---- what people saw ---------------------------------------------------------------------------

    @property
    def posts(self) -> list[Post]:
        """Everything that was ever said, as the judge reads it."""
        return [self._post(n, said) for n, said in enumerate(self.telegram.chats.said)]

    @posts.setter
    def posts(self, posts: list[Post]) -> None:
        assert not posts, "what was said is read off the fake"

    def _post(self, n: int, said: Said) -> Post:
        first, *rest = [*(text for _, text, _ in said.edits), said.text]
        post = Post(
            id=f"{said.chat.id}:{said.id}",
            place=self._place(said.chat.id),
            message=_message(first),
            marker=self._markers.get(n, ""),
            thread=f"{said.chat.id}:{said.reply_to}" if said.reply_to else None,
            asked=said.asked,
            at=said.at,
            gone=said.gone,
        )
        post.edits = [(said.edits[n][0], _message(text)) for n, text in enumerate(rest)]
        return post

    def _place(self, chat: int) -> Place:
        everywhere = (*ON_TELEGRAM.channels, *self.directory.channels)
        channels = {channel.address: channel.id for channel in everywhere}
        if str(chat) in channels:
            return Place(PlaceKind.CHANNEL, channels[str(chat)])
        users = {account.user: who.id for who in self.directory.people for account in who.identities}
        return Place(PlaceKind.PERSON, users[str(chat)])

    # ---- what goes wrong ---------------------------------------------------------------------------

    async def _sleep(self, seconds: float) -> None:
        self._house.forward(seconds=seconds)

    def _moved(self, channel: str, old: str, new: str) -> None:
        self.moves.append((channel, old, new))
        self.directory = moved_on(self.directory, (Move(ChannelId(channel), old, new),))

    def _spoil(self, call: Call) -> Fault | None:
        """The storm's fault for this call, in Telegram's own terms, and on the judge's record."""
        fault = self.spoils(VERBS[call.method], self._place(call.chat), "")
        if isinstance(fault, Vanished):
            found = self.telegram.chats.find(call.chat, call.args["message_id"])
            if found:
                found.gone = True
            return None
        return self._terms.spoken(fault)


def _message(text: str) -> Message:
    title, *lines = text.split("\n")
    return Message(title, tuple(lines))


@contextmanager
def house_on_telegram(databases: Databases) -> Iterator[House]:
    """A house whose Telegram is the fake one; one lane, so that a storm is the same each time."""
    rules = replace(RULES, directory=ON_TELEGRAM)
    with fresh_house(databases, rules) as house:
        telegram = Telegram(house.clock)
        furnish(telegram.chats)
        house.telegram = OverTheLibrary(telegram, ON_TELEGRAM, house)
        house.lanes = 1
        house.restart()
        yield house

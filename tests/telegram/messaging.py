"""What the tests of the messenger post and read: a messenger over the library, and whatever it was told."""

from collections.abc import Awaitable
from dataclasses import replace
from typing import Any

from bot.telegram.messenger import TelegramMessenger
from bot.telegram.pacing import Pacing
from bot.telegram.speaking import Speaker
from concerns.directory import Directory
from concerns.notice import Place
from storage.errors import NotSaved
from storage.moved import Move, moved_on
from tests.reminders.loops import run
from tests.telegram.fake.core import Telegram
from tests.telegram.platform import bot_in
from tests.telegram.world import COUNCILS, MARK, ON_TELEGRAM, Clock
from views.parts import Button, Message

CALL = Message(
    "C-7F3K-9QMX: stage 1 is called", ("Please answer by Tuesday 17:00.",), (Button("Show", "show"),)
)
LONG = Message("C-7F3K-9QMX: many things", tuple(f"Line {n}: {'word ' * 20}".strip() for n in range(60)))


class Told:
    """A messenger of one process, and the moves it reported. Waiting moves the clock on."""

    def __init__(self, telegram: Telegram, clock: Clock, directory: Directory = ON_TELEGRAM) -> None:
        self.telegram = telegram
        self.directory = directory
        self.moves: list[Move] = []
        self.fails: NotSaved | None = None
        self._clock = clock
        self._start = clock.now
        speaker = Speaker(bot_in(telegram), Pacing(self._seconds, self._sleep))
        self.messenger = TelegramMessenger(speaker, lambda: self.directory, self._moved)

    def post(self, message: Message = CALL, place: Place = COUNCILS, thread: str | None = None) -> str:
        """Post it there."""
        return run(self.messenger.post(place, message, marker=MARK, thread=thread))

    def edit(self, id: str, message: Message, place: Place = COUNCILS) -> None:
        """Change it."""
        run(_all(self.messenger.edit(place, id, message)))

    def mentioning(self, *people: str) -> Message:
        """A call of these."""
        return replace(CALL, mentions=people)

    def _seconds(self) -> float:
        return (self._clock.now - self._start).total_seconds()

    async def _sleep(self, seconds: float) -> None:
        self._clock.forward(seconds=seconds)

    def _moved(self, channel: Any, old: str, new: str) -> None:
        if self.fails:
            raise self.fails
        self.moves.append(Move(channel, old, new))
        self.directory = moved_on(self.directory, tuple(self.moves))


async def _all(work: Awaitable[None]) -> None:
    await work

"""Answers on Telegram: in somebody's private chat, under a button pressed, and a pointer in a group.

They are courtesy: what they tell is on record already, or was refused. So one that fails is logged and never
repeated. What must be announced goes through the outbox.
"""

from collections.abc import Awaitable, Iterable
from datetime import timedelta
from logging import Logger

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import ChatMigrated

from bot.telegram.limits import LABEL, ROW, short
from bot.telegram.outcomes import FAILURES
from bot.telegram.places import Chat
from bot.telegram.posts import Mention
from bot.telegram.questions import Keys, Question
from bot.telegram.speaking import Speaker
from bot.telegram.words import OPEN
from reminders.messenger import Dead, Gone, Unknown, Waiting
from views.parts import Message

_LONGEST_REST = timedelta(minutes=1)
"""How long an answer may wait where Telegram asks for a chat to be left alone; later nobody waits for it."""


class Voice:
    """Over one bot."""

    def __init__(self, bot: Bot, speaker: Speaker, log: Logger) -> None:
        self._bot = bot
        self._speaker = speaker
        self._log = log

    async def tell(self, chat: int, messages: Iterable[Message], mention: Mention) -> bool:
        """Say all of it; False when this chat is closed to Baton."""
        for message in messages:
            if await self._said(chat, message, mention) is None:
                return False
        return True

    async def ask(
        self, chat: int, question: Question, mention: Mention, *, instead_of: int | None = None
    ) -> int | None:
        """The open question, in the place of an earlier one if that can be; its message, where it stands."""
        board = keyboard(question.keys)
        if instead_of is not None:
            change = self._speaker.change(Chat(chat), (instead_of,), question.message, mention, board)
            if await self._done(change):
                return instead_of
        return await self._said(chat, question.message, mention, board)

    async def point(self, chat: int, said: str, link: str, reply_to: int, mention: Mention) -> None:
        """In a group: where to go on, and nothing else."""
        board = InlineKeyboardMarkup([[InlineKeyboardButton(OPEN, url=link)]])
        await self._said(chat, Message(said), mention, board, reply_to)

    async def bare(self, chat: int, message_id: int) -> None:
        """A question that is over loses its buttons."""
        await self._done(self._speaker.bare(Chat(chat), message_id))

    async def take_away(self, chat: int, message_id: int) -> None:
        """What somebody wrote is deleted, where Baton may do that."""
        await self._done(self._speaker.take_away(Chat(chat), (message_id,)))

    async def answer(self, query: str, said: str = "", *, aloud: bool = False, link: str = "") -> None:
        """A press: said to whoever pressed, or their private chat is opened."""
        try:
            await self._bot.answer_callback_query(
                query, said or None, show_alert=aloud or None, url=link or None
            )
        except FAILURES as trouble:
            self._log.info("A press could not be answered: %s", type(trouble).__name__)

    async def _said(
        self,
        chat: int,
        message: Message,
        mention: Mention,
        board: InlineKeyboardMarkup | None = None,
        reply_to: int | None = None,
    ) -> int | None:
        """The last of its messages, 0 where it is not known; None where the chat is closed to Baton.

        Asked to rest, it is tried once more.
        """
        for last in (False, True):
            try:
                said = await self._speaker.say(Chat(chat), message, mention, reply_to=reply_to, keys=board)
            except Waiting as told:
                if last or told.until > _LONGEST_REST:
                    break
                await self._speaker.rest(told.until)
            except (Dead, ChatMigrated) as trouble:
                self._log.info("An answer on Telegram was not given: %s", type(trouble).__name__)
                return None
            except Unknown:
                break
            else:
                return said[-1]
        self._log.warning("An answer on Telegram may not have been seen")
        return 0

    async def _done(self, call: Awaitable[object]) -> bool:
        try:
            await call
        except (Waiting, Unknown, Gone, Dead, ChatMigrated):
            return False
        return True


def keyboard(keys: Keys) -> InlineKeyboardMarkup:
    """Rows of buttons, none wider than Telegram takes."""
    rows = [
        [InlineKeyboardButton(short(key.label, LABEL), callback_data=key.data) for key in row[at : at + ROW]]
        for row in keys
        for at in range(0, len(row), ROW)
    ]
    return InlineKeyboardMarkup(rows)

"""Telling people on Telegram something: post and edit. Telegram has no history, so nothing can be looked up.

A post of unknown fate is said again by the outbox, marked as a possible repeat. The id of a message is its
chat and the numbers of its posts, because a group that becomes a supergroup counts its messages anew.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from typing import TypeVar

from telegram.error import ChatMigrated

from bot.telegram.outcomes import SHORTLY
from bot.telegram.places import Chat, called, channel_of, chat_of
from bot.telegram.posts import Mention
from bot.telegram.speaking import Ids, Speaker
from concerns.directory import Directory
from concerns.notice import Place
from concerns.people import ChannelId
from reminders.messenger import Gone, Unknown, Waiting
from storage.errors import NotSaved
from views.parts import Message

T = TypeVar("T")

Moved = Callable[[ChannelId, str, str], object]
"""A channel has another address: which one, the old and the new. May raise `NotSaved`."""


class TelegramMessenger:
    """The one bot. `moved` is told, in a thread, of every group that has become a supergroup."""

    can_find = False
    pace = 1.0  # a little less than a chat's own pace, which `Pacing` keeps: no lane is held up for long

    def __init__(self, speaker: Speaker, directory: Callable[[], Directory], moved: Moved) -> None:
        self._speaker = speaker
        self._directory = directory
        self._moved = moved

    async def post(self, place: Place, message: Message, *, marker: str, thread: str | None) -> str:  # noqa: ARG002 -- nothing can be looked up by it
        """Say it, as a reply to the first post of `thread` while that stands; its chat and their numbers."""
        directory = await asyncio.to_thread(self._directory)

        async def said(chat: Chat) -> str:
            head = _numbers(thread, chat)[:1] if thread else ()
            ids = await self._speaker.say(chat, message, _mention(directory), reply_to=next(iter(head), None))
            return _id(chat, ids)

        return await self._where(directory, place, said)

    async def edit(self, place: Place, message_id: str, message: Message) -> None:
        """Change every post. `Gone` where it stands in a chat that is no longer the place's."""
        directory = await asyncio.to_thread(self._directory)

        async def changed(chat: Chat) -> None:
            ids = _numbers(message_id, chat)
            if not ids:
                raise Gone
            await self._speaker.change(chat, ids, message, _mention(directory))

        await self._where(directory, place, changed)

    async def find(self, place: Place, marker: str, since: datetime, thread: str | None) -> str | None:  # noqa: ARG002 -- there is nothing to look in
        """Never asked (`can_find`): a bot cannot read a chat, so what became of a post stays unknown."""
        raise Unknown

    async def _where(self, directory: Directory, place: Place, do: Callable[[Chat], Awaitable[T]]) -> T:
        """Do it where the place is now. A group that has moved refused it for certain, and says where to."""
        chat = chat_of(directory, place)
        try:
            return await do(chat)
        except ChatMigrated as migrated:
            moved = Chat(migrated.new_chat_id)
            await self._note(directory, place, moved)
            return await do(moved)

    async def _note(self, directory: Directory, place: Place, chat: Chat) -> None:
        channel = channel_of(directory, place)
        try:
            await asyncio.to_thread(self._moved, channel.id, channel.address, str(chat.id))
        except NotSaved:
            # Nothing was posted yet, and what nobody remembers would be asked for again.
            raise Waiting(SHORTLY) from None


def _mention(directory: Directory) -> Mention:
    return partial(called, directory)


def _id(chat: Chat, ids: Ids) -> str:
    return f"{chat.id}:{','.join(map(str, ids))}"


def _numbers(message_id: str, chat: Chat) -> Ids:
    """The numbers of a message's posts; none where it stands in another chat."""
    where, _, numbers = message_id.partition(":")
    return tuple(map(int, numbers.split(","))) if where == str(chat.id) else ()

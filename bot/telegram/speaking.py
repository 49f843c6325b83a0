"""Saying something in one chat: posts one after another at Telegram's pace, changed or taken away later.

Whoever speaks for the bot speaks through one of these: the flood limits are the bot's, not the caller's.
It never tries a second time.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TypeVar

from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions, ReplyParameters
from telegram import Message as Sent
from telegram.error import ChatMigrated

from bot.pictures import png
from bot.telegram.outcomes import FAILURES, outcome, unchanged
from bot.telegram.pacing import Pacing
from bot.telegram.places import Chat
from bot.telegram.posts import Mention, Post, caption, posts
from reminders.messenger import Gone, Unknown, Waiting
from views.parts import Message

T = TypeVar("T")
Ids = tuple[int, ...]

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class Speaker:
    """One bot, and its pace. `bot` must not pace or retry by itself."""

    def __init__(self, bot: Bot, pacing: Pacing) -> None:
        self._bot = bot
        self._pacing = pacing

    async def say(
        self,
        chat: Chat,
        message: Message,
        mention: Mention,
        *,
        reply_to: int | None = None,
        keys: InlineKeyboardMarkup | None = None,
    ) -> Ids:
        """Say it, as a reply if that message is still there; the ids of all its posts, its picture apart.

        `keys` stand under it instead of its own buttons.

        Raises one of the four ways to say no, and `ChatMigrated` where the group has another number by now.
        What comes after a post that stands is never merely waiting: it may have to be said again.
        """
        picture = await _drawn(message)
        parts = _keyed(posts(message, mention, captioned=picture is not None), keys)
        sound = chat.private or message.urgent or bool(message.mentions)
        reply = ReplyParameters(reply_to, allow_sending_without_reply=True) if reply_to else None
        made: list[int] = []
        for n, part in enumerate(parts):
            send = self._sending(chat, part, None if n else reply, sound=sound)
            sent = await self._after(made, chat, send, message, len(parts) - n)
            made.append(sent.message_id)
        if picture:
            await self._show(chat, message, picture, made)
        return tuple(made)

    async def change(
        self,
        chat: Chat,
        ids: Ids,
        message: Message,
        mention: Mention,
        keys: InlineKeyboardMarkup | None = None,
    ) -> None:
        """Change every post. One that needs more or fewer posts now is taken away, to be said anew."""
        parts = _keyed(posts(message, mention), keys)
        if len(parts) != len(ids):
            await self.take_away(chat, ids)
            raise Gone
        for n, (id, part) in enumerate(zip(ids, parts, strict=True)):
            try:
                await self._change(chat, id, part, message, len(parts) - n)
            except Gone:
                await self.take_away(chat, tuple(one for one in ids if one != id))
                raise

    async def take_away(self, chat: Chat, ids: Ids) -> None:
        """Delete what is still there; after two days Telegram deletes nothing any more."""
        for id in ids:
            try:
                await self._call(chat, partial(self._bot.delete_message, chat.id, id))
            except Gone:
                continue

    async def rest(self, time: timedelta) -> None:
        """Let so much time pass before the next try."""
        await self._pacing.rest(time)

    async def bare(self, chat: Chat, id: int) -> None:
        """Take its buttons away; its words stay."""
        strip = partial(self._bot.edit_message_reply_markup, chat.id, id, reply_markup=None)
        await self._call(chat, lambda: _unless_same(strip))

    def _sending(
        self, chat: Chat, part: Post, reply: ReplyParameters | None, *, sound: bool
    ) -> Callable[[], Awaitable[Sent]]:
        return partial(
            self._bot.send_message,
            chat.id,
            part.text,
            entities=part.entities,
            reply_markup=part.keyboard,
            link_preview_options=_NO_PREVIEW,
            reply_parameters=reply,
            message_thread_id=chat.topic,
            # What is for one person alone is not passed on; a group's notices hold nothing private.
            protect_content=chat.private,
            # A group hears a sound when somebody is called.
            disable_notification=not sound,
        )

    async def _change(self, chat: Chat, id: int, part: Post, message: Message, turns: int) -> None:
        edit = partial(
            self._bot.edit_message_text,
            part.text,
            chat.id,
            id,
            entities=part.entities,
            reply_markup=part.keyboard,
            link_preview_options=_NO_PREVIEW,
        )
        await self._call(chat, lambda: _unless_same(edit), message.urgent, turns)

    async def _show(self, chat: Chat, message: Message, picture: bytes, made: Sequence[int]) -> None:
        words = caption(message)
        show = partial(
            self._bot.send_photo,
            chat.id,
            picture,
            caption=words.text if words else None,
            caption_entities=words.entities if words else None,
            message_thread_id=chat.topic,
            protect_content=chat.private,
            disable_notification=True,
        )
        await self._after(made, chat, show, message, 1)

    async def _after(
        self,
        made: Sequence[int],
        chat: Chat,
        call: Callable[[], Awaitable[T]],
        message: Message,
        turns: int,
    ) -> T:
        """The next of several. Where earlier ones stand, a refusal for now leaves half a message; so does a
        group that gets another number meanwhile.
        """
        try:
            return await self._call(chat, call, message.urgent, turns)
        except (ChatMigrated, Waiting):
            if made:
                raise Unknown from None
            raise

    async def _call(
        self, chat: Chat, call: Callable[[], Awaitable[T]], urgent: bool = False, turns: int = 1
    ) -> T:
        await self._pacing.turn(chat.id, urgent=urgent, turns=turns)
        try:
            return await call()
        except ChatMigrated:
            raise
        except FAILURES as failure:
            end = outcome(failure)
            if isinstance(end, Waiting):
                self._pacing.close(chat.id, end.until)
            # What Telegram said may hold a message, and the URL the token, so neither is carried along.
            raise end from None


def _keyed(parts: tuple[Post, ...], keys: InlineKeyboardMarkup | None) -> tuple[Post, ...]:
    """The posts with these keys under the last."""
    return (*parts[:-1], replace(parts[-1], keyboard=keys)) if keys else parts


async def _unless_same(edit: Callable[[], Awaitable[object]]) -> None:
    """A message that says it already is a success."""
    try:
        await edit()
    except FAILURES as failure:
        if not unchanged(failure):
            raise


async def _drawn(message: Message) -> bytes | None:
    """Its picture, where it has one that can be drawn; otherwise its words stand in the text."""
    if message.drawing is None:
        return None
    try:
        return await asyncio.to_thread(png, message.drawing.svg)
    except ValueError:
        return None

"""Telling people of one Slack workspace something: post, edit, and look up what may have been posted.

It never tries again by itself: the outbox owns every retry. A message too long for one post is several, and
its id here is all their timestamps, the first of them heading its thread.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.blocks import Post, posts
from bot.slack.calls import Calls
from bot.slack.history import History, Json, marked
from bot.slack.places import Places
from concerns.directory import Directory
from concerns.notice import Place
from reminders.messenger import Dead, Gone, Unknown, Waiting
from views.parts import Message

_NO_UNFURLING: Json = {"unfurl_links": False, "unfurl_media": False}
_NOWHERE = "Slack refuses a message that replies to nothing; this is a fault of Baton's, please report it"


class SlackMessenger:
    """One workspace. `client` must not retry by itself; `clock` gives aware UTC."""

    can_find = True
    pace = 1.0

    def __init__(
        self,
        workspace: str,
        client: AsyncWebClient,
        directory: Callable[[], Directory],
        clock: Callable[[], datetime],
    ) -> None:
        if client.retry_handlers:
            raise ValueError("a Slack client that retries may post twice; give it retry_handlers=[]")
        self._client = client
        self._directory = directory
        self._calls = Calls(clock)
        self._places = Places(workspace, client, self._calls, clock)
        self._history = History(client, self._calls)
        self._standing: dict[str, dict[int, str]] = {}

    async def post(self, place: Place, message: Message, *, marker: str, thread: str | None) -> str:
        """Post it, or what of it a look-up did not find. The timestamps of all parts, with commas."""
        found = self._standing.pop(marker, {})
        channel, parts = await self._where_and_what(place, message)
        standing = await self._renewed(channel, found, parts, marker)
        reply: Json = {"thread_ts": _stamps(thread)[0]} if thread else {}
        if reply and message.broadcast:
            reply["reply_broadcast"] = True
        for n, part in enumerate(parts, start=1):
            if n not in standing:
                standing[n] = await self._part(channel, part, reply, marked(marker, n, len(parts)), standing)
        return _id(standing)

    async def edit(self, place: Place, message_id: str, message: Message) -> None:
        """Change every part. One that needs more or fewer parts now is taken away, to be posted anew."""
        channel, parts = await self._where_and_what(place, message)
        stamps = _stamps(message_id)
        if len(parts) != len(stamps):
            await self._take_away(channel, stamps)
            raise Gone
        for ts, part in zip(stamps, parts, strict=True):
            await self._change(channel, ts, part)

    async def find(self, place: Place, marker: str, since: datetime, thread: str | None) -> str | None:
        """The timestamps of all its parts; None when none, or not every one, is there.

        What is there is remembered: the next `post` with this marker posts only what is missing.
        """
        self._standing.pop(marker, None)
        channel = await self._places.channel_of(await asyncio.to_thread(self._directory), place)
        search = await self._history.search(channel, marker, since, _stamps(thread)[0] if thread else None)
        if search.whole:
            return _id(search.found)
        self._standing[marker] = search.found
        return None

    async def _where_and_what(self, place: Place, message: Message) -> tuple[str, Sequence[Post]]:
        directory = await asyncio.to_thread(self._directory)
        aloud = not message.discreet
        parts = posts(message, partial(self._places.mention, directory, place), aloud=aloud)
        return await self._places.channel_of(directory, place), parts

    async def _renewed(
        self, channel: str, found: dict[int, str], parts: Sequence[Post], marker: str
    ) -> dict[int, str]:
        """The parts that stand there, saying what they would say now: it may be cut elsewhere since then.

        Until the missing ones stand beside them, it is never merely waiting.
        """
        standing: dict[int, str] = {}
        many = len(parts)
        try:
            await self._take_away(channel, [ts for n, ts in found.items() if n > many])
            for n in sorted(found.keys() & range(1, many + 1)):
                with suppress(Gone):
                    await self._change(channel, found[n], parts[n - 1], marked(marker, n, many))
                    standing[n] = found[n]
        except Waiting:
            raise Unknown from None
        return standing

    async def _change(self, channel: str, ts: str, part: Post, metadata: Json | None = None) -> None:
        """Have a post say this. Raises `Gone` where it stands no more."""
        update = partial(self._client.chat_update, channel=channel, ts=ts, metadata=metadata, **_shape(part))
        await self._calls.make("chat.update", update)

    async def _part(
        self, channel: str, part: Post, reply: Json, metadata: Json, before: dict[int, str]
    ) -> str:
        """Post one part. Where earlier parts stand it is never merely waiting: it must be looked for."""
        try:
            return await self._say(channel, part, reply, metadata)
        except Waiting:
            if before:
                raise Unknown from None
            raise
        except Dead:
            self._places.forget()
            raise

    async def _say(self, channel: str, part: Post, reply: Json, metadata: Json) -> str:
        """Post it in the thread, or where that is gone in the channel."""
        post = partial(self._client.chat_postMessage, channel=channel, metadata=metadata, **reply)
        try:
            answer = await self._calls.make(
                "chat.postMessage", partial(post, **_shape(part), **_NO_UNFURLING), channel
            )
        except Gone:
            if not reply:
                raise Dead(_NOWHERE) from None
            return await self._say(channel, part, {}, metadata)
        ts = answer.get("ts")
        if not isinstance(ts, str):
            raise Unknown
        return ts

    async def _take_away(self, channel: str, stamps: Sequence[str]) -> None:
        for ts in stamps:
            try:
                await self._calls.make(
                    "chat.delete", partial(self._client.chat_delete, channel=channel, ts=ts)
                )
            except Gone:
                continue


def _shape(part: Post) -> Json:
    """What is said, nothing in it read for names or links."""
    return {"text": part.text, "blocks": part.blocks, "link_names": False, "parse": "none"}


def _id(standing: dict[int, str]) -> str:
    return ",".join(standing[n] for n in sorted(standing))


def _stamps(message_id: str) -> list[str]:
    return message_id.split(",")

"""Looking for a post of ours in what Slack remembers of a channel, by the opaque marker in its metadata.

It posts nothing. What it cannot prove raises; it never answers that nothing is there without having looked.
"""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.calls import Call, Calls
from reminders.messenger import Gone, Unknown

Json = dict[str, Any]

_EVENT = "baton"
_WHOLE: Json = {"inclusive": True, "include_all_metadata": True, "limit": 200}
_PAGES = 50
"""A conversation of more than so many pages since then is not looked through to its end."""
_SKEW = timedelta(hours=1)
"""How far Slack's clock and ours may differ: over a socket nobody is refused for an hour too many."""


def marked(marker: str, part: int, parts: int) -> Json:
    """The metadata of one post. Anybody in the workspace may read it, so it says nothing else."""
    return {"event_type": _EVENT, "event_payload": {"marker": marker, "part": part, "parts": parts}}


class History:
    """What Slack remembers of one workspace's channels."""

    def __init__(self, client: AsyncWebClient, calls: Calls) -> None:
        self._client = client
        self._calls = calls
        self._bot = ""

    async def search(self, channel: str, marker: str, since: datetime, thread: str | None) -> "Search":
        """Look where it was said: in the thread, and in the channel, where it goes if the thread is gone."""
        search = Search(marker, await self._ourselves())
        if thread is not None:
            await self._look_through(search, channel, thread, since)
        if not search.whole:
            async for message in self._messages(channel, _stamp(since - _SKEW)):
                search.see(message)
        return search

    async def _ourselves(self) -> str:
        if not self._bot:
            told = await self._calls.make("auth.test", self._client.auth_test)
            self._bot = told["bot_id"]
        return self._bot

    async def _look_through(self, search: "Search", channel: str, thread: str, since: datetime) -> None:
        try:
            async for message in self._replies(channel, thread, _stamp(since - _SKEW)):
                search.see(message)
        except Gone:
            return

    def _messages(self, channel: str, oldest: str) -> AsyncIterator[Json]:
        """What stands in the channel, newest first, threads left out."""
        page = partial(self._client.conversations_history, channel=channel, oldest=oldest, **_WHOLE)
        return self._pages("conversations.history", page)

    def _replies(self, channel: str, thread: str, oldest: str) -> AsyncIterator[Json]:
        page = partial(
            self._client.conversations_replies, channel=channel, ts=thread, oldest=oldest, **_WHOLE
        )
        return self._pages("conversations.replies", page)

    async def _pages(self, method: str, page: Call) -> AsyncIterator[Json]:
        cursor: str | None = None
        for _ in range(_PAGES):
            answer = await self._calls.make(method, partial(page, cursor=cursor))
            messages: list[Json] = answer.get("messages", [])
            for message in messages:
                yield message
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or None
            if cursor is None:
                return
        raise Unknown


class Search:
    """The parts of one message, as they are come upon; `found` is the timestamp of each."""

    def __init__(self, marker: str, bot: str) -> None:
        self._marker = marker
        self._bot = bot
        self.found: dict[int, str] = {}
        self._parts = 0

    @property
    def whole(self) -> bool:
        """Whether every part has been found."""
        return bool(self.found) and all(n in self.found for n in range(1, self._parts + 1))

    def see(self, message: Json) -> None:
        """Look at one message. Others could copy a marker, so it must be our own."""
        metadata = message.get("metadata") or {}
        payload = metadata.get("event_payload") or {}
        if message.get("bot_id") != self._bot or metadata.get("event_type") != _EVENT:
            return
        if payload.get("marker") == self._marker:
            self.found.setdefault(int(payload["part"]), message["ts"])
            self._parts = max(self._parts, int(payload["parts"]))


def _stamp(instant: datetime) -> str:
    return f"{instant.timestamp():.6f}"

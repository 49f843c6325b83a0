"""Private answers by way of Slack's interface: a reply beside a command, a window, a direct message.

They are courtesy: what they tell is on record already, or was refused. So one that fails is tried once
elsewhere, then logged, and never repeated. What must be announced goes through the outbox.
"""

from collections.abc import Awaitable, Iterable
from logging import Logger
from urllib.parse import urlsplit

from aiohttp import ClientSession, ClientTimeout
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.answers import in_one_place, whispered
from bot.slack.blocks import Post
from bot.slack.limits import Json
from bot.slack.outcomes import FAILURES, code

_HOOKS = "https://hooks.slack.com/"

_AMISS = frozenset({"invalid_blocks", "invalid_blocks_format", "invalid_arguments", "invalid_view"})
"""How Slack refuses what it is to show, and not whoever asks, or how often."""
MOST_RESPONSES = 4
"""Slack takes five at one response address; one is kept for bad news."""


class Whisper:
    """Over one workspace's client."""

    def __init__(self, client: AsyncWebClient, log: Logger) -> None:
        self._client = client
        self._log = log

    async def answer(
        self, response_url: str, user: str, posts: Iterable[Post], already: tuple[Post, ...] = ()
    ) -> None:
        """Beside what was typed or pressed, seen by this user only; a direct message where that fails.

        It comes to one place whole: what does not go beside to its end is told apart from its beginning, with
        what stands there `already`.
        """
        said = tuple(posts)
        whole = (*already, *said)
        beside, apart = in_one_place(said, MOST_RESPONSES) if self._slacks_own(response_url) else ((), whole)
        for post in beside:
            if not await self._done(self._respond(response_url, post)):
                apart = whole
                break
        await self.tell(user, apart)

    async def tell(self, user: str, posts: Iterable[Post]) -> None:
        """In the user's own conversation with Baton."""
        waiting = tuple(posts)
        if waiting and (channel := await self._room(user)):
            await self.say(channel, waiting)

    async def show(self, user: str, post: Post) -> bool:
        """The same of one post; False when Slack refused it for what it holds, so that it stands nowhere."""
        channel = await self._room(user)
        said = self._client.chat_postMessage(channel=channel, **_said(post)) if channel else None
        return said is None or await self._taken(said)

    async def say(self, channel: str, posts: Iterable[Post]) -> None:
        """In a conversation that only one user and Baton have."""
        for post in posts:
            await self._done(self._client.chat_postMessage(channel=channel, **_said(post)))

    async def beside(self, channel: str, user: str, posts: Iterable[Post], thread: str | None = None) -> None:
        """In a channel or a thread of it, seen by this user only; all by direct message where that fails."""
        whole = tuple(posts)
        for post in whole:
            said = self._client.chat_postEphemeral(
                channel=channel,
                user=user,
                text=post.text,
                blocks=post.blocks,
                thread_ts=thread,
                link_names=False,
                parse="none",
            )
            if not await self._done(said):
                await self.tell(user, whole)
                return

    async def open(self, trigger: str, view: Json) -> bool:
        """A window; False when Slack would not show it, as when the three seconds were over."""
        return await self._done(self._client.views_open(trigger_id=trigger, view=view))

    async def turn(self, view: Json, *, id: str | None = None, name: str | None = None) -> bool:
        """A window that is open shows something else; found by its id, or by the name we gave it."""
        return await self._done(self._client.views_update(view_id=id, external_id=name, view=view))

    async def publish(self, user: str, view: Json) -> bool:
        """The user's Home page; False when Slack refused it for what it holds."""
        return await self._taken(self._client.views_publish(user_id=user, view=view))

    async def _room(self, user: str) -> str:
        """Where this user and Baton speak alone; empty where Slack does not say."""
        try:
            opened = await self._client.conversations_open(users=user)
        except FAILURES as trouble:
            self._log.warning("A private answer could not be given: %s", type(trouble).__name__)
            return ""
        return str((opened.get("channel") or {}).get("id", ""))

    def _slacks_own(self, address: str) -> bool:
        """An address in a payload is its sender's word: what is private goes to Slack alone."""
        said, api = urlsplit(address), urlsplit(self._client.base_url)
        hosts = {api.netloc, f"hooks.{api.netloc}"}
        return (said.scheme, said.netloc in hosts) == (api.scheme, True) or address.startswith(_HOOKS)

    async def _respond(self, address: str, post: Post) -> None:
        """By hand: the SDK would follow a redirection, and carry what is private anywhere."""
        proxy, ssl = self._client.proxy, self._client.ssl or True
        sending = ClientSession(timeout=ClientTimeout(total=self._client.timeout))
        async with (
            sending as http,
            http.post(address, json=whispered(post), allow_redirects=False, proxy=proxy, ssl=ssl) as answered,
        ):
            if answered.status != 200:
                raise SlackClientError(f"a response address answered {answered.status}")

    async def _done(self, call: Awaitable[object]) -> bool:
        """Whether it has surely been seen."""
        return await self._outcome(call) is None

    async def _taken(self, call: Awaitable[object]) -> bool:
        """Whether Slack had nothing against what it was to show."""
        trouble = await self._outcome(call)
        return trouble is None or code(trouble) not in _AMISS

    async def _outcome(self, call: Awaitable[object]) -> Exception | None:
        """What went wrong, if anything did."""
        try:
            await call
        except SlackApiError as refused:
            self._log.warning("Slack would not show a private answer: %s", code(refused) or "no reason given")
            return refused
        except FAILURES as trouble:
            self._log.warning("A private answer may not have been seen: %s", type(trouble).__name__)
            return trouble
        return None


def _said(post: Post) -> Json:
    links_off = {"unfurl_links": False, "unfurl_media": False, "link_names": False, "parse": "none"}
    return {"text": post.text, "blocks": post.blocks, **links_off}

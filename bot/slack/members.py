"""What Slack says of the accounts of one workspace: deactivated, a guest's, a stranger's, and by what name.

Only the directory gives a right; this can take it away (decision 0011). What is not known takes nothing away.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.calls import Calls
from bot.slack.identity import SLACK
from bot.slack.limits import Json
from bot.slack.requests import Pressed, Request, Submitted, Typed
from concerns.directory import Directory
from reminders.messenger import Dead, Gone, Unknown, Waiting

REFUSED = (Dead, Gone, Unknown, Waiting)
"""All the ways a question to Slack can stay without an answer."""

Rest = Callable[[float], Awaitable[None]]
"""Lets so many seconds pass."""
PAUSE = 1.3
"""Seconds before each question: Slack takes fifty a minute of these, and the doctor may ask too."""

_NO_LONGER = 1.0
"""Seconds an act that decides something waits for Slack to say whose account it is."""
_TRIES, _LONGEST = 3, 60.0
"""How often somebody with time asks, and how many seconds they wait for Slack in between."""
_PAGE = 200
_SETTLES = {"accept", "answer", "decide", "duplicate", "redirect", "reopen", "responded", "withdraw"}
_WEIGHTY = frozenset({"confirm", "enrol", "join", "refuse", "revoke", *_SETTLES})
_BARRED = ("deleted", "is_restricted", "is_ultra_restricted", "is_stranger")


@dataclass(frozen=True, slots=True)
class Member:
    """An account, when Slack was last asked about it."""

    name: str
    barred: bool


class Members:
    """The accounts asked about so far. Whoever was never asked about is not barred."""

    def __init__(self, client: AsyncWebClient, calls: Calls) -> None:
        self._client = client
        self._calls = calls
        self._known: dict[str, Member] = {}

    def barred(self, user: str) -> bool:
        """Whether nothing may be taken from this account, whoever it belongs to."""
        known = self._known.get(user)
        return known is not None and known.barred

    def known(self, user: str) -> bool:
        """Whether Slack was ever asked about this account, and answered."""
        return user in self._known

    def name(self, user: str) -> str:
        """The name its owner goes by in Slack, for people to look at; empty where it is not known."""
        known = self._known.get(user)
        return known.name if known else ""

    async def look(self, user: str) -> str:
        """Ask Slack, and why it knows no such account. Where it does not answer, what was known holds."""
        try:
            told = await self._calls.make("users.info", partial(self._client.users_info, user=user))
        except Dead as end:
            return end.why
        except REFUSED:
            return ""
        self._known[user] = _read(told.get("user") or {})
        return ""

    async def look_now(self, user: str) -> None:
        """The same in a hurry: somebody waits for it."""
        try:
            async with asyncio.timeout(_NO_LONGER):
                await self.look(user)
        except TimeoutError:
            return

    async def look_patiently(self, user: str, rest: Rest) -> str | None:
        """The same by somebody with time, who keeps the pause Slack asks for; None where it never answers."""
        for tried in range(1, _TRIES + 1):
            if (why := await self.look(user)) or self.known(user):
                return why
            pause = self.pause.total_seconds()
            if tried == _TRIES or pause > _LONGEST:
                break
            await rest(max(pause, PAUSE))
        return None

    @property
    def pause(self) -> timedelta:
        """How much longer Slack wants not to be asked about an account."""
        return self._calls.pause("users.info")

    async def strangers_in(self, channel: str, ours: Collection[str], directory: Directory) -> bool:
        """Whether anybody is in a channel whom the directory does not know, or who is barred; not `ours`.

        Raises one of the ways a question stays unanswered.
        """
        accounts = (one for person in directory.people for one in person.identities)
        known = {one.user for one in accounts if one.platform == SLACK}.union(ours)
        async for user in self._in_it(channel):
            if user not in known or self.barred(user):
                return True
        return False

    async def _in_it(self, channel: str) -> AsyncIterator[str]:
        cursor: str | None = None
        page = partial(self._client.conversations_members, channel=channel, limit=_PAGE)
        while cursor != "":
            answer = await self._calls.make("conversations.members", partial(page, cursor=cursor))
            found: list[str] = answer.get("members", [])
            for user in found:
                yield user
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""


def decides(request: Request) -> bool:
    """Whether it may settle a concern or bind an account: then nothing old is believed.

    Of a form it is not known here what it is for, so every form counts.
    """
    match request:
        case Submitted():
            return True
        case Typed():
            return not _WEIGHTY.isdisjoint(request.line.lower().split()[1:2])
        case Pressed():
            return request.token.partition(":")[0] in _WEIGHTY
        case _:
            return False


def _read(user: Json) -> Member:
    profile = user.get("profile") or {}
    name = user.get("real_name") or profile.get("real_name") or user.get("name") or ""
    return Member(str(name), any(user.get(flag) for flag in _BARRED))

"""Whom Baton can reach in one Slack workspace, as the directory has it: every account, then every channel.

For `baton doctor`: it asks only, and so slowly that a bot that is serving is not held up.
"""

from collections.abc import AsyncIterator, Callable, Collection, Iterator, Sequence
from datetime import datetime, timedelta
from math import ceil
from typing import TypeVar

from slack_sdk.web.async_client import AsyncWebClient

from bot.finding import Finding
from bot.settings import slack_variable
from bot.slack.calls import Calls
from bot.slack.identity import SLACK, is_group
from bot.slack.members import PAUSE, REFUSED, Members, Rest
from bot.slack.outcomes import FAILURES, code, outcome
from concerns.directory import Directory
from concerns.people import Channel, Identity, Person
from reminders.messenger import Unknown, Waiting

AT_ONCE = 20
"""How many are asked about without a pause; of more than those, each further one after one."""
REINSTALL = 'Put what baton manifest prints into "App Manifest", and install the app again.'
"""What to do where a right is missing."""
_TO_LOOK_UP = "users:read"
"""The scope without which Slack speaks of nobody."""

Say = Callable[[str], None]
T = TypeVar("T")


class Reach:
    """`say` hears how far it is where there is much to ask."""

    def __init__(
        self,
        workspace: str,
        client: AsyncWebClient,
        directory: Directory,
        clock: Callable[[], datetime],
        rest: Rest,
        say: Say,
    ) -> None:
        self._workspace = workspace
        self._client = client
        self._directory = directory
        self._members = Members(client, Calls(clock))
        self._rest, self._say = rest, say
        self._what = f"Slack {workspace}"

    async def findings(self, ours: str, missing: Collection[str]) -> AsyncIterator[Finding]:
        """What there is to say. `ours` is the bot's own account, `missing` are scopes it was not granted."""
        if _TO_LOOK_UP not in missing:
            async for finding in self._accounts():
                yield finding
        async for finding in self._channels(ours):
            yield finding

    async def _accounts(self) -> AsyncIterator[Finding]:
        """Accounts of the directory that count for nothing, and how many Slack would not speak of."""
        listed = [(person, one) for person in self._directory.people for one in self._ours(person)]
        looked = unknown = 0
        async for person, one in self._in_turn(listed, "accounts"):
            what = f'account of "{person.id}"'
            why = await self._members.look_patiently(one.user, self._rest)
            if why is None:
                left = len(listed) - looked
                said = f"Slack said nothing about {left} of {len(listed)}, so they were not looked at."
                yield self._red("accounts", said, _again(self._members.pause))
                return
            looked += 1
            if why:
                unknown += 1
                cure = 'Copy "member ID" anew from their profile, and apply the partnership file again.'
                yield self._red(what, f"{why}.", cure)
            elif self._members.barred(one.user):
                yield self._red(
                    what,
                    "Slack says it is a guest's, or was deactivated, so Baton takes nothing from it.",
                    "List another account for them, or have this one made a full member's.",
                )
        if unknown == len(listed) > 1:
            cure = f"put the right one's into {slack_variable(self._workspace, 'BOT_TOKEN')}."
            said = f"where it signs in, none of the {unknown} accounts listed is known."
            yield self._red("token", said, f"If that is another Slack workspace than you meant, {cure}")

    def _ours(self, person: Person) -> Iterator[Identity]:
        """Somebody's accounts in this workspace, without those that stand for a group."""
        for one in person.identities:
            if (one.platform, one.workspace) == (SLACK, self._workspace) and not is_group(one.user):
                yield one

    async def _in_turn(self, things: Sequence[T], called: str) -> AsyncIterator[T]:
        """All of these, so slowly that Slack does not mind, and a bot that is serving is not held up."""
        for n, thing in enumerate(things):
            if n >= AT_ONCE:
                if n % AT_ONCE == 0:
                    self._say(f"{self._what}: {n} of {len(things)} {called} looked at, going on.")
                await self._rest(PAUSE)
            yield thing

    async def _channels(self, ours: str) -> AsyncIterator[Finding]:
        here = SLACK, self._workspace
        listed = [one for one in self._directory.channels if (one.platform, one.workspace) == here]
        async for channel in self._in_turn(listed, "channels"):
            found = await self._channel(channel)
            yield found
            if channel.trust and not found.red and (said := await self._crowded(channel, ours)):
                yield Finding(found.what, said, note=True)

    async def _crowded(self, channel: Channel, ours: str) -> str:
        """What is to be said of those who read it; empty where there is nothing."""
        try:
            crowded = await self._members.strangers_in(channel.address, {ours}, self._directory)
        except REFUSED:
            return "Slack did not say who reads it"
        said = "somebody reads it whom the directory does not know, or a guest: it is told"
        return f"{said} as little as at trust 0" if crowded else ""

    async def _channel(self, channel: Channel) -> Finding:
        what = f'channel "{channel.id}"'
        try:
            told = (await self._client.conversations_info(channel=channel.address)).get("channel") or {}
        except FAILURES as trouble:
            why = code(trouble) or "no answer"
            cure = or_again(trouble, _to_find_it(why))
            return self._red(what, f"Slack does not show it to Baton ({why}).", cure)
        if told.get("is_archived"):
            return self._red(what, "archived.", "Take it out of the archive, or name another for it.")
        if not told.get("is_member"):
            return self._red(what, "Baton is not in it.", "Type /invite @Baton in that channel.")
        return self._fine(what, "Baton is in it")

    def _fine(self, what: str, said: str) -> Finding:
        return Finding(f"{self._what} {what}", said)

    def _red(self, what: str, said: str, cure: str) -> Finding:
        return Finding(f"{self._what} {what}", said, cure)


def _to_find_it(why: str) -> str:
    """What to do where Slack does not show a channel: an invitation gives Baton no right."""
    if why == "missing_scope":
        return REINSTALL
    return "Type /invite @Baton in it, and look whether its address in the partnership file is its id."


def or_again(trouble: Exception, otherwise: str) -> str:
    """Where Slack only had no time for what was asked, it is to be asked again."""
    match outcome(trouble):
        case Waiting() as busy if code(trouble):
            return _again(busy.until)
        case Unknown() if code(trouble):
            return _again(timedelta())
        case _:
            return otherwise


def _again(pause: timedelta) -> str:
    minutes = max(1, ceil(pause / timedelta(minutes=1)))
    return f"Slack is busy: run baton doctor again in {'a minute' if minutes == 1 else f'{minutes} minutes'}."

"""What `baton doctor` looks at in one Slack workspace. It asks only, and changes nothing."""

import re
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TypeVar

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.finding import Finding
from bot.settings import SlackAccount, slack_variable
from bot.slack.calls import Calls
from bot.slack.identity import SLACK, is_group
from bot.slack.members import PAUSE, REFUSED, Members, Rest
from bot.slack.outcomes import FAILURES, code, outcome
from concerns.directory import Directory
from concerns.people import Channel, Identity, Person
from reminders.messenger import Unknown, Waiting

WRONG = timedelta(seconds=60)
"""How far the two clocks may be apart; at five minutes every signature is refused."""
AT_ONCE = 20
"""How many are asked about without a pause; of more than those, each further one after one."""
_AGAIN = "Slack is busy: run baton doctor again in a minute."

_APP = re.compile(r"xapp-\d+-(A[A-Z0-9]+)-")
"""An app token begins with Slack's id of its app."""
Say = Callable[[str], None]
T = TypeVar("T")


class Examination:
    """Of one workspace; `scopes` are those the manifest asks for. `team` is Slack's id of it, once asked.

    Where there is much to ask, `say` hears how far it is.
    """

    def __init__(
        self,
        account: SlackAccount,
        client: AsyncWebClient,
        directory: Directory,
        scopes: Collection[str],
        clock: Callable[[], datetime],
        rest: Rest,
        say: Say,
    ) -> None:
        self._account = account
        self._client = client
        self._directory = directory
        self._scopes = scopes
        self._clock, self._rest, self._say = clock, rest, say
        self._what = f"Slack {account.workspace}"
        self.workspace = account.workspace
        self.team = ""

    async def findings(self) -> tuple[Finding, ...]:
        """A line for each thing; where Slack does not sign Baton in, nothing further can be asked."""
        found = list(self._shapes())
        try:
            signed_in = await self._client.auth_test()
        except FAILURES as trouble:
            return *found, self._not_signed_in(trouble)
        self.team = str(signed_in.get("team_id") or "")
        found.append(self._fine("token", f'signed in to "{signed_in.get("team")}"'))
        found.append(self._granted(signed_in))
        found.append(self._clocks(signed_in, self._clock()))
        found.append(await self._way_in(str(signed_in.get("bot_id") or "")))
        members, ours = Members(self._client, Calls(self._clock)), str(signed_in.get("user_id") or "")
        found += [finding async for finding in self._accounts(members)]
        return *found, *[finding async for finding in self._channels(members, ours)]

    # ------------------------------------------------------------------ who we are

    def _shapes(self) -> Iterator[Finding]:
        """Tokens put into each other's places."""
        account = self._account
        secret = account.signing_secret.get_secret_value() if account.signing_secret else ""
        if not account.bot_token.get_secret_value().startswith("xoxb-"):
            yield self._red(
                "token", "this is no bot token.", f"{self._named('BOT_TOKEN')} begins with xoxb-."
            )
        if account.app_token and not account.app_token.get_secret_value().startswith("xapp-"):
            yield self._red(
                "socket", "this is no app token.", f"{self._named('APP_TOKEN')} begins with xapp-."
            )
        if secret.startswith(("xoxb-", "xapp-")):
            yield self._red(
                "signing secret",
                "this is a token.",
                f'Copy the "Signing Secret" of "Basic Information" into {self._named("SIGNING_SECRET")}.',
            )

    def _not_signed_in(self, trouble: Exception) -> Finding:
        if why := code(trouble):
            cure = f'Copy it anew from the page "Install App" into {self._named("BOT_TOKEN")}.'
            return self._red("token", f"Slack does not take it ({why}).", _cure(trouble, cure))
        return self._red(
            "token",
            "Slack cannot be reached from here.",
            "Look at this machine's network, its proxy, and BATON_SLACK_API_URL if that is set.",
        )

    def _granted(self, signed_in: AsyncSlackResponse) -> Finding:
        """Slack lists what was granted beside every answer."""
        said = signed_in.headers.get("x-oauth-scopes")
        if said is None:
            return Finding(f"{self._what} scopes", "Slack did not say which there are", note=True)
        granted = {scope.strip() for scope in said.split(",")}
        missing = sorted(set(self._scopes) - granted)
        if not missing:
            return self._fine("scopes", "all that the manifest asks for")
        return self._red(
            "scopes",
            f"missing: {', '.join(missing)}.",
            'Put what baton manifest prints into "App Manifest", and install the app again.',
        )

    def _clocks(self, signed_in: AsyncSlackResponse, now: datetime) -> Finding:
        try:
            theirs = parsedate_to_datetime(signed_in.headers.get("Date", ""))
        except ValueError:
            return Finding(f"{self._what} clock", "Slack did not say what time it is", note=True)
        # "-0000" is the same hour as "+0000", said by somebody who does not know where they are.
        apart = abs(now - (theirs if theirs.tzinfo else theirs.replace(tzinfo=UTC)))
        if apart <= WRONG:
            return self._fine("clock", "the same as Slack's")
        return self._red(
            "clock",
            f"{apart.total_seconds():.0f} seconds from Slack's.",
            "Set this machine's clock by the network (NTP): what is signed five minutes off is refused.",
        )

    # ------------------------------------------------------------------ who can reach whom

    async def _way_in(self, bot: str) -> Finding:
        if self._account.app_token is None:
            said = "set; Slack rings Baton over HTTP. Whether it is this app's own shows when somebody types"
            return self._fine("signing secret", said)
        token = self._account.app_token.get_secret_value()
        if (named := _APP.match(token)) and (ours := await self._app(bot)) and named[1] != ours:
            return self._red(
                "socket",
                f"this app token is of the app {named[1]}, and the bot is of {ours}.",
                'Copy the app-level token of the same app, from "Basic Information", into'
                f" {self._named('APP_TOKEN')}.",
            )
        try:
            await self._client.apps_connections_open(app_token=token)
        except FAILURES as trouble:
            why = code(trouble) or "no answer"
            return self._red(
                "socket",
                f"Slack gives no connection ({why}).",
                'Switch "Socket Mode" on, and make an app-level token with the scope connections:write for'
                f" {self._named('APP_TOKEN')}.",
            )
        return self._fine("socket", "Slack gives a connection")

    async def _app(self, bot: str) -> str:
        """Slack's id of the app this bot is of; empty where Slack does not say."""
        try:
            told = (await self._client.bots_info(bot=bot)).get("bot") or {}
        except FAILURES:
            return ""
        return str(told.get("app_id") or "")

    async def _accounts(self, members: Members) -> AsyncIterator[Finding]:
        """Accounts of the directory that count for nothing, and how many Slack would not speak of."""
        listed = [(person, one) for person in self._directory.people for one in self._ours(person)]
        looked = 0
        async for person, one in self._in_turn(listed, "accounts"):
            what = f'account of "{person.id}"'
            why = await members.look_patiently(one.user, self._rest)
            if why is None:
                left = len(listed) - looked
                said = f"Slack said nothing about {left} of {len(listed)}, so they were not looked at."
                yield self._red("accounts", said, _AGAIN)
                return
            looked += 1
            if why:
                cure = 'Copy "member ID" anew from their profile, and apply the partnership file again.'
                yield self._red(what, f"{why}.", cure)
            elif members.barred(one.user):
                yield self._red(
                    what,
                    "Slack says it is a guest's, or was deactivated, so Baton takes nothing from it.",
                    "List another account for them, or have this one made a full member's.",
                )

    def _ours(self, person: Person) -> Iterator[Identity]:
        """Somebody's accounts in this workspace, without those that stand for a group."""
        for one in person.identities:
            if (one.platform, one.workspace) == (SLACK, self.workspace) and not is_group(one.user):
                yield one

    async def _in_turn(self, things: Sequence[T], called: str) -> AsyncIterator[T]:
        """All of these, so slowly that Slack does not mind, and a bot that is serving is not held up."""
        for n, thing in enumerate(things):
            if n >= AT_ONCE:
                if n % AT_ONCE == 0:
                    self._say(f"{self._what}: {n} of {len(things)} {called} looked at, going on.")
                await self._rest(PAUSE)
            yield thing

    async def _channels(self, members: Members, ours: str) -> AsyncIterator[Finding]:
        here = SLACK, self.workspace
        listed = [one for one in self._directory.channels if (one.platform, one.workspace) == here]
        async for channel in self._in_turn(listed, "channels"):
            found = await self._channel(channel)
            yield found
            if channel.trust and not found.red and (said := await self._crowded(members, channel, ours)):
                yield Finding(found.what, said, note=True)

    async def _crowded(self, members: Members, channel: Channel, ours: str) -> str:
        """What is to be said of those who read it; empty where there is nothing."""
        try:
            crowded = await members.strangers_in(channel.address, {ours}, self._directory)
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
            cure = (
                "Type /invite @Baton in it, and look whether its address in the partnership file is its id."
            )
            return self._red(what, f"Slack does not show it to Baton ({why}).", _cure(trouble, cure))
        if told.get("is_archived"):
            return self._red(what, "archived.", "Take it out of the archive, or name another for it.")
        if not told.get("is_member"):
            return self._red(what, "Baton is not in it.", "Type /invite @Baton in that channel.")
        return self._fine(what, "Baton is in it")

    # ------------------------------------------------------------------ how it is said

    def _named(self, what: str) -> str:
        return slack_variable(self._account.workspace, what)

    def _fine(self, what: str, said: str) -> Finding:
        return Finding(f"{self._what} {what}", said)

    def _red(self, what: str, said: str, cure: str) -> Finding:
        return Finding(f"{self._what} {what}", said, cure)


def _cure(trouble: Exception, otherwise: str) -> str:
    """Where Slack only had no time for what was asked, it is to be asked again."""
    busy = code(trouble) and isinstance(outcome(trouble), Waiting | Unknown)
    return _AGAIN if busy else otherwise


def twins(examined: Sequence[Examination]) -> Iterator[Finding]:
    """Names whose tokens belong to one and the same Slack workspace: whose account it is would be chance."""
    for n, one in enumerate(examined):
        for other in examined[:n]:
            if one.team and one.team == other.team:
                token = slack_variable(one.workspace, "BOT_TOKEN")
                yield Finding(
                    f"Slack {one.workspace} token",
                    f'it is for the same Slack workspace as that of "{other.workspace}".',
                    f"Put that workspace's own token into {token}, or keep one of the two names.",
                )

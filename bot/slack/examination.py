"""What `baton doctor` looks at in one Slack workspace. It asks only, and changes nothing."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.finding import Finding
from bot.settings import SlackAccount, slack_variable
from bot.slack.members import Rest
from bot.slack.outcomes import FAILURES, code
from bot.slack.reach import REINSTALL, Reach, Say, or_again
from concerns.directory import Directory

WRONG = timedelta(seconds=60)
"""How far the two clocks may be apart; at five minutes every signature is refused."""
_APP = re.compile(r"xapp-\d+-(A[A-Z0-9]+)-")
"""An app token begins with Slack's id of its app."""


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
        self._scopes = scopes
        self._clock = clock
        self._reach = Reach(account.workspace, client, directory, clock, rest, say)
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
        missing = self._missing(signed_in)
        found.append(self._granted(missing))
        found.append(self._clocks(signed_in, self._clock()))
        found.append(await self._way_in(str(signed_in.get("bot_id") or "")))
        reach = self._reach.findings(str(signed_in.get("user_id") or ""), missing or ())
        return *found, *[finding async for finding in reach]

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
            return self._red("token", f"Slack does not take it ({why}).", or_again(trouble, cure))
        return self._red(
            "token",
            "Slack cannot be reached from here.",
            "Look at this machine's network, its proxy, and BATON_SLACK_API_URL if that is set.",
        )

    def _missing(self, signed_in: AsyncSlackResponse) -> Sequence[str] | None:
        """The scopes not granted, None where Slack does not say: it lists the others beside every answer."""
        said = signed_in.headers.get("x-oauth-scopes")
        if said is None:
            return None
        return sorted(set(self._scopes) - {scope.strip() for scope in said.split(",")})

    def _granted(self, missing: Sequence[str] | None) -> Finding:
        if missing is None:
            return Finding(f"{self._what} scopes", "Slack did not say which there are", note=True)
        if not missing:
            return self._fine("scopes", "all that the manifest asks for")
        return self._red(
            "scopes",
            f"missing: {', '.join(missing)}.",
            REINSTALL,
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

    # ------------------------------------------------------------------ how Slack reaches us

    async def _way_in(self, bot: str) -> Finding:
        if self._account.app_token is None:
            ring = f"set; Slack rings Baton, at /slack/{self.workspace}/events of its address."
            said = f"{ring} If it is another app's, the log says so when Slack first rings"
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

    # ------------------------------------------------------------------ how it is said

    def _named(self, what: str) -> str:
        return slack_variable(self._account.workspace, what)

    def _fine(self, what: str, said: str) -> Finding:
        return Finding(f"{self._what} {what}", said)

    def _red(self, what: str, said: str, cure: str) -> Finding:
        return Finding(f"{self._what} {what}", said, cure)


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

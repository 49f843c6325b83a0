"""One Slack workspace, whole: its client, its door, and the way requests come in, by socket or by HTTP.

It is started and stopped with the house, and says what is wrong with it.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from datetime import datetime, timedelta
from logging import Logger

from slack_sdk.web.async_client import AsyncWebClient

from bot.crowds import Crowds
from bot.settings import SlackAccount, slack_variable
from bot.slack.answering import Answering
from bot.slack.bolt import bolt_app
from bot.slack.calls import Calls
from bot.slack.door import PATIENCE, Door
from bot.slack.home import home
from bot.slack.identity import Installations, SameTeam
from bot.slack.intake import Intake
from bot.slack.lookout import Lookout, Moved, Troubled
from bot.slack.members import Members, Rest
from bot.slack.outcomes import FAILURES, code, outcome
from bot.slack.pictures import PAUSES, Pictures
from bot.slack.requests import ACCOUNT, LOST, MOVED, Happened
from bot.slack.seen import Seen
from bot.slack.socket import Socket
from bot.slack.whisper import Whisper
from handlers.desk import Desk
from reminders.messenger import Dead

TIMEOUT = 10
"""Seconds Slack may take over one call."""
AGAIN = 15.0
"""Seconds before Slack is asked once more who Baton is."""
_GOOD_FOR = timedelta(minutes=1)
"""How long it is believed that Slack still takes the token: it says so only when asked."""


def slack_client(account: SlackAccount, api_url: str) -> AsyncWebClient:
    """The client of a workspace. It never tries twice by itself: the outbox owns every retry (design 7)."""
    token = account.bot_token.get_secret_value()
    return AsyncWebClient(token=token, base_url=api_url, timeout=TIMEOUT, retry_handlers=[])


class Front:
    """With an app token Baton rings Slack and `intake` is None; else Slack rings Baton, by `intake`."""

    def __init__(
        self,
        account: SlackAccount,
        client: AsyncWebClient,
        desk: Desk,
        installations: Installations,
        nudge: Callable[[], None],
        clock: Callable[[], datetime],
        log: Logger,
        patience: float = PATIENCE,
        pauses: Sequence[float] = PAUSES,
        *,
        crowds: Crowds,
        moved: Moved,
        troubled: Troubled,
        rest: Rest = asyncio.sleep,
        threads: Executor | None = None,
    ) -> None:
        self.workspace = account.workspace
        self._client, self._clock, self._log = client, clock, log
        self._looked, self._turned_out, self._twin = clock(), False, ""
        calls = Calls(clock)
        members = Members(client, calls)
        self.lookout = Lookout(
            self.workspace,
            client,
            lambda: desk.directory,
            installations,
            members,
            calls,
            crowds,
            moved,
            troubled,
            log,
            rest,
        )
        self._answering = Answering(Whisper(client, log), Pictures(client, calls, clock, log, pauses), log)
        self.door = self._opened(desk, installations, members, nudge, patience, threads)
        app, secret = bolt_app(self.door), account.signing_secret
        self._socket = Socket(app, account.app_token.get_secret_value()) if account.app_token else None
        self.intake = (
            Intake(app, self.workspace, secret.get_secret_value(), clock, log)
            if secret and not self._socket
            else None
        )
        self._watching: asyncio.Task[None] | None = None

    def _opened(
        self,
        desk: Desk,
        installations: Installations,
        members: Members,
        nudge: Callable[[], None],
        patience: float,
        threads: Executor | None,
    ) -> Door:
        return Door(
            self.workspace,
            self._client,
            desk,
            installations,
            self._answering,
            Seen(self._clock, desk.record.ledger.answered),
            nudge,
            home,
            members,
            self._happened,
            self._log,
            patience,
            threads,
        )

    async def start(self) -> None:
        """Sign in, watch and listen; nobody waits until Slack has answered."""
        self._watching = asyncio.create_task(self._watch())
        self._watching.add_done_callback(self._unwatched)
        if self._socket:
            await self._socket.start()

    async def stop(self) -> None:
        """Answer what has come, say what is still to be said, hang up."""
        if self._watching:
            self._watching.cancel()
            await asyncio.gather(self._watching, return_exceptions=True)
        if self._socket:
            await self._socket.stop()
        await self._answering.stop()

    async def settle(self) -> None:
        """Say and show what is still to be."""
        await self._answering.finish()

    async def trouble(self) -> str | None:
        """Why people of this workspace cannot reach Baton just now, as a calm sentence."""
        if self._twin:
            return self._twin
        if not timedelta() <= self._clock() - self._looked < _GOOD_FOR:
            await self._look()
        if self._turned_out or self.workspace not in self.door.installations.known:
            token = slack_variable(self.workspace, "BOT_TOKEN")
            return f'Baton is not signed in to the Slack workspace "{self.workspace}"; {token} may be wrong.'
        if self._socket and not await self._socket.connected():
            return (
                f'Baton has no connection to the Slack workspace "{self.workspace}" just now;'
                " if that lasts, baton doctor says why."
            )
        return None

    async def _look(self) -> None:
        """Whether Slack still takes the token; where it does not say, what was known is still believed."""
        self._looked = self._clock()
        try:
            await self._client.auth_test()
        except FAILURES as failure:
            self._turned_out = self._turned_out or isinstance(outcome(failure), Dead)
        else:
            self._turned_out = False

    def _happened(self, change: Happened) -> None:
        """Slack tells of a change: whatever it says, it is asked."""
        if change.what in LOST:
            self._answering.later(self._look())
        elif change.what == MOVED:
            self._answering.later(self.lookout.follow(change.channel, change.new))
        elif change.what == ACCOUNT:
            self._answering.later(self.lookout.look_up(change.user))
        else:
            self._answering.later(self.lookout.look_at(change.channel))

    async def _watch(self) -> None:
        await self._sign_in()
        await self.lookout.run()

    def _unwatched(self, watching: asyncio.Task[None]) -> None:
        """Only a defect ends it before the stop."""
        if not watching.cancelled() and (defect := watching.exception()):
            self._log.error("Nobody watches the Slack workspace any more", exc_info=defect)

    async def _sign_in(self) -> None:
        """Until it has gone well. It is said once in the log, and as long as it lasts by `trouble`."""
        told = False
        while True:
            try:
                await self.door.sign_in()
            except FAILURES as trouble:
                if not told:
                    self._log.warning(
                        'Slack does not sign Baton in to "%s" (%s) and is asked again; ask baton doctor why',
                        self.workspace,
                        code(trouble) or type(trouble).__name__,
                    )
                told = True
                self._twin = str(trouble) if isinstance(trouble, SameTeam) else ""
                await asyncio.sleep(AGAIN)
            else:
                self._twin = ""
                return

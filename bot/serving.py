"""What `baton serve` runs: the house with its doors open and its clock running, until it is told to stop.

It wires what the playground wires: the same desk, sweep, digest, delivery and watchdog.
"""

import asyncio
import errno
import logging
import socket
import time
from collections.abc import AsyncIterator, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Protocol

from starlette.applications import Starlette

from bot.crowds import Crowds
from bot.house import House
from bot.messengers import Messengers
from bot.pulse import Pulse
from bot.settings import SlackAccount
from bot.slack.front import Front, slack_client
from bot.slack.identity import SLACK, Installations
from bot.slack.messenger import SlackMessenger
from bot.telegram.places import TELEGRAM
from bot.telegram.wiring import Telegram
from bot.web import Web
from reminders.delivery import Delivery
from reminders.digest import Digest
from reminders.heartbeat import Heartbeat
from reminders.housekeeping import Housekeeping
from reminders.letters import Letters
from reminders.messenger import Messenger
from reminders.patience import Patience
from reminders.sweep import Sweep
from reminders.ticks import Ticks
from reminders.watchdog import Watchdog
from storage.digests import Digests
from views.pings import render

DESKS = 8
"""How many are served at one moment, in threads of their own: nobody waits behind what is being sent."""

log = logging.getLogger("baton.serve")


class BadAddress(Exception):
    """The address cannot be served at; the text names the fix."""


class Door(Protocol):
    """One workspace of a platform, or a platform's one bot, whole."""

    async def start(self) -> None:
        """Sign in and listen; nobody waits until the platform has answered."""

    async def stop(self) -> None:
        """Hear no more, say what is still to be said, hang up."""

    async def trouble(self) -> str | None:
        """Why people cannot reach Baton there just now, as a calm sentence."""


@dataclass(frozen=True, slots=True)
class Clockwork:
    """Everything the clock does by itself, and who watches it."""

    ticks: Ticks
    watchdog: Watchdog


class Bot:
    """A house with its doors. `app` is what a web server runs; starting and stopping it does the rest."""

    def __init__(
        self,
        house: House,
        accounts: Iterable[SlackAccount],
        slack_api_url: str,
        heartbeat_url: str,
        telegram: Telegram | None = None,
    ) -> None:
        self._house = house
        self._heartbeat_url = heartbeat_url
        clients = [(account, slack_client(account, slack_api_url)) for account in accounts]
        crowds = Crowds()
        messengers: dict[tuple[str, str], Messenger] = {
            (SLACK, account.workspace): SlackMessenger(
                account.workspace, client, lambda: house.desk.directory, house.clock
            )
            for account, client in clients
        }
        if telegram:
            messengers[TELEGRAM, TELEGRAM] = telegram.messenger(house)
        self._clockwork = _clockwork(house, messengers, crowds)
        installations, nudge = Installations(), self.ticks.nudge
        self._threads = ThreadPoolExecutor(DESKS, "desk")
        self.fronts = [
            Front(
                account,
                client,
                house.desk,
                installations,
                nudge,
                house.clock,
                log,
                crowds=crowds,
                moved=lambda channel, _old, new: house.channel_moved(channel, new),
                troubled=house.channels_troubled,
                threads=self._threads,
            )
            for account, client in clients
        ]
        self.telegram = telegram.front(house, nudge, log, self._threads) if telegram else None
        self.doors: list[Door] = [*self.fronts, *([self.telegram] if self.telegram else [])]

    def app(self) -> Starlette:
        """The ASGI application."""
        intakes = {front.workspace: front.intake for front in self.fronts if front.intake}
        webhook = self.telegram.webhook if self.telegram else None
        return Web(self.reasons, self._clockwork.watchdog.numbers, intakes, webhook).app(self._open)

    @property
    def ticks(self) -> Ticks:
        """The clock it runs by."""
        return self._clockwork.ticks

    async def reasons(self) -> tuple[str, ...]:
        """Why nobody should rely on it just now."""
        inside = await asyncio.to_thread(self._clockwork.watchdog.reasons)
        outside = [await door.trouble() for door in self.doors]
        return *inside, *filter(None, outside)

    @asynccontextmanager
    async def _open(self, _app: Starlette) -> AsyncIterator[None]:
        """The clock first: whoever waits for an answer is called however slow the platforms are to greet.

        At the end in the opposite order: hear no more, say what is to be said, then let the clock rest.
        """
        async with AsyncExitStack() as open_doors:
            if self.telegram:
                # Last of all: what is cut off on its way is of unknown fate.
                open_doors.push_async_callback(self.telegram.hang_up)
            open_doors.callback(self._threads.shutdown)
            self.ticks.start()
            open_doors.push_async_callback(self.ticks.stop)
            for door in self.doors:
                await door.start()
                open_doors.push_async_callback(door.stop)
            if self._heartbeat_url:
                pulse = asyncio.create_task(Pulse(self._heartbeat_url, self.reasons, log).run())
                open_doors.push_async_callback(_ended, pulse)
            log.info("Baton is serving")
            if closed := self._house.vault.locked:
                log.error(
                    "%s Clocks and notices run on; bring the right one back, and start Baton again.", closed
                )
            yield
        log.info("Baton has stopped")


def _clockwork(house: House, messengers: Mapping[tuple[str, str], Messenger], crowds: Crowds) -> Clockwork:
    sweep = Sweep(house.ledger, house.clock, log, Heartbeat(time.monotonic))
    delivery = Delivery(
        house.outbox,
        house.ledger,
        lambda digest: crowds.wary(house.laws.rules(digest)),
        Messengers(lambda: house.desk.directory, messengers).of,
        render,
        house.clock,
        log,
        Heartbeat(time.monotonic),
        Patience(),
        letters=Letters(house.enrolments, house.laws.today, house.clock, f"/{house.desk.prefix}"),
    )
    digest = Digest(Digests(house.store), house.laws.rules, house.laws.today, house.clock)
    ticks = Ticks(sweep, digest, delivery, Housekeeping(house.chores, house.clock), log)
    watchdog = Watchdog(house.store, house.ledger, house.outbox, house.vault, sweep, delivery, house.clock)
    return Clockwork(ticks, watchdog)


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


NO_PLATFORM = (
    "No platform is set up, so nobody could be called: set BATON_TELEGRAM_TOKEN, or name a Slack"
    " workspace in the partnership file and set its BATON_SLACK_<WORKSPACE>_BOT_TOKEN."
)


def listening(host: str, port: int) -> socket.socket:
    """A socket to serve on. Raises `BadAddress`."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        found = socket.socket(family, kind, protocol)
    except (OSError, UnicodeError):
        raise BadAddress(f"BATON_HTTP_HOST {host} is no address here; write 127.0.0.1 or 0.0.0.0.") from None
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind(address)
    except OSError as error:
        found.close()
        first = "look whether Baton runs already, or " if error.errno == errno.EADDRINUSE else ""
        raise BadAddress(
            f"Baton cannot listen on {host} port {port} ({error.strerror}); {first}"
            "name others with BATON_HTTP_HOST and BATON_HTTP_PORT."
        ) from None
    return found

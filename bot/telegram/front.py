"""Baton on Telegram, whole: its one bot, its door, and the way updates come in, by asking or by being rung.

It is started and stopped with the house, and says what is wrong with it.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime, timedelta
from logging import Logger

from telegram import Bot
from telegram.error import InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from bot.settings import TelegramAccount
from bot.telegram.commands import Commands
from bot.telegram.door import PATIENCE, Door
from bot.telegram.lanes import Lanes
from bot.telegram.legible import Legible
from bot.telegram.outcomes import FAILURES
from bot.telegram.places import TELEGRAM, parsed
from bot.telegram.polling import NO_CONNECTION, TURNED_OUT, Polling
from bot.telegram.presence import Presence
from bot.telegram.reception import Reception
from bot.telegram.speaking import Speaker
from bot.telegram.talk import Talk
from bot.telegram.updates import ALLOWED
from bot.telegram.voice import Voice
from bot.telegram.webhook import Webhook
from bot.telegram.words import missed, refusal
from concerns.directory import Directory
from concerns.people import ChannelId
from handlers.desk import Desk
from storage.dialogs import Dialogs
from storage.errors import NotSaved
from storage.heard import Heard
from views.parts import Message

TIMEOUT = 10.0
"""Seconds Telegram may take over one call."""
AGAIN = 15.0
"""Seconds before Telegram is asked once more who Baton is."""
WEBHOOK = "/telegram"
"""Where Telegram rings, below the public address (design 9)."""
UNRUNG = "Telegram cannot ring Baton at BATON_PUBLIC_URL; look at that address, and at its certificate."
DEAF = "Baton no longer hears Telegram, by a fault of its own; start it anew, and please report it."
_CONNECTIONS = 64
_GOOD_FOR = timedelta(minutes=1)
"""How long it is believed that Telegram still rings: it says so only when asked."""


@dataclass(frozen=True, slots=True)
class Stores:
    """What of the record the door itself keeps or changes."""

    heard: Heard
    dialogs: Dialogs
    moved: Callable[[ChannelId, str, str], object]


def telegram_bot(account: TelegramAccount, api_url: str) -> Bot:
    """The client. It never tries twice and paces nothing: the outbox owns every retry (design 7)."""
    token = account.token.get_secret_value()
    calls, polls = _request(HTTPXRequest, _CONNECTIONS), _request(Legible, 1)
    return Bot(token, f"{api_url.rstrip('/')}/bot", request=calls, get_updates_request=polls)


def _request(kind: type[HTTPXRequest], connections: int) -> HTTPXRequest:
    return kind(
        connection_pool_size=connections,
        read_timeout=TIMEOUT,
        write_timeout=TIMEOUT,
        connect_timeout=TIMEOUT,
        pool_timeout=TIMEOUT,
    )


class Front:
    """With a public address Telegram rings Baton, by `webhook`; else that is None and Baton asks Telegram.

    `named` is told the bot's name as soon as Telegram has said it; `speaker` speaks for whoever else does.
    """

    def __init__(
        self,
        account: TelegramAccount,
        bot: Bot,
        speaker: Speaker,
        desk: Desk,
        stores: Stores,
        named: Callable[[str], None],
        nudge: Callable[[], None],
        clock: Callable[[], datetime],
        log: Logger,
        patience: float = PATIENCE,
        threads: Executor | None = None,
    ) -> None:
        # A command on Telegram holds no hyphen.
        desk = desk.prefixed(desk.prefix.replace("-", "_"))
        self._account, self._bot, self._desk, self._named, self._log = account, bot, desk, named, log
        self._clock, self._dialogs = clock, stores.dialogs
        self._name, self._trouble, self._looked = "", NO_CONNECTION, clock()
        self.door = self._opened(stores, Voice(bot, speaker, log), nudge, patience, threads)
        self._lanes = Lanes(self.door.hear, log)
        self._presence = Presence(stores.heard, self._id, clock, self._missed)
        self._polling = Polling(bot, self._lanes, self._presence, log)
        self.webhook = Webhook(self._lanes, account.secret) if account.secret and account.public_url else None
        self._running: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Sign in and listen; nobody waits until Telegram has answered."""
        self._running = asyncio.create_task(self._run())
        self._running.add_done_callback(self._ended)

    async def stop(self) -> None:
        """Hear no more, and answer what has come. Delivery may go on speaking until `hang_up`."""
        if self._running:
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)
        await self.settle()
        await self._polling.finish()

    async def hang_up(self) -> None:
        """Nobody speaks any more."""
        await self._bot.shutdown()

    async def settle(self) -> None:
        """Handle all that has come so far."""
        await self._lanes.finish()

    async def trouble(self) -> str | None:
        """Why people on Telegram cannot reach Baton just now, as a calm sentence."""
        if self._running and self._running.done():
            return DEAF
        if not self._name:
            return self._trouble
        if self.webhook is None:
            return self._polling.trouble or self._left_out()
        return await self._unrung() or self._left_out()

    # ------------------------------------------------------------------ from beginning to end

    def _opened(
        self,
        stores: Stores,
        voice: Voice,
        nudge: Callable[[], None],
        patience: float,
        threads: Executor | None,
    ) -> Door:
        talk = Talk(self._desk, stores.dialogs, self._clock, refusal)
        return Door(
            Reception(talk, lambda: self._name, lambda: self._id),
            voice,
            Commands(self._bot, self._desk.prefix, self._log),
            lambda payload: f"https://t.me/{self._name}?start={payload}",
            stores.moved,
            nudge,
            self._log,
            patience,
            threads,
        )

    async def _run(self) -> None:
        await self._signed_in()
        async with asyncio.TaskGroup() as together:
            # Two calls for each group: nobody waits for them to be heard.
            together.create_task(self._offer())
            together.create_task(self._listening() if self.webhook else self._polling.run())

    async def _offer(self) -> None:
        try:
            await self.door.commands.begin(await asyncio.to_thread(lambda: self._desk.directory))
        except NotSaved:
            self._log.warning("Telegram's lists of commands are set later")

    async def _signed_in(self) -> None:
        """Until it has gone well. It is said once in the log, and as long as it lasts by `trouble`."""
        told = False
        while not self._name:
            try:
                await self._bot.initialize()
                await self._way_in()
            except TelegramError as trouble:
                self._trouble = TURNED_OUT if isinstance(trouble, InvalidToken) else NO_CONNECTION
                if not told:
                    self._log.warning("Telegram does not sign Baton in: %s", type(trouble).__name__)
                told = True
                await asyncio.sleep(AGAIN)
            else:
                self._name, self._trouble = self._bot.username, ""
                self._named(self._name)

    async def _way_in(self) -> None:
        """What waits meanwhile is kept, whichever way it comes in."""
        if self.webhook is None or self._account.secret is None:
            await self._bot.delete_webhook(drop_pending_updates=False)
            return
        await self._bot.set_webhook(
            f"{self._account.public_url}{WEBHOOK}",
            secret_token=self._account.secret.get_secret_value(),
            allowed_updates=ALLOWED,
        )

    async def _listening(self) -> None:
        """Rung at, Baton is there as long as it runs."""
        while True:
            try:
                await self._presence.listened()
            except NotSaved:
                self._log.warning("It could not be noted that Telegram is heard")
            await asyncio.sleep(_GOOD_FOR.total_seconds())

    def _ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (defect := task.exception()):
            self._log.error("Telegram is no longer heard", exc_info=defect)

    # ------------------------------------------------------------------ what is wrong

    async def _unrung(self) -> str | None:
        """What Telegram says of its ringing; asked now and then."""
        now = self._clock()
        if now - self._looked >= _GOOD_FOR:
            self._looked = now
            try:
                told = await self._bot.get_webhook_info()
            except FAILURES as failure:
                self._trouble = TURNED_OUT if isinstance(failure, InvalidToken) else NO_CONNECTION
            else:
                waits = told.pending_update_count and told.last_error_date
                self._trouble = UNRUNG if waits else ""
        return self._trouble or None

    def _left_out(self) -> str | None:
        out = sorted(self.door.out)
        return f'Baton was taken out of the Telegram group of the channel "{out[0]}".' if out else None

    # ------------------------------------------------------------------ a gap

    async def _missed(self, since: datetime, until: datetime) -> None:
        """Said in every group of the directory, and to whoever was filling in a form."""
        rules = await asyncio.to_thread(lambda: self._desk.record.in_force()[0])
        said = missed(since, until, rules.calendar)
        for chat in await asyncio.to_thread(self._concerned, rules.directory):
            await self._say(chat, said)

    def _concerned(self, directory: Directory) -> list[int]:
        groups = (parsed(one.address) for one in directory.channels if one.platform == TELEGRAM)
        return [*(chat.id for chat in groups if chat), *map(int, self._dialogs.accounts())]

    async def _say(self, chat: int, message: Message) -> None:
        await self.door.voice.tell(chat, (message,), lambda _person: None)

    @property
    def _id(self) -> str:
        """The door's name in the record: a bot's number stands in front of its token."""
        return f"{TELEGRAM}:{self._account.token.get_secret_value().partition(':')[0]}"

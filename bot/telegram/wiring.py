"""Telegram joined to the house: one bot and one pace for all that is said there, in answer or by delivery."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from logging import Logger

from telegram import Bot

from bot.house import House
from bot.settings import TelegramAccount
from bot.telegram.front import Front, Stores, telegram_bot
from bot.telegram.messenger import TelegramMessenger
from bot.telegram.pacing import Pacing
from bot.telegram.speaking import Speaker
from concerns.people import ChannelId
from storage.dialogs import Dialogs
from storage.heard import Heard


@dataclass(frozen=True, slots=True)
class Telegram:
    """The account, its client, and whatever speaks through it."""

    account: TelegramAccount
    bot: Bot
    speaker: Speaker

    def messenger(self, house: House) -> TelegramMessenger:
        """What delivery speaks through."""
        return TelegramMessenger(self.speaker, lambda: house.desk.directory, _noting(house))

    def front(self, house: House, nudge: Callable[[], None], log: Logger, threads: Executor) -> Front:
        """What people are heard by; the desk works in these threads."""

        def named(name: str) -> None:
            house.invites.bot = name

        stores = Stores(Heard(house.store), Dialogs(house.store), _noting(house))
        heard_by = self.account, self.bot, self.speaker, house.desk, stores, named, nudge, house.clock, log
        return Front(*heard_by, threads=threads)


def joined(account: TelegramAccount, api_url: str) -> Telegram:
    """The one bot, at Telegram's pace by this machine's own clock."""
    bot = telegram_bot(account, api_url)
    return Telegram(account, bot, Speaker(bot, Pacing(time.monotonic, asyncio.sleep)))


def _noting(house: House) -> Callable[[ChannelId, str, str], None]:
    """A group that has moved is noted for everybody."""
    return lambda channel, _old, new: house.channel_moved(channel, new)

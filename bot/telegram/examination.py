"""What `baton doctor` looks at on Telegram. It asks only, and never takes a running bot's place."""

from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx
from telegram import Bot, BotCommandScopeChat, BotCommandScopeDefault, User
from telegram.error import ChatMigrated, InvalidToken, TelegramError

from bot.finding import Finding
from bot.settings import TelegramAccount
from bot.telegram.front import TIMEOUT, WEBHOOK
from bot.telegram.outcomes import FAILURES
from bot.telegram.places import TELEGRAM, Chat, parsed
from concerns.directory import Directory
from concerns.people import Channel

WRONG = timedelta(seconds=60)
"""How far the two clocks may be apart: what people say happened at would be on record at other times."""


class Examination:
    """Of the one bot. `api_url` is where it was told Telegram is."""

    def __init__(self, account: TelegramAccount, bot: Bot, directory: Directory, api_url: str) -> None:
        self._account = account
        self._bot = bot
        self._directory = directory
        self._api_url = api_url

    async def findings(self, now: datetime) -> tuple[Finding, ...]:
        """A line for each thing; where Telegram does not sign Baton in, nothing further can be asked."""
        try:
            async with self._bot:
                me = await self._bot.get_me()
                found = [_fine("token", f"signed in as @{me.username}"), *_manners(me)]
                found += [await self._clocks(now), *[one async for one in self._way_in()]]
                found += [finding async for finding in self._groups(me)]
        except FAILURES as trouble:
            return (_not_signed_in(trouble),)
        return tuple(found)

    async def _clocks(self, now: datetime) -> Finding:
        """The library keeps the time of an answer to itself, so Telegram is asked once more without it."""
        try:
            async with httpx.AsyncClient(timeout=TIMEOUT) as web:
                answer = await web.get(self._api_url, follow_redirects=False)
            apart = abs(now - parsedate_to_datetime(answer.headers.get("Date", "")))
        except (httpx.HTTPError, ValueError, TypeError):
            return Finding("Telegram clock", "Telegram did not say what time it is", note=True)
        if apart <= WRONG:
            return _fine("clock", "the same as Telegram's")
        return _red(
            "clock",
            f"{apart.total_seconds():.0f} seconds from Telegram's.",
            "Set this machine's clock by the network (NTP).",
        )

    # ------------------------------------------------------------------ how Baton hears

    async def _way_in(self) -> AsyncIterator[Finding]:
        told = await self._bot.get_webhook_info()
        if self._account.public_url:
            wanted = f"{self._account.public_url}{WEBHOOK}"
            if told.url != wanted:
                said = "Telegram is not told to ring at BATON_PUBLIC_URL yet; baton serve tells it"
                yield Finding("Telegram way in", said, note=True)
            elif told.last_error_date and told.pending_update_count:
                cure = (
                    "Look at that address from outside: its name, its certificate, and what stands before it."
                )
                yield _red("way in", "Telegram cannot ring there just now.", cure)
            else:
                yield _fine("way in", "Telegram rings Baton at BATON_PUBLIC_URL")
        elif told.url:
            said = "Telegram still rings an address set earlier; baton serve ends that, and then asks"
            yield Finding("Telegram way in", said, note=True)
        else:
            yield _fine("way in", "Baton asks Telegram, and needs no public address")
        if await self._bot.get_my_commands(BotCommandScopeDefault()):
            said = "they are shown to strangers too; baton serve changes that"
            yield Finding("Telegram commands", said, note=True)

    # ------------------------------------------------------------------ who can be reached

    async def _groups(self, me: User) -> AsyncIterator[Finding]:
        for channel in self._directory.channels:
            if channel.platform == TELEGRAM:
                yield await self._group(channel, parsed(channel.address), me)

    async def _group(self, channel: Channel, chat: Chat | None, me: User) -> Finding:
        what = f'channel "{channel.id}"'
        if chat is None:
            cure = "A group's number begins with a minus, such as -1001234567890."
            return _red(what, "its address in the partnership file is no number.", cure)
        try:
            member = await self._bot.get_chat_member(chat.id, me.id)
            offered = await self._bot.get_my_commands(BotCommandScopeChat(chat.id))
        except ChatMigrated as moved:
            said = f"the group has another number now, {moved.new_chat_id}."
            return _red(what, said, "Write that into the partnership file, and apply it.")
        except TelegramError:
            cure = (
                "Add Baton to that group, and look whether its address in the partnership file is its number."
            )
            return _red(what, "Telegram does not show it to Baton.", cure)
        if member.status in {"left", "kicked"}:
            return _red(what, "Baton is not in it.", "Add Baton to that group.")
        may = getattr(member, "can_delete_messages", False)
        words = (
            "" if may else "; it may not delete what people type there by habit, as an administrator could"
        )
        commands = "" if offered else "; its commands are not shown there yet, baton serve sees to it"
        return _fine(what, f"Baton is in it{words}{commands}")


def _manners(me: User) -> Iterator[Finding]:
    """What @BotFather was told about the bot."""
    if me.can_read_all_group_messages:
        yield _red(
            "privacy mode",
            "switched off, so Baton is sent all that is said in its groups.",
            "Send /setprivacy to @BotFather, choose Enable, then take Baton out of its groups and in again.",
        )
    else:
        yield _fine("privacy mode", "on: in a group Baton hears only what is meant for it")
    if me.supports_inline_queries:
        yield _red(
            "inline mode",
            "switched on.",
            "Send /setinline to @BotFather and switch it off: Baton has no use for it.",
        )
    if me.can_join_groups is False:
        yield _red("groups", "Baton may not be added to groups.", "Send /setjoingroups to @BotFather.")


def _not_signed_in(trouble: Exception) -> Finding:
    if isinstance(trouble, InvalidToken):
        cure = "Copy it anew from @BotFather into BATON_TELEGRAM_TOKEN."
        return _red("token", "Telegram does not take it.", cure)
    cure = "Look at this machine's network, its proxy, and BATON_TELEGRAM_API_URL if that is set."
    return _red("token", "Telegram cannot be reached from here.", cure)


def _fine(what: str, said: str) -> Finding:
    return Finding(f"Telegram {what}", said)


def _red(what: str, said: str, cure: str) -> Finding:
    return Finding(f"Telegram {what}", said, cure)

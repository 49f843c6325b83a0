"""The commands Telegram offers while somebody types: from the one menu, and to those who may use them only.

Everywhere else the list is empty. It is courtesy: a list that could not be set is set the next time.
"""

from collections.abc import Awaitable, Sequence
from logging import Logger

from telegram import Bot, BotCommand, BotCommandScopeChat, BotCommandScopeDefault

from bot.telegram.outcomes import FAILURES
from bot.telegram.places import TELEGRAM, parsed
from bot.telegram.updates import Where
from concerns.directory import Directory
from handlers.menu import menu

LANGUAGES = (None, "en")
"""For everybody, and by name for those whose Telegram speaks English."""

_REMEMBERED = 10_000


class Commands:
    """Of one bot. A chat is told once in the life of the process, and again when it is enrolled or left."""

    def __init__(self, bot: Bot, prefix: str, log: Logger) -> None:
        self._bot = bot
        self._offered = offered(prefix)
        self._log = log
        self._told: dict[int, bool] = {}
        self._groups: frozenset[int] = frozenset()

    async def begin(self, directory: Directory) -> None:
        """Nobody is offered anything, but for the groups of the directory."""
        for language in LANGUAGES:
            await self._asked(self._bot.delete_my_commands(BotCommandScopeDefault(), language_code=language))
        await self._among(directory)

    async def seen(self, where: Where, directory: Directory, *, known: bool) -> None:
        """Somebody has asked for something: their private chat, and groups that are new, have the list."""
        await self._tell(where.user, offer=known)
        await self._among(directory)

    async def _among(self, directory: Directory) -> None:
        addresses = (one.address for one in directory.channels if one.platform == TELEGRAM)
        groups = frozenset(chat.id for address in addresses if (chat := parsed(address)))
        left, self._groups = self._groups - groups, groups
        for group in sorted(groups):
            await self._tell(group, offer=True)
        for group in sorted(left):
            await self._tell(group, offer=False)

    async def _tell(self, chat: int, *, offer: bool) -> None:
        if self._told.get(chat) is offer:
            return
        if len(self._told) >= _REMEMBERED:
            self._told.clear()
        self._told[chat] = offer
        scope = BotCommandScopeChat(chat)
        commands = self._offered if chat > 0 else self._offered[:-1]
        for language in LANGUAGES:
            if offer:
                call = self._bot.set_my_commands(commands, scope, language_code=language)
            else:
                call = self._bot.delete_my_commands(scope, language_code=language)
            if not await self._asked(call):
                self._told.pop(chat, None)
                return

    async def _asked(self, call: Awaitable[object]) -> bool:
        try:
            await call
        except FAILURES as trouble:
            self._log.info("Telegram's list of commands could not be set: %s", type(trouble).__name__)
            return False
        return True


def offered(prefix: str) -> Sequence[BotCommand]:
    """Every command with a line about it; the last is for private chats only."""
    named = [("concern", "Raise a concern, or begin any other command")]
    named += [(verb.name, verb.about) for verb in menu()]
    return [
        *(BotCommand(f"{prefix}{name}", about[:256]) for name, about in named),
        BotCommand("cancel", "Throw away the form that is open here"),
    ]

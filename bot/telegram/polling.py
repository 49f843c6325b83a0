"""Baton asks Telegram for what people did. An update is confirmed only once what it asks for is committed.

The library's own updater confirms an update while it is still being handled; this does not use it.
"""

import asyncio
from logging import Logger

from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, RetryAfter

from bot.telegram.lanes import Lanes
from bot.telegram.outcomes import FAILURES
from bot.telegram.presence import Presence
from bot.telegram.updates import ALLOWED, Malformed
from storage.errors import NotSaved

LONG = 25
"""Seconds Telegram may hold a question for which it has no answer yet."""
AGAIN = 3.0
"""Seconds after something went wrong."""
_BRIEFLY = 0.3
"""Seconds to wait for what is still being handled, before asking for what others did meanwhile."""

ANOTHER = (
    "Somebody else asks Telegram for this bot's messages, so Baton may not hear all of them; stop the other"
    " program, or give it a bot of its own."
)
NO_CONNECTION = "Baton has no connection to Telegram just now."
TURNED_OUT = "Telegram does not take BATON_TELEGRAM_TOKEN; copy it anew from @BotFather."


class Unheard(Exception):
    """Telegram did not say what is new: why, as a calm sentence, and how long to leave it alone."""

    def __init__(self, why: str, seconds: float) -> None:
        super().__init__(why)
        self.why = why
        self.seconds = seconds


class Polling:
    """The loop of one bot. `trouble` says why it hears nothing, as a calm sentence."""

    def __init__(self, bot: Bot, lanes: Lanes, presence: Presence, log: Logger) -> None:
        self._bot = bot
        self._lanes = lanes
        self._presence = presence
        self._log = log
        self._window: dict[int, asyncio.Task[None] | None] = {}
        # The first question is a short one: whether Baton was away too long must not wait.
        self._awake = False
        self.trouble: str | None = None

    async def run(self) -> None:
        """Until it is cancelled."""
        while True:
            try:
                await self._turn()
            except NotSaved as lost:
                # Nothing is confirmed then, so nothing is lost: it comes again.
                await self._pause(lost.reason, AGAIN)
            except Unheard as trouble:
                await self._pause(trouble.why, trouble.seconds)

    async def finish(self) -> None:
        """Note what was handled since the last question, so that it is not handled once more after a stop."""
        offset, _ = self._handled()
        if offset is not None:
            await self._noted(offset)

    async def _turn(self) -> None:
        """Ask once; what was handled since the last time is confirmed with it."""
        at_work = [task for task in self._window.values() if task and not task.done()]
        if at_work:
            await asyncio.wait(at_work, timeout=_BRIEFLY, return_when=asyncio.FIRST_COMPLETED)
        offset, all_done = self._handled()
        noted = offset is None or await self._noted(offset)
        if not noted:
            # People are heard all the same: whom to ring must be said with the database away.
            await asyncio.sleep(_BRIEFLY)
        # With nothing to confirm no number is named: Telegram's own may have begun anew meanwhile.
        patience = LONG if all_done and noted and self._awake else 0
        updates = await self._asked(offset if noted else None, patience)
        if noted and offset is not None:
            self._window = {id: task for id, task in self._window.items() if id >= offset}
        for update in sorted(updates, key=lambda one: one.update_id):
            await self._take(update.update_id, update.to_dict())
        if noted:
            await self._presence.listened()
            self.trouble, self._awake = None, True

    async def _asked(self, offset: int | None, patience: int) -> tuple[Update, ...]:
        try:
            return await self._bot.get_updates(offset=offset, timeout=patience, allowed_updates=ALLOWED)
        except FAILURES as trouble:
            # What Telegram said may hold words, and the URL the token.
            raise Unheard(_sentence(trouble), _seconds(trouble)) from None

    def _handled(self) -> tuple[int | None, bool]:
        """The number before which all is handled, and whether that is all there was."""
        undone = [id for id, task in self._window.items() if task and not task.done()]
        if undone:
            return min(undone), False
        return (max(self._window) + 1 if self._window else None), True

    async def _take(self, id: int, update: object) -> None:
        if id in self._window:
            return
        try:
            self._window[id] = None if await self._known(id) else self._lanes.take(update)
        except Malformed:
            self._window[id] = None
            self._log.warning("An update of Telegram's could not be read")

    async def _noted(self, offset: int) -> bool:
        """What cannot be noted as handled is not confirmed, and so comes again after a crash."""
        try:
            await self._presence.handled(offset)
        except NotSaved as lost:
            self._said(lost.reason)
            return False
        return True

    async def _known(self, id: int) -> bool:
        """Whether it was handled before; as long as that cannot be looked up it counts as new."""
        try:
            return await self._presence.known(id)
        except NotSaved:
            return False

    def _said(self, why: str) -> None:
        if self.trouble != why:
            self._log.warning("Telegram is not heard as it should be just now")
        self.trouble = why

    async def _pause(self, why: str, seconds: float) -> None:
        self._said(why)
        await asyncio.sleep(seconds)


def _sentence(trouble: Exception) -> str:
    match trouble:
        case Conflict():
            return ANOTHER
        case InvalidToken():
            return TURNED_OUT
        case _:
            return NO_CONNECTION


def _seconds(trouble: Exception) -> float:
    if not isinstance(trouble, RetryAfter):
        return AGAIN
    wait = trouble.retry_after
    return float(wait if isinstance(wait, int) else wait.total_seconds())

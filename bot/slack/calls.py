"""One call of Slack's Web API: not before Slack wants to hear from us again, its failures in our words.

It never tries a second time.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.slack.outcomes import FAILURES, outcome
from reminders.messenger import Waiting

_BESIDES = frozenset(
    {"auth.test", "chat.delete", "chat.update", "conversations.history", "conversations.replies"}
)
"""What is called to edit or to look something up: while it is refused, something else may be posted."""

Call = Callable[..., Awaitable[AsyncSlackResponse]]


class Calls:
    """Whatever is called in one workspace. What Slack asked to be left alone is not called before its time:
    each method by itself, and where a limit is a channel's (`where`), each channel by itself.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._closed: dict[tuple[str, str], tuple[datetime, timedelta]] = {}

    async def make(self, method: str, call: Call, where: str = "") -> AsyncSlackResponse:
        """Slack's answer. Raises one of the four ways to say no."""
        elsewhere = method in _BESIDES
        if pause := self.pause(method, where):
            raise Waiting(pause, elsewhere=elsewhere)
        try:
            return await call()
        except FAILURES as failure:
            end = outcome(failure)
            if isinstance(end, Waiting):
                self._closed[method, where] = self._clock(), end.until
                raise Waiting(end.until, elsewhere=elsewhere) from None
            # What Slack said may hold a message, so it is not carried along.
            raise end from None

    def pause(self, method: str, where: str = "") -> timedelta:
        """How much longer Slack is not to be called so; nothing where it may be called now.

        Nor where our clock has gone back since Slack said so: it asked for a time, not for an hour of ours.
        """
        now = self._clock()
        asked, wait = self._closed.get((method, where), (now, timedelta()))
        return max(asked + wait - now, timedelta()) if asked <= now else timedelta()

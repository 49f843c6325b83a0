"""Telegram's flood limits, judged by a clock handed in: a second between two messages in one chat, 20 a
minute in a group, 30 a second in all. Sending and editing both count.

It only counts; it knows nothing of how Baton keeps to them.
"""

from collections import defaultdict
from datetime import datetime, timedelta
from math import ceil

from tests.telegram.fake.chats import Clock

COUNTED = frozenset({"sendMessage", "sendPhoto", "editMessageText", "editMessageReplyMarkup"})
CHAT = (1, timedelta(seconds=1))
GROUP = (20, timedelta(minutes=1))
ALL = (30, timedelta(seconds=1))


class Floods:
    """`over` holds every call that came too soon: when, the chat, and which limit it broke."""

    def __init__(self, clock: Clock) -> None:
        self.on = False
        self.over: list[tuple[datetime, int, str]] = []
        self._clock = clock
        self._taken: defaultdict[int, list[datetime]] = defaultdict(list)
        self._all: list[datetime] = []

    def wait(self, method: str, chat: int) -> int:
        """Whole seconds this call must wait; 0 when it may go on, and is counted."""
        if not self.on or method not in COUNTED:
            return 0
        now, there = self._clock(), self._taken[chat]
        limits = [("chat", there, CHAT), ("all", self._all, ALL)]
        limits += [("group", there, GROUP)] if chat < 0 else []
        for name, taken, (most, span) in limits:
            if len(taken) >= most and now - taken[-most] < span:
                self.over.append((now, chat, name))
                return ceil((taken[-most] + span - now).total_seconds())
        there.append(now)
        self._all.append(now)
        return 0

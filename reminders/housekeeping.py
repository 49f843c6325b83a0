"""Housekeeping: once an hour, what may no longer be kept is destroyed, and what waits for weeks is looked at.

It touches nothing of a concern's record, and says nothing itself: what is to be said it leaves to the outbox.
"""

from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from storage.errors import NotSaved

EVERY = timedelta(hours=1)
"""How often: what is kept for days may be kept an hour longer."""
_SOON = timedelta(minutes=1)
"""When it is tried again after it failed."""

Chore = Callable[[datetime], object]
"""Looks at what an hour more or less makes no difference to. Raises `NotSaved`."""


class Housekeeping:
    """Asked as often as anybody likes; in between it costs a comparison."""

    def __init__(self, chores: Sequence[Chore], clock: Callable[[], datetime]) -> None:
        self._chores = deque(chores)
        self._clock = clock
        self._asleep_until: datetime | None = None

    def run(self) -> None:
        """Do every chore if it is time, whatever becomes of the others. Blocks: call it in a thread.

        Raises `NotSaved` when the database cannot be used just now; a later run does it. After a defect in
        one the next run, a minute later, begins with those behind it.
        """
        now = self._clock()
        if self._asleep_until is not None and now < self._asleep_until:
            return
        self._asleep_until = now + _SOON
        lost: NotSaved | None = None
        for _ in range(len(self._chores)):
            self._chores.rotate(-1)
            try:
                self._chores[-1](now)
            except NotSaved as trouble:
                lost = trouble
        if lost is not None:
            raise lost
        self._asleep_until = now + EVERY

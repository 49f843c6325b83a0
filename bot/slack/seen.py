"""Which requests were answered just now, so that one which comes again gets no second answer.

The record itself is safe without this: it knows the platform's id of every change. This keeps private answers
from whoever sends a signed request again (design 7).
"""

from collections.abc import Callable
from datetime import datetime, timedelta

REMEMBERED = timedelta(minutes=10)
"""Twice as long as a signature is good for, and longer than Slack tries again."""


class Seen:
    """In memory, for one door."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._at: dict[str, datetime] = {}

    def first(self, request: str) -> bool:
        """Whether this request is new; from now on it is not."""
        now = self._clock()
        # Oldest first, as they came.
        while self._at and now - (oldest := next(iter(self._at.items())))[1] > REMEMBERED:
            del self._at[oldest[0]]
        if request in self._at:
            return False
        self._at[request] = now
        return True

    def forget(self, request: str) -> None:
        """It could not be answered: the next time counts as the first."""
        self._at.pop(request, None)

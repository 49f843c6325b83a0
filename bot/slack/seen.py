"""Which requests were answered already, so that one which comes again gets no second answer.

The record is safe without this: it knows the platform's id of every change of a concern. This keeps private
answers from whoever sends a signed request again (design 7).
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock

from storage.answered import Answered
from storage.errors import NotSaved

REMEMBERED = timedelta(minutes=10)
"""Twice as long as a signature is good for, and longer than Slack tries again."""


class Seen:
    """In memory for one door, and `answered` by any, where a restart is outlived and replicas are known.

    Where the database is away memory alone must do: whoever asks is told about danger all the same.
    """

    def __init__(self, clock: Callable[[], datetime], answered: Answered) -> None:
        self._clock = clock
        self._answered = answered
        self._at: dict[str, datetime] = {}
        self._lock = Lock()

    def first(self, request: str) -> bool:
        """Whether this request is new here; from now on it is not."""
        now = self._clock()
        with self._lock:
            # Oldest first, as they came.
            while self._at and now - (oldest := next(iter(self._at.items())))[1] > REMEMBERED:
                del self._at[oldest[0]]
            if request in self._at:
                return False
            self._at[request] = now
        return True

    def forget(self, request: str) -> None:
        """It could not be answered: the next time counts as the first."""
        with self._lock:
            self._at.pop(request, None)

    def elsewhere(self, name: str) -> bool:
        """Whether it was answered before the start, or by a replica. Blocks."""
        try:
            return self._answered.before(name)
        except NotSaved:
            return False

    def keep(self, name: str) -> None:
        """It was answered, and no concern has changed with it. Blocks."""
        try:
            self._answered.note(name, self._clock())
        except NotSaved:
            return

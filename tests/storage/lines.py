"""Seeing somebody join a line of waiting threads, so that a test need not guess when they have."""

from collections import deque
from threading import Semaphore


class WatchedLine(deque[object]):
    """The line of a `Turns`; `joined` waits until one more has come."""

    def __init__(self) -> None:
        super().__init__()
        self._came = Semaphore(0)

    def append(self, item: object) -> None:
        """One more comes."""
        super().append(item)
        self._came.release()

    def joined(self) -> None:
        """Wait for the next one to come; ten seconds without anybody is a failure."""
        assert self._came.acquire(timeout=10), "nobody joined the line"

"""Turns, in the order people came: SQLite lets in one writer at a time, and not who waited longest."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition

from storage.errors import BUSY, NotSaved


class Turns:
    """A queue of threads, of which the first may go on."""

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._line: deque[object] = deque()
        self._moved = Condition()

    @contextmanager
    def take(self) -> Iterator[None]:
        """Wait for our turn and keep it for the block. Raises `NotSaved` after `patience` seconds."""
        ours = object()
        with self._moved:
            self._line.append(ours)
            if not self._moved.wait_for(lambda: self._line[0] is ours, self._patience):
                self._line.remove(ours)
                raise NotSaved(BUSY)
        try:
            yield
        finally:
            with self._moved:
                self._line.remove(ours)
                self._moved.notify_all()

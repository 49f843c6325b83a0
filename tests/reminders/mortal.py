"""A process that dies at a commit of our choosing: just before it, or just after it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection

from storage.engine import Store
from storage.look import Look
from tests.reminders.house import quick_store


class Killed(BaseException):
    """The process is gone: nobody catches this, and nothing more is done."""


class End(StrEnum):
    """On which side of the commit it dies."""

    BEFORE = "before"
    AFTER = "after"


class Life:
    """Counts commits, and ends at one of them. From then on everything the dead process tries raises."""

    def __init__(self, last: int, end: End) -> None:
        self._last = last
        self._end = end
        self.commits = 0
        self.over = False

    @classmethod
    def without_end(cls) -> "Life":
        """A process nobody kills."""
        return cls(0, End.AFTER)

    def go_on(self) -> None:
        """Raises `Killed` in a process that is dead."""
        if self.over:
            raise Killed

    def passing(self, side: End) -> None:
        """The process is about to commit, or has committed."""
        self.commits += side is End.BEFORE
        self.over = self.over or (self.commits == self._last and side is self._end)
        self.go_on()


class MortalStore(Store):
    """The real store in a process that may die. What was not committed is rolled back, as it would be."""

    def __init__(self, store: Store, life: Life) -> None:
        super().__init__(store._engine)
        self._life = life

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """As ever, in a living process."""
        self._life.go_on()
        with super().read() as db:
            yield db

    def glance(self, look: Look, **named: str) -> tuple[Any, ...] | None:
        """As ever, in a living process."""
        self._life.go_on()
        return super().glance(look, **named)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """As ever, until the last commit."""
        self._life.go_on()
        with super().write() as db:
            yield db
            self._life.passing(End.BEFORE)
        self._life.passing(End.AFTER)


def mortal(life: Life) -> Callable[[str], Store]:
    """How a process with this life opens its database."""
    return lambda url: MortalStore(quick_store(url), life)

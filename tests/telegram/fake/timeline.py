"""An event loop whose clock leaps: where everybody waits, it goes straight on to whoever waits least.

Nothing is slept through and nothing depends on the machine, so a simulated hour is the same every time.
"""

import asyncio
import selectors
from collections.abc import Coroutine
from datetime import datetime, timedelta
from typing import Any, TypeVar

from tests.reminders.loops import Inline

T = TypeVar("T")


class _Leaping(selectors.SelectSelector):
    """It never waits: what would be waited for has passed when it returns."""

    passed = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if not ready and timeout:
            self.passed += timeout
        assert ready or timeout is not None, "everybody waits, and nothing will ever happen"
        return ready


class Timeline(asyncio.SelectorEventLoop):
    """Its time begins at nought, and `now` at the instant it is given."""

    def __init__(self, start: datetime) -> None:
        self._leaping = _Leaping()
        self._start = start
        super().__init__(self._leaping)
        self.set_default_executor(Inline(1))

    def time(self) -> float:
        """Seconds since it began."""
        return self._leaping.passed

    def now(self) -> datetime:
        """The same as an instant."""
        return self._start + timedelta(seconds=self.time())

    def play(self, work: Coroutine[Any, Any, T]) -> T:
        """Run this to its end, and close."""
        try:
            return self.run_until_complete(work)
        finally:
            self.close()

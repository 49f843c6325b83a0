"""When something last went well. It measures time gone by, so its clock is one that never runs backwards."""

from collections.abc import Callable


class Heartbeat:
    """Beaten by whoever does the work, read by the watchdog."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._last = monotonic()

    def beat(self) -> None:
        """It has just gone well."""
        self._last = self._monotonic()

    def age(self) -> float:
        """Seconds since the last beat, or since the start."""
        return self._monotonic() - self._last

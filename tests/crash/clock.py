"""A clock in a file: it stands still unless moved, and a kill does not set it back."""

import mmap
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Clock:
    """Every look is a microsecond later than the one before, so each change has an instant of its own."""

    def __init__(self, path: Path, beginning: datetime) -> None:
        if not path.exists():
            path.write_bytes(_written(beginning))
        self._file = path.open("r+b")
        self._kept = mmap.mmap(self._file.fileno(), 8)
        self._lock = Lock()

    def __call__(self) -> datetime:
        """What time it is, in every thread."""
        return self.move(_MICROSECOND)

    def move(self, by: timedelta = timedelta(), to: datetime | None = None) -> datetime:
        """So much later, and at least as late as that."""
        with self._lock:
            now = _EPOCH + _MICROSECOND * int.from_bytes(self._kept[:8], "big") + by
            now = max(now, to) if to else now
            self._kept[:8] = _written(now)
            return now

    def close(self) -> None:
        """Let go of the file."""
        self._kept.close()
        self._file.close()


def _written(instant: datetime) -> bytes:
    return ((instant - _EPOCH) // _MICROSECOND).to_bytes(8, "big")

"""Where a world keeps its record: a file in its folder, unless another place is handed in."""

from pathlib import Path
from typing import Protocol


class Database(Protocol):
    """A place for one world's record."""

    @property
    def url(self) -> str:
        """Its address."""
        ...

    def begun(self) -> bool:
        """Whether a world was begun there."""
        ...

    def clear(self) -> None:
        """Throw away what is there; nobody has it open."""
        ...


class DatabaseFile:
    """An SQLite file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def url(self) -> str:
        """Its address."""
        return f"sqlite:///{self._path}"

    def begun(self) -> bool:
        """Whether there is such a file."""
        return self._path.exists()

    def clear(self) -> None:
        """Remove it, with what SQLite keeps beside it."""
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self._path}{suffix}").unlink(missing_ok=True)

"""Chance for tests: it looks random and is the same on every run."""

from hashlib import sha256
from itertools import count


class Chance:
    """Draws bytes, as `os.urandom` would; two of different names differ."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._draws = count()

    def __call__(self, size: int) -> bytes:
        draw = f"{self._name} {next(self._draws)}"
        blocks = (sha256(f"{draw} {block}".encode()).digest() for block in range(size // 32 + 1))
        return b"".join(blocks)[:size]

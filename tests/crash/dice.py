"""Chance that follows from a seed. It loads nothing: the process that forks the lives must stay small."""

from collections.abc import Sequence
from typing import TypeVar

from tests.storage.chance import Chance

T = TypeVar("T")


class Dice:
    """Thrown by one person alone: a name gives the same throws every time."""

    def __init__(self, name: str) -> None:
        self._chance = Chance(name)

    def below(self, limit: int) -> int:
        """A number from 0 up to, not including, the limit."""
        return int.from_bytes(self._chance(4), "big") % limit

    def one_in(self, times: int) -> bool:
        """True once in so many times."""
        return self.below(times) == 0

    def pick(self, options: Sequence[T]) -> T:
        """One of these."""
        return options[self.below(len(options))]

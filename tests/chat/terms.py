"""What a storm wants to go wrong, said in a platform's own terms: each time in the next of its ways."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from math import ceil
from typing import Generic, TypeVar

from tests.chat.faults import Broken, Busy, Dropped, Garbled, NoAnswer
from tests.reminders.platforms import Dies, Fault, Lost, Wait

Says = TypeVar("Says")

WAYS_TO_LOSE: tuple[Callable[[bool, timedelta], NoAnswer], ...] = (
    Dropped,
    lambda accepted, later: Broken(accepted, 500, later),
    lambda accepted, later: Broken(accepted, 502, later),
    lambda accepted, later: Broken(accepted, 503, later),
    Garbled,
)


class Terms(Generic[Says]):
    """`deaths` are the refusals by which a platform says that a place cannot be spoken in."""

    def __init__(self, deaths: Sequence[Says]) -> None:
        self._deaths = deaths
        self._turns = 0

    def spoken(self, fault: Fault | None) -> Busy | NoAnswer | Says | None:
        """The fault as a call meets it."""
        self._turns += fault is not None
        match fault:
            case None:
                return None
            case Wait(time):
                return Busy(ceil(time.total_seconds()))
            case Lost(accepted, later):
                return WAYS_TO_LOSE[self._turns % len(WAYS_TO_LOSE)](accepted, later)
            case Dies():
                return self._deaths[self._turns % len(self._deaths)]
            case _:
                raise AssertionError(f"{fault} is the platform's own to do")

"""Windows: how much time a call allows, as people write it ("4 working hours", "1 week").

A window is only an amount and a unit; when it ends is the calendar's to say.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

LONGEST_DAYS = 366
_SHOWN_AT_MOST = 40
# 366 days are 31,622,400 seconds. Python itself refuses to read a number of thousands of digits.
_MOST_DIGITS = 8


class BadWindow(ValueError):
    """A window that cannot be used; its text is the sentence for the person who wrote it."""


class Unit(StrEnum):
    """The units a window may count in, each in its singular form as people write it."""

    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    WORKING_HOUR = "working hour"
    WORKING_DAY = "working day"
    CALENDAR_DAY = "calendar day"
    WEEK = "week"


# How many of each fit in 366 days; a working hour is bounded like an hour, a working day like a day.
_AT_MOST = {
    Unit.SECOND: LONGEST_DAYS * 86_400,
    Unit.MINUTE: LONGEST_DAYS * 1_440,
    Unit.HOUR: LONGEST_DAYS * 24,
    Unit.WORKING_HOUR: LONGEST_DAYS * 24,
    Unit.WORKING_DAY: LONGEST_DAYS,
    Unit.CALENDAR_DAY: LONGEST_DAYS,
    Unit.WEEK: LONGEST_DAYS // 7,
}
_SPELLINGS = {spelling: unit for unit in Unit for spelling in (unit.value, f"{unit.value}s")}


@dataclass(frozen=True, slots=True)
class Window:
    """A whole number of one unit, from 1 up to 366 days; anything else is a `BadWindow`."""

    count: int
    unit: Unit

    def __post_init__(self) -> None:
        """Refuses what no call may allow, however the window was made."""
        if self.count < 1:
            raise BadWindow(f'"{self}" is no time at all; write a whole number of 1 or more.')
        if self.count > _AT_MOST[self.unit]:
            raise BadWindow(
                f"{quoted(str(self))} is more than {LONGEST_DAYS} days; "
                f'the longest here is "{_amount(_AT_MOST[self.unit], self.unit)}".'
            )

    @classmethod
    def parse(cls, text: str) -> Self:
        """Reads `<whole number> <unit>`, singular or plural; raises `BadWindow` naming what was typed."""
        number, _, name = " ".join(text.split()).lower().partition(" ")
        if not re.fullmatch(r"[0-9]+", number):
            raise BadWindow(f'{quoted(text)} has no whole number first; write it like "2 working days".')
        if len(number.lstrip("0")) > _MOST_DIGITS:
            raise BadWindow(f"{quoted(text)} is more than {LONGEST_DAYS} days; write a shorter window.")
        count = int(number.lstrip("0") or "0")
        if name in ("day", "days"):
            working, calendar = _amount(count, Unit.WORKING_DAY), _amount(count, Unit.CALENDAR_DAY)
            raise BadWindow(f'{quoted(text)} is ambiguous; write "{working}" or "{calendar}".')
        if name not in _SPELLINGS:
            units = ", ".join(f"{unit}s" for unit in Unit)
            raise BadWindow(f"{quoted(text)} needs one of these units: {units}.")
        return cls(count, _SPELLINGS[name])

    @property
    def working(self) -> bool:
        """Whether it counts working time only."""
        return self.unit in (Unit.WORKING_HOUR, Unit.WORKING_DAY)

    def __str__(self) -> str:
        """The window as people write it; `Window.parse` reads it back."""
        return _amount(self.count, self.unit)


def quoted(text: str) -> str:
    """What somebody typed, in quotes, on one line, shortened: safe to stand in a sentence."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return f'"{line if len(line) <= _SHOWN_AT_MOST else line[:_SHOWN_AT_MOST] + "…"}"'


def _amount(count: int, unit: Unit) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"

"""One month as buttons, a row for each week, Monday first. It knows no question."""

import calendar
from collections.abc import Iterator
from datetime import date, timedelta

from concerns.calendar import KNOWN_YEARS

Cell = tuple[str, str]
"""What stands on a button, and what it asks for; nothing where it only fills its place."""

_WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_NOTHING = "none"
_EMPTY = "·"
"""Telegram takes no button without a mark on it."""


def month(shown: str, today: date) -> Iterator[tuple[Cell, ...]]:
    """The month `shown` (2026-12), or today's where that is none: its name between the ones beside it."""
    first = _first_of(shown) or today.replace(day=1)
    before, after = first - timedelta(days=1), (first + timedelta(days=31)).replace(day=1)
    yield (
        ("Earlier", f"month:{before:%Y-%m}"),
        (f"{first:%B %Y}", _NOTHING),
        ("Later", f"month:{after:%Y-%m}"),
    )
    yield tuple((name, _NOTHING) for name in _WEEKDAYS)
    for week in calendar.monthcalendar(first.year, first.month):
        yield tuple(_day(first, number, today) for number in week)


def _day(first: date, number: int, today: date) -> Cell:
    if not number:
        return (_EMPTY, _NOTHING)
    day = first.replace(day=number)
    # Today is told from the rest without colour.
    return (f"[{number}]" if day == today else str(number), f"day:{day}")


def _first_of(shown: str) -> date | None:
    try:
        first = date.fromisoformat(f"{shown}-01")
    except ValueError:
        return None
    return first if first.year in KNOWN_YEARS else None

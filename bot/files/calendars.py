"""The calendar of a pathway file: its nation's bank holidays, its hours, and its closures.

It never reads today's date: bank holidays are taken for every known year at once.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from itertools import takewhile

from holidays import country_holidays

from bot.files.hours import OFFICE_WEEK, read_hours
from bot.files.table import Table
from concerns.calendar import KNOWN_YEARS, LONGEST_REST, Calendar

# All four nations keep the same time.
ZONE = "Europe/London"
ONE_DAY = timedelta(days=1)


class Nation(StrEnum):
    """Whose bank holidays count; never the four merged, which would close England on 12 July."""

    ENGLAND = "england"
    SCOTLAND = "scotland"
    WALES = "wales"
    NORTHERN_IRELAND = "northern-ireland"


_SUBDIVISIONS = {
    Nation.ENGLAND: "ENG",
    Nation.SCOTLAND: "SCT",
    Nation.WALES: "WLS",
    Nation.NORTHERN_IRELAND: "NIR",
}


def read_calendar(top: Table, closures: Mapping[date, str]) -> Calendar:
    """The calendar from `nation` and `hours`; refused if the closures leave nobody at work for a year."""
    holidays = bank_holidays(Nation(top.choice("nation", Nation, Nation.ENGLAND)))
    # A bank holiday within a closure keeps its own name: it says more.
    calendar = Calendar(ZONE, read_hours(top, "hours") or OFFICE_WEEK, {**closures, **holidays})
    _refuse_endless_rest(top, calendar, closures)
    return calendar


def bank_holidays(nation: Nation) -> Mapping[date, str]:
    """Every bank holiday of one nation in the known years, with its name, from the `holidays` package."""
    return dict(country_holidays("GB", subdiv=_SUBDIVISIONS[nation], years=KNOWN_YEARS))


def read_closures(top: Table) -> Mapping[date, str]:
    """Every day closed, with its reason; `to` left out means one day."""
    days: dict[date, str] = {}
    for closure in top.tables("closures", known=("from", "to", "why")):
        first = closure.day("from")
        if first is None:
            closure.refuse("from", "is missing; add the first day closed, like from = 2026-12-24.")
        last = closure.day("to") or first
        if first.year not in KNOWN_YEARS:
            closure.refuse("from", f"is outside {KNOWN_YEARS[0]} to {KNOWN_YEARS[-1]}; check the year.")
        if last < first:
            closure.refuse("to", f"is before {first}; swap them, or check the year.")
        length = (last - first).days + 1
        if length > LONGEST_REST:
            closure.refuse("to", f"closes for {length} days; shorten it, or check the year.")
        why = closure.text("why", "closed")
        days.update({first + timedelta(days=day): why for day in range(length)})
    return days


def _refuse_endless_rest(top: Table, calendar: Calendar, closures: Mapping[date, str]) -> None:
    """Only closures can stop work for so long: `hours` always has a worked day, and bank holidays are few."""
    beginnings = (day for day in closures if day - ONE_DAY not in closures)
    for day in beginnings:
        if _rest(calendar, day - ONE_DAY, -ONE_DAY) + _rest(calendar, day, ONE_DAY) >= LONGEST_REST:
            top.refuse(
                "closures", f"leave nobody at work for {LONGEST_REST} days around {day}; shorten them."
            )


def _rest(calendar: Calendar, day: date, step: timedelta) -> int:
    """How many days without work follow each other from `day` on, in steps of a day forward or back."""
    days = (day + step * count for count in range(LONGEST_REST))
    return sum(1 for _ in takewhile(lambda rested: not calendar.stretches(rested), days))

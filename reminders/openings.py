"""When each agency opens: its own hours, on the days the pathway's calendar works (design 4).

A value made from the rules of the day; it never asks what time it is now.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self

from concerns.calendar import LONGEST_REST, Calendar, Span
from concerns.people import Agency, AgencyId
from concerns.rules import Rules

Hours = tuple[tuple[Span, ...], ...]


@dataclass(frozen=True, slots=True)
class Openings:
    """The calendar of each agency. Agencies with the same hours share one."""

    calendars: dict[AgencyId, Calendar]

    @classmethod
    def of(cls, rules: Rules) -> Self:
        """Those of today's directory, under the calendar of these rules."""
        shared, made = rules.calendar, dict[Hours, Calendar]()
        for agency in rules.directory.agencies:
            hours = _hours(agency, shared.hours)
            if hours not in made:
                made[hours] = replace(shared, hours=hours)
        return cls({one.id: made[_hours(one, shared.hours)] for one in rules.directory.agencies})

    def under_way(self, now: datetime) -> dict[AgencyId, datetime]:
        """The agencies whose day is under way at `now`, and when it began. A day that is over has gone by."""
        days = ((agency, _begun(calendar, now)) for agency, calendar in self.calendars.items())
        return {agency: opening for agency, opening in days if opening is not None}

    def next(self, now: datetime) -> datetime | None:
        """The soonest opening of any agency after `now`; None when there is no agency."""
        distinct = {calendar.hours: calendar for calendar in self.calendars.values()}
        return min((_next(calendar, now) for calendar in distinct.values()), default=None)


def _hours(agency: Agency, shared: Hours) -> Hours:
    """The agency's hours on the weekdays the pathway works; the pathway's where it has none of its own.

    Whoever never closes has no opening: they get theirs with everybody else.
    """
    if agency.hours is None:
        return shared
    own = tuple(_worked(own, theirs) for own, theirs in zip(agency.hours, shared, strict=True))
    return own if any(own) else shared


def _worked(own: tuple[Span, ...], shared: tuple[Span, ...]) -> tuple[Span, ...]:
    if not own or not shared:
        return ()
    return shared if own[0].opens == 0 else own


def _begun(calendar: Calendar, now: datetime) -> datetime | None:
    day = calendar.stretches(calendar.local(now).date())
    return day[0][0] if day and day[0][0] <= now < day[-1][1] else None


def _next(calendar: Calendar, now: datetime) -> datetime:
    today = calendar.local(now).date()
    days = (calendar.stretches(today + timedelta(days=ahead)) for ahead in range(LONGEST_REST))
    return next(day[0][0] for day in days if day and day[0][0] > now)

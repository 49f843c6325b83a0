"""Times and lengths of time as people say them, in the pathway's own nation."""

from datetime import datetime

from concerns.calendar import Calendar


def when(instant: datetime, calendar: Calendar) -> str:
    """`Tue 1 Dec at 17:00`, local time."""
    local = calendar.local(instant)
    return f"{local:%a} {local.day} {local:%b} at {local:%H:%M}"


def unless_unset(instant: datetime | None, calendar: Calendar, sentence: str) -> str:
    """The sentence with the moment in the place of its braces; nothing when there is no such moment."""
    return sentence.format(when(instant, calendar)) if instant else ""


def dated(instant: datetime, calendar: Calendar) -> str:
    """`Tue 1 Dec 2026, 17:00`: with the year, for the record."""
    local = calendar.local(instant)
    return f"{local:%a} {local.day} {local:%b} {local.year}, {local:%H:%M}"


def span(seconds: int) -> str:
    """`3 hours`, `2 days`: the largest whole unit, never zero of anything."""
    for size, unit in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size:
            count = seconds // size
            return f"{count} {unit}{'s' * (count > 1)}"
    return "less than a minute"


def overdue(due: datetime, now: datetime) -> str:
    """` (2 hours late)` when the instant has passed, otherwise nothing."""
    return f" ({span(int((now - due).total_seconds()))} late)" if due < now else ""

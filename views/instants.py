"""Times and lengths of time as people say them, in the pathway's own nation."""

from datetime import datetime

from concerns.calendar import Calendar

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def when(instant: datetime, calendar: Calendar) -> str:
    """`Tue 1 Dec at 17:00`, local time."""
    local = calendar.local(instant)
    return f"{_day(local)} at {local.hour:02}:{local.minute:02}"


def unless_unset(instant: datetime | None, calendar: Calendar, sentence: str) -> str:
    """The sentence with the moment in the place of its braces; nothing when there is no such moment."""
    return sentence.format(when(instant, calendar)) if instant else ""


def dated(instant: datetime, calendar: Calendar) -> str:
    """`Tue 1 Dec 2026, 17:00`: with the year, for the record."""
    local = calendar.local(instant)
    return f"{_day(local)} {local.year}, {local.hour:02}:{local.minute:02}"


def _day(local: datetime) -> str:
    """`Tue 1 Dec`; written out here: the names `strftime` gives are those of the machine's language."""
    return f"{_DAYS[local.weekday()]} {local.day} {_MONTHS[local.month - 1]}"


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

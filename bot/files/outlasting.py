"""Whether an acknowledge window can end after its answer window, found by trying the instants that matter."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from concerns.calendar import Calendar
from concerns.window import Window

# Eight years in a row hold Christmas on every day of the week, Easter early and late, sixteen clock changes.
YEARS = range(2026, 2034)
ONE_DAY = timedelta(days=1)


def outlasting(
    calendar: Calendar, acknowledge: Window, answer: Window, closed: Collection[date] = ()
) -> datetime | None:
    """The first instant found from which `acknowledge` ends after `answer`, or None.

    Looks through `YEARS`, the years of the days closed, and the year before each: a window can be that long.
    """
    if acknowledge.unit is answer.unit and acknowledge.count <= answer.count:
        return None
    years = {*YEARS, *(day.year for day in closed), *(day.year - 1 for day in closed)}
    for day in (day for year in sorted(years) for day in _days(year)):
        first, *rest = _critical(calendar, day)
        # A window that starts later never ends earlier, so most days need no closer look.
        last = first + ONE_DAY + datetime.resolution
        if calendar.end_of(acknowledge, last) <= calendar.end_of(answer, first):
            continue
        for start in (first, *rest):
            if calendar.end_of(acknowledge, start) > calendar.end_of(answer, start):
                return start
    return None


def _days(year: int) -> Iterator[date]:
    first, after = date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()
    return map(date.fromordinal, range(first, after))


def _critical(calendar: Calendar, day: date) -> Iterator[datetime]:
    """Midnight, openings, closings and just after: there one window's lead over another is greatest.

    While work goes on, or rests, each end stands still, moves with time, or leaps ahead. Which of these it
    does changes at such instants only, and a lead that grew in between is still there at the next one.
    """
    yield datetime.combine(day, time(tzinfo=ZoneInfo(calendar.zone)))
    for opens, closes in calendar.stretches(day):
        yield from (opens, closes, closes + datetime.resolution)

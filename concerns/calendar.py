"""The calendar: when a window ends, told in one place's working hours and days off.

It is a value; it never asks what time it is now. Instants go in aware and come out in UTC.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import assert_never
from zoneinfo import ZoneInfo

from concerns.window import Unit, Window, quoted

# The years bank holidays are handed in for; a date outside them is taken for a slip of the finger.
KNOWN_YEARS = range(2000, 2100)
# After so many days without work, counting stops with an error instead of searching for ever.
LONGEST_REST = 366

Stretch = tuple[datetime, datetime]


class BadInstant(ValueError):
    """A time somebody wrote that names no single instant; its text is the sentence for them."""


@dataclass(frozen=True, slots=True)
class Span:
    """Open from one minute after midnight to another, 0 to 1440; 1440 is midnight at the end of the day."""

    opens: int
    closes: int


@dataclass(frozen=True, slots=True)
class Calendar:
    """Working hours (seven days, Monday first) and days off with their names, in one time zone.

    Every method refuses a naive datetime with a `ValueError`. The rules are section 4 of the design, "Time".
    """

    zone: str
    hours: tuple[tuple[Span, ...], ...]
    days_off: Mapping[date, str] = field(hash=False)
    _zone: ZoneInfo = field(init=False, repr=False, compare=False)
    # Worked stretches by day number, remembered because ten thousand concerns ask about the same few days.
    _days: dict[int, tuple[Stretch, ...]] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Looks the zone up once."""
        object.__setattr__(self, "_zone", ZoneInfo(self.zone))

    def end_of(self, window: Window, start: datetime) -> datetime:
        """The instant the window ends when it starts at `start`."""
        start = _utc(start)
        match window.unit:
            case Unit.WORKING_DAY:
                return self._close_of_business(start, window.count)
            case Unit.WORKING_HOUR:
                return self._after_work(start, timedelta(hours=window.count))
            case Unit.HOUR:
                return start + timedelta(hours=window.count)
            case Unit.MINUTE:
                return start + timedelta(minutes=window.count)
            case Unit.SECOND:
                return start + timedelta(seconds=window.count)
            case Unit.CALENDAR_DAY:
                return self._days_later(start, window.count)
            case Unit.WEEK:
                return self._days_later(start, 7 * window.count)
            case _:
                assert_never(window.unit)

    def part_of(self, window: Window, start: datetime, due: datetime, percent: int) -> datetime:
        """The instant by which `percent` % of the time from `start` to `due` has passed.

        Working time for a window that counts in it, elapsed time otherwise.
        """
        start = _utc(start)
        part = self.lateness(window, start, due) * percent // 100
        return self._after_work(start, part) if window.working else start + part

    def lateness(self, window: Window, since: datetime, now: datetime) -> timedelta:
        """How much of the window's kind of time lies from `since` to `now`; nothing if `now` is earlier."""
        since, now = _utc(since), _utc(now)
        if not window.working:
            return max(now - since, timedelta())
        worked = timedelta()
        for opens, closes in self._stretches(since):
            if opens >= now:
                break
            worked += min(closes, now) - opens
        return worked

    def is_open(self, instant: datetime) -> bool:
        """Whether work goes on at that instant; at the instant of closing it does not."""
        instant = _utc(instant)
        return any(opens <= instant < closes for opens, closes in self._worked(self._day(instant)))

    def next_opening(self, instant: datetime) -> datetime:
        """The first instant of opening at or after `instant`, also after a break within the day."""
        instant = _utc(instant)
        day = self._day(instant)
        while True:
            for opens, _ in self._worked(day):
                if opens >= instant:
                    return opens
            day = self._worked_day_after(day)

    def next_working_day(self, instant: datetime) -> datetime:
        """The opening of the first working day after the local day of `instant`."""
        return self._worked(self._worked_day_after(self._day(_utc(instant))))[0][0]

    def closing(self, day: date) -> datetime:
        """The close of business of that day; of a day that is not worked, the opening of the next one."""
        stretches = self.stretches(day)
        return stretches[-1][1] if stretches else self._worked(self._worked_day_after(day.toordinal()))[0][0]

    def local(self, instant: datetime) -> datetime:
        """The same instant as people there read it off the wall."""
        return _utc(instant).astimezone(self._zone)

    def day_off(self, day: date) -> str | None:
        """Why nobody works that day, if it is a bank holiday or a closure."""
        return self.days_off.get(day)

    def stretches(self, day: date) -> tuple[Stretch, ...]:
        """When work goes on that day, from opening to closing, in UTC; a day off has none."""
        return self._worked(day.toordinal())

    def parse_local(self, text: str) -> datetime:
        """Reads `2026-12-23T16:30`, local time here unless it ends in an offset.

        Raises `BadInstant` when that is no date, is skipped or comes twice as the clocks change, or lies
        outside `KNOWN_YEARS`.
        """
        written = _read(text)
        if written.tzinfo is not None:
            return written.astimezone(UTC)
        first, second = self._readings(written)
        if first > second:
            raise BadInstant(
                f"{quoted(text)} does not exist: the clocks go forward then. "
                f"Write a time from {self.local(self._instant(written)):%H:%M} on."
            )
        if first < second:
            earlier, later = (self.local(instant).isoformat()[-6:] for instant in (first, second))
            raise BadInstant(
                f"{quoted(text)} comes twice: the clocks go back then. "
                f"Add {earlier} for the first or {later} for the second."
            )
        return first

    def _close_of_business(self, start: datetime, count: int) -> datetime:
        """Closing time `count` working days after day 0."""
        day = self._day_zero(start)
        for _ in range(count):
            day = self._worked_day_after(day)
        return self._worked(day)[-1][1]

    def _day_zero(self, start: datetime) -> int:
        """The working day a trigger belongs to; the instant of closing belongs to the day that closes."""
        today = self._day(start)
        # Under hours up to 24:00 that instant is already the next day's midnight.
        for day in (today - 1, today):
            stretches = self._worked(day)
            if stretches and start <= stretches[-1][1]:
                return day
        return self._worked_day_after(today)

    def _after_work(self, start: datetime, work: timedelta) -> datetime:
        """The earliest instant by which that much has been worked since `start`."""
        if not work:
            return start
        for opens, closes in self._stretches(start):
            if work <= closes - opens:
                return opens + work
            work -= closes - opens
        raise AssertionError("stretches of work never run out")

    def _stretches(self, start: datetime) -> Iterator[Stretch]:
        """Every stretch of work from `start` on, the first cut to begin no earlier; without end."""
        day = self._day(start)
        while True:
            for opens, closes in self._worked(day):
                if closes > start:
                    yield max(opens, start), closes
            day = self._worked_day_after(day)

    def _worked_day_after(self, day: int) -> int:
        for later in range(day + 1, day + 1 + LONGEST_REST):
            if self._worked(later):
                return later
        raise ValueError(f"Nobody works for {LONGEST_REST} days after {date.fromordinal(day)}.")

    def _worked(self, day: int) -> tuple[Stretch, ...]:
        """The stretches worked on a day, in UTC; a day off has none."""
        known = self._days.get(day)
        if known is None:
            known = self._days[day] = self._work_of(date.fromordinal(day))
        return known

    def _work_of(self, day: date) -> tuple[Stretch, ...]:
        if day in self.days_off:
            return ()
        midnight = datetime.combine(day, time.min)
        stretches: list[Stretch] = []
        for span in self.hours[day.weekday()]:
            opens = self._instant(midnight + timedelta(minutes=span.opens))
            closes = self._instant(midnight + timedelta(minutes=span.closes), closing=True)
            # Spans that touch are one stretch; in the hour that comes twice two spans can even overlap.
            if stretches and opens <= stretches[-1][1]:
                opens, _ = stretches.pop()
            # In the hour that is skipped a span can be no time at all.
            if opens < closes:
                stretches.append((opens, closes))
        return tuple(stretches)

    def _days_later(self, start: datetime, days: int) -> datetime:
        return self._instant(start.astimezone(self._zone).replace(tzinfo=None) + timedelta(days=days))

    def _instant(self, wall: datetime, *, closing: bool = False) -> datetime:
        """A wall time as an instant: of two the first (closing: the second), in a gap the first after it."""
        first, second = self._readings(wall)
        if first > second:
            return self._clock_change(second, first)
        return second if closing else first

    def _readings(self, wall: datetime) -> Stretch:
        """The wall time by the offset before a clock change and by the one after: alike on any usual day.

        The first is the earlier in the hour that comes twice, the later in the hour that is skipped.
        """
        utc, nothing = wall.replace(tzinfo=UTC), timedelta()
        before, after = self._zone.utcoffset(wall), self._zone.utcoffset(wall.replace(fold=1))
        return utc - (before or nothing), utc - (after or nothing)

    def _clock_change(self, before: datetime, after: datetime) -> datetime:
        """The instant between the two from which the offset is the later one's."""
        offset = after.astimezone(self._zone).utcoffset()
        while after - before > datetime.resolution:
            middle = before + (after - before) // 2
            if middle.astimezone(self._zone).utcoffset() == offset:
                after = middle
            else:
                before = middle
        return after

    def _day(self, instant: datetime) -> int:
        return instant.astimezone(self._zone).toordinal()


_WRITTEN = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?", re.ASCII)


def _read(text: str) -> datetime:
    """A date and time in ISO form; narrower than Python's own reader, whose habits change by version."""
    iso = text.strip().upper()
    try:
        written = datetime.fromisoformat(iso if _WRITTEN.fullmatch(iso) else "")
    except ValueError:
        raise BadInstant(f"{quoted(text)} is not a date and time; write it like 2026-12-23T16:30.") from None
    if written.year not in KNOWN_YEARS:
        known = f"{KNOWN_YEARS[0]} to {KNOWN_YEARS[-1]}"
        raise BadInstant(f"{quoted(text)} is outside the years bank holidays are known for; use {known}.")
    return written


def _utc(instant: datetime) -> datetime:
    """The instant in UTC; a naive one is refused, because nobody can say which instant it is."""
    if instant.tzinfo is UTC:
        return instant
    if instant.utcoffset() is None:
        raise ValueError("A naive datetime names no instant; give it a time zone.")
    return instant.astimezone(UTC)

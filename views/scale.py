"""Time laid along a line: where an instant stands, what the axis says, when people work, which days are off.

It measures and names. It draws nothing, and it never asks what time it is.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from math import ceil
from unicodedata import east_asian_width

from concerns.calendar import Calendar

LETTER = 0.57
"""How wide a letter of ordinary prose is for its size in the widest of the common sans faces."""

AXIS_SIZE = 11
"""The size of the letters on the axis."""

_GAP = 5  # what stays free between two labels
_HOURS_SHOW = 8.0  # a day has to be so wide for its hours to be seen,
_DAYS_SHOW = 1.0  # and so wide for a weekend to be

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400
_WITHIN_A_DAY = (1, 5, 15, 30, *(n * _MINUTE for n in (1, 5, 15, 30)), *(n * _HOUR for n in (1, 3, 6)))


@dataclass(frozen=True, slots=True)
class Label:
    """Words that begin at `x`."""

    x: float
    said: str

    @property
    def end(self) -> float:
        """Where the words are over."""
        return self.x + breadth(self.said, AXIS_SIZE)


@dataclass(frozen=True, slots=True)
class Axis:
    """Where lines stand, and two rows of labels: the days above their hours, the years above their days."""

    lines: tuple[float, ...]
    lower: tuple[Label, ...]
    upper: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class DayOff:
    """Days on which people would work, and do not: from where to where, which, and why."""

    left: float
    right: float
    said: str


@dataclass(frozen=True, slots=True)
class _Grain:
    """How finely the axis is divided: about so many days each, beginning on the days that are `wanted`.

    `lower` names each, `widest` is the widest such name, `upper` says what many of them have in common.
    """

    days: int
    wanted: Callable[[date], bool]
    widest: str
    lower: Callable[[date], str]
    upper: Callable[[date], str]


def _dated(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"


def _year(day: date) -> str:
    return str(day.year)


def _every_months(count: int) -> _Grain:
    def wanted(day: date) -> bool:
        return day.day == 1 and (12 * day.year + day.month - 1) % count == 0

    if count < 12:
        return _Grain(30 * count, wanted, "Nov", lambda day: f"{day:%b}", _year)
    return _Grain(30 * count, wanted, "2030", _year, lambda _: "")


_GRAINS = (
    _Grain(1, lambda _: True, "Wed 30 Nov", _dated, _year),
    _Grain(
        1, lambda _: True, "Wed 30", lambda day: f"{day:%a} {day.day}", lambda day: f"{day:%B} {day.year}"
    ),
    _Grain(7, lambda day: day.weekday() == 0, "Wed 30 Nov", _dated, _year),
    _Grain(14, lambda day: day.toordinal() % 14 == 1, "Wed 30 Nov", _dated, _year),
    *map(_every_months, (1, 3, 6, 12, 24, 60, 120, 240)),
)


@dataclass(frozen=True, slots=True)
class Scale:
    """The time from `start` to `end` (aware, `end` later) laid from `left` to `right`."""

    calendar: Calendar
    start: datetime
    end: datetime
    left: float
    right: float

    def x(self, instant: datetime) -> float:
        """Where an instant stands; one outside stands at the nearest end."""
        share = (instant - self.start) / (self.end - self.start)
        return round(self.left + min(1.0, max(0.0, share)) * (self.right - self.left), 1)

    @property
    def day(self) -> float:
        """How wide a day is."""
        return (self.right - self.left) / ((self.end - self.start) / timedelta(days=1))

    def axis(self) -> Axis:
        """As many divisions as there is room to name."""
        for seconds in _WITHIN_A_DAY:
            look = "%H:%M:%S" if seconds < _MINUTE else "%H:%M"
            if self._has_room("00:00:00" if seconds < _MINUTE else "00:00", seconds / _DAY):
                instants = tuple(self._instants(seconds))
                named = [Label(self.x(at), f"{self.calendar.local(at):{look}}") for at in instants]
                return self._axis(named, lambda day: f"{day:%A} {day.day} {day:%B} {day.year}")
        grain = next((g for g in _GRAINS if self._has_room(g.widest, g.days)), _GRAINS[-1])
        days = [day for day in self._days() if grain.wanted(day) and self._midnight(day) >= self.start]
        return self._axis([Label(self.x(self._midnight(day)), grain.lower(day)) for day in days], grain.upper)

    def work(self) -> tuple[tuple[float, float], ...]:
        """From where to where people work: in hours, in whole days, or nothing where neither can be seen."""
        found: list[tuple[float, float]] = []
        for opens, closes in self._stretches():
            left, right = self.x(opens), self.x(closes)
            if found and left <= found[-1][1]:
                left, _ = found.pop()
            if left < right:
                found.append((left, right))
        return tuple(found)

    @property
    def work_said(self) -> str:
        """What `work` shows; empty when it shows nothing."""
        if self.day < _DAYS_SHOW:
            return ""
        return "working time" if self.day >= _HOURS_SHOW else "working days"

    def days_off(self) -> tuple[DayOff, ...]:
        """The bank holidays and closures, those of several days as one; ordinary weekends go without saying.

        None where a day is too narrow to be seen.
        """
        if self.day < _DAYS_SHOW:
            return ()
        usual = (day for day in self._days() if self.calendar.hours[day.weekday()])
        alike = groupby(usual, key=self.calendar.day_off)
        return tuple(self._off(list(days), why) for why, days in alike if why)

    # ------------------------------------------------------------------ how

    def _off(self, days: list[date], why: str) -> DayOff:
        first, last = days[0], days[-1]
        told = _dated(first) + (f" to {_dated(last)}" if last > first else "")
        until = self.x(self._midnight(last + timedelta(days=1)))
        return DayOff(self.x(self._midnight(first)), until, f"{told}, {why}")

    def _axis(self, named: list[Label], upper: Callable[[date], str]) -> Axis:
        starts = {said: day for day in reversed([*self._days()]) if (said := upper(day))}
        above = sorted((Label(self.x(self._midnight(day)), said) for said, day in starts.items()), key=_left)
        # What the picture begins in the middle of gives way to what begins within it.
        if len(above) > 1 and above[0].end + _GAP > above[1].x:
            del above[0]
        lines = tuple(dict.fromkeys(label.x for label in (*named, *above)))
        return Axis(lines, self._spread(named), self._spread(above))

    def _spread(self, labels: list[Label]) -> tuple[Label, ...]:
        """Those that fit, with room between them."""
        kept: list[Label] = []
        for label in labels:
            if label.end <= self.right and (not kept or label.x >= kept[-1].end + _GAP):
                kept.append(label)
        return tuple(kept)

    def _has_room(self, said: str, days: float) -> bool:
        return days * self.day >= breadth(said, AXIS_SIZE) + _GAP

    def _stretches(self) -> Iterator[tuple[datetime, datetime]]:
        if self.day < _DAYS_SHOW:
            return
        for day in self._days():
            stretches = self.calendar.stretches(day)
            if self.day >= _HOURS_SHOW:
                yield from stretches
            elif stretches:
                yield self._midnight(day), self._midnight(day + timedelta(days=1))

    def _instants(self, seconds: int) -> Iterator[datetime]:
        """Every so many seconds, counted from each midnight."""
        for day in self._days():
            midnight, tomorrow = self._midnight(day), self._midnight(day + timedelta(days=1))
            passed = max(0, ceil((self.start - midnight).total_seconds() / seconds))
            at = midnight + timedelta(seconds=seconds * passed)
            while at < min(tomorrow, self.end):
                yield at
                at += timedelta(seconds=seconds)

    def _days(self) -> Iterator[date]:
        first, last = (self.calendar.local(instant).date() for instant in (self.start, self.end))
        yield from (first + timedelta(days=count) for count in range((last - first).days + 1))

    def _midnight(self, day: date) -> datetime:
        zone = self.calendar.local(self.start).tzinfo
        return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)


def breadth(said: str, size: float) -> float:
    """How wide words are at most; East Asian letters are as wide as two."""
    return size * LETTER * sum(2 if east_asian_width(letter) in "WF" else 1 for letter in said)


def _left(label: Label) -> float:
    return label.x

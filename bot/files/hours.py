"""Opening hours as people write them (`mon-fri = "09:00-17:00"`), read into spans, and told in words."""

import re
from collections.abc import Iterable
from itertools import groupby, pairwise

from bot.files.table import Table, suggestion
from concerns.calendar import Span
from concerns.window import quoted

Week = tuple[tuple[Span, ...], ...]

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
OFFICE_WEEK: Week = ((Span(9 * 60, 17 * 60),),) * 5 + ((), ())
_FROM_TO = re.compile(r"(\d{1,2}):([0-5]\d)\s*-\s*(\d{1,2}):([0-5]\d)", re.ASCII)


def read_hours(table: Table, key: str) -> Week | None:
    """The week under `key`, days left out being closed; None when the key is left out."""
    written = table.mapping(key)
    if written is None:
        return None
    week: dict[str, tuple[Span, ...]] = {}
    for days, value in written.items():
        spans = tuple(_spans(table, key, value))
        for day in _days(table, key, days):
            if day in week:
                table.refuse(key, f"gives {_NAMES[DAYS.index(day)]} twice; keep one.")
            week[day] = spans
    if not any(week.values()):
        table.refuse(key, 'leaves no day worked; give at least one day, like mon-fri = "09:00-17:00".')
    return tuple(week.get(day, ()) for day in DAYS)


def hours_in_words(week: Week) -> str:
    """Such as "Monday to Thursday 09:00 to 17:00, Friday 09:00 to 12:30 and 13:00 to 16:30"."""
    told = []
    for spans, days in groupby(range(7), key=lambda day: week[day]):
        first, *rest = (_NAMES[day] for day in days)
        if spans:
            name = f"{first} to {rest[-1]}" if rest else first
            times = " and ".join(f"{_clock(span.opens)} to {_clock(span.closes)}" for span in spans)
            told.append(f"{name} {times}")
    return ", ".join(told)


def _days(table: Table, key: str, days: str) -> Iterable[str]:
    first, last = (days, days) if days in DAYS else days.partition("-")[::2]
    for day in (first, last):
        if day not in DAYS:
            table.refuse(key, f"{quoted(days)} is no day or range of days; {suggestion(day, DAYS)}")
    start, end = DAYS.index(first), DAYS.index(last)
    if end < start:
        table.refuse(key, f"{quoted(days)} runs past Sunday; write two ranges, Monday first.")
    return DAYS[start : end + 1]


def _spans(table: Table, key: str, value: object) -> list[Span]:
    texts = value if isinstance(value, list) else [value]
    spans = sorted((_span(table, key, text) for text in texts), key=lambda span: span.opens)
    for earlier, later in pairwise(spans):
        if later.opens < earlier.closes:
            table.refuse(key, f"{_shown(earlier)} and {_shown(later)} overlap; make them one, or part them.")
    return spans


def _span(table: Table, key: str, text: object) -> Span:
    if not isinstance(text, str):
        table.refuse(key, 'must give each day text or a list of texts, like "09:00-17:00".')
    found = _FROM_TO.fullmatch(text.strip())
    if not found:
        table.refuse(key, f'{quoted(text)} is not from one time to another; write it like "09:00-17:00".')
    hour, minute, until_hour, until_minute = (int(part) for part in found.groups())
    span = Span(hour * 60 + minute, until_hour * 60 + until_minute)
    if max(span.opens, span.closes) > 24 * 60:
        table.refuse(key, f"{quoted(text)} names a time no clock shows; use 00:00 to 24:00.")
    if span.closes <= span.opens:
        fix = 'close by "24:00" and open the next day at "00:00"'
        table.refuse(key, f"{quoted(text)} runs past midnight, or is no time at all; {fix}.")
    return span


def _shown(span: Span) -> str:
    return f'"{_clock(span.opens)}-{_clock(span.closes)}"'


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"

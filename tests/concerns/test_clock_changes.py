"""Elapsed time, calendar days, and the nights the clocks change: one hour is skipped, one comes twice."""

from datetime import UTC, date, datetime, timedelta

import pytest

from concerns.calendar import Calendar, Span
from tests.ladders import CALENDAR, london, wall, window

ROUND_THE_CLOCK = Calendar("Europe/London", ((Span(0, 24 * 60),),) * 7, {})


def ends(text: str, start: str, calendar: Calendar = CALENDAR) -> str:
    """When the window ends, both as read off the wall in London."""
    return wall(calendar.end_of(window(text), london(start)))


def daily(*spans: tuple[int, int]) -> Calendar:
    """Every day of the week worked at these minutes."""
    return Calendar("Europe/London", (tuple(Span(*span) for span in spans),) * 7, {})


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("30 seconds", "Sat 5 Dec 2026 23:59", "Sat 5 Dec 2026 23:59"),
        ("90 minutes", "Fri 25 Dec 2026 23:00", "Sat 26 Dec 2026 00:30"),
        ("1 hour", "Sat 5 Dec 2026 23:30", "Sun 6 Dec 2026 00:30"),
        ("24 hours", "Sat 28 Mar 2026 12:00", "Sun 29 Mar 2026 13:00"),
        ("24 hours", "Sat 24 Oct 2026 12:00", "Sun 25 Oct 2026 11:00"),
        ("1 calendar day", "Sat 28 Mar 2026 12:00", "Sun 29 Mar 2026 12:00"),
        ("1 calendar day", "Sat 24 Oct 2026 12:00", "Sun 25 Oct 2026 12:00"),
        ("1 calendar day", "Sat 28 Mar 2026 01:30", "Sun 29 Mar 2026 02:00"),
        ("1 week", "Thu 24 Dec 2026 09:15", "Thu 31 Dec 2026 09:15"),
        ("2 weeks", "Sun 15 Mar 2026 01:30", "Sun 29 Mar 2026 02:00"),
        ("366 calendar days", "Fri 27 Feb 2026 10:00", "Sun 28 Feb 2027 10:00"),
    ],
)
def test_hours_elapse_and_calendar_days_keep_their_time_of_day(text: str, start: str, end: str) -> None:
    assert ends(text, start) == end


def test_a_calendar_day_into_the_hour_that_comes_twice_ends_at_the_first() -> None:
    end = CALENDAR.end_of(window("1 calendar day"), london("Sat 24 Oct 2026 01:30"))

    assert end == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_day_worked_round_the_clock_has_23_hours_in_spring_and_25_in_autumn() -> None:
    def worked(day: date) -> timedelta:
        return sum((closes - opens for opens, closes in ROUND_THE_CLOCK.stretches(day)), timedelta())

    assert worked(date(2026, 3, 29)) == timedelta(hours=23)
    assert worked(date(2026, 10, 25)) == timedelta(hours=25)


def test_working_hours_count_the_hour_that_comes_twice_and_not_the_one_that_is_skipped() -> None:
    assert ends("3 working hours", "Sun 29 Mar 2026 00:00", ROUND_THE_CLOCK) == "Sun 29 Mar 2026 04:00"
    assert ends("3 working hours", "Sun 25 Oct 2026 00:00", ROUND_THE_CLOCK) == "Sun 25 Oct 2026 02:00"


@pytest.mark.parametrize(
    ("spans", "stretches"),
    [
        (((30, 120),), [("23:30", "02:00")]),  # an hour longer than the clock on the wall says
        (((90, 180),), [("00:30", "03:00")]),  # opens at the first 01:30
        (((0, 90),), [("23:00", "01:30")]),  # closes at the second 01:30
        (((0, 75), (105, 300)), [("23:00", "05:00")]),  # the break falls into the hour that comes twice
    ],
)
def test_in_autumn_opening_is_the_first_and_closing_the_second(
    spans: tuple[tuple[int, int], ...], stretches: list[tuple[str, str]]
) -> None:
    found = daily(*spans).stretches(date(2026, 10, 25))

    assert [(f"{opens:%H:%M}", f"{closes:%H:%M}") for opens, closes in found] == stretches


@pytest.mark.parametrize(
    ("spans", "stretches"),
    [
        (((30, 120),), [("00:30", "01:00")]),
        (((90, 180),), [("01:00", "02:00")]),  # 01:30 is skipped: opens at 02:00 summer time
        (((0, 90),), [("00:00", "01:00")]),
        (((75, 105),), []),  # open only in the hour that is skipped: nobody works
        (((0, 75), (105, 300)), [("00:00", "04:00")]),
    ],
)
def test_in_spring_a_time_that_is_skipped_means_the_first_instant_after(
    spans: tuple[tuple[int, int], ...], stretches: list[tuple[str, str]]
) -> None:
    found = daily(*spans).stretches(date(2026, 3, 29))

    assert [(f"{opens:%H:%M}", f"{closes:%H:%M}") for opens, closes in found] == stretches

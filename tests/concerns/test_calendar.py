"""When windows end: the rules of design section 4, "Time", with each of its examples."""

from datetime import UTC, date, datetime, timedelta

import pytest

from concerns.calendar import LONGEST_REST, Calendar, Span
from tests.ladders import CALENDAR, london, wall, window

DAY = (Span(0, 24 * 60),)
LUNCH = (Span(9 * 60, 12 * 60 + 30), Span(13 * 60 + 30, 17 * 60))
ROUND_THE_CLOCK = Calendar("Europe/London", (DAY,) * 7, {})
WEEKDAYS_ROUND_THE_CLOCK = Calendar("Europe/London", (DAY,) * 5 + ((), ()), {})
WITH_LUNCH = Calendar("Europe/London", (LUNCH,) * 5 + ((), ()), {})


def ends(text: str, start: str, calendar: Calendar = CALENDAR) -> str:
    """When the window ends, both as read off the wall in London."""
    return wall(calendar.end_of(window(text), london(start)))


# ---- working days ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("Mon 30 Nov 2026 10:00", "Tue 1 Dec 2026 17:00"),
        ("Mon 30 Nov 2026 08:59", "Tue 1 Dec 2026 17:00"),
        ("Mon 30 Nov 2026 17:00", "Tue 1 Dec 2026 17:00"),
        ("Mon 30 Nov 2026 17:01", "Wed 2 Dec 2026 17:00"),
        ("Fri 4 Dec 2026 12:00", "Mon 7 Dec 2026 17:00"),
        ("Fri 4 Dec 2026 17:01", "Tue 8 Dec 2026 17:00"),
        ("Sat 5 Dec 2026 12:00", "Tue 8 Dec 2026 17:00"),
        ("Mon 7 Dec 2026 00:00", "Tue 8 Dec 2026 17:00"),
    ],
)
def test_one_working_day_ends_at_close_of_business_on_the_next_working_day(start: str, end: str) -> None:
    assert ends("1 working day", start) == end


def test_a_daily_ladder_steps_daily() -> None:
    due, steps = london("Mon 30 Nov 2026 10:00"), []
    for _ in range(3):
        due = CALENDAR.end_of(window("1 working day"), due)
        steps.append(wall(due))

    assert steps == ["Tue 1 Dec 2026 17:00", "Wed 2 Dec 2026 17:00", "Thu 3 Dec 2026 17:00"]


def test_a_daily_ladder_steps_daily_round_the_clock() -> None:
    due, steps = london("Mon 30 Nov 2026 10:00"), []
    for _ in range(3):
        due = ROUND_THE_CLOCK.end_of(window("1 working day"), due)
        steps.append(wall(due))

    assert steps == ["Wed 2 Dec 2026 00:00", "Thu 3 Dec 2026 00:00", "Fri 4 Dec 2026 00:00"]


def test_midnight_at_the_end_of_the_week_belongs_to_friday() -> None:
    assert ends("1 working day", "Sat 5 Dec 2026 00:00", WEEKDAYS_ROUND_THE_CLOCK) == "Tue 8 Dec 2026 00:00"
    assert ends("1 working day", "Sat 5 Dec 2026 00:01", WEEKDAYS_ROUND_THE_CLOCK) == "Wed 9 Dec 2026 00:00"


def test_a_trigger_in_the_lunch_hour_belongs_to_its_day() -> None:
    assert ends("1 working day", "Mon 30 Nov 2026 13:00", WITH_LUNCH) == "Tue 1 Dec 2026 17:00"


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("1 working day", "Thu 24 Dec 2026 10:00", "Tue 29 Dec 2026 17:00"),
        ("1 working day", "Thu 24 Dec 2026 17:01", "Wed 30 Dec 2026 17:00"),
        ("3 working days", "Wed 23 Dec 2026 16:30", "Wed 30 Dec 2026 17:00"),
        ("5 working days", "Wed 23 Dec 2026 16:30", "Mon 4 Jan 2027 17:00"),
        ("4 working hours", "Thu 31 Dec 2026 15:00", "Mon 4 Jan 2027 11:00"),
        ("2 working days", "Thu 25 Mar 2027 12:00", "Wed 31 Mar 2027 17:00"),
        ("1 working day", "Fri 25 Dec 2026 12:00", "Wed 30 Dec 2026 17:00"),
    ],
)
def test_bank_holidays_are_stepped_over_also_across_the_year(text: str, start: str, end: str) -> None:
    assert ends(text, start) == end


# ---- working hours ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("4 working hours", "Mon 30 Nov 2026 16:30", "Tue 1 Dec 2026 12:30"),
        ("4 working hours", "Mon 30 Nov 2026 13:00", "Mon 30 Nov 2026 17:00"),
        ("4 working hours", "Mon 30 Nov 2026 13:01", "Tue 1 Dec 2026 09:01"),
        ("4 working hours", "Mon 30 Nov 2026 06:00", "Mon 30 Nov 2026 13:00"),
        ("4 working hours", "Mon 30 Nov 2026 17:00", "Tue 1 Dec 2026 13:00"),
        ("4 working hours", "Sat 5 Dec 2026 12:00", "Mon 7 Dec 2026 13:00"),
        ("20 working hours", "Thu 3 Dec 2026 13:00", "Mon 7 Dec 2026 17:00"),
    ],
)
def test_working_hours_end_as_soon_as_so_much_has_been_worked(text: str, start: str, end: str) -> None:
    assert ends(text, start) == end


def test_working_hours_pass_over_lunch() -> None:
    assert ends("2 working hours", "Mon 30 Nov 2026 11:30", WITH_LUNCH) == "Mon 30 Nov 2026 14:30"
    assert ends("1 working hour", "Mon 30 Nov 2026 11:30", WITH_LUNCH) == "Mon 30 Nov 2026 12:30"


def test_seconds_are_kept() -> None:
    start = london("Mon 30 Nov 2026 16:30") + timedelta(seconds=7, microseconds=11)

    assert CALENDAR.end_of(window("4 working hours"), start) == (
        london("Tue 1 Dec 2026 12:30") + timedelta(seconds=7, microseconds=11)
    )


# ---- parts, lateness, openings ---------------------------------------------------------------------


def test_half_a_working_day_is_half_of_its_working_time() -> None:
    start = london("Mon 30 Nov 2026 10:00")
    due = CALENDAR.end_of(window("1 working day"), start)

    assert wall(CALENDAR.part_of(window("1 working day"), start, due, 50)) == "Tue 1 Dec 2026 09:30"
    assert wall(CALENDAR.part_of(window("1 working day"), start, due, 80)) == "Tue 1 Dec 2026 14:00"


def test_half_of_24_hours_is_12_hours_whoever_works() -> None:
    start = london("Sat 5 Dec 2026 10:00")

    half = CALENDAR.part_of(window("24 hours"), start, start + timedelta(hours=24), 50)

    assert wall(half) == "Sat 5 Dec 2026 22:00"


def test_a_lapse_at_closing_seen_in_the_evening_is_no_working_minute_late() -> None:
    lapsed, seen = london("Mon 30 Nov 2026 17:00"), london("Mon 30 Nov 2026 22:00")

    assert CALENDAR.lateness(window("1 working day"), lapsed, seen) == timedelta()
    assert CALENDAR.lateness(window("4 working hours"), lapsed, seen) == timedelta()
    assert CALENDAR.lateness(window("1 week"), lapsed, seen) == timedelta(hours=5)


def test_lateness_over_a_weekend_counts_what_was_worked() -> None:
    lapsed, seen = london("Fri 4 Dec 2026 16:45"), london("Mon 7 Dec 2026 09:20")

    assert CALENDAR.lateness(window("1 working day"), lapsed, seen) == timedelta(minutes=35)


def test_nothing_is_late_before_its_time() -> None:
    lapsed = london("Mon 30 Nov 2026 12:00")

    for text in ("1 hour", "1 working hour"):
        assert CALENDAR.lateness(window(text), lapsed, lapsed - timedelta(hours=1)) == timedelta()


@pytest.mark.parametrize(
    ("instant", "is_open", "opening"),
    [
        ("Mon 30 Nov 2026 08:59", False, "Mon 30 Nov 2026 09:00"),
        ("Mon 30 Nov 2026 09:00", True, "Mon 30 Nov 2026 09:00"),
        ("Mon 30 Nov 2026 12:45", False, "Mon 30 Nov 2026 13:30"),
        ("Mon 30 Nov 2026 16:59", True, "Tue 1 Dec 2026 09:00"),
        ("Fri 4 Dec 2026 17:00", False, "Mon 7 Dec 2026 09:00"),
    ],
)
def test_it_is_open_from_opening_to_just_before_closing(instant: str, is_open: bool, opening: str) -> None:
    assert WITH_LUNCH.is_open(london(instant)) is is_open
    assert wall(WITH_LUNCH.next_opening(london(instant))) == opening


@pytest.mark.parametrize(
    "instant", ["Thu 24 Dec 2026 00:00", "Thu 24 Dec 2026 23:59", "Sun 27 Dec 2026 09:00"]
)
def test_the_next_working_day_begins_at_its_opening(instant: str) -> None:
    assert wall(CALENDAR.next_working_day(london(instant))) == "Tue 29 Dec 2026 09:00"


def test_a_day_off_has_a_name() -> None:
    assert CALENDAR.day_off(date(2026, 12, 25)) == "Christmas Day"
    assert CALENDAR.day_off(date(2026, 12, 24)) is None


def test_people_read_london_time() -> None:
    assert CALENDAR.local(datetime(2026, 7, 1, 9, tzinfo=UTC)).isoformat() == "2026-07-01T10:00:00+01:00"


# ---- naive times, and rest without end -------------------------------------------------------------


def test_a_naive_time_is_refused_everywhere() -> None:
    naive, aware = datetime(2026, 12, 1, 10), london("Tue 1 Dec 2026 10:00")  # noqa: DTZ001 -- that is the point
    asks = (
        lambda: CALENDAR.end_of(window("1 hour"), naive),
        lambda: CALENDAR.part_of(window("1 hour"), aware, naive, 50),
        lambda: CALENDAR.lateness(window("1 working hour"), naive, aware),
        lambda: CALENDAR.is_open(naive),
        lambda: CALENDAR.next_opening(naive),
        lambda: CALENDAR.next_working_day(naive),
        lambda: CALENDAR.local(naive),
    )
    for ask in asks:
        with pytest.raises(ValueError, match="naive"):
            ask()


@pytest.mark.parametrize("text", ["1 working day", "1 working hour"])
def test_without_any_work_counting_stops_instead_of_searching_for_ever(text: str) -> None:
    idle = Calendar("Europe/London", ((),) * 7, {})

    with pytest.raises(ValueError, match=f"Nobody works for {LONGEST_REST} days"):
        idle.end_of(window(text), london("Tue 1 Dec 2026 10:00"))


def test_a_rest_of_a_day_less_than_that_is_waited_out() -> None:
    start = date(2026, 12, 1)
    closed = {start + timedelta(days=day): "closed" for day in range(1, LONGEST_REST)}
    calendar = Calendar("Europe/London", (DAY,) * 7, closed)

    assert ends("1 working day", "Tue 1 Dec 2026 10:00", calendar) == "Fri 3 Dec 2027 00:00"


def test_calendars_of_the_same_place_are_equal_and_hash_alike() -> None:
    twin = Calendar(CALENDAR.zone, CALENDAR.hours, dict(CALENDAR.days_off))
    twin.end_of(window("1 week"), london("Tue 1 Dec 2026 10:00"))

    assert (twin, hash(twin)) == (CALENDAR, hash(CALENDAR))
    assert twin != Calendar(CALENDAR.zone, CALENDAR.hours, {})

"""What always holds of windows, whatever the hours, the days off, and the instant they begin."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from concerns.calendar import Calendar, Span
from concerns.window import Unit, Window
from tests.ladders import wall

# No span begins or ends within the hour that comes twice; what happens there is tested above.
HOURS = st.sampled_from([hour * 60 for hour in range(25) if hour != 1])


@st.composite
def weeks(draw: st.DrawFn) -> tuple[tuple[Span, ...], ...]:
    """A week of up to two spans a day, some day worked."""
    days = []
    for _ in range(7):
        edges = sorted(draw(st.lists(HOURS, max_size=4, unique=True)))
        days.append(tuple(Span(*edges[at : at + 2]) for at in range(0, len(edges) - 1, 2)))
    assume(any(days))
    return tuple(days)


# The nights the clocks change and Christmas are tried often.
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31)) | st.sampled_from(
    [date(2026, 3, 28), date(2026, 3, 29), date(2026, 10, 24), date(2026, 10, 25), date(2026, 12, 24)]
)
CALENDARS = st.builds(
    Calendar, st.just("Europe/London"), weeks(), st.dictionaries(DAYS, st.just("closed"), max_size=12)
)
INSTANTS = st.builds(
    lambda day, minute: datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=minute),
    DAYS,
    st.integers(0, 24 * 60) | st.sampled_from([0, 9 * 60, 17 * 60]),
)
WINDOWS = st.builds(Window, st.integers(1, 12), st.sampled_from(Unit))
WORKING = st.builds(Window, st.integers(1, 12), st.sampled_from([Unit.WORKING_HOUR, Unit.WORKING_DAY]))


@given(CALENDARS, WINDOWS, INSTANTS)
def test_a_window_never_ends_before_it_begins(calendar: Calendar, window: Window, start: datetime) -> None:
    end = calendar.end_of(window, start)

    assert end > start
    assert end.tzinfo is UTC


@given(CALENDARS, WINDOWS, INSTANTS)
def test_a_longer_window_never_ends_sooner(calendar: Calendar, window: Window, start: datetime) -> None:
    longer = Window(window.count + 1, window.unit)

    assert calendar.end_of(longer, start) > calendar.end_of(window, start)


@given(CALENDARS, WINDOWS, INSTANTS, st.timedeltas(timedelta(), timedelta(days=9)))
def test_a_window_begun_later_never_ends_sooner(
    calendar: Calendar, window: Window, start: datetime, later: timedelta
) -> None:
    # Begun in the hour that comes twice, a calendar day ends at the same local time as from its first coming.
    twice = datetime(2026, 10, 25, 1, tzinfo=UTC), datetime(2026, 10, 25, 2, tzinfo=UTC)
    assume(not (window.unit in (Unit.CALENDAR_DAY, Unit.WEEK) and twice[0] <= start + later < twice[1]))

    assert calendar.end_of(window, start + later) >= calendar.end_of(window, start)


@given(CALENDARS, WORKING, INSTANTS)
def test_a_working_window_ends_only_in_worked_time(
    calendar: Calendar, window: Window, start: datetime
) -> None:
    end = calendar.end_of(window, start)
    just_before = end - timedelta(microseconds=1)

    assert calendar.is_open(just_before)
    assert window.unit is Unit.WORKING_HOUR or not calendar.is_open(end) or wall(end).endswith("00:00")


@given(CALENDARS, st.integers(1, 30), INSTANTS)
def test_working_hours_are_what_was_worked_no_more_no_less(
    calendar: Calendar, count: int, start: datetime
) -> None:
    window = Window(count, Unit.WORKING_HOUR)

    end = calendar.end_of(window, start)

    assert minutes_worked(calendar, start, end) == count * 60
    assert minutes_worked(calendar, start, end - timedelta(minutes=1)) == count * 60 - 1
    assert calendar.lateness(window, start, end) == timedelta(hours=count)


@given(CALENDARS, st.integers(1, 30), INSTANTS)
def test_working_days_are_counted_from_the_day_the_trigger_belongs_to(
    calendar: Calendar, count: int, start: datetime
) -> None:
    end = calendar.end_of(Window(count, Unit.WORKING_DAY), start)
    # Closing at 24:00 is a midnight that belongs to the day before.
    last = calendar.local(end - timedelta(microseconds=1)).date()

    day, counted = calendar.local(start).date() - timedelta(days=1), -1
    while day < last:
        closes = [closes for _, closes in calendar.stretches(day)]
        counted += bool(closes) and closes[-1] >= start
        day += timedelta(days=1)
    assert counted == count - 1
    assert calendar.stretches(last)[-1][1] == end


@given(CALENDARS, INSTANTS, st.integers(1, 5))
def test_a_ladder_of_one_working_day_steps_from_working_day_to_working_day(
    calendar: Calendar, start: datetime, steps: int
) -> None:
    one, due = Window(1, Unit.WORKING_DAY), start
    for _ in range(steps):
        due = calendar.end_of(one, due)

    assert due == calendar.end_of(Window(steps, Unit.WORKING_DAY), start)


@given(CALENDARS, WINDOWS, INSTANTS, st.integers(1, 99), st.integers(1, 99))
def test_a_part_lies_between_start_and_due_and_grows(
    calendar: Calendar, window: Window, start: datetime, some: int, more: int
) -> None:
    due = calendar.end_of(window, start)
    smaller, larger = (calendar.part_of(window, start, due, percent) for percent in sorted((some, more)))

    assert start < smaller <= larger < due
    assert not window.working or calendar.is_open(smaller - timedelta(microseconds=1))


@given(CALENDARS, WINDOWS, st.lists(INSTANTS, min_size=3, max_size=3))
def test_lateness_adds_up(calendar: Calendar, window: Window, instants: list[datetime]) -> None:
    first, second, third = sorted(instants)

    assert calendar.lateness(window, first, third) == (
        calendar.lateness(window, first, second) + calendar.lateness(window, second, third)
    )


@given(CALENDARS, INSTANTS)
def test_nothing_is_worked_between_closing_and_the_next_opening(
    calendar: Calendar, instant: datetime
) -> None:
    opening = calendar.next_opening(instant)

    assert opening >= instant
    assert calendar.is_open(opening)
    if not calendar.is_open(instant):
        assert calendar.lateness(Window(1, Unit.WORKING_HOUR), instant, opening) == timedelta()


def minutes_worked(calendar: Calendar, start: datetime, end: datetime) -> int:
    """The same sum the slow way: every minute looked up by its wall time."""
    total, instant = 0, start
    while instant < end:
        total += worked_at(calendar.local(instant), calendar.hours, calendar.days_off)
        instant += timedelta(minutes=1)
    return total


def worked_at(local: datetime, hours: tuple[tuple[Span, ...], ...], days_off: Mapping[date, str]) -> bool:
    minute = local.hour * 60 + local.minute
    return local.date() not in days_off and any(
        span.opens <= minute < span.closes for span in hours[local.weekday()]
    )

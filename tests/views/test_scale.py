"""Time laid along a line: places, the axis, working time, and days off by name."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from concerns.calendar import Span
from tests.ladders import CALENDAR, MONDAY, london
from views.scale import AXIS_SIZE, Scale, breadth

CHRISTMAS = london("Wed 23 Dec 2026 16:30")
NIGHT_AND_DAY = replace(CALENDAR, hours=((Span(0, 1440),),) * 7, days_off={})

spans = st.timedeltas(timedelta(seconds=1), timedelta(days=70 * 366))
starts = st.timedeltas(timedelta(0), timedelta(days=400)).map(lambda after: MONDAY + after)


def scale(start: datetime, **span: float) -> Scale:
    """A thousand wide."""
    return Scale(CALENDAR, start, start + timedelta(**span), 0, 1000)


def lower(of: Scale) -> list[str]:
    return [label.said for label in of.axis().lower]


def upper(of: Scale) -> list[str]:
    return [label.said for label in of.axis().upper]


def test_an_instant_stands_at_its_share_of_the_line_and_one_outside_at_the_nearest_end() -> None:
    ten_days = scale(MONDAY, days=10)

    assert ten_days.x(MONDAY + timedelta(days=2, hours=12)) == 250
    assert ten_days.x(MONDAY - timedelta(days=1)) == 0
    assert ten_days.x(MONDAY + timedelta(days=99)) == 1000


def test_the_axis_is_divided_as_finely_as_its_labels_leave_room() -> None:
    assert lower(scale(MONDAY, seconds=90))[:3] == ["10:00:00", "10:00:05", "10:00:10"]
    assert lower(scale(MONDAY, minutes=90))[:3] == ["10:00", "10:05", "10:10"]
    assert lower(scale(MONDAY, hours=30))[:3] == ["12:00", "15:00", "18:00"]
    assert lower(scale(MONDAY, days=12))[:3] == ["Tue 1 Dec", "Wed 2 Dec", "Thu 3 Dec"]
    assert lower(scale(MONDAY, days=18))[:3] == ["Tue 1", "Wed 2", "Thu 3"]
    assert lower(scale(MONDAY, days=60))[:3] == ["Mon 7 Dec", "Mon 14 Dec", "Mon 21 Dec"]
    assert lower(scale(MONDAY, days=150))[:3] == ["Mon 7 Dec", "Mon 21 Dec", "Mon 4 Jan"]
    assert lower(scale(MONDAY, days=400))[:3] == ["Dec", "Jan", "Feb"]
    assert lower(scale(MONDAY, days=3_000))[:3] == ["Jan", "Apr", "Jul"]
    assert lower(scale(MONDAY, days=9_000))[:3] == ["2027", "2028", "2029"]


def test_above_the_hours_stand_their_days_and_above_the_days_their_years() -> None:
    assert upper(scale(MONDAY, hours=30)) == ["Monday 30 November 2026", "Tuesday 1 December 2026"]
    assert upper(scale(CHRISTMAS, days=18)) == ["December 2026", "January 2027"]
    assert upper(scale(CHRISTMAS, days=30)) == ["2026", "2027"]
    assert upper(scale(MONDAY, days=9_000)) == []


def test_on_the_night_the_clocks_go_back_the_hour_comes_twice() -> None:
    night = scale(london("Sat 24 Oct 2026 23:30"), hours=4)

    assert lower(night).count("01:00") == 2


def test_working_time_is_hours_then_days_then_nothing() -> None:
    """Monday 30 November from ten, Tuesday and Wednesday from nine: two hours of a thousand are 41.7."""
    two_days = scale(MONDAY, hours=48)
    assert two_days.work() == ((0, 145.8), (479.2, 645.8), (979.2, 1000))
    assert two_days.work_said == "working time"

    year = scale(MONDAY, days=365)
    assert year.work()[0] == (0, year.x(london("Sat 5 Dec 2026 00:00")))
    assert year.work_said == "working days"

    for nothing in (scale(MONDAY, days=2_000).work(), scale(MONDAY, days=2_000).days_off()):
        assert nothing == ()
    assert scale(MONDAY, days=2_000).work_said == ""


def test_where_people_work_night_and_day_all_is_one_stretch() -> None:
    assert replace(scale(MONDAY, days=9), calendar=NIGHT_AND_DAY).work() == ((0, 1000),)


def test_days_off_have_their_names_and_ordinary_weekends_have_none() -> None:
    said = [off.said for off in scale(CHRISTMAS, days=14).days_off()]

    assert said == [
        "Fri 25 Dec, Christmas Day",
        "Mon 28 Dec, Boxing Day (substitute day)",
        "Fri 1 Jan, New Year's Day",
    ]


def test_a_closure_over_a_weekend_is_one_and_ends_where_its_last_day_ends() -> None:
    shut = replace(CALENDAR, days_off={date(2026, 12, day): "inset" for day in (4, 5, 6, 7)})
    week = replace(scale(MONDAY, days=10), calendar=shut)

    (off,) = week.days_off()
    assert off.said == "Fri 4 Dec to Mon 7 Dec, inset"
    assert (off.left, off.right) == (
        week.x(london("Fri 4 Dec 2026 00:00")),
        week.x(london("Tue 8 Dec 2026 00:00")),
    )


def test_the_same_name_with_work_in_between_is_two_days_off() -> None:
    shut = replace(CALENDAR, days_off={date(2026, 12, day): "inset" for day in (2, 4)})

    assert len(replace(scale(MONDAY, days=10), calendar=shut).days_off()) == 2


@given(starts, spans)
def test_labels_never_meet_and_nothing_leaves_the_line(start: datetime, span: timedelta) -> None:
    of = scale(start, seconds=span.total_seconds())
    axis = of.axis()

    assert axis.lower or axis.upper
    for row in (axis.lower, axis.upper):
        assert all(0 <= label.x <= label.x + breadth(label.said, AXIS_SIZE) <= 1000 for label in row)
        assert all(one.x + breadth(one.said, AXIS_SIZE) < other.x for one, other in pairwise(row))
    assert all(0 <= x <= 1000 for x in axis.lines)
    assert {label.x for label in (*axis.lower, *axis.upper)} <= set(axis.lines)


@given(starts, spans)
def test_stretches_of_work_come_in_order_and_apart(start: datetime, span: timedelta) -> None:
    work = scale(start, seconds=span.total_seconds()).work()

    assert all(0 <= left < right <= 1000 for left, right in work)
    assert all(one[1] < other[0] for one, other in pairwise(work))

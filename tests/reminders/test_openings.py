"""When each agency opens: its own hours, on the days the pathway works."""

from dataclasses import replace

import pytest

from concerns.calendar import Span
from concerns.people import Agency, AgencyId
from concerns.rules import Rules
from reminders.openings import Openings
from tests.ladders import CALENDAR, MONDAY, NINE_TO_FIVE, london, ruled, wall
from tests.partnership import AGENCIES, BOARD, COUNCIL, DIRECTORY, RIVERSIDE, SURGERY

EIGHT_TO_SIX = (Span(8 * 60, 18 * 60),)
SATURDAYS_TOO = (EIGHT_TO_SIX,) * 6 + ((),)
ALWAYS = ((Span(0, 1440),),) * 7
MORNINGS = ((Span(9 * 60, 12 * 60), Span(13 * 60, 17 * 60)),) * 5 + ((), ())
WEEKENDS = ((),) * 5 + (EIGHT_TO_SIX,) * 2


def hours(**own: tuple[tuple[Span, ...], ...]) -> Rules:
    """The rules with these agencies' own hours."""

    def with_hours(agency: Agency) -> Agency:
        return replace(agency, hours=own.get(agency.id))

    return ruled(directory=replace(DIRECTORY, agencies=tuple(map(with_hours, AGENCIES))))


def openings(agency: AgencyId, rules: Rules, times: int = 6) -> list[str]:
    """The next openings of one agency from Monday 10:00 on."""
    alone = Openings({agency: Openings.of(rules).calendars[agency]})
    found, now = [], MONDAY
    for _ in range(times):
        opening = alone.next(now)
        assert opening is not None
        now = opening
        found.append(wall(now))
    return found


def test_an_agency_without_hours_of_its_own_opens_with_the_pathway() -> None:
    assert openings(COUNCIL, ruled(), 5) == [
        "Tue 1 Dec 2026 09:00",
        "Wed 2 Dec 2026 09:00",
        "Thu 3 Dec 2026 09:00",
        "Fri 4 Dec 2026 09:00",
        "Mon 7 Dec 2026 09:00",
    ]


def test_its_own_hours_set_the_time_and_the_pathway_the_days() -> None:
    assert openings(RIVERSIDE, hours(riverside=SATURDAYS_TOO), 5) == [
        "Tue 1 Dec 2026 08:00",
        "Wed 2 Dec 2026 08:00",
        "Thu 3 Dec 2026 08:00",
        "Fri 4 Dec 2026 08:00",
        "Mon 7 Dec 2026 08:00",
    ]


def test_bank_holidays_have_none() -> None:
    after = Openings.of(hours(riverside=SATURDAYS_TOO)).next(london("Thu 24 Dec 2026 12:00"))

    assert wall(after) == "Tue 29 Dec 2026 08:00"


def test_a_break_at_midday_is_no_second_opening() -> None:
    assert openings(SURGERY, hours(surgery=MORNINGS), 2) == ["Tue 1 Dec 2026 09:00", "Wed 2 Dec 2026 09:00"]


def test_whoever_never_closes_gets_theirs_with_everybody_else_and_not_at_midnight() -> None:
    assert openings(BOARD, hours(board=ALWAYS), 1) == ["Tue 1 Dec 2026 09:00"]


def test_whoever_works_only_when_the_pathway_rests_is_not_left_out() -> None:
    assert openings(SURGERY, hours(surgery=WEEKENDS), 1) == ["Tue 1 Dec 2026 09:00"]


@pytest.mark.parametrize(
    ("at", "begun"),
    [
        ("Tue 1 Dec 2026 07:59", {}),
        ("Tue 1 Dec 2026 08:00", {RIVERSIDE: "08:00"}),
        ("Tue 1 Dec 2026 09:00", {RIVERSIDE: "08:00", COUNCIL: "09:00"}),
        ("Tue 1 Dec 2026 12:30", {RIVERSIDE: "08:00", COUNCIL: "09:00"}),
        ("Tue 1 Dec 2026 17:30", {RIVERSIDE: "08:00"}),
        ("Tue 1 Dec 2026 18:00", {}),
        ("Sat 5 Dec 2026 12:00", {}),
    ],
)
def test_a_day_is_under_way_from_opening_to_closing(at: str, begun: dict[AgencyId, str]) -> None:
    rules = hours(riverside=SATURDAYS_TOO, council=(NINE_TO_FIVE,) * 5 + ((), ()))
    found = Openings.of(rules).under_way(london(at))

    assert {agency: wall(found[agency])[-5:] for agency in (RIVERSIDE, COUNCIL) if agency in found} == begun


def test_the_clocks_going_forward_move_no_opening() -> None:
    assert wall(Openings.of(ruled()).next(london("Sat 27 Mar 2027 12:00"))) == "Tue 30 Mar 2027 09:00"


def test_agencies_of_one_timetable_share_one_calendar_and_nobody_opens_where_there_is_nobody() -> None:
    assert len({id(calendar) for calendar in Openings.of(ruled()).calendars.values()}) == 1
    nobody = replace(DIRECTORY, agencies=())
    assert Openings.of(ruled(directory=nobody, calendar=CALENDAR)).next(MONDAY) is None

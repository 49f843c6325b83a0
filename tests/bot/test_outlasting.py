"""An acknowledge window that can outlast its answer window is found, whichever night or holiday does it."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.files import BadFile, load_pathway
from bot.files.calendars import ZONE, Nation, bank_holidays
from bot.files.outlasting import YEARS, outlasting
from concerns.calendar import Calendar, Span
from concerns.window import Unit, Window

SHORT = """\
name = "Short"
version = "1"
[[tier]]
name = "Practitioners"
raising = "practitioner"
challenged = "practitioner"
answer = "1 working day"
"""


def refusal(folder: Path, content: str) -> str:
    """The sentence a pathway.toml of this content is refused with."""
    file = folder / "pathway.toml"
    file.write_text(content)
    with pytest.raises(BadFile) as refused:
        load_pathway(file)
    return str(refused.value)


OFFICE = Span(9 * 60, 17 * 60)
ENGLAND = Calendar(ZONE, ((OFFICE,),) * 5 + ((), ()), bank_holidays(Nation.ENGLAND))
SCOTLAND = Calendar(ZONE, ((OFFICE,),) * 5 + ((), ()), bank_holidays(Nation.SCOTLAND))
NIGHTS = Calendar(ZONE, ((Span(0, 6 * 60), Span(20 * 60, 24 * 60)),) * 7, bank_holidays(Nation.WALES))


@pytest.mark.parametrize(
    ("acknowledge", "answer", "begun"),
    [
        ("2 working days", "1 working day", "Thursday 1 January 2026 at 00:00"),
        ("9 working hours", "1 working day", "Friday 2 January 2026 at 17:00"),
        ("1 working day", "2 calendar days", "Thursday 1 January 2026 at 00:00"),
        ("3 working days", "1 week", "Monday 30 March 2026 at 17:00"),  # only Easter makes it so long
        ("24 hours", "1 calendar day", "Sunday 29 March 2026 at 00:00"),  # only as the clocks go forward
        ("1 calendar day", "24 hours", "Sunday 25 October 2026 at 00:00"),  # only as the clocks go back
    ],
)
def test_an_acknowledge_window_that_can_outlast_its_answer_is_refused_with_a_case(
    tmp_path: Path, acknowledge: str, answer: str, begun: str
) -> None:
    content = SHORT.replace("1 working day", answer) + f'acknowledge = "{acknowledge}"\n'

    assert refusal(tmp_path, content) == (
        f'pathway.toml: tier 1 "acknowledge": "{acknowledge}" can end after the answer window of "{answer}", '
        f"for one when both begin on {begun}; shorten it, or leave it out."
    )


def test_urgent_windows_are_held_to_the_same(tmp_path: Path) -> None:
    content = SHORT + '[urgent]\nenter_at = 1\nacknowledge = "2 hours"\nanswer = "90 minutes"\n'

    assert refusal(tmp_path, content).startswith(
        'pathway.toml: [urgent] "acknowledge": "2 hours" can end after'
    )


def test_a_closure_can_be_what_makes_it_too_long(tmp_path: Path) -> None:
    content = SHORT.replace("1 working day", "1 week") + 'acknowledge = "1 working day"\n'
    closure = "closures = [ { from = 2051-08-07, to = 2051-08-14 } ]\n"

    (tmp_path / "pathway.toml").write_text(content)
    load_pathway(tmp_path / "pathway.toml")

    assert "Thursday 3 August 2051" in refusal(tmp_path, closure + content)


def test_christmas_falls_on_every_day_of_the_week_sooner_or_later() -> None:
    part_time = Calendar(ZONE, ((), (), (OFFICE,), (OFFICE,), (), (), ()), bank_holidays(Nation.ENGLAND))

    begun = outlasting(part_time, Window(1, Unit.WORKING_DAY), Window(16, Unit.CALENDAR_DAY))

    # Christmas on a Wednesday takes both working days of its week, and New Year's Day one of the next.
    assert begun
    assert f"{begun:%d %B %Y}" == "19 December 2030"


def test_a_window_may_run_into_a_closure_of_the_next_year() -> None:
    closed = {date(2051, 1, 3) + timedelta(days=day): "closed" for day in range(12)}
    calendar = Calendar(ZONE, ENGLAND.hours, {**closed, **ENGLAND.days_off})

    begun = outlasting(calendar, Window(5, Unit.WORKING_DAY), Window(24, Unit.CALENDAR_DAY), closed)

    assert begun
    assert f"{begun:%d %B %Y}" == "21 December 2050"


@pytest.mark.parametrize(
    ("acknowledge", "answer"),
    [
        ("4 working hours", "1 working day"),
        ("8 working hours", "1 working day"),
        ("24 hours", "1 working day"),
        ("1 hour", "1 working hour"),
        ("23 hours", "1 calendar day"),
        ("25 hours", "25 hours"),
        ("2 working days", "1 week"),
        ("1 calendar day", "25 hours"),
    ],
)
def test_an_acknowledge_window_that_ends_no_later_is_kept(acknowledge: str, answer: str) -> None:
    assert outlasting(ENGLAND, Window.parse(acknowledge), Window.parse(answer)) is None


@given(
    st.sampled_from([ENGLAND, SCOTLAND, NIGHTS]),
    st.builds(Window, st.integers(1, 12), st.sampled_from(Unit)),
    st.builds(Window, st.integers(1, 12), st.sampled_from(Unit)),
    st.lists(st.integers(0, len(YEARS) * 365 * 24 * 60), min_size=200, max_size=200),
)
def test_whatever_instant_is_tried_agrees_with_the_search(
    calendar: Calendar, acknowledge: Window, answer: Window, minutes: list[int]
) -> None:
    begun = calendar.parse_local(f"{YEARS[0]}-01-01T00:00")
    found = outlasting(calendar, acknowledge, answer)

    tried = [found] if found else [begun + timedelta(minutes=minute) for minute in minutes]
    outlasted = [calendar.end_of(acknowledge, at) > calendar.end_of(answer, at) for at in tried]
    assert any(outlasted) is bool(found)

"""The table of a rehearsal, as people read it."""

from dataclasses import replace
from datetime import date

from bot.timetable import timetable
from concerns.calendar import Calendar
from concerns.pathway import OnLapse, Pathway
from concerns.rehearsal import rehearsal_rules, rehearse
from tests.ladders import CALENDAR, DAILY, tier, window


def table(pathway: Pathway, start: str, *, urgent: bool = False, calendar: Calendar = CALENDAR) -> str:
    """The table with its wrapping undone, so that sentences can be looked for."""
    rules = rehearsal_rules(pathway, calendar)
    steps = rehearse(rules, calendar.parse_local(start), urgent=urgent)
    return " ".join(timetable(rules, steps, urgent=urgent).split())


def test_the_table_says_who_is_called_and_by_when_in_words() -> None:
    """Roles in plain words, the partnership's own word for a tier, due instants with their weekday."""
    told = table(DAILY, "2026-12-23T16:30")

    assert "Wed 23 Dec 2026 16:30 Stage 1, Practitioner, is called." in told
    assert "Raising side: practitioner, the raiser. Challenged side: practitioner." in told
    assert "Acknowledge by 12:30 on Thu 24 December (4 working hours)." in told
    assert "Raising side: senior manager. Challenged side: senior manager." in told
    assert "Convener: independent chair." in told
    assert "Answer by 17:00 on Mon 4 January 2027 (1 working day)." in told
    assert "Stage 4, Director, is called again, for the third time." in told
    assert "every working day, until somebody answers" in told


def test_the_table_names_the_days_off_it_passes_over() -> None:
    """Ordinary weekends go without saying, and elapsed windows pass nothing over."""
    told = table(DAILY, "2026-12-23T16:30")

    assert "Passing over Fri 25 Dec, Christmas Day; Mon 28 Dec, Boxing Day (substitute day)." in told
    assert "Sat" not in told
    elapsed = replace(DAILY, tiers=(tier(1, "manager", "3 calendar days"),))
    assert "Passing over" not in table(replace(elapsed, repeat=window("1 week")), "2026-12-24T10:00")


def test_a_closure_of_several_days_is_told_as_one() -> None:
    """From its first working day to its last."""
    shut = replace(CALENDAR, days_off={date(2026, 12, day): "inset" for day in (29, 30, 31)})
    told = table(replace(DAILY, tiers=(tier(1, "manager"),)), "2026-12-28T10:00", calendar=shut)

    assert "Passing over Tue 29 Dec to Thu 31 Dec, inset." in told


def test_a_day_off_that_is_never_worked_is_not_named() -> None:
    """Nobody works on Saturday 5 December anyway."""
    shut = replace(CALENDAR, days_off={date(2026, 12, day): "inset" for day in (5, 7)})
    told = table(replace(DAILY, tiers=(tier(1, "manager"),)), "2026-12-04T10:00", calendar=shut)

    assert "Passing over Mon 7 Dec, inset." in told


def test_the_table_says_when_a_person_is_asked_first() -> None:
    """With `on_lapse = "ask"` the next tier is told, and it moves up by itself in the end."""
    told = table(replace(DAILY, on_lapse=OnLapse.ASK), "2026-11-30T10:00")

    assert "the raising side is asked to agree to moving up." in told
    assert (
        "Unless it agrees sooner, it moves up by itself at 13:00 on Wed 2 December (4 working hours)." in told
    )


def test_the_table_says_which_of_two_equal_hours_is_meant() -> None:
    """On the night the clocks go back 01:30 comes twice."""
    told = table(DAILY, "2026-10-24T23:30", urgent=True)

    assert "Immediate danger" in told
    assert "01:30 BST" in told
    assert "01:30 GMT" in told


def test_the_table_says_when_a_ladder_is_not_signed_off() -> None:
    """`approved_by` is the partnership's own signature."""
    assert "Not signed off" in table(DAILY, "2026-11-30T10:00")
    assert "Not signed off" not in table(replace(DAILY, approved_by="NSP board"), "2026-11-30T10:00")

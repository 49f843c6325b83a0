"""A ladder walked as if nobody ever answered: examples worked by hand from section 4 of the design."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.files import load_pathway, shipped_pathways
from bot.rehearse import as_json
from concerns.pathway import Urgent
from concerns.rehearsal import BadRehearsal, Step, What, rehearsal_rules, rehearse
from concerns.rules import Rules
from tests.ladders import CALENDAR, DAILY, tier, window

Line = tuple[str, str, int, str, str | None]
Walk = Callable[..., list[Line]]


def lines(rules: Rules, start: str, *, urgent: bool = False) -> list[Line]:
    """The rehearsal as (at, what, tier, due, acknowledge_due), local times to the minute."""
    told = [as_json(step, rules.calendar) for step in steps_of(rules, start, urgent=urgent)]
    return [
        (
            str(step["at"])[:16],
            str(step["what"]),
            int(step["tier"] or 0),
            str(step["due"])[:16],
            str(step["acknowledge_due"])[:16] if step["acknowledge_due"] else None,
        )
        for step in told
    ]


def steps_of(rules: Rules, start: str, *, urgent: bool = False) -> list[Step]:
    """Every step of the rehearsal."""
    return list(rehearse(rules, rules.calendar.parse_local(start), urgent=urgent))


@pytest.fixture
def walk(tmp_path: Path) -> Walk:
    """Rehearse a pathway file whose text is given."""

    def walked(text: str, start: str, *, urgent: bool = False) -> list[Line]:
        file = tmp_path / "pathway.toml"
        file.write_text(f'name = "Test"\nversion = "1"\n{text}', encoding="utf-8")
        loaded = load_pathway(file)
        return lines(rehearsal_rules(loaded.pathway, loaded.calendar), start, urgent=urgent)

    return walked


def rung(answer: str, *more: str) -> str:
    """One [[tier]] of a pathway file."""
    first = ['[[tier]]\nname = "Rung"\nraising = "practitioner"\nchallenged = "practitioner"']
    return "\n".join([*first, f'answer = "{answer}"', *more, ""])


# ---- examples worked by hand -----------------------------------------------------------------------


def test_a_daily_ladder_raised_on_monday_steps_daily(walk: Walk) -> None:
    """Raised Monday 10:00, tiers of one working day are due Tuesday, Wednesday, Thursday at 17:00."""
    walked = walk(rung("1 working day") * 3, "2026-11-30T10:00")

    assert walked == [
        ("2026-11-30T10:00", "called", 1, "2026-12-01T17:00", None),
        ("2026-12-01T17:00", "lapsed", 1, "2026-12-01T17:00", None),
        ("2026-12-01T17:00", "called", 2, "2026-12-02T17:00", None),
        ("2026-12-02T17:00", "lapsed", 2, "2026-12-02T17:00", None),
        ("2026-12-02T17:00", "called", 3, "2026-12-03T17:00", None),
        ("2026-12-03T17:00", "lapsed", 3, "2026-12-03T17:00", None),
        ("2026-12-03T17:00", "called_again", 3, "2026-12-04T17:00", None),
        ("2026-12-04T17:00", "lapsed", 3, "2026-12-04T17:00", None),
        ("2026-12-04T17:00", "called_again", 3, "2026-12-07T17:00", None),
        ("2026-12-07T17:00", "lapsed", 3, "2026-12-07T17:00", None),
        ("2026-12-07T17:00", "called_again", 3, "2026-12-08T17:00", None),
    ]


def test_the_standard_ladder_over_christmas_2026() -> None:
    """25 December is a Friday, Boxing Day is kept on Monday 28, New Year's Day is a Friday."""
    loaded = load_pathway(shipped_pathways()["standard"])
    rules = rehearsal_rules(loaded.pathway, loaded.calendar)

    assert lines(rules, "2026-12-23T16:30") == [
        ("2026-12-23T16:30", "called", 1, "2026-12-24T17:00", "2026-12-24T12:30"),
        ("2026-12-24T12:30", "acknowledgement_lapsed", 1, "2026-12-24T17:00", "2026-12-24T12:30"),
        ("2026-12-24T12:45", "reminded", 1, "2026-12-24T17:00", "2026-12-24T12:30"),
        ("2026-12-24T15:18", "reminded", 1, "2026-12-24T17:00", "2026-12-24T12:30"),
        ("2026-12-24T17:00", "lapsed", 1, "2026-12-24T17:00", "2026-12-24T12:30"),
        ("2026-12-24T17:00", "called", 2, "2026-12-31T17:00", "2026-12-29T17:00"),
        ("2026-12-29T17:00", "acknowledgement_lapsed", 2, "2026-12-31T17:00", "2026-12-29T17:00"),
        ("2026-12-30T13:00", "reminded", 2, "2026-12-31T17:00", "2026-12-29T17:00"),
        ("2026-12-31T12:12", "reminded", 2, "2026-12-31T17:00", "2026-12-29T17:00"),
        ("2026-12-31T17:00", "lapsed", 2, "2026-12-31T17:00", "2026-12-29T17:00"),
        ("2026-12-31T17:00", "called", 3, "2027-01-08T17:00", "2027-01-04T17:00"),
        ("2027-01-04T17:00", "acknowledgement_lapsed", 3, "2027-01-08T17:00", "2027-01-04T17:00"),
        ("2027-01-06T13:00", "reminded", 3, "2027-01-08T17:00", "2027-01-04T17:00"),
        ("2027-01-07T17:00", "reminded", 3, "2027-01-08T17:00", "2027-01-04T17:00"),
        ("2027-01-08T17:00", "lapsed", 3, "2027-01-08T17:00", "2027-01-04T17:00"),
        ("2027-01-08T17:00", "called", 4, "2027-01-15T17:00", "2027-01-11T17:00"),
        ("2027-01-11T17:00", "acknowledgement_lapsed", 4, "2027-01-15T17:00", "2027-01-11T17:00"),
        ("2027-01-13T13:00", "reminded", 4, "2027-01-15T17:00", "2027-01-11T17:00"),
        ("2027-01-14T17:00", "reminded", 4, "2027-01-15T17:00", "2027-01-11T17:00"),
        ("2027-01-15T17:00", "lapsed", 4, "2027-01-15T17:00", "2027-01-11T17:00"),
        ("2027-01-15T17:00", "called_again", 4, "2027-01-18T17:00", None),
        ("2027-01-18T17:00", "lapsed", 4, "2027-01-18T17:00", None),
        ("2027-01-18T17:00", "called_again", 4, "2027-01-19T17:00", None),
        ("2027-01-19T17:00", "lapsed", 4, "2027-01-19T17:00", None),
        ("2027-01-19T17:00", "called_again", 4, "2027-01-20T17:00", None),
    ]


DAY = "1 working day"


@pytest.mark.parametrize(
    ("top", "answer", "start", "due"),
    [
        ("", "4 working hours", "2026-11-30T16:30", "2026-12-01T12:30"),  # half an hour today
        ("", DAY, "2026-11-30T08:00", "2026-12-01T17:00"),  # before opening: it counts from that opening
        ("", DAY, "2026-11-30T17:00", "2026-12-01T17:00"),  # closing belongs to its day
        ("", DAY, "2026-11-30T17:01", "2026-12-02T17:00"),  # after closing: Tuesday is day 0
        ("", DAY, "2026-12-05T12:00", "2026-12-08T17:00"),  # a Saturday: Monday is day 0
        ("", "1 calendar day", "2027-03-27T01:30", "2027-03-28T02:00"),  # 01:30 is skipped that night
        ('nation = "england"', DAY, "2026-11-27T10:00", "2026-11-30T17:00"),
        ('nation = "scotland"', DAY, "2026-11-27T10:00", "2026-12-01T17:00"),  # St Andrew's Day
        ('nation = "wales"', DAY, "2027-07-09T10:00", "2027-07-12T17:00"),
        ('nation = "northern-ireland"', DAY, "2027-07-09T10:00", "2027-07-13T17:00"),  # the Twelfth
        ("closures = [{ from = 2026-12-24, to = 2027-01-01 }]", DAY, "2026-12-23T16:30", "2027-01-04T17:00"),
    ],
)
def test_the_first_call_is_due_as_the_calendar_says(
    walk: Walk, top: str, answer: str, start: str, due: str
) -> None:
    """Section 4 "Time", one sentence of it a line."""
    assert walk(f"{top}\n{rung(answer)}", start)[0][3] == due


def test_a_lunch_break_is_not_worked(walk: Walk) -> None:
    """Friday 09:00-12:30 and 13:00-16:30: two hours from 11:30 end at 14:00; half of it is 12:30."""
    hours = 'hours = { mon-thu = "09:00-17:00", fri = ["09:00-12:30", "13:00-16:30"] }\n'
    walked = walk(hours + rung("2 working hours", 'remind = ["50%", "80%"]'), "2026-12-04T11:30")

    assert walked[0][3] == "2026-12-04T14:00"
    assert [line[0] for line in walked if line[1] == "reminded"] == ["2026-12-04T12:30", "2026-12-04T13:36"]


def test_round_the_clock_hours_close_at_midnight_and_step_daily(walk: Walk) -> None:
    """00:00-24:00 every day: a day ends at the next midnight, which still belongs to it."""
    walked = walk('hours = { mon-sun = "00:00-24:00" }\n' + rung("1 working day") * 2, "2026-11-30T10:00")

    assert walked[:3] == [
        ("2026-11-30T10:00", "called", 1, "2026-12-02T00:00", None),
        ("2026-12-02T00:00", "lapsed", 1, "2026-12-02T00:00", None),
        ("2026-12-02T00:00", "called", 2, "2026-12-03T00:00", None),
    ]


def test_reminders_of_an_elapsed_window_are_shares_of_elapsed_time(walk: Walk) -> None:
    """Half of two calendar days from Friday 10:00 is Saturday 10:00, closed or not."""
    walked = walk(rung("2 calendar days", 'remind = ["50%"]'), "2026-12-04T10:00")

    assert walked[:3] == [
        ("2026-12-04T10:00", "called", 1, "2026-12-06T10:00", None),
        ("2026-12-05T10:00", "reminded", 1, "2026-12-06T10:00", None),
        ("2026-12-06T10:00", "lapsed", 1, "2026-12-06T10:00", None),
    ]


def test_an_acknowledgement_due_with_the_answer_lapses_first(walk: Walk) -> None:
    """Both windows of one working day end at one instant."""
    walked = walk(rung("1 working day", 'acknowledge = "1 working day"') * 2, "2026-11-30T10:00")

    assert [(line[0][8:], line[1]) for line in walked[1:4]] == [
        ("01T17:00", "acknowledgement_lapsed"),
        ("01T17:00", "lapsed"),
        ("01T17:00", "called"),
    ]


def test_with_ask_the_next_call_comes_when_the_ask_window_ends(walk: Walk) -> None:
    """Nothing is printed for the question itself; four working hours after 17:00 are 13:00 next day."""
    ask = 'on_lapse = "ask"\n' + rung("1 working day") * 2 + '[ask]\nwindow = "4 working hours"\n'

    assert walk(ask, "2026-11-30T10:00")[:5] == [
        ("2026-11-30T10:00", "called", 1, "2026-12-01T17:00", None),
        ("2026-12-01T17:00", "lapsed", 1, "2026-12-01T17:00", None),
        ("2026-12-02T13:00", "called", 2, "2026-12-03T17:00", None),
        ("2026-12-03T17:00", "lapsed", 2, "2026-12-03T17:00", None),
        ("2026-12-03T17:00", "called_again", 2, "2026-12-04T17:00", None),
    ]


URGENT = '[urgent]\nenter_at = 2\nacknowledge = "1 hour"\nanswer = "3 hours"\nrepeat = "1 hour"\n'


def test_an_urgent_rehearsal_enters_at_the_urgent_tier_and_repeats_instead_of_reminding(walk: Walk) -> None:
    """Repeats fall strictly between call and due; at one instant the lapsed acknowledgement comes first."""
    ladder = rung("1 working day", 'remind = ["50%"]') * 3 + URGENT

    assert walk(ladder, "2026-12-05T20:00", urgent=True) == [
        ("2026-12-05T20:00", "called", 2, "2026-12-05T23:00", "2026-12-05T21:00"),
        ("2026-12-05T21:00", "acknowledgement_lapsed", 2, "2026-12-05T23:00", "2026-12-05T21:00"),
        ("2026-12-05T21:00", "reminded", 2, "2026-12-05T23:00", "2026-12-05T21:00"),
        ("2026-12-05T22:00", "reminded", 2, "2026-12-05T23:00", "2026-12-05T21:00"),
        ("2026-12-05T23:00", "lapsed", 2, "2026-12-05T23:00", "2026-12-05T21:00"),
        ("2026-12-05T23:00", "called", 3, "2026-12-06T02:00", "2026-12-06T00:00"),
        ("2026-12-06T00:00", "acknowledgement_lapsed", 3, "2026-12-06T02:00", "2026-12-06T00:00"),
        ("2026-12-06T00:00", "reminded", 3, "2026-12-06T02:00", "2026-12-06T00:00"),
        ("2026-12-06T01:00", "reminded", 3, "2026-12-06T02:00", "2026-12-06T00:00"),
        ("2026-12-06T02:00", "lapsed", 3, "2026-12-06T02:00", "2026-12-06T00:00"),
        ("2026-12-06T02:00", "called_again", 3, "2026-12-06T03:00", None),
        ("2026-12-06T03:00", "lapsed", 3, "2026-12-06T03:00", None),
        ("2026-12-06T03:00", "called_again", 3, "2026-12-06T04:00", None),
        ("2026-12-06T04:00", "lapsed", 3, "2026-12-06T04:00", None),
        ("2026-12-06T04:00", "called_again", 3, "2026-12-06T05:00", None),
    ]


def test_without_urgent_the_urgent_table_changes_nothing(walk: Walk) -> None:
    """The ordinary windows hold on every tier."""
    ladder = rung("1 working day") * 3

    assert walk(ladder + URGENT, "2026-11-30T10:00") == walk(ladder, "2026-11-30T10:00")


def test_a_ladder_without_an_urgent_table_refuses_an_urgent_rehearsal(walk: Walk) -> None:
    """The refusal names the table."""
    with pytest.raises(BadRehearsal, match=r"\[urgent\]"):
        walk(rung("1 working day"), "2026-11-30T10:00", urgent=True)


def test_the_top_tier_repeats_in_its_own_window(walk: Walk) -> None:
    """[top] repeat, counted from each lapse."""
    top = rung("1 working day") + '[top]\nrepeat = "1 week"\n'

    assert [line[3] for line in walk(top, "2026-11-30T10:00") if line[1] == "called_again"] == [
        "2026-12-08T17:00",
        "2026-12-15T17:00",
        "2026-12-22T17:00",
    ]


def test_offsets_follow_the_nation_through_the_autumn_change() -> None:
    """On 25 October 2026 01:30 comes twice: elapsed hours run through both, each with its own offset."""
    rules = rehearsal_rules(replace(DAILY, tiers=(tier(1, "manager", "1 hour", None, remind=()),)), CALENDAR)
    told = [as_json(step, CALENDAR) for step in steps_of(rules, "2026-10-25T00:30")]

    assert told[0]["at"] == "2026-10-25T00:30:00+01:00"
    assert told[0]["due"] == told[1]["at"] == told[1]["due"] == "2026-10-25T01:30:00+01:00"
    assert told[2]["what"] == "called_again"
    hourly = rehearsal_rules(replace(DAILY, tiers=rules.pathway.tiers, repeat=window("1 hour")), CALENDAR)
    assert [as_json(step, CALENDAR)["due"] for step in steps_of(hourly, "2026-10-25T00:30")[2::2]] == [
        "2026-10-25T01:30:00+00:00",
        "2026-10-25T02:30:00+00:00",
        "2026-10-25T03:30:00+00:00",
    ]


def test_a_start_with_an_offset_is_shown_in_local_time() -> None:
    """The same instant, as people there read it."""
    rules = rehearsal_rules(DAILY, CALENDAR)

    assert lines(rules, "2026-12-23T17:30+01:00") == lines(rules, "2026-12-23T16:30")
    assert as_json(steps_of(rules, "2026-07-01T09:00Z")[0], CALENDAR)["at"] == "2026-07-01T10:00:00+01:00"


# ---- bounds ----------------------------------------------------------------------------------------


def hasty(answer: str, repeat: str) -> Rules:
    """One tier whose urgent windows are these."""
    urgent = Urgent(enter_at=1, acknowledge=None, answer=window(answer), repeat=window(repeat))
    return rehearsal_rules(replace(DAILY, tiers=(tier(1, "manager"),), urgent=urgent), CALENDAR)


def test_many_urgent_repeats_are_walked() -> None:
    """A reminder every minute for a day."""
    walked = steps_of(hasty("1 calendar day", "1 minute"), "2026-11-30T10:00", urgent=True)

    assert [step.what for step in walked].count(What.REMINDED) == 24 * 60 - 1


def test_absurd_repeats_are_refused_instead_of_running_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reminder every second for a year would be thirty million steps were it not for a bound."""
    monkeypatch.setattr("concerns.rehearsal.MOST_STEPS", 1_000)

    with pytest.raises(BadRehearsal, match="more than 1,000 steps"):
        steps_of(hasty("366 calendar days", "1 second"), "2026-11-30T10:00", urgent=True)


def test_a_ladder_that_leaves_the_known_years_is_refused() -> None:
    """After them no bank holiday is known, and the dates would be wrong without saying so."""
    rules = rehearsal_rules(replace(DAILY, tiers=(tier(1, "manager", "366 working days"),)), CALENDAR)

    with pytest.raises(BadRehearsal, match="2099"):
        steps_of(rules, "2098-11-30T10:00")

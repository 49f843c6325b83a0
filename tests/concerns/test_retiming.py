"""A running window is frozen; only the coordinator moves it, with a reason, on record."""

from dataclasses import replace
from datetime import timedelta

import pytest

from concerns import commands as c
from concerns import events as e
from concerns.decide import decide
from concerns.keeping import MOVABLE
from concerns.model import ClockKind, Stage
from concerns.notice import NoticeKind
from concerns.people import Cover, PersonId
from concerns.rules import Rules
from tests.ladders import ASKING, CALENDAR, DAILY, MONDAY, RULES, london, ruled, wall, window
from tests.partnership import (
    ALEX,
    AMIRA,
    COUNCIL,
    DIRECTORY,
    GRACE,
    JOEL,
    MIRIAM,
    SAM,
    TOM,
    vacated,
)
from tests.rightly import WAITED_FOR
from tests.worlds import (
    AT_STAGE,
    a_retiming,
    acknowledged,
    agreed,
    an_action,
    called,
    referred,
    words,
)

FRIDAY = "Fri 4 Dec 2026 12:00"
OPEN = [stage for stage in Stage if stage is not Stage.CLOSED]


@pytest.mark.parametrize("stage", OPEN)
def test_the_clock_each_stage_waits_for_can_be_moved(stage: Stage) -> None:
    world = AT_STAGE[stage](RULES)
    before = world.concern
    world.hear(a_retiming(WAITED_FOR[stage], FRIDAY))

    clock = world.concern.clock(WAITED_FOR[stage])
    assert clock is not None
    assert wall(clock.due) == FRIDAY
    assert (world.stage, world.concern.turn) == (before.stage, before.turn)


def test_so_can_the_acknowledgement_the_ask_window_and_the_raisers_own_choice() -> None:
    sooner = called().hear(a_retiming(ClockKind.ACKNOWLEDGE, "Mon 30 Nov 2026 16:00"))
    asking = called(ASKING).until("Tue 1 Dec 2026 17:00").hear(a_retiming(ClockKind.ASK, FRIDAY))
    choosing = referred().until("Tue 1 Dec 2026 17:00").hear(a_retiming(ClockKind.REFERRAL_ASK, FRIDAY))

    assert wall(sooner.concern.due) == "Mon 30 Nov 2026 16:00"
    assert asking.until("Fri 4 Dec 2026 11:59").tiers() == [1]
    assert asking.until(FRIDAY).tiers() == [1, 2]
    assert choosing.until(FRIDAY).tiers() == [1]


def test_reminders_actions_and_objections_are_nobodys_to_move() -> None:
    assert not MOVABLE & {ClockKind.REMIND, ClockKind.ACTION, ClockKind.OBJECTION}
    world = agreed().hear(an_action())

    for kind in (ClockKind.REMIND, ClockKind.ACTION, ClockKind.OBJECTION, ClockKind.ANSWER):
        assert "does not run" in world.refusal(a_retiming(kind, FRIDAY))


def test_the_record_says_when_it_was_due_before_and_why_it_moved() -> None:
    event = called().hear(a_retiming(ClockKind.ANSWER, FRIDAY)).last(e.Retimed)

    assert (wall(event.was), wall(event.due), event.by) == ("Tue 1 Dec 2026 17:00", FRIDAY, SAM)
    assert event.words.text("reason")


def test_a_reason_is_given() -> None:
    unexplained = replace(a_retiming(ClockKind.ANSWER, FRIDAY), words=words())

    assert "reason" in called().refusal(unexplained)


@pytest.mark.parametrize("by", [AMIRA, JOEL, TOM, GRACE, MIRIAM, ALEX])
def test_only_the_coordinator_moves_it(by: PersonId) -> None:
    assert "coordinator" in called().refusal(a_retiming(ClockKind.ANSWER, FRIDAY, by=by))


def test_so_does_whoever_stands_in_for_the_coordinator() -> None:
    covered = DIRECTORY.covered((Cover(SAM, MONDAY, london(FRIDAY), MIRIAM),))

    world = called(ruled(directory=covered)).hear(a_retiming(ClockKind.ANSWER, FRIDAY, by=MIRIAM))

    assert world.last(e.Retimed).by == MIRIAM


@pytest.mark.parametrize("due", ["Mon 30 Nov 2026 10:00", "Fri 27 Nov 2026 12:00", "Mon 6 Dec 2027 12:00"])
def test_it_moves_to_a_time_still_to_come_within_a_year(due: str) -> None:
    assert "still to come" in called().refusal(a_retiming(ClockKind.ANSWER, due))


def test_the_same_time_again_is_no_move() -> None:
    assert "already" in called().refusal(a_retiming(ClockKind.ANSWER, "Tue 1 Dec 2026 17:00"))


# ---- an acknowledgement never after its answer -----------------------------------------------------


def test_an_acknowledgement_is_never_due_after_the_answer() -> None:
    late = a_retiming(ClockKind.ACKNOWLEDGE, "Tue 1 Dec 2026 17:01")

    assert "after the answer" in called().refusal(late)
    world = called().hear(a_retiming(ClockKind.ACKNOWLEDGE, "Tue 1 Dec 2026 17:00"))
    assert wall(world.last(e.Retimed).due) == "Tue 1 Dec 2026 17:00"


def test_an_answer_moved_forward_takes_the_acknowledgement_with_it() -> None:
    world = called().hear(a_retiming(ClockKind.ANSWER, "Mon 30 Nov 2026 12:00"))

    assert world.concern.call is not None
    assert {clock.due for clock in world.concern.clocks} == {london("Mon 30 Nov 2026 12:00")}
    assert wall(world.concern.call.acknowledge_due) == "Mon 30 Nov 2026 12:00"
    assert [type(event) for event in world.until("Mon 30 Nov 2026 12:00").events[3:5]] == [
        e.AcknowledgementLapsed,
        e.Lapsed,
    ]


def test_reminders_that_would_come_after_the_new_due_fall_away() -> None:
    world = called().hear(a_retiming(ClockKind.ANSWER, "Tue 1 Dec 2026 12:00"))
    kept = [clock for clock in world.concern.clocks if clock.kind is ClockKind.REMIND]

    assert [wall(clock.due) for clock in kept] == ["Tue 1 Dec 2026 09:30"]


def test_an_acknowledgement_handed_back_comes_due_as_it_was_moved() -> None:
    world = called().hear(a_retiming(ClockKind.ACKNOWLEDGE, "Mon 30 Nov 2026 16:00"))
    world.hear(c.Acknowledge(by=TOM), c.Release(by=TOM))

    assert wall(world.concern.due) == "Mon 30 Nov 2026 16:00"


# ---- what then happens -----------------------------------------------------------------------------


def test_the_lapse_comes_at_the_new_time_and_not_at_the_old() -> None:
    world = acknowledged().hear(a_retiming(ClockKind.ANSWER, FRIDAY))

    assert world.until("Fri 4 Dec 2026 11:59").tiers() == [1]
    assert world.until(FRIDAY).tiers() == [1, 2]


def test_at_the_top_the_repeat_comes_at_the_new_time_and_then_steps_on_as_ever() -> None:
    world = called().until("Fri 4 Dec 2026 17:00").hear(a_retiming(ClockKind.ANSWER, "Wed 9 Dec 2026 12:00"))
    world.until("Thu 10 Dec 2026 17:00")

    assert [wall(event.at) for event in world.all(e.CalledAgain)] == [
        "Fri 4 Dec 2026 17:00",
        "Wed 9 Dec 2026 12:00",
        "Thu 10 Dec 2026 17:00",
    ]


def test_both_sides_are_told_that_a_window_has_moved() -> None:
    world = called().hear(a_retiming(ClockKind.ANSWER, FRIDAY))

    assert {"riverside-council", AMIRA} <= set(world.told(NoticeKind.RETIMED))


def test_a_closed_concern_has_nothing_to_move() -> None:
    assert "closed" in AT_STAGE[Stage.CLOSED](RULES).refusal(a_retiming(ClockKind.ANSWER, FRIDAY))


# ---- frozen otherwise ------------------------------------------------------------------------------

SHUT = replace(CALENDAR, days_off={(MONDAY + timedelta(days=n)).date(): "Shutdown" for n in range(30)})
SLOW = replace(
    DAILY, tiers=tuple(replace(t, answer=window("3 weeks"), acknowledge=None) for t in DAILY.tiers)
)
CHANGED = {
    "pathway": ruled(SLOW),
    "calendar": ruled(calendar=SHUT),
    "directory": ruled(directory=vacated(DIRECTORY, COUNCIL, "practitioner", "manager")),
    "hours of an agency": ruled(
        directory=replace(DIRECTORY, agencies=tuple(replace(a, hours=()) for a in DIRECTORY.agencies))
    ),
}


@pytest.mark.parametrize("stage", OPEN)
@pytest.mark.parametrize("rules", CHANGED.values(), ids=CHANGED)
def test_no_other_change_moves_a_running_window(stage: Stage, rules: Rules) -> None:
    world = AT_STAGE[stage](RULES)
    before = world.concern
    world.rules = rules
    assert decide(before, c.Lapse(), world.now, rules) == ()
    world.hear(c.AddNote(by=AMIRA, words=words(text="Seen today.")))

    assert world.concern.clocks == before.clocks
    assert before.due is not None
    lapsed = world.until(before.due).events[-1]
    assert lapsed.at == before.due


@pytest.mark.parametrize("rules", CHANGED.values(), ids=CHANGED)
def test_an_acknowledgement_and_its_release_move_nothing_either(rules: Rules) -> None:
    world = called()
    before = world.concern.clocks
    world.rules = replace(rules, directory=DIRECTORY)

    assert world.hear(c.Acknowledge(by=TOM), c.Release(by=TOM)).concern.clocks == before


def test_the_next_window_to_open_goes_by_the_calendar_of_its_day() -> None:
    world = called()
    world.rules = CHANGED["calendar"]

    assert wall(world.until("Tue 1 Dec 2026 17:00").last(e.Called).due) == "Thu 31 Dec 2026 17:00"

"""Moving up: by the clock, by asking first, or because the raiser or a manager chooses to."""

import pytest

from concerns import commands as c
from concerns import events as e
from concerns.model import ClockKind, Stage, Why
from concerns.notice import NoticeKind
from concerns.people import PersonId
from tests.ladders import ASKING, ruled, wall
from tests.partnership import (
    AMIRA,
    BEN,
    COUNCIL,
    DIRECTORY,
    GRACE,
    JOEL,
    NADIA,
    PRIYA,
    RUTH,
    TOM,
    vacated,
)
from tests.worlds import World, acknowledged, an_answer, answered, called


def lapsed_and_asking() -> World:
    """Tier 1's answer is late; the ask window of four working hours runs."""
    return called(ASKING).until("Tue 1 Dec 2026 17:00")


def test_when_nobody_answers_in_time_the_next_tier_is_called_on_both_sides() -> None:
    world = called().until("Tue 1 Dec 2026 17:00")

    assert world.tiers() == [1, 2]
    assert wall(world.last(e.Called).due) == "Wed 2 Dec 2026 17:00"
    assert GRACE in world.told(NoticeKind.CALLED)
    assert JOEL in world.told(NoticeKind.RAISING_TOLD)


def test_a_tier_that_acknowledged_but_did_not_answer_is_passed_all_the_same() -> None:
    assert acknowledged().until("Tue 1 Dec 2026 17:00").tiers() == [1, 2]


def test_the_new_tier_starts_unacknowledged() -> None:
    world = acknowledged().until("Tue 1 Dec 2026 17:00")

    assert world.concern.acknowledged_by is None
    assert wall(world.last(e.Called).acknowledge_due) == "Wed 2 Dec 2026 13:00"


# ---- asking first ----------------------------------------------------------------------------------


def test_where_the_pathway_asks_first_the_next_tier_is_pinged_and_the_raising_manager_asked() -> None:
    world = lapsed_and_asking()

    assert world.tiers() == [1]
    assert {AMIRA, JOEL} <= set(world.told(NoticeKind.LAPSED_ASK))
    channel = world.notice(NoticeKind.LAPSED_ASK, "council-escalations")
    assert [seat.role for seat in channel.mentions] == ["manager"]
    assert wall(channel.due) == "Wed 2 Dec 2026 13:00"


def test_when_the_ask_window_ends_it_moves_up_by_itself() -> None:
    world = lapsed_and_asking().until("Wed 2 Dec 2026 13:00")

    assert world.tiers() == [1, 2]
    assert world.last(e.Called).why is Why.NO_ANSWER_IN_TIME
    assert wall(world.last(e.Called).due) == "Thu 3 Dec 2026 17:00"


@pytest.mark.parametrize("by", [AMIRA, JOEL, PRIYA])
def test_the_raiser_or_the_manager_asked_may_move_it_up_at_once(by: PersonId) -> None:
    world = lapsed_and_asking().hear(c.Escalate(by=by))

    assert world.tiers() == [1, 2]
    assert world.last(e.Called).why is Why.CHOICE


def test_the_manager_has_no_say_before_being_asked_and_nobody_uninvolved_ever_has() -> None:
    assert called(ASKING).refusal(c.Escalate(by=JOEL))
    assert lapsed_and_asking().refusal(c.Escalate(by=BEN))


def test_an_answer_while_asking_still_stops_it() -> None:
    world = lapsed_and_asking().hear(an_answer())

    assert world.until("Wed 9 Dec 2026 17:00").tiers() == [1]
    assert world.stage is Stage.ANSWERED


def test_an_acknowledgement_while_asking_stops_nothing() -> None:
    world = lapsed_and_asking().hear(c.Acknowledge(by=TOM)).until("Wed 2 Dec 2026 13:00")

    assert world.tiers() == [1, 2]


def test_reminders_stop_once_the_answer_is_late() -> None:
    world = lapsed_and_asking()

    assert [clock.kind for clock in world.concern.clocks] == [ClockKind.ASK]


def test_the_top_tier_is_called_again_without_asking_anybody() -> None:
    world = called(ASKING).until("Wed 9 Dec 2026 17:00")

    assert world.tiers() == [1, 2, 3, 4]
    assert world.all(e.CalledAgain)


# ---- choosing to -----------------------------------------------------------------------------------


def test_the_raiser_may_escalate_before_the_clock_does() -> None:
    world = called().hear(c.Escalate(by=AMIRA))

    assert world.tiers() == [1, 2]
    assert world.last(e.Called).why is Why.CHOICE
    assert wall(world.last(e.Called).due) == "Tue 1 Dec 2026 17:00"


@pytest.mark.parametrize("by", [AMIRA, JOEL, PRIYA])
def test_the_raising_seat_of_the_tier_called_may_escalate(by: PersonId) -> None:
    world = called().until("Tue 1 Dec 2026 17:00").hear(c.Escalate(by=by))

    assert world.tiers() == [1, 2, 3]


@pytest.mark.parametrize("by", [TOM, GRACE, NADIA, BEN, RUTH])
def test_nobody_else_may_escalate(by: PersonId) -> None:
    assert "raising side" in called().refusal(c.Escalate(by=by))


@pytest.mark.parametrize("why", [Why.NO_ANSWER_IN_TIME, Why.ANSWER_NOT_SUFFICIENT])
def test_a_person_cannot_give_the_clocks_reason_or_the_disputes(why: Why) -> None:
    assert "Say why it moves up" in called().refusal(c.Escalate(by=AMIRA, why=why))


def test_an_answered_concern_is_disputed_not_escalated() -> None:
    assert "dispute it" in answered().refusal(c.Escalate(by=AMIRA))


def test_there_is_nothing_above_the_top_tier() -> None:
    world = called().until("Thu 3 Dec 2026 17:00")

    assert "top of the ladder" in world.refusal(c.Escalate(by=AMIRA))


def test_escalating_passes_over_a_tier_nobody_sits_in() -> None:
    world = called(ruled(directory=vacated(DIRECTORY, COUNCIL, "manager"))).hear(c.Escalate(by=AMIRA))

    assert world.tiers() == [1, 3]
    assert world.last(e.Skipped).by == AMIRA


def test_a_manager_who_was_asked_does_not_speak_for_a_tier_that_seats_another() -> None:
    world = lapsed_and_asking().hear(c.Escalate(by=JOEL), c.Escalate(by=JOEL))

    assert world.tiers() == [1, 2, 3]
    assert "raising side" in world.refusal(c.Escalate(by=JOEL))
    assert world.hear(c.Escalate(by=RUTH)).tiers() == [1, 2, 3, 4]

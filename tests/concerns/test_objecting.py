"""Accepted by a manager: the raiser is told, and may object until the window ends; silence lets it stand."""

from dataclasses import replace

import pytest

from concerns import commands as c
from concerns import events as e
from concerns.model import ClockKind, Ending, Safer, Stage, Why
from concerns.notice import NoticeKind
from concerns.people import Cover, PersonId
from tests.ladders import MONDAY, RULES, london, ruled, wall
from tests.partnership import AMIRA, BEN, DIRECTORY, GRACE, JOEL, PRIYA, SAM, TOM
from tests.worlds import World, a_check, a_dispute, agreed, an_answer, called, words
from views.pings import render

RESERVED = c.Accept(by=JOEL, reservation=True, words=words(reservation="Only until the review."))


def accepted_by(by: PersonId = JOEL) -> World:
    """Tier 2's answer accepted, Tuesday 17:00."""
    return called().until("Tue 1 Dec 2026 17:00").hear(an_answer(GRACE), c.Accept(by=by))


def test_the_raiser_is_told_privately_and_until_when_they_may_object() -> None:
    world = accepted_by()
    said = render(world.notice(NoticeKind.ACCEPTED, AMIRA), world.concern, world.rules)

    assert wall(world.last(e.Accepted).objection_due) == "Thu 3 Dec 2026 17:00"
    assert any("object by Thu 3 Dec at 17:00" in line for line in said.lines)
    assert "dispute" in [button.command for button in said.buttons]


def test_a_reservation_leaves_the_raiser_the_same_time() -> None:
    world = called().until("Tue 1 Dec 2026 17:00").hear(an_answer(GRACE), RESERVED)

    assert world.concern.clock(ClockKind.OBJECTION) is not None


def test_an_objection_calls_the_next_tier_because_the_answer_was_not_enough() -> None:
    world = accepted_by().until("Thu 3 Dec 2026 16:59").hear(a_dispute(AMIRA))

    assert world.tiers() == [1, 2, 3]
    assert world.last(e.Called).why is Why.ANSWER_NOT_SUFFICIENT
    assert world.concern.outcome is None


def test_an_objection_says_what_is_missing() -> None:
    assert "still missing" in accepted_by().refusal(c.Dispute(by=AMIRA))


@pytest.mark.parametrize("by", [JOEL, PRIYA])
def test_whoever_accepted_and_their_deputies_cannot_object(by: PersonId) -> None:
    assert "reopen" in accepted_by().refusal(a_dispute(by))


@pytest.mark.parametrize("by", [BEN, TOM, GRACE, SAM])
def test_neither_can_anybody_else(by: PersonId) -> None:
    assert "raising side" in accepted_by().refusal(a_dispute(by))


def test_when_nobody_objects_the_acceptance_stands_and_the_check_is_owed() -> None:
    world = accepted_by().until("Thu 3 Dec 2026 17:00")

    assert world.last(e.ObjectionLapsed).by is None
    assert world.stage is Stage.AGREED
    assert [clock.kind for clock in world.concern.clocks] == [ClockKind.FOLLOW_UP]
    assert "reopen" in world.refusal(a_dispute(AMIRA))


def test_a_raiser_who_accepted_themselves_has_nothing_to_object_to() -> None:
    for world in (agreed(), accepted_by(AMIRA)):
        assert world.concern.clock(ClockKind.OBJECTION) is None
        assert "reopen" in world.refusal(a_dispute(AMIRA))


def test_neither_has_one_whose_cover_accepted_for_them() -> None:
    covered = DIRECTORY.covered((Cover(AMIRA, MONDAY, london("Fri 4 Dec 2026 17:00"), BEN),))
    world = called(ruled(directory=covered)).hear(an_answer(), c.Accept(by=BEN))

    assert world.last(e.Accepted).objection_due is None


def test_a_concern_whose_raiser_has_left_waits_for_no_objection() -> None:
    world = called().until("Tue 1 Dec 2026 17:00").hear(an_answer(GRACE))
    left = replace(DIRECTORY, people=tuple(p for p in DIRECTORY.people if p.id != AMIRA))
    world.rules = ruled(directory=left)

    assert world.hear(c.Accept(by=JOEL)).concern.clock(ClockKind.OBJECTION) is None


@pytest.mark.parametrize("safer", [Safer.YES, Safer.PARTLY])
def test_nobody_else_closes_it_while_the_raiser_may_still_object(safer: Safer) -> None:
    world = accepted_by()

    assert "object" in world.refusal(a_check(by=JOEL, safer=safer))
    assert world.stage is Stage.AGREED


def test_a_raiser_who_makes_the_check_has_said_enough() -> None:
    assert accepted_by().hear(a_check(by=AMIRA)).concern.ending is Ending.CHECKED


def test_once_the_time_to_object_is_over_the_manager_may_close_it() -> None:
    world = accepted_by().until("Thu 3 Dec 2026 17:00").hear(a_check(by=JOEL))

    assert world.stage is Stage.CLOSED


def test_a_check_that_closes_nothing_leaves_the_raiser_their_time() -> None:
    world = accepted_by().hear(a_check(by=JOEL, safer=Safer.NO))

    assert world.concern.clock(ClockKind.OBJECTION) is not None


def test_the_follow_up_date_does_not_wait_for_the_objection() -> None:
    assert accepted_by().last(e.Accepted).follow_up_due == RULES.calendar.end_of(
        RULES.pathway.follow_up, london("Tue 1 Dec 2026 17:00")
    )

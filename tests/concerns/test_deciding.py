"""The top of the ladder decides: who may, when, and what follows; nobody is said to be right."""

from datetime import date

import pytest

from concerns import commands as c
from concerns import events as e
from concerns.model import ClockKind, Outcome, Stage
from concerns.notice import NoticeKind
from concerns.people import PersonId
from tests.ladders import CONVENED, ruled, wall
from tests.partnership import (
    ALEX,
    AMIRA,
    COUNCIL,
    DIRECTORY,
    GRACE,
    HELEN,
    JOEL,
    LENA,
    MIRIAM,
    SAM,
    TOM,
    VICTOR,
    vacated,
    without_channels,
)
from tests.worlds import World, a_decision, a_dispute, an_action, an_answer, answered, called, words

EMPTY = vacated(DIRECTORY, COUNCIL, "practitioner", "manager", "senior_manager", "director")


def at_the_top() -> World:
    """Tier 4 of 4 called with the chair, Thursday 17:00."""
    return called().until("Thu 3 Dec 2026 17:00")


@pytest.mark.parametrize("by", [VICTOR, MIRIAM])
def test_the_seat_called_at_the_top_or_the_convener_decides_and_it_is_agreed(by: PersonId) -> None:
    world = at_the_top().hear(a_decision(by))

    assert world.stage is Stage.AGREED
    assert world.concern.outcome is Outcome.DECIDED
    assert [clock.kind for clock in world.concern.clocks] == [ClockKind.FOLLOW_UP]
    assert wall(world.concern.due) == "Thu 17 Dec 2026 17:00"


@pytest.mark.parametrize("by", [AMIRA, HELEN, JOEL, GRACE, SAM, ALEX])
def test_nobody_else_decides(by: PersonId) -> None:
    assert "convener" in at_the_top().refusal(a_decision(by))


@pytest.mark.parametrize("until", ["Mon 30 Nov 2026 10:00", "Tue 1 Dec 2026 17:00", "Wed 2 Dec 2026 17:00"])
def test_below_the_top_there_is_nothing_to_decide_only_to_answer(until: str) -> None:
    world = called().until(until)
    called_seat = world.rules.directory.holders(world.last(e.Called).challenged)[0]

    assert "answer" in world.refusal(a_decision(called_seat))


def test_dissent_stands_on_record_beside_the_decision() -> None:
    world = at_the_top().hear(a_decision(dissent="Riverside would have opened an enquiry."))

    assert world.concern.outcome is Outcome.DECIDED_WITH_DISSENT
    assert world.last(e.Decided).words.text("dissent").startswith("Riverside")


def test_a_decision_says_what_was_decided_and_why() -> None:
    assert "decided" in at_the_top().refusal(c.Decide(by=VICTOR, words=words(reasons="Both were heard.")))
    assert "reasons" in at_the_top().refusal(c.Decide(by=VICTOR, words=words(decision="A review.")))


def test_an_answer_that_was_given_waits_for_the_raising_side_and_only_the_convener_may_decide_instead() -> (
    None
):
    world = at_the_top().hear(an_answer(VICTOR))
    assert "raising side" in world.refusal(a_decision(VICTOR))

    assert world.hear(a_decision(MIRIAM)).stage is Stage.AGREED


def test_the_convener_decides_after_a_dispute_at_the_top_too() -> None:
    world = at_the_top().hear(an_answer(VICTOR), a_dispute(HELEN), a_decision(MIRIAM))

    assert world.stage is Stage.AGREED


def test_the_coordinator_called_because_every_seat_is_empty_decides_as_the_top() -> None:
    assert called(ruled(directory=EMPTY)).hear(a_decision(SAM)).stage is Stage.AGREED


def test_the_coordinator_called_for_a_seat_brings_both_sides_together_and_decides_after_an_answer_too() -> (
    None
):
    world = called(ruled(directory=EMPTY)).hear(an_answer(SAM), a_decision(SAM))

    assert world.stage is Stage.AGREED


def test_both_sides_are_told_and_whoever_decided_is_not_told_their_own_words() -> None:
    world = at_the_top().hear(a_decision(MIRIAM))

    assert {"riverside-council", AMIRA, HELEN} <= set(world.told(NoticeKind.DECIDED))
    assert MIRIAM not in world.told(NoticeKind.DECIDED)


def test_a_seat_without_a_channel_is_told_privately() -> None:
    world = called(ruled(directory=without_channels(DIRECTORY, COUNCIL))).until("Thu 3 Dec 2026 17:00")

    assert VICTOR in world.hear(a_decision(MIRIAM)).told(NoticeKind.DECIDED)


def test_a_decision_settles_it_and_the_raising_side_can_reopen_but_not_dispute() -> None:
    world = at_the_top().hear(a_decision())
    assert "reopen" in world.refusal(a_dispute(AMIRA))

    world.hear(c.Reopen(by=AMIRA, words=words(reason="She is no safer.")))

    assert world.tiers() == [1, 2, 3, 4, 4]


def test_a_decision_at_the_only_tier_of_a_short_ladder_is_one_at_the_top() -> None:
    for by in (TOM, LENA, MIRIAM):
        assert called(CONVENED).hear(a_decision(by)).stage is Stage.AGREED
    assert "raising side" in answered(CONVENED).refusal(a_decision(TOM))


def test_what_was_promised_before_is_owed_after_the_decision() -> None:
    world = at_the_top().hear(an_action(due=date(2026, 12, 7)), a_decision())

    assert world.concern.clock(ClockKind.ACTION) is not None

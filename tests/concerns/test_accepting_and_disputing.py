"""The raising side decides when it is over: accepting, disputing, and what happens when it says neither."""

from dataclasses import replace

import pytest

from concerns import commands as c
from concerns import events as e
from concerns.authority import may_read
from concerns.model import Ending, Stage, Why
from concerns.notice import NoticeKind
from concerns.people import PersonId
from tests.ladders import DAILY, ruled, wall
from tests.partnership import (
    AMIRA,
    BEN,
    DIRECTORY,
    ELSEWHERE,
    GRACE,
    JOEL,
    PRIYA,
    RIVERSIDE,
    RUTH,
    SAM,
    TOM,
    vacated,
)
from tests.worlds import World, a_dispute, agreed, an_answer, answered, called, words


def answered_at_tier_2() -> World:
    return called().until("Tue 1 Dec 2026 17:00").hear(an_answer(GRACE))


# ---- accepting -------------------------------------------------------------------------------------


def test_accepting_agrees_it_and_a_check_is_owed() -> None:
    world = agreed()

    assert world.stage is Stage.AGREED
    assert wall(world.concern.due) == "Mon 14 Dec 2026 17:00"


def test_accepting_with_a_reservation_puts_the_reservation_on_record() -> None:
    world = answered()
    assert "reservation" in world.refusal(c.Accept(by=AMIRA, reservation=True))

    world.hear(c.Accept(by=AMIRA, reservation=True, words=words(reservation="Only until the review.")))

    assert world.concern.reservation


def test_at_tier_1_only_the_raiser_accepts() -> None:
    for by in (JOEL, BEN, TOM, SAM):
        assert answered().refusal(c.Accept(by=by))


@pytest.mark.parametrize("by", [AMIRA, JOEL, PRIYA])
def test_higher_up_the_raiser_or_the_raising_seat_accepts(by: PersonId) -> None:
    assert answered_at_tier_2().hear(c.Accept(by=by)).stage is Stage.AGREED


def test_when_somebody_else_accepts_the_raiser_is_told_and_can_take_it_up_again() -> None:
    world = answered_at_tier_2().hear(c.Accept(by=JOEL))
    assert AMIRA in world.told(NoticeKind.ACCEPTED)

    world.hear(c.Reopen(by=AMIRA, words=words(reason="I do not accept this.")))

    assert world.tiers() == [1, 2, 2]


def test_the_raiser_is_not_told_of_their_own_acceptance() -> None:
    assert AMIRA not in agreed().told(NoticeKind.ACCEPTED)


def test_the_called_side_is_told_its_answer_was_accepted_even_without_a_channel() -> None:
    assert TOM in agreed(ruled(directory=ELSEWHERE)).told(NoticeKind.ACCEPTED)


# ---- disputing -------------------------------------------------------------------------------------


def test_disputing_calls_the_next_tier_because_the_answer_was_not_enough() -> None:
    world = answered().hear(a_dispute())

    assert world.tiers() == [1, 2]
    assert world.last(e.Called).why is Why.ANSWER_NOT_SUFFICIENT
    assert world.stage is Stage.CALLED


def test_a_dispute_says_what_is_missing() -> None:
    assert "still missing" in answered().refusal(c.Dispute(by=AMIRA))


def test_disputing_the_top_tier_calls_the_top_tier_once_more() -> None:
    world = called().until("Thu 3 Dec 2026 17:00").hear(an_answer(PersonId("victor")), a_dispute())

    assert world.tiers() == [1, 2, 3, 4, 4]


def test_the_called_side_cannot_dispute_accept_or_withdraw() -> None:
    world = answered()

    for command in (a_dispute(TOM), c.Accept(by=TOM), c.Withdraw(by=TOM, words=words(reason="Done."))):
        assert "raising side" in world.refusal(command)


# ---- saying neither --------------------------------------------------------------------------------


def test_first_the_raiser_is_asked_again() -> None:
    world = answered().until("Wed 2 Dec 2026 17:00")

    assert world.told(NoticeKind.ACCEPTANCE_DUE) == [AMIRA]


def test_then_the_raising_manager_is_called() -> None:
    world = answered().until("Fri 4 Dec 2026 17:00")

    assert JOEL in world.told(NoticeKind.ACCEPTANCE_DUE)
    assert SAM not in world.told(NoticeKind.ACCEPTANCE_DUE)


@pytest.mark.parametrize("day", ["Tue 8 Dec", "Thu 10 Dec", "Mon 14 Dec"])
def test_then_raiser_manager_and_coordinator_every_acceptance_window(day: str) -> None:
    world = answered().until(f"{day} 2026 17:00")

    assert world.told(NoticeKind.ACCEPTANCE_DUE) == [AMIRA, JOEL, SAM]


@pytest.mark.parametrize("by", [JOEL, PRIYA])
def test_a_raising_manager_called_on_may_read_and_speak_for_the_side(by: PersonId) -> None:
    world = answered().until("Wed 2 Dec 2026 17:00")
    assert world.refusal(c.Accept(by=by))

    world.until("Fri 4 Dec 2026 17:00")

    assert may_read(by, world.concern, DIRECTORY)
    assert world.hear(c.Accept(by=by)).stage is Stage.AGREED


def test_a_raising_manager_called_on_may_also_dispute() -> None:
    assert answered().until("Fri 4 Dec 2026 17:00").hear(a_dispute(JOEL)).tiers() == [1, 2]


def test_higher_up_the_raising_seat_of_the_tier_is_asked_with_the_raiser() -> None:
    asked = answered_at_tier_2().until("Mon 7 Dec 2026 17:00")

    assert asked.concern.asked_again == 2
    assert asked.told(NoticeKind.ACCEPTANCE_DUE) == [JOEL]


def test_with_nobody_in_the_managers_seat_the_raiser_is_asked_instead() -> None:
    empty = ruled(directory=vacated(DIRECTORY, RIVERSIDE, "manager"))
    world = answered(empty).until("Fri 4 Dec 2026 17:00")

    assert world.told(NoticeKind.ACCEPTANCE_DUE) == [AMIRA]


def test_silence_never_settles_an_answer() -> None:
    world = answered().until("Tue 1 Jun 2027 17:00")

    assert world.stage is Stage.ANSWERED
    assert world.concern.due is not None


def test_a_ladder_of_one_tier_has_no_manager_to_turn_to_and_still_asks() -> None:
    short = ruled(replace(DAILY, tiers=DAILY.tiers[:1], urgent=None))
    world = answered(short).until("Fri 4 Dec 2026 17:00")

    assert world.told(NoticeKind.ACCEPTANCE_DUE) == [AMIRA]


# ---- withdrawing -----------------------------------------------------------------------------------


def test_the_raising_side_may_withdraw_with_a_reason() -> None:
    world = called()
    assert "reason" in world.refusal(c.Withdraw(by=AMIRA))

    world.hear(c.Withdraw(by=AMIRA, words=words(reason="Settled on the phone.")))

    assert world.concern.ending is Ending.WITHDRAWN
    assert world.concern.due is None
    assert "council-escalations" in world.told(NoticeKind.CLOSED)


def test_when_somebody_else_withdraws_it_the_raiser_is_told() -> None:
    world = called().until("Tue 1 Dec 2026 17:00")
    world.hear(c.Withdraw(by=JOEL, words=words(reason="Settled between managers.")))

    assert AMIRA in world.told(NoticeKind.CLOSED)
    assert world.refusal(c.Accept(by=RUTH))

"""After agreement: the check that the person is safer, the ticks before closing, and taking it up again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from concerns import commands as c
from concerns import events as e
from concerns.model import Ending, Ground, Safer, Stage, Why
from concerns.notice import NoticeKind
from concerns.people import AgencyId, PersonId
from tests.ladders import wall
from tests.partnership import AMIRA, BEN, COUNCIL, GRACE, JOEL, RIVERSIDE, SAM, TOM
from tests.worlds import World, a_check, a_concern, agreed, an_answer, called, closed, referred, words

AGAIN = c.Reopen(by=AMIRA, words=words(reason="The visits have stopped again."))


def settled_at_tier_2() -> World:
    """Tier 2's answer accepted, Tuesday 17:00."""
    return called().until("Tue 1 Dec 2026 17:00").hear(an_answer(GRACE), c.Accept(by=AMIRA))


# ---- the check -------------------------------------------------------------------------------------


@pytest.mark.parametrize("safer", [Safer.YES, Safer.PARTLY])
def test_safer_or_partly_closes_it(safer: Safer) -> None:
    world = agreed().hear(a_check(safer=safer))

    assert world.stage is Stage.CLOSED
    assert world.concern.ending is Ending.CHECKED
    assert world.concern.due is None


@pytest.mark.parametrize(
    ("copies", "names"),
    [((), "Riverside Home Care"), ((RIVERSIDE,), "Northshire Council"), ((COUNCIL,), "Riverside Home Care")],
)
def test_before_it_closes_each_agencys_own_record_has_a_copy(
    copies: tuple[AgencyId, ...], names: str
) -> None:
    unticked = replace(a_check(), records_copied=copies)

    assert names in agreed().refusal(unticked)


def test_too_early_sets_a_new_date_and_counts_as_looked_at() -> None:
    world = agreed().until("Wed 16 Dec 2026 10:00")
    world.hear(a_check(safer=Safer.TOO_EARLY, again_on=date(2027, 1, 4)))

    assert world.stage is Stage.AGREED
    assert wall(world.concern.due) == "Mon 4 Jan 2027 17:00"
    assert world.concern.asked_again == 0


def test_a_new_date_on_a_day_nobody_works_is_the_next_working_day() -> None:
    world = agreed().hear(a_check(safer=Safer.TOO_EARLY, again_on=date(2026, 12, 26)))

    assert wall(world.concern.due) == "Tue 29 Dec 2026 09:00"


@pytest.mark.parametrize(
    "day", [None, date(2026, 11, 30), date(2026, 11, 29), date(1990, 1, 1), date(2027, 12, 2), date.max]
)
def test_the_new_date_lies_ahead_and_within_a_year(day: date | None) -> None:
    assert "within a year" in agreed().refusal(a_check(safer=Safer.TOO_EARLY, again_on=day))


def test_not_safer_keeps_it_open_and_asks_again_the_next_working_day() -> None:
    world = agreed().hear(a_check(safer=Safer.NO))

    assert world.stage is Stage.AGREED
    assert wall(world.concern.due) == "Tue 1 Dec 2026 17:00"
    assert world.hear(AGAIN).tiers() == [1, 1]


def test_a_late_check_is_asked_for_every_working_day() -> None:
    world = agreed().until("Thu 17 Dec 2026 17:00")

    assert [wall(event.at) for event in world.all(e.FollowUpLapsed)] == [
        "Mon 14 Dec 2026 17:00",
        "Tue 15 Dec 2026 17:00",
        "Wed 16 Dec 2026 17:00",
        "Thu 17 Dec 2026 17:00",
    ]


def test_the_coordinator_hears_of_a_late_check_from_the_second_time() -> None:
    world = agreed().until("Mon 14 Dec 2026 17:00")
    assert world.told(NoticeKind.CHECK_DUE) == [AMIRA]

    assert world.until("Tue 15 Dec 2026 17:00").told(NoticeKind.CHECK_DUE) == [AMIRA, SAM]


def test_how_often_an_answer_was_asked_about_does_not_count_towards_the_check() -> None:
    world = called().hear(an_answer()).until("Fri 4 Dec 2026 17:00").hear(c.Accept(by=AMIRA))

    assert world.until("Fri 18 Dec 2026 17:00").told(NoticeKind.CHECK_DUE) == [AMIRA]


def test_the_seat_that_settled_it_may_make_the_check_and_the_raiser_is_told() -> None:
    world = settled_at_tier_2().hear(a_check(JOEL))

    assert AMIRA in world.told(NoticeKind.CLOSED)


@pytest.mark.parametrize("by", [TOM, GRACE, BEN, SAM])
def test_nobody_else_makes_the_check_or_reopens(by: PersonId) -> None:
    assert "raising side" in agreed().refusal(a_check(by))
    assert "raising side" in closed().refusal(replace(AGAIN, by=by))


def test_the_board_hears_of_the_close_where_the_pathway_says_so() -> None:
    assert "board" not in agreed().told(NoticeKind.ACCEPTED)
    assert "board" in closed().told(NoticeKind.CLOSED)


# ---- taking it up again ----------------------------------------------------------------------------


@pytest.mark.parametrize("settled", [agreed, closed])
def test_reopening_calls_again_the_tier_that_settled_it_with_windows_from_now(
    settled: Callable[[], World],
) -> None:
    world = settled().until("Thu 3 Dec 2026 10:00").hear(AGAIN)

    assert world.tiers() == [1, 1]
    assert world.stage is Stage.CALLED
    assert wall(world.last(e.Called).due) == "Fri 4 Dec 2026 17:00"
    assert world.last(e.Called).why is Why.CHOICE


def test_reopening_starts_from_the_tier_reached_not_from_the_bottom() -> None:
    assert settled_at_tier_2().hear(AGAIN).tiers() == [1, 2, 2]


def test_reopening_keeps_the_whole_history() -> None:
    before = closed().events
    world = closed().hear(AGAIN)

    assert world.events[: len(before)] == before
    assert world.concern.ending is None
    assert world.concern.outcome is None


def test_reopening_asks_for_the_reason() -> None:
    assert "reason" in closed().refusal(c.Reopen(by=AMIRA))


def test_a_referral_that_was_closed_opens_at_tier_1() -> None:
    world = referred().hear(c.Respond(by=AMIRA, satisfied=True))

    assert world.hear(replace(AGAIN, grounds=(Ground.CLOSURE,))).tiers() == [1]


def test_a_withdrawn_concern_may_be_taken_up_again() -> None:
    world = called().hear(c.Withdraw(by=AMIRA, words=words(reason="Settled on the phone.")), AGAIN)

    assert world.tiers() == [1, 1]


def test_nothing_stirs_in_a_closed_concern() -> None:
    world = closed().until("Tue 1 Jun 2027 10:00")

    assert world.events == closed().events


def test_a_concern_in_danger_keeps_its_urgent_windows_when_reopened() -> None:
    world = World().hear(a_concern(danger=True), an_answer(PersonId("nadia")), c.Accept(by=AMIRA), AGAIN)

    assert wall(world.last(e.Called).due) == "Mon 30 Nov 2026 14:00"

"""Answering: it stops the calling; the called seat, its deputies or the convener can, or a report of it."""

from dataclasses import replace

import pytest

from concerns import commands as c
from concerns import events as e
from concerns.model import ClockKind, Outcome, Stage
from concerns.notice import NoticeKind
from concerns.people import PersonId, Seat
from tests.ladders import MONDAY, london, wall
from tests.partnership import (
    ALEX,
    AMIRA,
    BEN,
    BOARD,
    CARL,
    COUNCIL,
    GRACE,
    JOEL,
    LENA,
    MIRIAM,
    OWEN,
    SAM,
    TOM,
)
from tests.worlds import a_dispute, acknowledged, an_answer, answered, called


def test_an_answer_stops_the_calling() -> None:
    world = answered()

    assert world.stage is Stage.ANSWERED
    assert [clock.kind for clock in world.concern.clocks] == [ClockKind.ACCEPTANCE]
    assert world.until("Mon 14 Dec 2026 17:00").tiers() == [1]


def test_answering_needs_no_acknowledgement_first_and_none_is_undone_by_it() -> None:
    assert answered().concern.outcome is Outcome.PLAN_WITH_ACTIONS
    assert acknowledged().hear(an_answer()).stage is Stage.ANSWERED


@pytest.mark.parametrize("by", [TOM, LENA])
def test_the_holder_or_a_deputy_of_the_called_seat_may_answer(by: PersonId) -> None:
    assert called().hear(an_answer(by)).last(e.Answered).seat == Seat(COUNCIL, "practitioner")


@pytest.mark.parametrize("by", [CARL, GRACE, OWEN, BEN, JOEL, MIRIAM, SAM, ALEX])
def test_nobody_else_may_answer(by: PersonId) -> None:
    assert called().refusal(an_answer(by))


def test_the_convener_may_answer_at_its_tier() -> None:
    world = called().until("Thu 3 Dec 2026 17:00").hear(an_answer(MIRIAM))

    assert world.last(e.Answered).seat == Seat(BOARD, "independent_chair")


def test_an_answer_says_what_was_decided() -> None:
    assert "Write the answer" in called().refusal(an_answer(response=""))


def test_an_answer_is_told_in_the_channels_and_privately_to_the_raiser() -> None:
    told = answered().told(NoticeKind.ANSWERED)

    assert told == ["riverside-escalations", "council-escalations", "riverside-council", AMIRA]


def test_an_answer_at_a_higher_tier_is_told_to_the_raiser_and_the_raising_seat() -> None:
    told = called().until("Tue 1 Dec 2026 17:00").hear(an_answer(GRACE)).told(NoticeKind.ANSWERED)

    assert told[-2:] == [AMIRA, JOEL]


# ---- reported by the raising side ------------------------------------------------------------------


def test_managers_answer_by_phone_so_the_raising_side_may_report_an_answer() -> None:
    world = called().hear(an_answer(AMIRA, when=MONDAY, who="Team manager, the council", how="by phone"))

    assert world.stage is Stage.ANSWERED
    assert world.last(e.Answered).reported
    assert world.last(e.Answered).by == AMIRA


def test_an_answer_by_the_called_side_is_not_marked_as_reported() -> None:
    assert not answered().last(e.Answered).reported


def test_the_raising_seat_of_the_tier_may_report_too() -> None:
    world = called().until("Tue 1 Dec 2026 17:00")

    world.hear(an_answer(JOEL, when=MONDAY, who="Team manager", how="in a meeting"))

    assert world.last(e.Answered).seat is not None
    assert world.last(e.Answered).reported


def test_a_reported_answer_stops_the_clock_but_settles_nothing() -> None:
    world = called().hear(an_answer(AMIRA, when=MONDAY, who="Team manager", how="by phone"))

    assert world.stage is Stage.ANSWERED
    assert wall(world.concern.due) == "Wed 2 Dec 2026 17:00"


@pytest.mark.parametrize(
    ("said", "asks"),
    [
        (an_answer(AMIRA), "when you were told"),
        (an_answer(AMIRA, when=MONDAY), "who told you"),
        (an_answer(AMIRA, when=MONDAY, who="Team manager"), "how it reached you"),
        (an_answer(AMIRA, when=MONDAY, who="Team manager", how="by phone", response=""), "Write the answer"),
    ],
)
def test_a_reported_answer_says_who_when_how_and_what(said: c.Answer, asks: str) -> None:
    assert asks in called().refusal(said)


def test_the_called_side_cannot_date_an_answer_in_the_future() -> None:
    assert "still to come" in called().refusal(an_answer(TOM, when=london("Tue 1 Dec 2026 10:00")))


def test_what_the_outcome_was_goes_when_the_answer_is_disputed() -> None:
    stands = replace(an_answer(), outcome=Outcome.DECISION_STANDS)
    world = called().hear(stands)
    assert world.concern.outcome is Outcome.DECISION_STANDS

    assert world.hear(a_dispute()).concern.outcome is None

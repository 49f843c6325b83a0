"""Acknowledging: it stops its own clock, never the answer's; it can lapse, be handed back, be reported."""

from dataclasses import replace

import pytest

from concerns import commands as c
from concerns import events as e
from concerns.model import ClockKind, Stage
from concerns.notice import NoticeKind
from concerns.pathway import OnLapse
from concerns.people import PersonId, Seat
from tests.ladders import DAILY, MONDAY, london, ruled, wall
from tests.partnership import (
    AMIRA,
    BEN,
    CARL,
    COUNCIL,
    DIRECTORY,
    GRACE,
    JOEL,
    LENA,
    MIRIAM,
    NADIA,
    RUTH,
    TOM,
    VICTOR,
    seating,
)
from tests.worlds import acknowledged, called, words

REPORTED = c.Acknowledge(by=AMIRA, when=MONDAY, words=words(who="Duty officer, the council", how="by phone"))


def test_acknowledging_stops_the_acknowledge_clock() -> None:
    world = acknowledged()

    assert world.stage is Stage.ACKNOWLEDGED
    assert world.concern.clock(ClockKind.ACKNOWLEDGE) is None
    assert world.concern.acknowledged_by == TOM


def test_acknowledging_never_stops_the_answer_clock() -> None:
    world = acknowledged()
    assert wall(world.concern.clocks[-1].due) == "Tue 1 Dec 2026 17:00"

    world.until("Tue 1 Dec 2026 17:00")

    assert world.tiers() == [1, 2]
    assert world.stage is Stage.CALLED


@pytest.mark.parametrize("by", [TOM, LENA])
def test_the_holder_or_a_deputy_may_acknowledge(by: PersonId) -> None:
    event = called().hear(c.Acknowledge(by=by)).last(e.Acknowledged)

    assert event.seat == Seat(COUNCIL, "practitioner")
    assert not event.reported


@pytest.mark.parametrize("by", [CARL, GRACE, BEN, JOEL, MIRIAM])
def test_nobody_else_may_acknowledge(by: PersonId) -> None:
    assert "seat that was called" in called().refusal(c.Acknowledge(by=by))


def test_the_convener_may_acknowledge_where_the_tier_names_one() -> None:
    world = called().until("Thu 3 Dec 2026 17:00").hear(c.Acknowledge(by=MIRIAM))

    assert world.last(e.Acknowledged).seat == world.last(e.Called).convener


def test_a_seat_of_a_tier_no_longer_called_cannot_acknowledge() -> None:
    world = called().until("Tue 1 Dec 2026 17:00")

    assert world.refusal(c.Acknowledge(by=TOM))
    assert world.hear(c.Acknowledge(by=GRACE)).stage is Stage.ACKNOWLEDGED


def test_an_acknowledgement_is_told_to_the_raising_side() -> None:
    assert acknowledged().told(NoticeKind.ACKNOWLEDGED) == [AMIRA]

    second = called().until("Tue 1 Dec 2026 17:00").hear(c.Acknowledge(by=GRACE))
    assert second.told(NoticeKind.ACKNOWLEDGED) == [JOEL]


def test_when_nobody_acknowledges_the_deputies_and_the_next_tier_are_told_and_nothing_moves_up() -> None:
    world = called().until("Mon 30 Nov 2026 14:00")

    assert world.told(NoticeKind.ACKNOWLEDGEMENT_LAPSED)[-2:] == [TOM, LENA]
    assert world.told(NoticeKind.NEXT_TIER_TOLD) == [GRACE]
    assert world.tiers() == [1]
    assert wall(world.concern.clocks[-1].due) == "Tue 1 Dec 2026 17:00"


def test_a_late_acknowledgement_is_still_welcome() -> None:
    world = called().until("Mon 30 Nov 2026 15:00").hear(c.Acknowledge(by=TOM))

    assert world.stage is Stage.ACKNOWLEDGED


# ---- handing it back -------------------------------------------------------------------------------


def test_releasing_makes_the_clocks_as_if_it_was_never_acknowledged() -> None:
    before = called().concern.clocks
    world = acknowledged().hear(c.Release(by=TOM))

    assert world.stage is Stage.CALLED
    assert world.concern.clocks == before
    assert world.concern.acknowledged_by is None


def test_released_after_the_acknowledge_window_it_lapses_at_once() -> None:
    world = acknowledged().until("Mon 30 Nov 2026 15:00").hear(c.Release(by=TOM))

    world.wake()

    assert wall(world.last(e.AcknowledgementLapsed).due) == "Mon 30 Nov 2026 14:00"


def test_an_acknowledge_window_lapses_only_once_a_call() -> None:
    world = called().until("Mon 30 Nov 2026 14:00").hear(c.Acknowledge(by=TOM), c.Release(by=TOM))

    assert world.concern.clock(ClockKind.ACKNOWLEDGE) is None
    assert len(world.until("Tue 1 Dec 2026 16:59").all(e.AcknowledgementLapsed)) == 1


def test_a_deputy_may_hand_back_what_the_holder_acknowledged() -> None:
    assert acknowledged().hear(c.Release(by=LENA)).stage is Stage.CALLED


def test_the_raising_side_cannot_hand_back_what_the_called_side_acknowledged() -> None:
    assert acknowledged().refusal(c.Release(by=AMIRA))


def test_a_release_is_told_to_both_sides() -> None:
    told = acknowledged().hear(c.Release(by=TOM)).told(NoticeKind.RELEASED)

    assert {"council-escalations", "riverside-council", AMIRA} <= set(told)


# ---- reported by the raising side ------------------------------------------------------------------


def test_the_raising_side_may_report_an_acknowledgement_it_was_given_elsewhere() -> None:
    world = called().hear(REPORTED)

    assert world.stage is Stage.ACKNOWLEDGED
    assert world.last(e.Acknowledged).reported
    assert world.last(e.Acknowledged).when == MONDAY


@pytest.mark.parametrize(
    ("report", "asks"),
    [
        (c.Acknowledge(by=AMIRA), "when you were told"),
        (c.Acknowledge(by=AMIRA, when=MONDAY), "who told you"),
        (c.Acknowledge(by=AMIRA, when=MONDAY, words=words(who="Duty officer")), "how it reached you"),
        (replace(REPORTED, when=london("Mon 30 Nov 2026 11:00")), "still to come"),
    ],
)
def test_a_report_says_who_when_and_how(report: c.Acknowledge, asks: str) -> None:
    assert asks in called().refusal(report)


def test_whoever_reported_an_acknowledgement_may_take_it_back() -> None:
    assert called().hear(REPORTED, c.Release(by=AMIRA)).stage is Stage.CALLED


def test_the_called_side_cannot_date_an_acknowledgement_in_the_future() -> None:
    assert "still to come" in called().refusal(c.Acknowledge(by=TOM, when=london("Mon 30 Nov 2026 11:00")))


def test_higher_seats_of_neither_side_acknowledge_for_the_one_called() -> None:
    for by in (NADIA, VICTOR, RUTH):
        assert called().refusal(c.Acknowledge(by=by, when=MONDAY, words=REPORTED.words))


def test_handing_back_after_the_answer_lapsed_brings_no_old_acknowledge_clock_back() -> None:
    world = called(ruled(replace(DAILY, on_lapse=OnLapse.ASK))).hear(c.Acknowledge(by=TOM))
    world.until("Tue 1 Dec 2026 17:00").hear(c.Release(by=TOM))

    assert world.concern.clock(ClockKind.ACKNOWLEDGE) is None


def test_a_raiser_who_sits_on_the_other_side_too_does_not_answer_their_own_concern() -> None:
    both = replace(
        DIRECTORY, seatings=(seating(COUNCIL, "practitioner", AMIRA, TOM), *DIRECTORY.seatings[5:])
    )

    assert called(ruled(directory=both)).refusal(c.Acknowledge(by=AMIRA))

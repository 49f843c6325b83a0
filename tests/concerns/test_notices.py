"""Notices: what may stand in one, who gets it, and whether it is still true when it comes to be sent."""

from dataclasses import fields, replace
from datetime import datetime
from typing import get_type_hints

import pytest

from concerns import commands as c
from concerns.evolve import fold
from concerns.model import ClockKind, Outcome, Ref, Stage, Why
from concerns.notice import ABOUT_NO_CONCERN, Notice, NoticeKind, Place, PlaceKind, still_true
from concerns.notices import announce
from concerns.pathway import OnLapse
from concerns.people import Seat
from tests.ladders import DAILY, MONDAY, RULES, ruled
from tests.partnership import AMIRA, COUNCIL, DIRECTORY, TOM, channel
from tests.worlds import (
    AT_STAGE,
    World,
    a_concern,
    a_contact,
    a_dispute,
    acknowledged,
    agreed,
    an_answer,
    answered,
    called,
    closed,
    referred,
    words,
)

PRIVATE = "Mrs Ellery's nephew has her bank card"
ALWAYS_TRUE = {
    NoticeKind.CARD,
    NoticeKind.SKIPPED,
    NoticeKind.NO_CHANNEL,
    NoticeKind.DEAD_LETTER,
    NoticeKind.DIGEST,
    NoticeKind.CORRECTED,
    NoticeKind.HANDED_OVER,
    NoticeKind.RETIMED,
}
"""What is of no stage: cards and gaps show how it is when sent; the rest is on record whatever came after."""


# ---- what may stand in one -------------------------------------------------------------------------


def test_a_notice_has_room_for_a_reference_a_tier_seats_clocks_and_nothing_else() -> None:
    allowed = {
        Place,
        NoticeKind,
        Ref,
        int,
        bool,
        int | None,
        tuple[Seat, ...],
        datetime | None,
        Why | None,
        ClockKind | None,
        tuple[Notice, ...],
    }

    assert set(get_type_hints(Notice).values()) <= allowed
    assert get_type_hints(Place) == {"kind": PlaceKind, "id": str}
    assert {field.name for field in fields(Seat)} == {"agency", "role"}


def test_no_word_anybody_typed_reaches_a_notice() -> None:
    said = words(decision=PRIVATE, wanted=PRIVATE)
    world = World().hear(a_concern(words=said))
    heard = [*world.said]
    for command in (
        replace(a_contact(when=MONDAY), words=said),
        an_answer(response=PRIVATE),
        replace(a_dispute(), words=words(why=PRIVATE)),
        c.Escalate(by=AMIRA, words=said),
        c.Withdraw(by=AMIRA, words=words(reason=PRIVATE)),
    ):
        heard.extend(world.hear(command).said)

    assert PRIVATE not in repr(heard)
    assert PRIVATE not in repr(world.events)


# ---- the live cards --------------------------------------------------------------------------------


def test_every_change_sends_the_live_cards_first_one_to_each_channel() -> None:
    said = called().said
    cards = [notice for notice in said if notice.kind is NoticeKind.CARD]

    assert list(said[: len(cards)]) == cards
    assert len({card.place for card in cards}) == len(cards)
    assert all(card.place.kind is PlaceKind.CHANNEL for card in cards)


def test_a_card_stays_alive_in_the_channels_of_tiers_left_behind() -> None:
    lower = channel("lower", "slack", COUNCIL, tiers=(1,))
    world = called(ruled(directory=replace(DIRECTORY, channels=(*DIRECTORY.channels, lower))))
    assert "lower" in world.told(NoticeKind.CALLED)

    world.until("Tue 1 Dec 2026 17:00")

    assert "lower" in world.told(NoticeKind.CARD)
    assert "lower" not in world.told(NoticeKind.CALLED)


def test_nothing_happening_announces_nothing() -> None:
    assert announce(called().concern, (), RULES) == ()


def test_a_change_announced_later_says_the_same() -> None:
    world = called()
    before = fold(None, world.events[:1])

    assert announce(before, world.events[1:], RULES)[-1] == world.said[-1]


def test_nobody_is_told_the_same_thing_twice_in_one_breath() -> None:
    for build in AT_STAGE.values():
        world = build()
        assert len(set(world.said)) == len(world.said)


# ---- still true? -----------------------------------------------------------------------------------


def test_a_call_is_no_longer_true_once_answered() -> None:
    world = called()
    notice = world.notice(NoticeKind.CALLED, TOM)
    assert still_true(notice, world.concern)

    assert not still_true(notice, world.hear(an_answer()).concern)


def test_a_call_is_no_longer_true_once_the_next_tier_is_called() -> None:
    world = called()
    notice = world.notice(NoticeKind.CALLED, TOM)

    assert not still_true(notice, world.until("Tue 1 Dec 2026 17:00").concern)


def test_a_call_stays_true_after_an_acknowledgement_a_contact_and_a_reminder() -> None:
    world = called()
    notice = world.notice(NoticeKind.CALLED, TOM)
    world.hear(c.Acknowledge(by=TOM), a_contact(when=MONDAY)).until("Tue 1 Dec 2026 16:00")

    assert still_true(notice, world.concern)


def test_a_missed_acknowledgement_is_no_longer_worth_telling_once_given() -> None:
    world = called().until("Mon 30 Nov 2026 14:00")
    notice = world.notice(NoticeKind.ACKNOWLEDGEMENT_LAPSED, TOM)
    assert still_true(notice, world.concern)

    assert not still_true(notice, world.hear(c.Acknowledge(by=TOM)).concern)


def test_asking_about_an_answer_ends_with_the_dispute() -> None:
    world = answered().until("Wed 2 Dec 2026 17:00")
    notice = world.notice(NoticeKind.ACCEPTANCE_DUE, AMIRA)

    assert not still_true(notice, world.hear(a_dispute()).concern)


def test_asking_to_open_the_ladder_ends_when_it_opens() -> None:
    world = referred().until("Tue 1 Dec 2026 17:00")
    notice = world.notice(NoticeKind.REFERRAL_LAPSED, AMIRA)
    assert still_true(notice, world.concern)

    assert not still_true(notice, world.hear(c.Escalate(by=AMIRA)).concern)


@pytest.mark.parametrize(
    "kind", sorted(set(NoticeKind) - ALWAYS_TRUE - ABOUT_NO_CONCERN - {NoticeKind.CLOSED})
)
def test_nothing_but_the_close_itself_is_said_about_a_closed_concern(kind: NoticeKind) -> None:
    concern = closed().concern
    notice = Notice(Place(PlaceKind.PERSON, TOM), kind, concern.ref, concern.turn, urgent=False)

    assert not still_true(notice, concern)


@pytest.mark.parametrize("kind", sorted(ALWAYS_TRUE))
def test_cards_and_what_the_coordinator_must_know_stay_true(kind: NoticeKind) -> None:
    for build in AT_STAGE.values():
        concern = build().concern
        assert still_true(Notice(Place(PlaceKind.CHANNEL, "x"), kind, concern.ref, 0, urgent=False), concern)


@pytest.mark.parametrize("build", [called, acknowledged, answered, agreed, closed, referred])
def test_what_a_change_says_is_true_when_it_is_said(build: type[World]) -> None:
    world = build()

    assert all(still_true(notice, world.concern) for notice in world.said)


def test_the_board_sees_a_close_it_was_to_be_told_of_and_no_call_before() -> None:
    world = agreed()
    assert "board" not in world.told(NoticeKind.CARD)

    assert "board" in closed().told(NoticeKind.CARD)
    assert closed().stage is Stage.CLOSED


def test_a_place_reads_as_what_it_is() -> None:
    assert str(Place(PlaceKind.PERSON, "tom")) == "person:tom"


def test_after_an_outage_only_the_last_of_several_calls_is_still_worth_sending() -> None:
    world = called().until("Wed 9 Dec 2026 17:00")
    old = [n for n in world.ever_said if n.kind in {NoticeKind.CALLED, NoticeKind.CALLED_AGAIN}]
    true = {(n.kind, n.times) for n in old if still_true(n, world.concern)}

    assert len(old) > len(true)
    assert true == {(NoticeKind.CALLED_AGAIN, world.concern.call.again if world.concern.call else 0)}


def test_after_an_outage_only_the_last_reminder_is_still_worth_sending() -> None:
    world = called().until("Tue 1 Dec 2026 16:30")
    reminders = [n for n in world.ever_said if n.kind is NoticeKind.REMINDED]

    assert {n.times for n in reminders} == {1, 2}
    assert {n.times for n in reminders if still_true(n, world.concern)} == {2}


def test_the_called_side_hears_of_what_was_reported_for_it() -> None:
    told = words(who="Duty social worker", how="by phone", response="A visit on Friday.")
    reported = called().hear(c.Answer(by=AMIRA, outcome=Outcome.DECISION_STANDS, when=MONDAY, words=told))

    assert TOM in reported.told(NoticeKind.ANSWERED)


def test_with_on_lapse_ask_the_next_tier_hears_of_it() -> None:
    world = called(ruled(replace(DAILY, on_lapse=OnLapse.ASK))).until("Tue 1 Dec 2026 17:00")

    assert "grace" in world.told(NoticeKind.NEXT_TIER_TOLD)


def test_a_board_that_was_told_it_closed_sees_it_open_again() -> None:
    world = called().hear(c.Withdraw(by=AMIRA, words=words(reason="Settled.")))
    assert "board" in world.told(NoticeKind.CARD)

    world.hear(c.Reopen(by=AMIRA, words=words(reason="It was not.")))
    assert "board" in world.told(NoticeKind.CARD)

"""Contacts and notes: two times kept, either side may add, and no clock moves."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from concerns import commands as c
from concerns import events as e
from concerns.model import Reached
from concerns.notice import NoticeKind
from concerns.people import PersonId
from tests.ladders import MONDAY, london, wall
from tests.partnership import ALEX, AMIRA, BEN, CARL, GRACE, JOEL, LENA, MIRIAM, SAM, STRANGER, TOM
from tests.worlds import World, a_contact, agreed, called, closed, referred, words

A_NOTE = c.AddNote(by=AMIRA, words=words(text="Bank statements are in her own record."))


def test_a_contact_keeps_when_it_happened_and_when_it_was_logged() -> None:
    event = called().until("Mon 30 Nov 2026 12:00").hear(a_contact(when=MONDAY)).last(e.ContactLogged)

    assert wall(event.when) == "Mon 30 Nov 2026 10:00"
    assert wall(event.at) == "Mon 30 Nov 2026 12:00"


def test_a_contact_cannot_have_happened_in_the_future() -> None:
    assert "still to come" in called().refusal(a_contact(when=london("Mon 30 Nov 2026 10:03")))


def test_everything_said_about_a_contact_is_kept() -> None:
    said = replace(
        a_contact(when=MONDAY, reached=Reached.SPOKE),
        next_date=date(2026, 12, 4),
        was_referral=True,
        confirmed=True,
        written_follow_up=True,
        words=words(who="Duty officer", summary="Will ring back."),
    )
    event = called().hear(said).last(e.ContactLogged)

    assert (event.next_date, event.was_referral, event.confirmed, event.written_follow_up) == (
        date(2026, 12, 4),
        True,
        True,
        True,
    )
    assert event.words.text("summary") == "Will ring back."


@pytest.mark.parametrize("by", [AMIRA, TOM, LENA])
def test_both_sides_may_log_contacts_and_add_notes(by: PersonId) -> None:
    world = called().hear(a_contact(when=MONDAY, by=by), replace(A_NOTE, by=by))

    assert {event.by for event in world.events[-2:]} == {by}


@pytest.mark.parametrize("by", [BEN, CARL, JOEL, GRACE, MIRIAM, SAM, ALEX, STRANGER])
def test_nobody_else_may(by: PersonId) -> None:
    assert "part of this concern" in called().refusal(a_contact(when=MONDAY, by=by))
    assert "part of this concern" in called().refusal(replace(A_NOTE, by=by))


def test_a_seat_called_earlier_may_still_add_to_the_record() -> None:
    world = called().until("Tue 1 Dec 2026 17:00").hear(a_contact(when=MONDAY, by=TOM))

    assert world.last(e.ContactLogged).by == TOM


def test_a_note_needs_words_and_evidence_from_the_past() -> None:
    assert "Write the note" in called().refusal(c.AddNote(by=AMIRA))
    assert "still to come" in called().refusal(replace(A_NOTE, evidence_at=london("Tue 1 Dec 2026 10:00")))
    assert called().hear(replace(A_NOTE, evidence_at=MONDAY)).last(e.NoteAdded).evidence_at == MONDAY


def test_a_note_may_still_be_added_when_it_is_closed_but_no_contact() -> None:
    world = closed().hear(A_NOTE)

    assert world.last(e.NoteAdded).words == A_NOTE.words
    assert "reopen" in world.refusal(a_contact(when=MONDAY))


@pytest.mark.parametrize("stage", [referred, called, agreed])
def test_neither_moves_a_clock_nor_calls_anybody(stage: Callable[[], World]) -> None:
    world = stage()
    before = world.concern
    world.hear(a_contact(when=MONDAY), A_NOTE)

    assert (world.concern.clocks, world.concern.turn, world.concern.stage) == (
        before.clocks,
        before.turn,
        before.stage,
    )
    assert {notice.kind for notice in world.said} == {NoticeKind.CARD}


def test_once_the_ladder_is_open_unanswered_contacts_are_counted_without_an_offer() -> None:
    world = called().hear(a_contact(when=MONDAY), a_contact(when=MONDAY))

    assert world.concern.unanswered_contacts == 2
    assert world.told(NoticeKind.CONTACTS_UNANSWERED) == []

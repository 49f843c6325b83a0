"""Marked words go through every command, and come out only to those with a right to them."""

import pytest

from concerns.notice import PlaceKind
from concerns.people import PersonId
from handlers.menu import menu
from tests.handlers.moments import UNTIL
from tests.handlers.offices import ANSWER, RAISE, Office, everything, form_of
from tests.partnership import ALEX, AMIRA, BEN, CARL, GRACE, JOEL, PEOPLE, SAM, TOM, VICTOR
from tests.storage.rows import every_byte
from views.pings import render

MARK = "ORANGE HERON"


def marked(*keys: str) -> dict[str, object]:
    """These questions answered with marked words."""
    return dict.fromkeys(keys, f"{MARK} lives at 4 Mill Lane")


STORY: tuple[tuple[PersonId, str, dict[str, object]], ...] = (
    (AMIRA, "responded", {"verdict": "challenge", **marked("summary")}),
    (AMIRA, "", {"ground": ["threshold"], **marked("decision", "wanted")}),
    (
        AMIRA,
        "contact",
        {"direction": "made", "method": "phone", "reached": "spoke", **marked("who", "summary")},
    ),
    (TOM, "ack", marked("text")),
    (TOM, "release", marked("reason")),
    (TOM, "extend", {"until": UNTIL, **marked("reason")}),
    (AMIRA, "decline", marked("reason")),
    (AMIRA, "escalate", {"why": "raiser_or_manager_choice", **marked("reason")}),
    (GRACE, "extend", {"until": UNTIL, **marked("reason")}),
    (AMIRA, "agree", marked("text")),
    (SAM, "retime", {"clock": "answer", "due": "2026-12-04T12:00", **marked("reason")}),
    (GRACE, "action", {"owner": "tom", "due": "2026-12-02", **marked("what")}),
    (AMIRA, "done", {"number": "1", **marked("note")}),
    (GRACE, "action", {"owner": "tom", "due": "2026-12-02", **marked("what")}),
    (AMIRA, "action", {"does": "drop"}),
    (AMIRA, "", {"number": "2", **marked("reason")}),
    (TOM, "correct", {"of": "1", **marked("text")}),
    (GRACE, "note", marked("text")),
    (
        GRACE,
        "answer",
        ANSWER | marked("response", "reasons", "agreed_risks", "not_agreed", "actions", "other_ref"),
    ),
    (JOEL, "dispute", marked("why")),
    (AMIRA, "answer", ANSWER | marked("who", "how", "response")),
    (AMIRA, "accept", {"how": "reservation", **marked("reservation")}),
    (AMIRA, "check", {"safer": "no", **marked("note")}),
    (AMIRA, "reopen", marked("reason")),
    (AMIRA, "handover", {"to": "joel", **marked("reason")}),
    (JOEL, "handover", {"to": "amira", **marked("reason")}),
    (AMIRA, "escalate", {"why": "raiser_or_manager_choice"}),
    (VICTOR, "decide", marked("decision", "reasons", "dissent")),
    (AMIRA, "reopen", marked("reason")),
    (AMIRA, "redirect", {"route": "complaint", **marked("reason")}),
    (AMIRA, "reopen", marked("reason")),
    (AMIRA, "duplicate", marked("reason")),
    (AMIRA, "reopen", marked("reason")),
    (AMIRA, "withdraw", marked("reason")),
)


@pytest.fixture
def lived(office: Office) -> Office:
    """A concern that has been through every command, marked words in every answer."""
    office.fill(
        AMIRA, "/refer", {"strand": "adult", "agency": "council", "how": "phone", **marked("summary")}
    )
    ref, other = office.newest().ref, office.raised()
    reply = None
    for person, verb, filled_in in STORY:
        given = filled_in | {"of": other} if verb == "duplicate" else filled_in
        reply = office.say(person, f"/{verb} {ref} {MARK} typed") if verb else reply
        assert reply is not None
        reply = office.submit(person, reply.form, given) if reply.form else reply
        assert reply.error is None, (verb, reply.error)
        assert MARK not in everything(reply) or reply.form
    office.fill(
        AMIRA, "/concern", {"danger": "no"}, RAISE | marked("decision", "why_unsafe", "wanted", "views")
    )
    return office


def test_the_story_uses_every_command_that_takes_words(lived: Office) -> None:
    used = {verb for _, verb, _ in STORY} | {"raise", "refer"}

    assert {verb.name for verb in menu() if verb.command} <= used


def test_the_words_are_there_for_those_called(lived: Office) -> None:
    ref = lived.untouched()[0].ref

    assert everything(lived.say(AMIRA, f"/show {ref}")).count(MARK) >= 20
    assert MARK in everything(lived.say(GRACE, f"/show {ref}"))


def test_nobody_else_is_shown_a_word(lived: Office) -> None:
    refs = [concern.ref for concern in lived.untouched()]

    for person in {person.id for person in PEOPLE} - {AMIRA}:
        for line in ("/mine", "/help", "/pathway", "/guide"):
            assert MARK not in everything(lived.say(person, line))
    for person in (SAM, ALEX, BEN, CARL):
        for ref in refs:
            for verb in menu():
                assert MARK not in everything(lived.say(person, f"/{verb.name} {ref}"))
                assert MARK not in everything(lived.press(person, f"{verb.name}:{ref}:1"))


def test_no_notice_in_a_channel_or_in_private_holds_a_word(lived: Office) -> None:
    assert len(lived.notices) > 50
    assert {notice.place.kind for notice in lived.notices} == {PlaceKind.CHANNEL, PlaceKind.PERSON}

    for notice in lived.notices:
        assert MARK not in repr(notice)
        message = render(notice, lived.concern(notice.ref), lived.rules, repeat=True, code="AB")
        assert MARK not in repr(message)


def test_no_form_half_filled_in_and_no_word_on_record_stands_in_clear_on_disk(
    lived: Office, store_url: str
) -> None:
    ref = lived.raised()
    form_of(lived.say(AMIRA, f"/answer {ref} {MARK} typed"))
    lived.submit(AMIRA, form_of(lived.say(AMIRA, f"/contact {ref}")), marked("summary"))
    form_of(lived.say(AMIRA, f"/withdraw {MARK} without a reference"))
    lived.store.close()

    kept = every_byte(store_url)
    assert ref.encode() in kept
    assert MARK.encode() not in kept


def test_nothing_printed_by_accident_holds_a_word(lived: Office) -> None:
    for concern in lived.untouched():
        assert MARK not in repr(concern)
        assert MARK not in repr(lived.ledger.history(concern.ref))
    assert MARK not in repr(lived.desk)
    filling = lived.desk._interview.forms.read(form_of(lived.say(AMIRA, f"/concern {MARK}")).id, AMIRA)
    assert MARK not in repr(filling)

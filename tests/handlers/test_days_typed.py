"""A day or a moment written at the beginning of a line, as a form asks for it, is its answer."""

import pytest

from concerns.events import ActionSet, Checked, ExtensionAsked, Retimed
from tests.handlers.moments import UNTIL
from tests.handlers.offices import Office, form_of, message_of, values
from tests.ladders import london, wall
from tests.partnership import AMIRA, SAM, TOM


def test_a_moment_answers_until_when_and_the_rest_is_the_reason(office: Office) -> None:
    ref = office.raised()

    message_of(office.say(TOM, f"/extend {ref} {UNTIL} Our lead is on leave."))

    asked = office.ledger.history(ref)[-1]
    assert isinstance(asked, ExtensionAsked)
    assert (asked.until, asked.words.text("reason")) == (
        london("Thu 3 Dec 2026 12:00"),
        "Our lead is on leave.",
    )


def test_it_may_follow_a_choice(office: Office) -> None:
    ref = office.raised()
    message_of(office.say(SAM, f"/retime {ref} answer {UNTIL} A closure."))
    moved = office.ledger.history(ref)[-1]
    assert isinstance(moved, Retimed)
    assert (wall(moved.due), moved.words.text("reason")) == ("Thu 3 Dec 2026 12:00", "A closure.")

    agreed = office.agreed()
    message_of(office.say(AMIRA, f"/check {agreed} too_early 2026-12-10 The visit is next week."))
    checked = office.ledger.history(agreed)[-1]
    assert isinstance(checked, Checked)
    assert checked.next_due is not None
    assert wall(checked.next_due).startswith("Thu 10 Dec 2026")


def test_a_form_that_still_comes_has_it_filled_in(office: Office) -> None:
    ref = office.raised()

    form = form_of(office.say(AMIRA, f"/action {ref} set 2026-12-04 Visit her."))
    assert values(form) == {"does": "set", "due": "2026-12-04", "what": "Visit her."}
    message_of(office.submit(AMIRA, form, {"owner": "tom"}))
    assert isinstance(office.ledger.history(ref)[-1], ActionSet)


@pytest.mark.parametrize(
    "typed", ["2026-12-03", "2026-13-40T12:00", "3 Dec", "2026-12-03T12:00,", "tomorrow"]
)
def test_what_is_not_written_as_the_form_asks_stays_words(office: Office, typed: str) -> None:
    ref = office.raised()

    assert values(form_of(office.say(TOM, f"/extend {ref} {typed} leave"))) == {"reason": f"{typed} leave"}


@pytest.mark.parametrize("verb", ["note", "contact"])
def test_where_no_day_must_be_given_none_is_taken_from_the_words(office: Office, verb: str) -> None:
    ref = office.raised()
    choices = {"note": "", "contact": "made phone spoke "}[verb]

    message_of(office.say(AMIRA, f"/{verb} {ref} {choices}2026-11-27 they rang back."))

    said = office.ledger.history(ref)[-1].words
    assert [text for _, text in said.items()] == ["2026-11-27 they rang back."]


def test_a_second_day_is_a_word(office: Office) -> None:
    ref = office.raised()

    message_of(office.say(TOM, f"/extend {ref} {UNTIL} {UNTIL} is the meeting."))

    assert office.ledger.history(ref)[-1].words.text("reason") == f"{UNTIL} is the meeting."

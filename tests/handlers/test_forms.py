"""Half-filled forms: kept for their owner only, judged beside the field, gone once they took effect."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from concerns.directory import Directory
from concerns.events import ContactLogged
from concerns.model import Stage
from concerns.people import PersonId
from handlers.refusals import GONE, NOT_LISTED, NOT_YOURS
from handlers.scene import Asker
from storage.drafts import KEPT
from storage.tables import drafts
from tests.handlers.offices import ANSWER, RAISE, Office, error_of, form_of, keys, message_of, values
from tests.partnership import AMIRA, BEN, COUNCIL, DIRECTORY, GRACE, JOEL, LENA, TOM, seating

LATER = {"direction": "made", "method": "phone", "reached": "spoke"}


def without(directory: Directory, person: PersonId) -> Directory:
    """The same directory, this person left."""
    return replace(directory, people=tuple(p for p in directory.people if p.id != person))


def with_seat(directory: Directory, role: str, *people: PersonId) -> Directory:
    """The same directory with others in this seat of the council."""
    seat = seating(COUNCIL, role, *people)
    return replace(directory, seatings=(*(s for s in directory.seatings if s.seat != seat.seat), seat))


def rows(office: Office) -> int:
    """How many drafts there are."""
    with office.store.read() as db:
        return len(db.execute(select(drafts)).all())


def test_a_form_of_two_parts_answers_with_the_next(office: Office) -> None:
    first = form_of(office.say(AMIRA, "/concern"))
    assert (first.part, first.parts, keys(first)) == (1, 2, ["danger"])

    second = form_of(office.submit(AMIRA, first, {"danger": "no"}))
    assert (second.part, second.parts, second.id) == (2, 2, first.id)
    assert keys(second)[:3] == ["strand", "agency", "ground"]

    message_of(office.submit(AMIRA, second, RAISE))
    assert office.newest().raiser == AMIRA


def test_a_page_sent_again_is_understood_as_that_page(office: Office) -> None:
    first = form_of(office.say(AMIRA, "/concern"))
    second = form_of(office.submit(AMIRA, first, {"danger": "no"}))

    again = form_of(office.desk.submit(Asker(AMIRA), first.id, {"danger": "no"}, first.part))
    assert again == second


@pytest.mark.parametrize("part", [-1, 0, 2, 10**9])
def test_whatever_page_it_says_it_is_none_is_left_out(office: Office, part: int) -> None:
    form = form_of(office.say(AMIRA, "/concern"))
    reply = office.desk.submit(Asker(AMIRA), form.id, RAISE, part)

    assert [key for key, _ in reply.errors] == ["danger"]


def test_errors_stand_beside_their_fields_and_the_rest_is_kept(office: Office) -> None:
    form = form_of(office.submit(AMIRA, form_of(office.say(AMIRA, "/concern")), {"danger": "no"}))

    wrong = office.submit(AMIRA, form, RAISE | {"strand": "cat", "wanted": "", "views": "She is afraid."})
    assert [key for key, _ in wrong.errors] == ["strand", "wanted"]
    assert wrong.error == wrong.errors[0][1]

    message_of(office.submit(AMIRA, form, {"strand": "adult", "wanted": "An enquiry."}))
    words = office.ledger.history(office.newest().ref)[0].words
    assert words.text("decision") == RAISE["decision"]
    assert words.text("views") == "She is afraid."


def test_a_note_that_shows_nothing_is_asked_for_again(office: Office) -> None:
    ref = office.raised()
    form = form_of(office.say(AMIRA, f"/concern note {ref} \u200b\u3164"))
    assert [key for key, _ in office.submit(AMIRA, form, {"text": "\u200d \ufeff"}).errors] == ["text"]

    message_of(office.submit(AMIRA, form, {"text": "👩\u200d⚕\ufe0f visits."}))
    assert office.ledger.history(ref)[-1].words.text("text") == "👩\u200d⚕\ufe0f visits."


def test_an_answer_can_be_cleared_again(office: Office) -> None:
    ref = office.raised()
    form = form_of(office.say(AMIRA, f"/contact {ref}"))
    office.submit(AMIRA, form, {"who": "The duty desk"})

    message_of(office.submit(AMIRA, form, LATER | {"who": None}))

    assert office.ledger.history(ref)[-1].words.text("who") == ""


def test_what_the_form_showed_counts_even_when_it_comes_later(office: Office) -> None:
    ref = office.raised()
    form = form_of(office.say(AMIRA, f"/contact {ref}"))
    shown = office.now

    office.until(shown + timedelta(minutes=20))
    message_of(office.submit(AMIRA, form, LATER))

    logged = office.ledger.history(ref)[-1]
    assert isinstance(logged, ContactLogged)
    assert (logged.when, logged.at) == (shown, shown + timedelta(minutes=20))


def test_a_cleared_required_moment_is_asked_for(office: Office) -> None:
    form = form_of(office.say(AMIRA, f"/contact {office.raised()}"))

    assert office.submit(AMIRA, form, LATER | {"when": ""}).errors == (
        ("when", "Please answer: When did it happen?"),
    )


def test_a_draft_is_its_owners_only(office: Office) -> None:
    form = form_of(office.say(AMIRA, "/concern Money is leaving the account"))

    for other in (BEN, TOM):
        assert error_of(office.submit(other, form, {"danger": "no"})) == GONE
    assert error_of(office.submit(None, form, {"danger": "no"})) == NOT_LISTED
    second = form_of(office.submit(AMIRA, form, {"danger": "no"}))
    assert values(second)["decision"] == "Money is leaving the account"


def test_a_draft_is_destroyed_when_it_takes_effect_and_has_effect_once(office: Office) -> None:
    ref = office.raised()
    form = form_of(office.say(AMIRA, f"/concern note {ref}"))
    assert rows(office) == 1

    message_of(office.submit(AMIRA, form, {"text": "Seen."}))
    assert rows(office) == 0
    seq = office.concern(ref).seq
    assert error_of(office.submit(AMIRA, form, {"text": "Seen."})) == GONE
    assert office.concern(ref).seq == seq


def test_a_form_sent_twice_at_once_takes_effect_once(office: Office) -> None:
    form = form_of(office.submit(AMIRA, form_of(office.say(AMIRA, "/concern")), {"danger": "no"}))
    office.ledger.meanwhile = lambda: message_of(office.submit(AMIRA, form, RAISE))
    second = office.submit(AMIRA, form, RAISE)

    assert len(office.untouched()) == 1
    assert message_of(second).title.startswith("This is on record already.")


def test_drafts_survive_until_they_are_swept_after_seven_days(office: Office) -> None:
    form = form_of(office.say(AMIRA, "/concern Money is leaving the account"))

    office.now += KEPT
    assert office.drafts.sweep(office.now) == 0
    form_of(office.submit(AMIRA, form, {"danger": "no"}))
    assert office.drafts.sweep(office.now + timedelta(seconds=1)) == 1
    assert error_of(office.submit(AMIRA, form, {"danger": "no"})) == GONE


def test_a_refusal_of_the_rules_loses_nothing(office: Office) -> None:
    ref = office.raised()
    form = form_of(office.say(AMIRA, f"/contact {ref}"))

    refused = office.submit(AMIRA, form, LATER | {"summary": "Rang.", "when": "2026-12-24T10:00"})
    assert "still to come" in error_of(refused)

    message_of(office.submit(AMIRA, form, {"when": "2026-11-30T09:00"}))
    assert office.ledger.history(ref)[-1].words.text("summary") == "Rang."


def test_a_date_that_does_not_exist_and_an_hour_that_comes_twice_are_named_beside_the_field(
    office: Office,
) -> None:
    form = form_of(office.say(AMIRA, f"/contact {office.raised()}"))

    given = LATER | {"when": "2026-10-25T01:30", "next_date": "2026-02-30"}
    errors = dict(office.submit(AMIRA, form, given).errors)
    assert "comes twice" in errors["when"]
    assert '"2026-02-30"' in errors["next_date"]

    errors = dict(office.submit(AMIRA, form, {"when": "2026-03-29T01:30"}).errors)
    assert "does not exist" in errors["when"]


# ---- while the form was open -----------------------------------------------------------------------


def test_a_form_gone_stale_says_so_keeps_the_words_and_may_be_sent_again(office: Office) -> None:
    ref = office.raised()
    form = form_of(office.say(AMIRA, f"/concern withdraw {ref}"))
    office.until("Tue 1 Dec 2026 17:30")
    before = office.untouched()

    stale = error_of(office.submit(AMIRA, form, {"reason": "They moved away."}))
    assert stale == (
        "This has moved on meanwhile: stage 2 of 4: Manager. Nothing was sent, and your words are still here."
        " If it still holds, send it again."
    )
    assert office.untouched() == before

    message_of(office.submit(AMIRA, form, {}))
    assert office.ledger.history(ref)[-1].words.text("reason") == "They moved away."


def test_a_stale_form_that_has_no_place_any_more_says_what_has(office: Office) -> None:
    ref = office.answered()
    form = form_of(office.say(AMIRA, f"/concern dispute {ref}"))
    office.say(AMIRA, f"/concern escalate {ref} immediate_risk")

    assert "Somebody has been called" in error_of(office.submit(AMIRA, form, {"why": "Not enough."}))
    assert office.concern(ref).stage is Stage.CALLED


def test_a_logged_contact_makes_no_form_stale(office: Office) -> None:
    ref = office.raised()
    form = form_of(office.say(TOM, f"/concern answer {ref}"))
    office.say(AMIRA, f"/contact {ref} made phone no_answer")

    message_of(office.submit(TOM, form, ANSWER))


def test_a_person_who_left_the_directory_keeps_the_draft_and_changes_nothing(office: Office) -> None:
    ref = office.raised()
    form = form_of(office.say(AMIRA, f"/concern note {ref}"))
    office.with_directory(without(DIRECTORY, AMIRA))

    # Her account is nobody's now: that is how a door knows her.
    for asker in (AMIRA, None):
        assert error_of(office.submit(asker, form, {"text": "Seen."})) == NOT_LISTED

    office.with_directory(DIRECTORY)
    message_of(office.submit(AMIRA, form, {"text": "Seen."}))


def test_a_person_who_lost_the_seat_is_told_no_more_than_a_stranger(office: Office) -> None:
    ref = office.raised()
    form = form_of(office.say(TOM, f"/concern note {ref}"))
    office.with_directory(with_seat(DIRECTORY, "practitioner", LENA))

    assert error_of(office.submit(TOM, form, {"text": "Seen."})) == NOT_YOURS


def test_somebody_who_came_to_speak_for_the_other_side_meanwhile_is_asked_what_is_theirs(
    office: Office,
) -> None:
    ref = office.raised()
    office.until("Tue 1 Dec 2026 17:30")
    form = form_of(office.say(JOEL, f"/concern ack {ref}"))
    assert keys(form) == ["when", "who", "how", "text"]
    office.with_directory(with_seat(DIRECTORY, "manager", JOEL))

    message_of(office.submit(JOEL, form, {}))
    assert office.concern(ref).acknowledged_by == JOEL


def test_answers_to_a_page_that_fell_away_are_not_looked_at(office: Office) -> None:
    ref = office.referred()
    form = form_of(office.say(AMIRA, f"/concern responded {ref}"))
    form = form_of(office.submit(AMIRA, form, {"verdict": "challenge", "ground": ["nonsense"]}))

    message_of(office.submit(AMIRA, form, {"verdict": "satisfied"}))
    assert office.concern(ref).stage is Stage.CLOSED


def test_pages_that_fell_away_do_not_trip_it(office: Office) -> None:
    ref = office.referred()
    form = form_of(office.say(AMIRA, f"/concern responded {ref} challenge They declined."))
    assert form.part == 2

    message_of(office.submit(AMIRA, form, {"verdict": "satisfied"}))
    assert office.concern(ref).stage is Stage.CLOSED


def test_the_raising_manager_may_speak_once_the_clock_has_turned_to_them(office: Office) -> None:
    ref = office.answered()
    assert "raising side" in error_of(office.say(JOEL, f"/concern accept {ref}"))

    office.until("Fri 4 Dec 2026 17:30")
    message_of(office.say(JOEL, f"/concern accept {ref} plain"))
    assert office.say(GRACE, f"/concern show {ref}").error == NOT_YOURS

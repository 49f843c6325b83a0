"""Immediate danger comes first: before enrolment, before storage, before any right."""

from dataclasses import replace

from handlers.danger import DANGER_FORM
from storage.errors import NotSaved
from tests.handlers.offices import RAISE, Office, everything, form_of, keys, message_of
from tests.ladders import DAILY
from tests.partnership import AMIRA, NADIA, STRANGER, TOM

EMERGENCY = DAILY.emergency
NO_LINE = "Baton is not an emergency line"


def test_the_first_question_of_a_concern_is_danger(office: Office) -> None:
    form = form_of(office.say(AMIRA, "/concern"))

    assert keys(form) == ["danger"]
    assert NO_LINE in everything(office.say(AMIRA, "/concern"))


def test_yes_shows_what_to_do_and_then_goes_on_at_the_urgent_tier(office: Office) -> None:
    reply = office.submit(AMIRA, form_of(office.say(AMIRA, "/concern")), {"danger": "yes"})

    assert reply.aside[0].urgent
    assert {EMERGENCY.text, "Emergency duty team, 01234 567890."} <= set(reply.aside[0].lines)
    assert NO_LINE in everything(reply)
    assert form_of(reply).urgent
    assert form_of(reply).lines[0] == EMERGENCY.text

    message_of(office.submit(AMIRA, form_of(reply), RAISE))
    assert (office.newest().urgent, office.newest().tier) == (True, 3)
    assert office.press(NADIA, f"ack:{office.newest().ref}:1").message


def test_no_shows_none_of_it(office: Office) -> None:
    reply = office.submit(AMIRA, form_of(office.say(AMIRA, "/concern")), {"danger": "no"})

    assert reply.aside == ()
    assert not form_of(reply).urgent


def test_a_stranger_is_asked_and_told_what_to_do_before_being_told_to_enrol(office: Office) -> None:
    for stranger in (None, STRANGER):
        form = form_of(office.say(stranger, "/concern he has a knife"))
        assert (form.id, keys(form)) == (DANGER_FORM, ["danger"])

        reply = office.submit(stranger, form, {"danger": True})
        assert reply.aside[0].lines[0] == EMERGENCY.text
        assert message_of(reply).title == "You are not enrolled yet"
    assert office.untouched() == ()


def test_a_stranger_who_answers_nothing_is_asked_again(office: Office) -> None:
    assert [key for key, _ in office.submit(None, DANGER_FORM, {"danger": "perhaps"}).errors] == ["danger"]


def test_danger_said_in_any_form_shows_what_to_do_even_where_the_form_is_nobodys(office: Office) -> None:
    for given in ({"danger": "yes"}, {"why": "immediate_risk"}):
        reply = office.submit(None, "no-such-form", given)
        assert reply.aside[0].lines[0] == EMERGENCY.text
        assert reply.error


def test_danger_typed_on_a_running_concern_shows_what_to_do_and_turns_it_urgent(office: Office) -> None:
    ref = office.raised()

    reply = office.say(AMIRA, f"/concern escalate {ref} immediate_risk He is outside the house")
    assert reply.aside[0].lines[0] == EMERGENCY.text
    assert office.concern(ref).urgent

    assert office.say(TOM, f"/concern escalate {ref} immediate_risk").aside


def test_with_the_vault_locked_danger_is_still_asked_about_and_answered(office: Office) -> None:
    office.lock_the_vault()

    reply = office.say(AMIRA, "/concern he has a knife")
    assert "Not saved" in str(reply.error)
    reply = office.submit(AMIRA, form_of(reply), {"danger": "yes"})
    assert reply.aside[0].lines[0] == EMERGENCY.text
    assert "Not saved" in str(reply.error)


def test_with_the_store_gone_danger_is_still_asked_about_and_answered(office: Office) -> None:
    own = replace(EMERGENCY, text="Ring 999, then the duty team.")
    office.desk = replace(office.desk, emergency=(own,))
    office.fails = NotSaved("The database cannot be reached.")

    for person in (AMIRA, STRANGER, None):
        form = form_of(office.say(person, "/concern he has a knife"))
        reply = office.submit(person, form, {"danger": "yes"})
        assert reply.aside[0].lines[0] == "Ring 999, then the duty team."
        assert "Not saved" in str(reply.error)


def test_after_danger_an_enrolled_person_goes_on_without_being_asked_again(office: Office) -> None:
    form = form_of(office.submit(AMIRA, DANGER_FORM, {"danger": "yes"}))

    assert form.part == 2
    message_of(office.submit(AMIRA, form, RAISE))
    assert office.newest().urgent

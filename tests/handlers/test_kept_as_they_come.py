"""Answers kept one by one, as a talk gives them: nothing goes on by itself, and nothing is lost."""

from handlers.refusals import GONE, NOT_LISTED
from handlers.scene import Asker
from tests.handlers.offices import RAISE, Office, error_of, form_of, keys, message_of, values
from tests.partnership import AMIRA, BEN


def test_an_answer_is_kept_and_the_page_comes_back_with_it(office: Office) -> None:
    form = form_of(office.submit(AMIRA, form_of(office.say(AMIRA, "/concern")), {"danger": "no"}))
    reply = office.desk.keep(Asker(AMIRA), form.id, {"decision": "No visit."})

    assert (form_of(reply).part, keys(form_of(reply))) == (form.part, keys(form))
    assert values(form_of(reply))["decision"] == "No visit."
    assert (reply.error, reply.message) == (None, None)


def test_with_nothing_said_it_is_how_a_form_is_found_again(office: Office) -> None:
    form = form_of(office.say(AMIRA, "/concern"))
    office.desk.keep(Asker(AMIRA), form.id, {"danger": "no"})

    assert values(form_of(office.desk.keep(Asker(AMIRA), form.id, {}))) == {"danger": "no"}


def test_an_answer_that_will_not_do_is_named_and_stays(office: Office) -> None:
    ref = office.raised()
    form = form_of(office.say(AMIRA, f"/contact {ref}"))
    reply = office.desk.keep(Asker(AMIRA), form.id, {"when": "at noon"})

    assert [key for key, _ in reply.errors] == ["when"]
    assert "at noon" in str(reply.error)
    assert values(form_of(reply))["when"] == "at noon"


def test_what_is_still_to_be_answered_is_no_fault_yet(office: Office) -> None:
    form = form_of(office.say(AMIRA, f"/contact {office.raised()}"))

    assert office.desk.keep(Asker(AMIRA), form.id, {"who": "A nurse"}).errors == ()


def test_kept_one_by_one_it_is_sent_like_any_other(office: Office) -> None:
    form = form_of(office.submit(AMIRA, form_of(office.say(AMIRA, "/concern")), {"danger": "no"}))
    for key, given in RAISE.items():
        office.desk.keep(Asker(AMIRA), form.id, {key: given})
    message_of(office.submit(AMIRA, form, {}))

    assert office.newest().raiser == AMIRA


def test_immediate_danger_is_answered_at_once(office: Office) -> None:
    form = form_of(office.say(AMIRA, "/concern"))
    reply = office.desk.keep(Asker(AMIRA), form.id, {"danger": "yes"})

    assert reply.aside[0].urgent
    assert form_of(reply).id == form.id


def test_which_concern_is_meant_goes_on_at_once(office: Office) -> None:
    first, _ = office.raised(), office.raised()
    which = form_of(office.say(AMIRA, "/note"))
    again = form_of(office.desk.keep(Asker(AMIRA), which.id, {}))
    form = form_of(office.desk.keep(Asker(AMIRA), which.id, {"concern": first}))

    assert again == which
    assert form.id == which.id
    assert form.lines[0].startswith(f"About {first}")


def test_to_anybody_else_there_is_no_such_form(office: Office) -> None:
    form = form_of(office.say(AMIRA, "/concern"))

    assert error_of(office.desk.keep(Asker(BEN), form.id, {"danger": "no"})) == GONE
    for id in (form.id, "no-such-form"):
        assert error_of(office.desk.keep(Asker(None), id, {})) == NOT_LISTED

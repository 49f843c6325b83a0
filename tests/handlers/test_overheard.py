"""In a group others read along: words typed there are not taken, and the form goes on in private."""

from handlers.asking import OVERHEARD
from tests.handlers.offices import ANSWER, Office, everything, form_of, keys, message_of, values
from tests.partnership import AMIRA, TOM

SECRET = "ORANGE HERON"


def test_words_typed_in_a_group_are_not_stored_and_choices_are(office: Office) -> None:
    ref = office.raised()
    before = office.untouched()

    form = form_of(office.say(AMIRA, f"/contact {ref} made phone spoke {SECRET}", overheard=True))

    assert form.lines[0] == OVERHEARD
    assert values(form) == {
        "direction": "made",
        "method": "phone",
        "reached": "spoke",
        "when": "2026-11-30T10:00",
    }
    assert office.untouched() == before
    message_of(office.submit(AMIRA, form, {}))
    assert SECRET not in everything(office.say(AMIRA, f"/show {ref}"))


def test_a_line_of_choices_alone_is_done_in_a_group_too(office: Office) -> None:
    ref = office.raised()

    message_of(office.say(AMIRA, f"/contact {ref} made phone spoke", overheard=True))
    message_of(office.say(TOM, f"/ack {ref}", overheard=True))


def test_every_command_with_words_asks_in_private(office: Office) -> None:
    ref = office.raised()

    for person, verb in ((AMIRA, "note"), (AMIRA, "withdraw"), (TOM, "ack"), (TOM, "answer")):
        reply = office.say(person, f"/concern {verb} {ref} {SECRET}", overheard=True)
        assert form_of(reply).lines[0] == OVERHEARD
        assert SECRET not in everything(reply)


def test_a_new_concern_typed_in_a_group_begins_in_private_without_its_words(office: Office) -> None:
    form = form_of(office.say(AMIRA, f"/concern {SECRET}", overheard=True))
    assert form.lines[0] == OVERHEARD

    form = form_of(office.submit(AMIRA, form, {"danger": "no"}))
    assert values(form) == {}


def test_without_a_reference_the_words_are_dropped_too(office: Office) -> None:
    refs = office.raised(), office.raised()

    which = form_of(office.say(AMIRA, f"/concern note {SECRET}", overheard=True))
    assert keys(which) == ["danger"]

    which = form_of(office.say(AMIRA, f"/note {SECRET}", overheard=True))
    assert (which.lines[0], keys(which)) == (OVERHEARD, ["concern"])
    form = form_of(office.submit(AMIRA, which, {"concern": refs[0]}))
    assert values(form) == {}


def test_looking_something_up_in_a_group_minds_no_stray_words(office: Office) -> None:
    ref = office.raised()

    for line in ("/help please", "/mine now", f"/show {ref} please", "/guide me"):
        message_of(office.say(AMIRA, line, overheard=True))


def test_a_form_is_filled_in_privately_whoever_overheard_its_beginning(office: Office) -> None:
    ref = office.raised()

    form = form_of(office.say(TOM, f"/answer {ref} {SECRET}", overheard=True))
    message_of(office.submit(TOM, form, ANSWER))

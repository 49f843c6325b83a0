"""What cannot be done comes back as a sentence that says what can, and gives nothing away."""

from dataclasses import replace

import pytest

from concerns import reference
from concerns.model import Stage
from handlers.line import LONGEST
from handlers.menu import menu
from handlers.refusals import GONE, NOT_YOURS, TOO_LONG
from handlers.scene import Reply
from tests.handlers.moments import asked_for_time
from tests.handlers.offices import ANSWER, RAISE, Office, error_of, everything, form_of, message_of
from tests.partnership import ALEX, AMIRA, BEN, COUNCIL, DEV, GRACE, JOEL, LENA, SAM, TOM, seating
from views.parts import Button

VERBS = tuple(verb.name for verb in menu() if verb.on_concern)


@pytest.mark.parametrize("verb", VERBS)
def test_an_unknown_and_a_foreign_reference_get_the_same_sentence(office: Office, verb: str) -> None:
    foreign, unknown, misspelt = office.raised(), reference.make(5), "C-0000-0001"

    for person in (BEN, DEV, GRACE):
        for ref in (foreign, unknown, misspelt):
            typed = office.say(person, f"/concern {verb} {ref} made phone words")
            pressed = office.press(person, f"{verb}:{ref}:1")
            assert typed == pressed
            assert typed == Reply(error=NOT_YOURS)


def test_a_reference_is_found_however_it_is_written(office: Office) -> None:
    ref = office.raised()

    for written in (ref, ref.lower(), ref.replace("-", ""), ref.replace("0", "o"), f" {ref} "):
        found = office.desk.find(AMIRA, written)
        assert found is not None
        assert found.ref == ref
    assert office.desk.find(SAM, ref)
    assert office.desk.find(ALEX, ref)
    assert office.desk.find(GRACE, ref) is None


def test_an_unknown_command_is_answered_with_the_nearest(office: Office) -> None:
    assert error_of(office.say(AMIRA, "/conern")).startswith(
        'There is no command "/conern". Nearest: /concern'
    )
    assert "/concern show" in error_of(office.say(AMIRA, "/concern shwo"))
    assert error_of(office.say(AMIRA, "/\u202e" + "x" * 9000)).isprintable()


def test_talk_that_is_no_command_is_not_stored(office: Office) -> None:
    assert "nothing was stored" in error_of(office.say(AMIRA, "He has no money left."))
    assert office.untouched() == ()


def test_a_line_longer_than_can_be_read_is_refused_whole(office: Office) -> None:
    fits = "/concern " + "x" * (LONGEST - 9)

    assert error_of(office.say(AMIRA, fits + "x")) == TOO_LONG
    assert "999" in TOO_LONG
    form_of(office.say(AMIRA, fits))


def test_a_stale_button_changes_nothing_and_shows_how_it_stands(office: Office) -> None:
    ref = office.raised()
    old = Button("", "ack", ref, office.concern(ref).turn)
    office.until("Tue 1 Dec 2026 17:30")
    before = office.untouched()

    message = message_of(office.press(TOM, old))

    assert message.title == f"This has moved on. {ref}, stage 2 of 4: Manager"
    assert "Waiting for: manager, Northshire Council." in message.lines
    assert office.untouched() == before


def test_a_button_whose_question_has_been_settled_has_moved_on_too(office: Office) -> None:
    ref = asked_for_time(office)
    turn = office.concern(ref).turn
    message_of(office.say(AMIRA, f"/decline {ref}"))
    before = office.untouched()

    for person, verb in ((AMIRA, "agree"), (AMIRA, "decline"), (TOM, "extend")):
        message = message_of(office.press(person, Button("", verb, ref, turn)))
        assert message.title == f"This has moved on. {ref}, stage 1 of 4: Practitioner"
        assert "Answer due Tue 1 Dec at 17:00." in str(message.lines)
    assert "raising side" in error_of(office.press(TOM, Button("", "agree", ref, turn)))
    assert office.untouched() == before


def test_a_button_for_which_it_is_too_late_shows_how_it_stands(office: Office) -> None:
    ref = office.raised()
    turn = office.concern(ref).turn
    message_of(office.press(TOM, Button("", "ack", ref, turn)))
    before = office.untouched()

    again = message_of(office.press(LENA, Button("", "ack", ref, turn)))
    assert again.title.startswith(f"This has moved on. {ref}")
    assert "Acknowledged. The answer is still owed by: practitioner, Northshire Council." in again.lines
    assert "It is acknowledged already" in error_of(office.say(LENA, f"/ack {ref}"))

    message_of(office.say(AMIRA, f"/withdraw {ref} They moved away."))
    closed = message_of(office.press(AMIRA, Button("", "contact", ref, turn)))
    assert "Reopen" in [button.label for button in closed.buttons]
    assert office.concern(ref).seq == before[0].seq + 1


def test_whoever_gave_the_answer_is_told_who_accepts_it_not_that_it_has_moved_on(office: Office) -> None:
    both = seating(COUNCIL, "manager", GRACE, JOEL)
    others = (one for one in office.rules.directory.seatings if one.seat != both.seat)
    office.with_directory(replace(office.rules.directory, seatings=(*others, both)))
    ref = office.raised()
    office.until("Tue 1 Dec 2026 17:30")
    office.fill(JOEL, f"/answer {ref}", ANSWER)

    reply = office.press(JOEL, Button("", "accept", ref, office.concern(ref).turn))
    refused = office.submit(JOEL, form_of(reply), {"how": "plain"})
    assert "somebody else of the raising side" in error_of(refused)


def test_a_logged_contact_makes_no_button_stale(office: Office) -> None:
    ref = office.raised()
    button = Button("", "ack", ref, office.concern(ref).turn)
    office.say(AMIRA, f"/contact {ref} made phone no_answer")

    assert message_of(office.press(TOM, button)).title == f"{ref}: acknowledged"


def test_a_button_gives_no_authority(office: Office) -> None:
    ref = office.raised()

    for person in (AMIRA, BEN, GRACE, SAM):
        reply = office.press(person, Button("", "ack", ref, office.concern(ref).turn))
        assert reply.error or reply.form
    assert office.concern(ref).stage is Stage.CALLED


def test_a_button_that_is_none_is_answered_calmly(office: Office) -> None:
    for token in ("", "ack", "ack:C-0000-0000", "ack:C-0000-0000:x", "abolish::0", "ack::9999999999", "::"):
        assert error_of(office.press(AMIRA, token)).startswith("This button no longer does anything.")


def test_buttons_without_a_concern_work(office: Office) -> None:
    form_of(office.press(AMIRA, "raise::0"))
    message_of(office.press(AMIRA, "pathway::0"))
    for _ in range(2):
        office.raised()
    assert form_of(office.press(AMIRA, "contact::0")).fields[0].ask == "Which concern?"


def test_a_form_nobody_opened_is_answered_calmly(office: Office) -> None:
    for form in ("", "no-such-form", "\ud800", "x" * 10_000):
        assert error_of(office.submit(AMIRA, form, {"danger": "no"})) == GONE


def test_a_request_that_comes_twice_has_its_effect_once(office: Office) -> None:
    ref = office.raised()

    first = office.say(AMIRA, f"/concern note {ref} Seen.", request="slack:1")
    again = office.say(AMIRA, f"/concern note {ref} Seen.", request="slack:1")

    assert message_of(first).title == f"{ref}: note added"
    assert message_of(again).title.startswith(f"This is on record already. {ref}")
    assert len(office.ledger.history(ref)) == 3


def test_somebody_elses_request_shows_nothing_of_theirs(office: Office) -> None:
    mine = office.raised()
    office.say(AMIRA, f"/concern note {mine} Seen.", request="slack:1")
    theirs = office.raised(by=DEV)

    said = everything(office.say(DEV, f"/concern note {theirs} Seen.", request="slack:1"))
    assert mine not in said


def test_a_reference_that_is_taken_is_drawn_again(office: Office) -> None:
    first = office.raised()
    office.names_begin_again()

    second = office.raised()

    assert first != second
    assert len(office.untouched()) == 2


def test_chance_that_draws_nothing_new_saves_nothing_and_says_so(office: Office) -> None:
    for _ in range(6):
        office.raised()
    office.names_begin_again()
    form = form_of(office.submit(AMIRA, form_of(office.say(AMIRA, "/concern")), {"danger": "no"}))

    assert "Not saved: no free reference" in error_of(office.submit(AMIRA, form, RAISE))
    assert len(office.untouched()) == 6

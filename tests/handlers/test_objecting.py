"""When somebody else of the raising side accepted: the raiser alone may object, for a while."""

from concerns.model import Stage
from tests.handlers.moments import accepted_by_joel
from tests.handlers.offices import Office, error_of, form_of, message_of
from tests.partnership import AMIRA, GRACE, JOEL, PRIYA


def test_the_raiser_is_offered_to_object_in_those_words(office: Office) -> None:
    ref = accepted_by_joel(office)

    shown = message_of(office.say(AMIRA, f"/show {ref}"))
    assert shown.buttons[0].label == "I object"
    form = form_of(office.press(AMIRA, shown.buttons[0]))
    assert form.title == "I object"

    message_of(office.submit(AMIRA, form, {"why": "The money still leaves."}))
    assert (office.concern(ref).stage, office.concern(ref).tier) == (Stage.CALLED, 3)


def test_nobody_else_of_the_raising_side_is_offered_it_or_may(office: Office) -> None:
    ref = accepted_by_joel(office)

    for person in (JOEL, PRIYA):
        shown = message_of(office.say(person, f"/show {ref}"))
        assert "dispute" not in {button.command for button in shown.buttons}
        assert "reopen it" in error_of(office.say(person, f"/dispute {ref} Not enough."))
    assert error_of(office.say(GRACE, f"/dispute {ref} Not enough."))
    assert office.concern(ref).stage is Stage.AGREED


def test_what_the_raiser_accepted_is_not_objected_to(office: Office) -> None:
    ref = office.agreed()

    shown = message_of(office.say(AMIRA, f"/show {ref}"))
    assert "dispute" not in {button.command for button in shown.buttons}
    assert "reopen it" in error_of(office.say(AMIRA, f"/dispute {ref} Not enough."))


def test_after_the_time_to_object_it_is_reopened_instead(office: Office) -> None:
    ref = accepted_by_joel(office)
    form = form_of(office.say(AMIRA, f"/dispute {ref}"))
    office.until("Mon 7 Dec 2026 09:00")

    assert "reopen it" in error_of(office.submit(AMIRA, form, {"why": "The money still leaves."}))
    assert office.concern(ref).stage is Stage.AGREED

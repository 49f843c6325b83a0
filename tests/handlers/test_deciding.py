"""A decision at the top of the ladder: who is offered it, what it needs, and its dissent on record."""

from concerns.model import Outcome, Ref, Stage
from concerns.people import PersonId
from tests.handlers.moments import at_the_top
from tests.handlers.offices import ANSWER, Office, error_of, form_of, keys, message_of
from tests.partnership import AMIRA, MIRIAM, SAM, TOM, VICTOR

WHOLE = {"decision": "An enquiry opens.", "reasons": "The risk is new."}


def offered(office: Office, person: PersonId, ref: Ref) -> bool:
    """Whether looking at the concern offers this person to record a decision."""
    shown = message_of(office.say(person, f"/show {ref}"))
    return "decide" in {button.command for button in shown.buttons}


def test_the_seat_called_and_the_convener_are_offered_it_at_the_top(office: Office) -> None:
    ref = at_the_top(office)

    assert offered(office, VICTOR, ref)
    assert offered(office, MIRIAM, ref)
    assert not offered(office, AMIRA, ref)


def test_below_the_top_it_is_refused_before_anything_is_filled_in(office: Office) -> None:
    ref = office.raised()

    assert not offered(office, TOM, ref)
    said = error_of(office.say(TOM, f"/decide {ref} We open an enquiry."))
    assert said.startswith("Only the top of the ladder decides.")
    assert office.concern(ref).stage is Stage.CALLED


def test_a_decision_typed_without_its_reasons_is_kept_and_the_reasons_are_asked(office: Office) -> None:
    ref = at_the_top(office)

    form = form_of(office.say(VICTOR, f"/decide {ref} An enquiry opens."))
    assert keys(form) == ["decision", "reasons", "dissent"]
    assert form.fields[0].value == "An enquiry opens."
    assert [key for key, _ in office.submit(VICTOR, form, {}).errors] == ["reasons"]

    message_of(office.submit(VICTOR, form, {"reasons": "The risk is new."}))
    assert office.concern(ref).outcome is Outcome.DECIDED


def test_dissent_stands_beside_the_decision(office: Office) -> None:
    ref = at_the_top(office)

    office.fill(MIRIAM, f"/decide {ref}", WHOLE | {"dissent": "Health would have waited."})

    assert office.concern(ref).outcome is Outcome.DECIDED_WITH_DISSENT
    assert office.ledger.history(ref)[-1].words.text("dissent") == "Health would have waited."


def test_after_an_answer_only_whoever_convenes_decides(office: Office) -> None:
    ref = at_the_top(office)
    office.fill(VICTOR, f"/answer {ref}", ANSWER)

    assert not offered(office, VICTOR, ref)
    assert "the raising side speaks next" in error_of(office.say(VICTOR, f"/decide {ref}"))
    assert offered(office, MIRIAM, ref)
    office.fill(MIRIAM, f"/decide {ref}", WHOLE)
    assert office.concern(ref).stage is Stage.AGREED


def test_the_other_side_and_the_coordinator_decide_nothing(office: Office) -> None:
    ref = at_the_top(office)

    for person in (AMIRA, SAM):
        assert error_of(office.say(person, f"/decide {ref} It is settled."))
    assert office.concern(ref).stage is Stage.CALLED

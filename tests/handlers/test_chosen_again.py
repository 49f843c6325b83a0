"""The page that asks which concern is meant, sent a second time: what follows is shown, never done."""

from concerns.model import Ref, Stage
from handlers.scene import Asker, Reply
from tests.handlers.offices import ANSWER, Office, form_of, values
from tests.partnership import AMIRA, TOM
from views.parts import Form

LATE: dict[str, object] = {
    "direction": "made",
    "method": "phone",
    "reached": "spoke",
    "when": "2028-12-24T10:00",
}


def sends(office: Office, form: Form, given: dict[str, object]) -> Reply:
    """Amira sends this page, whatever page her form has come to meanwhile."""
    return office.desk.submit(Asker(AMIRA), form.id, given, form.part)


def refused_about(office: Office, ref: Ref, reason: str) -> Form:
    """The page that asks which concern to withdraw; the one chosen moved on before its own page was sent."""
    which = form_of(office.say(AMIRA, "/withdraw"))
    page = form_of(sends(office, which, {"concern": ref}))
    office.fill(TOM, f"/concern answer {ref}", ANSWER)
    assert sends(office, page, {"reason": reason}).error
    return which


def test_the_same_chosen_again_is_shown_with_what_was_filled_in(office: Office) -> None:
    a, _ = office.raised(), office.raised()
    which = refused_about(office, a, "Resolved by phone.")

    again = form_of(sends(office, which, {"concern": a}))
    assert values(again) == {"reason": "Resolved by phone."}
    assert office.concern(a).stage is Stage.ANSWERED


def test_the_words_about_one_do_not_go_to_another(office: Office) -> None:
    a, b = office.raised(), office.raised()
    which = refused_about(office, a, "About the first.")

    other = form_of(sends(office, which, {"concern": b}))
    assert values(other) == {}
    assert b in other.lines[0]
    assert office.concern(b).stage is not Stage.CLOSED


def test_what_the_first_was_refused_for_does_not_bar_the_way_to_the_second(office: Office) -> None:
    a, b = office.raised(), office.raised()
    which = form_of(office.say(AMIRA, "/contact"))
    page = form_of(sends(office, which, {"concern": a}))
    assert sends(office, page, LATE).error

    assert b in form_of(sends(office, which, {"concern": b})).lines[0]


def test_an_action_filled_in_for_the_first_is_not_the_seconds(office: Office) -> None:
    a, b = office.agreed(), office.agreed()
    for ref in (a, b, b):
        office.fill(AMIRA, f"/concern action {ref} set Visit.", {"owner": AMIRA, "due": "2026-12-02"})
    which = form_of(office.say(AMIRA, "/done"))
    assert values(form_of(sends(office, which, {"concern": a}))) == {"number": "1"}

    assert values(form_of(sends(office, which, {"concern": b}))) == {}


def test_where_the_one_chosen_again_has_nothing_left_to_ask_that_is_said(office: Office) -> None:
    a, b = office.agreed(), office.agreed()
    for ref in (a, b):
        office.fill(AMIRA, f"/concern action {ref} set Visit.", {"owner": AMIRA, "due": "2026-12-02"})
    which = form_of(office.say(AMIRA, "/done"))
    form_of(sends(office, which, {"concern": a}))
    office.fill(AMIRA, f"/done {a}", {"number": "1"})

    said = sends(office, which, {"concern": a})
    assert said.form is None
    assert (said.error or "").startswith("This has moved on meanwhile")


def test_what_was_typed_at_first_goes_along_to_another(office: Office) -> None:
    a, b = office.raised(), office.raised()
    which = form_of(office.say(AMIRA, "/contact made phone Nobody answered."))
    for ref in (a, b):
        page = form_of(sends(office, which, {"concern": ref}))
        assert ref in page.lines[0]
        typed = {"direction": "made", "method": "phone", "summary": "Nobody answered."}
        assert typed.items() <= values(page).items()


def test_quoted_words_go_along_to_another(office: Office) -> None:
    a, b = office.raised(), office.raised()
    which = form_of(office.desk.quote(Asker(AMIRA), "contact", f"made phone {b}"))
    for ref in (a, b):
        page = form_of(sends(office, which, {"concern": ref}))
        assert ref in page.lines[0]
        assert values(page)["summary"] == f"made phone {b}"
        assert "direction" not in values(page)

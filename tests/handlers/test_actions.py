"""Actions: who does what by which day, called done by their owner, or dropped with a reason."""

from concerns.events import ActionDone, ActionDropped, ActionSet
from concerns.model import Ref
from tests.handlers.moments import with_an_action
from tests.handlers.offices import Office, error_of, everything, form_of, keys, message_of, values
from tests.partnership import AMIRA, BEN, CARL, DEV, GRACE, LENA, MIRIAM, SAM, TOM
from views.parts import Button

RING = {"what": "Ring the surgery.", "owner": "tom", "due": "2026-12-01"}


def for_carl(office: Office) -> Ref:
    """Carl, who sits in no seat, is to visit by Wednesday."""
    ref = with_an_action(office)
    office.fill(AMIRA, f"/action {ref} set Visit the flat.", {"owner": CARL, "due": "2026-12-02"})
    return ref


def test_where_none_is_open_one_is_set_on_a_single_page(office: Office) -> None:
    form = form_of(office.say(AMIRA, f"/action {office.raised()} Ring the surgery."))

    assert keys(form) == ["does", "what", "owner", "due"]
    assert values(form) == {"does": "set", "what": "Ring the surgery."}
    assert [choice.value for choice in form.fields[0].choices] == ["set"]


def test_the_people_called_stand_first_and_nobody_of_another_agency_is_listed(office: Office) -> None:
    form = form_of(office.say(AMIRA, f"/action {office.raised()}"))

    listed = [choice.value for choice in form.fields[2].choices]
    assert listed[:3] == [AMIRA, TOM, LENA]
    assert len(listed) == len(set(listed))
    assert {BEN, MIRIAM, CARL} <= set(listed)
    assert DEV not in listed
    assert form.fields[2].choices[1].label == "Tom Ashby, Northshire Council"


def test_where_some_are_open_it_asks_first_what_is_meant(office: Office) -> None:
    ref = with_an_action(office)

    form = form_of(office.say(TOM, f"/action {ref}"))
    assert (keys(form), form.part, form.parts) == (["does"], 1, 2)
    form = form_of(office.submit(TOM, form, {"does": "set"}))
    message_of(office.submit(TOM, form, RING))

    assert [action.number for action in office.concern(ref).open_actions] == [1, 2]


def test_words_typed_before_it_is_known_what_is_meant_are_kept_either_way(office: Office) -> None:
    ref = with_an_action(office)

    form = form_of(office.say(TOM, f"/action {ref} Her niece rings."))
    assert values(form_of(office.submit(TOM, form, {"does": "set"})))["what"] == "Her niece rings."
    form = form_of(office.say(TOM, f"/action {ref} Her niece rings."))
    form = form_of(office.submit(TOM, form, {"does": "drop"}))
    assert values(form) == {"number": "1", "reason": "Her niece rings."}

    message_of(office.submit(TOM, form, {}))
    dropped = office.ledger.history(ref)[-1]
    assert isinstance(dropped, ActionDropped)
    assert dropped.words.items() == (("reason", "Her niece rings."),)
    assert not office.concern(ref).open_actions


def test_a_number_that_is_not_open_ends_no_other_action(office: Office) -> None:
    ref = with_an_action(office)

    for typed in ("done REF 2 Rang.", "action REF drop 2 Not needed."):
        assert "number" not in values(form_of(office.say(TOM, f"/concern {typed.replace('REF', ref)}")))
    assert office.concern(ref).open_actions


def test_an_action_is_not_dropped_without_a_reason(office: Office) -> None:
    ref = with_an_action(office)

    form = form_of(office.say(TOM, f"/action {ref} drop 1"))
    assert [key for key, _ in office.submit(TOM, form, {}).errors] == ["reason"]
    assert office.concern(ref).open_actions


def test_pressed_with_one_open_it_shows_that_one_and_is_done_in_one_step(office: Office) -> None:
    ref = with_an_action(office)

    form = form_of(office.press(TOM, Button("Mark it done", "done", ref, office.concern(ref).turn)))
    assert (form.title, form.parts, values(form)) == ("Mark it done", 1, {"number": "1"})
    message_of(office.submit(TOM, form, {}))

    assert isinstance(office.ledger.history(ref)[-1], ActionDone)


def test_pressed_late_it_has_moved_on_and_no_other_action_is_taken_for_it(office: Office) -> None:
    ref = for_carl(office)
    button = Button("Mark it done", "done", ref, office.concern(ref).turn)
    message_of(office.say(TOM, f"/done {ref} 1"))

    form = form_of(office.press(TOM, button))
    assert form.fields[0].choices[0].label == "Action 2: Carl Dunn, due Wed 2 Dec"
    message_of(office.say(CARL, f"/done {ref} 2 Visited."))

    before = office.untouched()
    for person in (TOM, AMIRA, CARL):
        assert message_of(office.press(person, button)).title.startswith(f"This has moved on. {ref}")
    assert office.untouched() == before


def test_typed_with_nothing_left_to_finish_it_says_so(office: Office) -> None:
    ref = with_an_action(office)
    message_of(office.say(TOM, f"/done {ref} 1 Rang."))

    assert error_of(office.say(TOM, f"/done {ref} 1")).startswith("Nothing is left to mark done here.")


def test_with_several_open_the_number_says_which_and_a_wrong_one_is_asked_again(office: Office) -> None:
    ref = for_carl(office)

    form = form_of(office.say(TOM, f"/done {ref} 7 Visited."))
    assert values(form) == {"note": "7 Visited."}
    assert [choice.label for choice in form.fields[0].choices] == [
        "Action 1: Tom Ashby, due Tue 1 Dec",
        "Action 2: Carl Dunn, due Wed 2 Dec",
    ]
    message_of(office.say(TOM, f"/done {ref} 2 Visited."))
    assert [action.number for action in office.concern(ref).open_actions] == [1]


def test_what_is_missing_is_named_and_what_was_typed_is_kept(office: Office) -> None:
    ref = office.raised()
    form = form_of(office.say(AMIRA, f"/action {ref} Ring the surgery."))

    wrong = office.submit(AMIRA, form, {"owner": "dev", "due": "soon"})
    assert [key for key, _ in wrong.errors] == ["owner", "due"]
    late = office.submit(AMIRA, form, {"owner": "tom", "due": "2026-11-27"})
    assert error_of(late).startswith("Give the day")

    message_of(office.submit(AMIRA, form, {"due": "2026-12-01"}))
    action = office.ledger.history(ref)[-1]
    assert isinstance(action, ActionSet)
    assert action.words.text("what") == "Ring the surgery."


def test_an_owner_with_no_other_part_sees_the_clocks_and_calls_their_own_done(office: Office) -> None:
    ref = for_carl(office)

    assert ref in everything(office.say(CARL, "/mine"))
    shown = everything(office.say(CARL, f"/show {ref}"))
    assert "Action 2 set" in shown

    form = form_of(office.say(CARL, f"/done {ref}"))
    assert values(form) == {"number": "2"}
    assert [choice.value for choice in form.fields[0].choices] == ["2"]
    message_of(office.submit(CARL, form, {"number": "2", "note": "All well."}))
    assert [action.number for action in office.concern(ref).open_actions] == [1]


def test_an_owner_with_no_other_part_reads_what_they_are_to_do_and_nothing_else(office: Office) -> None:
    shown = everything(office.say(CARL, f"/concern show {for_carl(office)}"))

    assert "To do: Visit the flat." in shown
    assert "Ring the surgery." not in shown
    assert "No enquiry was opened." not in shown


def test_an_owner_sets_and_drops_nothing_and_ends_nobody_elses(office: Office) -> None:
    ref = for_carl(office)
    before = office.untouched()

    for typed in ("set Ring.", "drop 2 Too far."):
        assert "have a part" in error_of(office.say(CARL, f"/action {ref} {typed}"))
    form = form_of(office.say(CARL, f"/done {ref} 1 Rang."))
    assert office.submit(CARL, form, {"number": "1"}).errors
    assert office.untouched() == before


def test_once_theirs_is_done_there_is_nothing_more_for_them_to_say(office: Office) -> None:
    ref = for_carl(office)
    message_of(office.say(CARL, f"/done {ref} 2 Visited."))

    assert "Nothing is left to mark done" in error_of(office.say(CARL, f"/done {ref} 1"))
    assert office.say(CARL, f"/show {ref}").message


def test_nobody_else_has_an_action_to_set_or_to_finish(office: Office) -> None:
    ref = with_an_action(office)

    assert "have a part" in error_of(office.say(SAM, f"/action {ref} set Ring."))
    assert "whoever was named" in error_of(office.say(SAM, f"/done {ref} 1"))
    for person in (BEN, GRACE, DEV):
        assert "Ring" not in everything(office.say(person, f"/action {ref} set Ring."))

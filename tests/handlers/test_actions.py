"""Actions: who does what by which day, asked for in one line or two pages, and called done by their owner."""

from concerns.events import ActionDone, ActionSet
from concerns.model import Ref
from tests.handlers.moments import with_an_action
from tests.handlers.offices import Office, error_of, everything, form_of, keys, message_of, values
from tests.partnership import AMIRA, BEN, CARL, DEV, GRACE, LENA, MIRIAM, SAM, TOM

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

    form = form_of(office.say(TOM, f"/action {ref} Rang at ten."))
    assert values(form_of(office.submit(TOM, form, {"does": "set"})))["what"] == "Rang at ten."
    form = form_of(office.say(TOM, f"/action {ref} Rang at ten."))
    form = form_of(office.submit(TOM, form, {"does": "done"}))
    assert values(form) == {"note": "Rang at ten."}

    message_of(office.submit(TOM, form, {"number": "1"}))
    done = office.ledger.history(ref)[-1]
    assert isinstance(done, ActionDone)
    assert done.words.items() == (("note", "Rang at ten."),)


def test_with_several_open_the_number_says_which_and_a_wrong_one_is_asked_again(office: Office) -> None:
    ref = for_carl(office)

    form = form_of(office.say(TOM, f"/action {ref} done 7 Visited."))
    assert values(form) == {"note": "7 Visited."}
    assert [choice.label for choice in form.fields[0].choices] == [
        "Action 1: Tom Ashby, due Tue 1 Dec",
        "Action 2: Carl Dunn, due Wed 2 Dec",
    ]
    message_of(office.say(TOM, f"/action {ref} done 2 Visited."))
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

    form = form_of(office.say(CARL, f"/action {ref}"))
    assert values(form) == {"does": "done"}
    assert [choice.value for choice in form.fields[1].choices] == ["2"]
    message_of(office.submit(CARL, form, {"number": "2", "note": "All well."}))
    assert [action.number for action in office.concern(ref).open_actions] == [1]


def test_an_owner_with_no_other_part_reads_what_they_are_to_do_and_nothing_else(office: Office) -> None:
    shown = everything(office.say(CARL, f"/concern show {for_carl(office)}"))

    assert "To do: Visit the flat." in shown
    assert "Ring the surgery." not in shown
    assert "No enquiry was opened." not in shown


def test_an_owner_sets_nothing_and_ends_nobody_elses(office: Office) -> None:
    ref = for_carl(office)
    before = office.untouched()

    for typed in ("set Ring.", "done 1 Rang."):
        form = form_of(office.say(CARL, f"/action {ref} {typed}"))
        assert [choice.value for choice in form.fields[0].choices] == ["done"]
        assert office.submit(CARL, form, {"does": "set"}).errors
        assert office.submit(CARL, form, {"does": "done", "number": "1"}).errors
    assert office.untouched() == before


def test_once_theirs_is_done_there_is_nothing_more_for_them_to_say(office: Office) -> None:
    ref = for_carl(office)
    message_of(office.say(CARL, f"/action {ref} done 2 Visited."))

    assert "owns one of its open actions" in error_of(office.say(CARL, f"/action {ref} done 1"))
    assert office.say(CARL, f"/show {ref}").message


def test_nobody_else_has_an_action_to_set(office: Office) -> None:
    ref = with_an_action(office)

    assert "those with a part" in error_of(office.say(SAM, f"/action {ref} set Ring."))
    for person in (BEN, GRACE, DEV):
        assert "Ring" not in everything(office.say(person, f"/action {ref} set Ring."))

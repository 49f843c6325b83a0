"""Closing without an answer: taken to the door it belongs at, or carried on by another concern."""

from concerns.events import MarkedDuplicate, Redirected
from concerns.model import Ending, Route, Stage
from tests.handlers.moments import two_of_them
from tests.handlers.offices import RAISE, Office, error_of, everything, form_of, message_of, values
from tests.partnership import AMIRA, DEV, SAM, TOM

# ---- another door ----------------------------------------------------------------------------------


def test_whom_to_ring_stands_above_the_doors(office: Office) -> None:
    form = form_of(office.say(AMIRA, f"/redirect {office.raised()}"))

    assert "If someone is in immediate danger ring 999." in form.lines
    assert [choice.value for choice in form.fields[0].choices] == list(Route)


def test_what_was_done_about_it_is_needed_and_the_door_is_kept(office: Office) -> None:
    ref = office.raised()

    form = form_of(office.say(AMIRA, f"/redirect {ref} LADO_PiPoT"))
    assert values(form) == {"route": "lado_pipot"}
    assert [key for key, _ in office.submit(AMIRA, form, {}).errors] == ["reason"]

    message_of(office.submit(AMIRA, form, {"reason": "Rang the LADO at ten."}))
    redirected = office.ledger.history(ref)[-1]
    assert isinstance(redirected, Redirected)
    assert redirected.route is Route.ALLEGATION
    assert office.concern(ref).ending is Ending.REDIRECTED


def test_a_door_that_is_not_listed_is_asked_and_the_words_are_kept(office: Office) -> None:
    form = form_of(office.say(AMIRA, f"/redirect {office.raised()} ombudsman Wrote to them."))

    assert values(form) == {"reason": "ombudsman Wrote to them."}


def test_only_the_raising_side_takes_it_elsewhere_and_only_while_it_is_open(office: Office) -> None:
    ref = office.raised()
    for person in (TOM, SAM):
        assert "raising side" in error_of(office.say(person, f"/redirect {ref} complaint Sent on."))

    agreed = office.agreed()
    assert "It is agreed" in error_of(office.say(AMIRA, f"/redirect {agreed} complaint Sent on."))


def test_before_it_is_closed_this_way_the_form_says_who_reads_the_reason(office: Office) -> None:
    ref = office.raised()

    redirected, withdrawn = (
        form_of(office.say(AMIRA, f"/{verb} {ref}")).lines for verb in ("redirect", "withdraw")
    )

    assert withdrawn[-1] == "Both sides can read what you write here."
    assert redirected[-1] == (
        "Both sides can read what you write here."
        " If it is an allegation about one of them, write it only where you took it."
    )


# ---- the same as another ---------------------------------------------------------------------------


def test_a_reference_typed_in_any_spelling_answers_which_goes_on(office: Office) -> None:
    first = office.raised()

    for written in (first.lower(), first.replace("-", ""), first.replace("0", "o")):
        second = office.raised()
        message_of(office.say(AMIRA, f"/duplicate {second} {written} Raised twice."))
        marked = office.ledger.history(second)[-1]
        assert isinstance(marked, MarkedDuplicate)
        assert (marked.of, marked.words.text("reason")) == (first, "Raised twice.")
    assert office.concern(first).stage is Stage.CALLED


def test_a_reference_that_cannot_go_on_is_named_and_is_no_word_of_a_reason(office: Office) -> None:
    office.raised()
    ref = office.raised()
    before = office.untouched()

    assert error_of(office.say(AMIRA, f"/duplicate {ref} {ref.lower()} Twice.")).startswith(
        "That is this concern itself."
    )
    for typed in ("C-0000-0000", "C-0000-0000, I think"):
        assert error_of(office.say(AMIRA, f"/duplicate {ref} {typed}")).startswith("No other concern with")
    assert office.untouched() == before


def test_the_choice_says_where_each_stands_and_leaves_itself_out(office: Office) -> None:
    first, second = office.answered(), office.raised()

    form = form_of(office.say(AMIRA, f"/duplicate {second} The same."))

    assert [choice.value for choice in form.fields[0].choices] == [first]
    assert form.fields[0].choices[0].label == f"{first}, Northshire Council: answered, stage 1 of 4"
    assert values(form) == {"reason": "The same."}


def test_where_no_other_is_open_it_says_what_to_do(office: Office) -> None:
    office.closed()
    ref = office.raised()

    assert error_of(office.say(AMIRA, f"/duplicate {ref}")).endswith("withdraw it.")


def test_one_that_closed_meanwhile_carries_nothing_on(office: Office) -> None:
    second = two_of_them(office)
    first = office.untouched()[0].ref
    form = form_of(office.say(AMIRA, f"/duplicate {second}"))
    message_of(office.say(AMIRA, f"/withdraw {first} They moved away."))

    assert office.submit(AMIRA, form, {"of": first}).error
    assert office.concern(second).stage is Stage.CALLED


def test_a_concern_they_may_not_see_is_as_good_as_none(office: Office) -> None:
    theirs = office.raised(by=DEV)
    mine, other = office.raised(), office.raised()

    assert error_of(office.say(AMIRA, f"/duplicate {mine} {theirs}")) == error_of(
        office.say(AMIRA, f"/duplicate {mine} C-0000-0000")
    )
    form = form_of(office.say(AMIRA, f"/duplicate {mine} The same."))
    assert [choice.value for choice in form.fields[0].choices] == [other]
    refused = office.submit(AMIRA, form, {"of": theirs})
    assert [key for key, _ in refused.errors] == ["of"]
    assert theirs not in everything(refused)
    assert office.concern(mine).stage is Stage.CALLED


def test_the_called_side_merges_nothing(office: Office) -> None:
    ref = two_of_them(office)

    assert "raising side" in error_of(office.say(TOM, f"/duplicate {ref} {office.untouched()[0].ref}"))


def test_a_choice_is_still_found_whatever_its_capitals(office: Office) -> None:
    office.fill(AMIRA, "/concern", {"danger": "no"}, RAISE)
    ref = office.newest().ref

    form = form_of(office.say(AMIRA, f"/contact {ref} MADE Phone duty desk"))
    assert values(form)["direction"] == "made"
    assert values(form)["summary"] == "duty desk"

"""Forms begun and not sent: found again and gone on with, or thrown away, by their owner alone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from concerns.people import PersonId
from handlers.refusals import GONE, NOT_LISTED
from handlers.scene import Asker
from storage.drafts import KEPT
from storage.errors import NotSaved
from tests.handlers.offices import RAISE, Office, error_of, everything, form_of, keys, message_of, values
from tests.partnership import AMIRA, BEN, JOEL, TOM
from views.parts import Button, Form, Message

WORDS = "MARKED the flat is not safe"


def begun(office: Office, person: PersonId = AMIRA) -> list[Message]:
    """What `mine` says of forms that are not sent yet."""
    return list(office.say(person, "/concern mine").aside)


def buttons(office: Office, person: PersonId = AMIRA) -> tuple[Button, Button]:
    """The two buttons of the only one."""
    (told,) = begun(office, person)
    go_on, throw_away = told.buttons
    return go_on, throw_away


def half_filled(office: Office) -> Form:
    """Amira has said that nobody is in danger, and now closes the second page."""
    return form_of(office.submit(AMIRA, form_of(office.say(AMIRA, "/concern")), {"danger": "no"}))


def test_a_form_that_was_begun_stands_in_mine_without_its_words(office: Office) -> None:
    office.say(AMIRA, f"/concern {WORDS}")

    (told,) = begun(office)
    assert told.title == "Begun, and not sent yet"
    assert told.lines == (
        "Raise a concern: begun Mon 30 Nov at 10:00, kept for you alone until Mon 7 Dec at 10:00.",
    )
    assert [button.label for button in told.buttons] == ["Go on", "Throw it away"]


def test_a_form_about_a_concern_names_it(office: Office) -> None:
    ref = office.raised()
    office.submit(
        TOM, form_of(office.say(TOM, f"/concern answer {ref}")), {"outcome": "agreed_plan_with_actions"}
    )

    (told,) = begun(office, TOM)
    assert f"about {ref}: begun " in told.lines[0]


def test_it_goes_on_at_the_page_it_was_left_with_everything_sent_before(office: Office) -> None:
    left = half_filled(office)
    go_on, _ = buttons(office)

    again = form_of(office.press(AMIRA, go_on))
    assert (again.id, again.part, keys(again)) == (left.id, 2, keys(left))

    message_of(office.submit(AMIRA, again, RAISE))
    assert office.newest().raiser == AMIRA
    assert begun(office) == []


def test_words_typed_with_the_command_are_still_there(office: Office) -> None:
    form = form_of(office.say(AMIRA, f"/concern {WORDS}"))
    go_on, _ = buttons(office)
    second = form_of(office.submit(AMIRA, form_of(office.press(AMIRA, go_on)), {"danger": "no"}))

    assert second.id == form.id
    assert WORDS in values(second).values()


def test_a_form_nothing_was_said_in_is_no_burden(office: Office) -> None:
    ref = office.raised()
    office.say(AMIRA, "/concern")
    office.say(TOM, f"/concern answer {ref}")
    office.press(TOM, Button("Answer", "answer", ref, office.concern(ref).turn))

    assert begun(office) == []
    assert begun(office, TOM) == []


def test_a_form_that_was_answered_and_puts_nothing_on_record_is_over(office: Office) -> None:
    ref, _ = office.raised(), office.raised()
    form = form_of(office.say(AMIRA, "/show the one of today"))
    assert len(begun(office)) == 1

    assert ref in everything(office.submit(AMIRA, form, {"concern": ref}))
    assert begun(office) == []


def test_thrown_away_it_is_gone_and_cannot_be_sent_any_more(office: Office) -> None:
    form = half_filled(office)
    _, throw_away = buttons(office)

    assert message_of(office.press(AMIRA, throw_away)).title == "Thrown away"
    assert begun(office) == []
    assert error_of(office.submit(AMIRA, form, RAISE)) == GONE
    assert error_of(office.press(AMIRA, throw_away)) == GONE


def test_to_anybody_else_it_does_not_exist(office: Office) -> None:
    half_filled(office)

    for button in buttons(office):
        assert error_of(office.press(BEN, button)) == GONE
    assert len(begun(office)) == 1
    assert begun(office, BEN) == []


@pytest.mark.parametrize("somebody", [PersonId("stranger"), None])
def test_a_stranger_hears_the_same_of_a_form_that_is_there_and_of_one_that_is_not(
    office: Office, somebody: PersonId | None
) -> None:
    half_filled(office)

    for button in buttons(office):
        for ref in (button.ref, "no-such-form"):
            assert error_of(office.press(somebody, replace(button, ref=ref))) == NOT_LISTED
    assert len(begun(office)) == 1


def test_after_seven_days_it_is_not_offered_any_more(office: Office) -> None:
    half_filled(office)
    office.now += KEPT

    assert len(begun(office)) == 1
    office.now += timedelta(seconds=1)
    assert begun(office) == []


def test_only_the_latest_few_are_listed(office: Office) -> None:
    for number in range(7):
        office.now += timedelta(minutes=1)
        office.say(JOEL, f"/concern Worry number {number}.")

    assert ["10:07" in told.lines[0] for told in begun(office, JOEL)] == [True, False, False, False, False]


def test_whoever_closes_a_form_is_told_how_to_find_it_again(office: Office) -> None:
    form = half_filled(office)

    (told,) = office.desk.left(Asker(AMIRA), form.id).aside
    assert told.lines[0].startswith("What you have sent of it is kept")
    assert form_of(office.press(AMIRA, told.buttons[0])).id == form.id


def test_of_a_form_that_keeps_nothing_nothing_is_said(office: Office) -> None:
    empty = form_of(office.say(AMIRA, "/concern"))
    sent = half_filled(office)
    office.submit(AMIRA, sent, RAISE)

    for form in (empty, sent):
        assert office.desk.left(Asker(AMIRA), form.id).aside == ()
    assert office.desk.left(Asker(None), sent.id).aside == ()


def test_where_words_may_have_been_lost_that_is_said_and_it_can_be_opened_again(office: Office) -> None:
    form = form_of(office.say(AMIRA, f"/contact {office.raised()}"))

    (told,) = office.desk.left(Asker(AMIRA), form.id, unsent=True).aside
    assert told.title == "Your form was closed, and not sent"
    assert form_of(office.press(AMIRA, told.buttons[0])) == form
    assert begun(office) == []
    for somebody in (BEN, None):
        assert office.desk.left(Asker(somebody), form.id, unsent=True).aside == ()


def test_closed_while_nothing_can_be_looked_up_it_says_what_is_certain(office: Office) -> None:
    form = form_of(office.say(AMIRA, "/concern"))
    office.fails = NotSaved("The disk is full.")

    (told,) = office.desk.left(Asker(AMIRA), form.id, unsent=True).aside
    assert "What stood in its window is not kept" in told.lines[0]
    assert "cannot be looked up" in told.lines[1]
    assert office.desk.left(Asker(AMIRA), form.id).aside == ()


def test_with_the_key_gone_mine_still_says_what_waits(office: Office) -> None:
    ref = office.raised()
    half_filled(office)
    office.lock_the_vault()

    reply = office.say(AMIRA, "/concern mine")
    assert ref in message_of(reply).lines[0]
    assert reply.aside == ()


def test_with_the_database_away_a_form_is_neither_found_nor_lost(office: Office) -> None:
    form = half_filled(office)
    go_on, throw_away = buttons(office)
    office.fails = NotSaved("The database does not answer.")

    assert "Not saved" in error_of(office.press(AMIRA, go_on))
    assert "Not saved" in error_of(office.press(AMIRA, throw_away))
    assert office.desk.left(Asker(AMIRA), form.id).aside == ()
    office.fails = None
    assert form_of(office.press(AMIRA, go_on)).id == form.id


def test_which_concern_was_meant_is_asked_again(office: Office) -> None:
    first, second = office.raised(), office.raised()
    office.say(AMIRA, f"/contact {WORDS}")
    go_on, _ = buttons(office)

    again = form_of(office.press(AMIRA, go_on))
    assert keys(again) == ["concern"]
    page = form_of(office.submit(AMIRA, again, {"concern": second}))
    assert first not in "".join(page.lines)
    assert WORDS in values(page).values()


def test_once_the_concern_is_closed_the_form_says_so_and_loses_nothing(office: Office) -> None:
    ref = office.raised()
    office.say(TOM, f"/concern extend {ref} {WORDS}")
    go_on, _ = buttons(office, TOM)
    office.fill(AMIRA, f"/concern withdraw {ref}", {"reason": "It was settled."})

    assert "closed" in error_of(office.press(TOM, go_on))
    assert len(begun(office, TOM)) == 1

"""Words that stand elsewhere, brought to the desk with a command: they stay words, whole."""

import pytest

from handlers.answers import LONGEST
from handlers.asking import NOTHING_THERE
from handlers.scene import Asker
from storage.errors import NotSaved
from tests.handlers.offices import Office, error_of, form_of, keys, message_of, values
from tests.partnership import AMIRA, JOEL
from views.parts import Form

WORDS = "made phone spoke MARKED"
REST = {"direction": "made", "method": "phone", "reached": "spoke"}


def quoted(office: Office, command: str, words: str = WORDS) -> Form:
    """The form Amira gets."""
    return form_of(office.desk.quote(Asker(AMIRA), command, words))


def test_choices_at_their_beginning_are_words(office: Office) -> None:
    ref = office.raised()
    form = quoted(office, "contact")

    assert form.lines[0].startswith(f"About {ref}")
    assert values(form) == {"summary": WORDS, "when": "2026-11-30T10:00"}


def test_where_several_fit_they_wait_until_it_is_known_which(office: Office) -> None:
    _, ref = office.raised(), office.raised()
    which = quoted(office, "contact")
    assert keys(which) == ["concern"]

    (begun,) = office.say(AMIRA, "/concern mine").aside
    again = form_of(office.press(AMIRA, begun.buttons[0]))
    form = form_of(office.submit(AMIRA, again, {"concern": ref}))
    message_of(office.submit(AMIRA, form, REST))
    assert office.ledger.history(ref)[-1].words.text("summary") == WORDS


def test_they_are_no_shorter_than_an_answer_may_be(office: Office) -> None:
    form = quoted(office, "raise", "x" * LONGEST)

    assert values(form_of(office.submit(AMIRA, form, {"danger": "no"})))["decision"] == "x" * LONGEST


@pytest.mark.parametrize("command", ["raise", "contact"])
def test_too_long_for_an_answer_they_are_left_and_the_form_comes(office: Office, command: str) -> None:
    for _ in range(2):
        office.raised()
        form = quoted(office, command, "x" * (LONGEST + 1))
        assert "They are still where you found them" in "".join(form.lines)
        assert "x" * 100 not in str(form)


@pytest.mark.parametrize("nothing", ["", " \n ", "\u200b"])
def test_where_there_are_none_it_is_the_command_alone_and_says_so(office: Office, nothing: str) -> None:
    office.raised()
    form, alone = quoted(office, "contact", nothing), form_of(office.say(AMIRA, "/contact"))

    assert values(form) == values(alone)
    assert form.lines == (NOTHING_THERE, *alone.lines)
    assert office.say(AMIRA, "/concern mine").aside == ()


def test_who_has_no_concern_is_told_so(office: Office) -> None:
    office.raised()

    assert "there is no concern of yours" in error_of(office.desk.quote(Asker(JOEL), "contact", WORDS))


def test_a_concern_that_cannot_be_kept_is_still_asked_about_danger(office: Office) -> None:
    office.fails = NotSaved("The disk is full.")
    reply = office.desk.quote(Asker(AMIRA), "raise", WORDS)

    assert reply.unsaved
    assert keys(form_of(reply)) == ["danger"]

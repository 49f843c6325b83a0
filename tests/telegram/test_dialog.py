"""One question at a time: what an answer means, and which question comes after it."""

from dataclasses import replace

import pytest

from bot.telegram.dialog import (
    LONG,
    MORE,
    ONE,
    PICK,
    SEVERAL,
    SPLIT,
    SUMMARY,
    Go,
    Move,
    View,
    begun,
    complete,
    mark,
    missing,
    moved,
    pressed,
    typed,
)
from bot.telegram.questions import question
from storage.dialogs import Dialog
from tests.telegram.forms import FORM, NOW, filled
from views.parts import Choice, Field, FieldKind, Form

REQUIRED: dict[str, tuple[str, ...]] = {
    "colour": ("red",),
    "several": ("red",),
    "story": ("It was late.",),
    "moment": ("2026-11-30T09:00",),
}
DONE = filled(FORM, REQUIRED)


def at(question: str, *, checking: bool = False, step: int = 3) -> Dialog:
    """A talk that stands here."""
    return Dialog(FORM.id, "101", question, step, checking, 50, "before")


def says(question: str, text: str, form: Form = FORM) -> Move:
    """What this means, typed."""
    return typed(form, at(question), text, NOW)


def does(question: str, what: str, form: Form = FORM, *, checking: bool = False) -> Move:
    """What this button means."""
    return pressed(form, at(question, checking=checking), what, NOW)


def after(question: str, move: Move, form: Form, *, checking: bool = False) -> Dialog:
    """Where it stands then."""
    return moved(form, at(question, checking=checking), move, "now")


# ---- which question comes --------------------------------------------------------------------------


def test_it_begins_at_the_first_question() -> None:
    assert begun(FORM, "101", "r") == Dialog(FORM.id, "101", "colour", request="r")


def test_what_was_understood_already_is_not_asked_again() -> None:
    assert begun(filled(FORM, {"colour": ("red",), "several": ("red",)}), "101", "r").question == "story"


def test_a_moment_filled_in_beforehand_is_asked_all_the_same() -> None:
    """It would be on record otherwise with nobody having looked at it."""
    form = filled(FORM, {"moment": ("2026-11-30T10:00",)})

    assert after("who", Move(Go.NEXT), replace(form, fields=form.fields[3:])).question == "day"
    assert after("day", Move(Go.NEXT), form).question == "moment"


def test_an_answer_leads_to_the_next_question_and_every_step_is_counted() -> None:
    next_ = after("colour", Move(Go.NEXT), filled(FORM, {"colour": ("red",)}))

    assert (next_.question, next_.step, next_.request, next_.message_id) == ("several", 4, "now", None)


def test_back_leads_to_the_question_before_and_never_before_the_first() -> None:
    assert after("several", Move(Go.BACK), FORM).question == "colour"
    assert after("colour", Move(Go.BACK), FORM).question == "colour"


def test_after_the_last_question_comes_the_summary_unless_something_is_missing() -> None:
    end = after("level", Move(Go.NEXT), DONE)

    assert (end.question, end.checking) == ("", True)
    assert after("level", Move(Go.NEXT), FORM).question == "colour"


def test_from_the_summary_one_answer_is_changed_and_the_summary_comes_back() -> None:
    changing = after("", does("", f"edit:{mark('story')}", DONE, checking=True), DONE, checking=True)
    back = after("story", says("story", "It was early.", DONE), DONE, checking=True)

    assert changing.question == "story"
    assert (back.question, back.checking) == ("", True)


def test_a_page_that_is_not_the_last_needs_no_summary() -> None:
    two = replace(DONE, part=1, parts=2)

    assert complete(two, after("level", Move(Go.NEXT), two))
    assert not complete(DONE, after("level", Move(Go.NEXT), DONE))


def test_where_the_page_has_turned_into_another_it_begins_there() -> None:
    """Which concern is meant was the only question of the first."""
    assert after("concern", Move(Go.NEXT), FORM).question == "colour"


def test_the_first_question_that_must_be_answered_is_missing() -> None:
    assert missing(FORM) == "colour"
    assert missing(DONE) == ""


# ---- what a button means ---------------------------------------------------------------------------


def test_a_choice_is_an_answer_and_goes_on() -> None:
    assert does("colour", f"one:{mark('blue')}") == Move(Go.NEXT, ("colour", ("blue",)))


def test_a_choice_too_long_for_its_button_can_be_read_whole() -> None:
    long = "C-7F3K-9QMX, called, stage 1 of 4; acknowledgement due Mon 30 Nov at 14:00"
    field = Field("which", "Which concern?", FieldKind.CHOICE, (Choice("a", "Short"), Choice("b", long)))
    shown = question(Form("f", "Add a note", (field,)), at("which"), View(), NOW)

    assert long in shown.message.lines
    assert "Short" not in shown.message.lines


def test_a_choice_the_list_has_no_more_is_asked_again() -> None:
    assert does("colour", f"one:{mark('yellow')}") == Move(Go.STAY, note=PICK)


def test_several_are_put_in_and_taken_out_one_by_one() -> None:
    one = filled(FORM, {"several": ("red",)})

    assert does("several", f"on:{mark('blue')}", one) == Move(Go.STAY, ("several", ("red", "blue")))
    assert does("several", f"off:{mark('red')}", one) == Move(Go.STAY, ("several", ()))
    assert does("several", f"on:{mark('red')}", one) == Move(Go.STAY, ("several", ("red",)))
    assert does("several", "keep", one) == Move(Go.NEXT)


def test_what_must_be_answered_cannot_be_skipped() -> None:
    assert does("level", "skip") == Move(Go.NEXT, ("level", ()))
    assert does("story", "skip") == Move(Go.STAY)


def test_a_day_is_a_whole_answer_or_half_a_moment() -> None:
    assert does("day", "day:2026-12-01") == Move(Go.NEXT, ("day", ("2026-12-01",)))
    assert does("moment", "day:2026-12-01") == Move(Go.STAY, ("moment", ("2026-12-01",)))


def test_the_time_completes_the_day_before_it() -> None:
    half = filled(FORM, {"moment": ("2026-12-01",)})

    assert does("moment", "time:09:00", half) == Move(Go.NEXT, ("moment", ("2026-12-01T09:00",)))
    assert does("moment", "now") == Move(Go.NEXT, ("moment", ("2026-11-30T10:00",)))


def test_send_means_something_at_the_summary_only() -> None:
    assert does("", "send") == Move(Go.SEND)
    assert does("story", "send").go is Go.STAY


@pytest.mark.parametrize("what", ["none", "", "day", "one:", "page:x", "edit:nothing", "time:25:99", "😀"])
def test_a_button_nobody_made_loses_nothing_and_goes_nowhere_far(what: str) -> None:
    assert does("colour", what).go is Go.STAY
    assert does("", what).given is None


# ---- what is typed means ---------------------------------------------------------------------------


def test_words_are_the_answer_to_a_question_that_takes_words() -> None:
    assert says("story", "It was late.") == Move(Go.NEXT, ("story", ("It was late.",)))


def test_a_message_telegram_may_have_cut_in_two_waits_for_its_rest() -> None:
    """Telegram counts in UTF-16."""
    assert says("story", "😀" * (SPLIT // 2)).go is Go.MORE
    first = says("story", "x" * SPLIT)
    rest = typed(filled(FORM, {"story": ("x" * SPLIT,)}), at(f"story{MORE}"), "the end", NOW)

    assert first == Move(Go.MORE, ("story", ("x" * SPLIT,)), LONG)
    assert after("story", first, FORM).question == f"story{MORE}"
    assert rest == Move(Go.NEXT, ("story", (f"{'x' * SPLIT}\nthe end",)))


@pytest.mark.parametrize("text", ["blue", "Blue", " BLUE "])
def test_a_choice_may_be_typed_as_it_stands(text: str) -> None:
    assert says("colour", text) == Move(Go.NEXT, ("colour", ("blue",)))


def test_part_of_a_name_finds_people_and_chooses_none() -> None:
    assert says("who", "person 12") == Move(Go.STAY, note=ONE, view=View(search="person 12"))
    assert says("who", "agency 2") == Move(Go.STAY, note=SEVERAL, view=View(search="agency 2"))
    assert says("who", "nobody") == Move(Go.STAY, note=PICK)


def test_a_time_typed_is_of_the_day_said_before_or_of_today() -> None:
    half = filled(FORM, {"moment": ("2026-12-01",)})

    assert says("moment", "9.05", half) == Move(Go.NEXT, ("moment", ("2026-12-01T09:05",)))
    assert says("moment", "14:35") == Move(Go.NEXT, ("moment", ("2026-11-30T14:35",)))
    assert says("moment", "2026-12-01") == Move(Go.STAY, ("moment", ("2026-12-01",)))
    assert says("moment", "soon") == Move(Go.NEXT, ("moment", ("soon",)))


def test_what_is_typed_at_the_summary_is_nobodys_answer() -> None:
    assert says("", "Yes, send it", DONE) == Move(Go.STAY, note=SUMMARY)

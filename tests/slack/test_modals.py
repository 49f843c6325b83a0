"""Forms as modals: every question with the right input, nothing cut, and what is sent comes back whole."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from bot.slack import modals
from bot.slack.modals import Opened, field_errors, opened, view
from concerns.events import Referred
from tests.handlers.offices import Office, form_of, message_of
from tests.ladders import CALENDAR
from tests.partnership import AMIRA
from tests.slack.contents import NASTY, forms
from tests.slack.limits import faults_of_view, literal_texts
from views.parts import Choice, Field, FieldKind, Form

K = FieldKind
YES_NO = (Choice("yes", "Yes"), Choice("no", "No"))


def form(*fields: Field, **changes: Any) -> Form:
    """A form with these questions."""
    return replace(Form("f1", "Raise a concern", fields, ("About a made-up person.",)), **changes)


def choices(count: int) -> tuple[Choice, ...]:
    """So many things to choose from."""
    return tuple(Choice(f"v{n}", f"Choice {n}") for n in range(count))


def inputs(shown: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The input blocks of a view by their names."""
    return {block["block_id"]: block for block in shown["blocks"] if block["type"] == "input"}


def element(field: Field) -> dict[str, Any]:
    """What this one question is asked with."""
    found: dict[str, Any] = inputs(view(form(field), CALENDAR))[field.key]["element"]
    return found


def untouched(shown: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """`state.values` as Slack sends it when a view is sent without touching anything, boxes in any order."""
    blocks = reversed(inputs(shown).items())
    return {id: {block["element"]["action_id"]: _state(block["element"])} for id, block in blocks}


def _state(element: Mapping[str, Any]) -> dict[str, Any]:
    kind = element["type"]
    match kind:
        case "plain_text_input":
            return {"type": kind, "value": element.get("initial_value")}
        case "datepicker":
            return {"type": kind, "selected_date": element.get("initial_date")}
        case "datetimepicker":
            return {"type": kind, "selected_date_time": element.get("initial_date_time")}
        case "checkboxes" | "multi_static_select":
            return {"type": kind, "selected_options": element.get("initial_options", [])}
        case _:
            return {"type": kind, "selected_option": element.get("initial_option")}


def sent(shown: Mapping[str, Any]) -> Mapping[str, object]:
    """The answers of a view sent as it stands."""
    return modals.given(untouched(shown), CALENDAR)


# ---- which input a question gets -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "offered", "required", "expected"),
    [
        (K.TEXT, 0, True, "plain_text_input"),
        (K.LONG, 0, True, "plain_text_input"),
        (K.DATE, 0, True, "datepicker"),
        (K.DATETIME, 0, True, "datetimepicker"),
        (K.YES_NO, 2, True, "radio_buttons"),
        (K.CHOICE, 10, True, "radio_buttons"),
        (K.CHOICE, 10, False, "static_select"),
        (K.CHOICE, 11, True, "static_select"),
        (K.PERSON, 3, True, "static_select"),
        (K.CHOICES, 10, True, "checkboxes"),
        (K.CHOICES, 11, True, "multi_static_select"),
    ],
)
def test_each_kind_of_question_is_asked_with_the_right_input(
    kind: FieldKind, offered: int, required: bool, expected: str
) -> None:
    assert element(Field("q", "What?", kind, choices(offered), required))["type"] == expected


def test_a_long_answer_has_several_lines_and_says_how_much_a_box_holds() -> None:
    block = inputs(view(form(Field("q", "What?", K.LONG, hint="In your own words.")), CALENDAR))["q"]

    assert block["element"]["multiline"] is True
    assert block["hint"]["text"].startswith("In your own words. This box holds 3,000 characters.")
    assert block["optional"] is True


def test_more_choices_than_a_list_holds_stand_in_groups_and_all_are_there() -> None:
    groups = element(Field("q", "Who?", K.PERSON, choices(500), required=True, value="v499"))["option_groups"]

    assert [group["label"]["text"] for group in groups][:2] == ["1 to 100", "101 to 200"]
    assert [o["value"] for group in groups for o in group["options"]] == [f"v{n}" for n in range(500)]


def test_five_hundred_agencies_with_long_names_still_fit_a_view() -> None:
    named = tuple(Choice(f"agency-{n}", f"{n} {'Agency name ' * 9}") for n in range(500))
    shown = view(form(Field("agency", "Which agency?", K.CHOICE, named, required=True)), CALENDAR)

    assert faults_of_view(shown) == []
    assert all(any(choice.label.strip() in text for text in literal_texts(shown)) for choice in named)


def test_a_choice_nobody_must_make_can_be_taken_back() -> None:
    shown = view(form(Field("q", "Level?", K.CHOICE, choices(2))), CALENDAR)
    option = inputs(shown)["q"]["element"]["options"][-1]

    assert option["text"]["text"] == "No answer"
    state = {"q": {"1": {"type": "static_select", "selected_option": option}}}
    assert modals.given(state, CALENDAR) == {"q": ""}


def test_nothing_to_choose_from_is_said_and_asked_of_nobody() -> None:
    shown = view(form(Field("q", "Which concern?", K.CHOICE, required=True)), CALENDAR)

    assert not inputs(shown)
    assert "There is nothing to choose from here yet." in "".join(literal_texts(shown))


def test_a_label_longer_than_an_option_holds_stands_in_full_above() -> None:
    label = f"{'Very long agency name ' * 6}End"
    shown = view(form(Field("q", "Which?", K.CHOICE, (Choice("a", label), *YES_NO), required=True)), CALENDAR)

    assert label in list(literal_texts(shown["blocks"]))
    assert inputs(shown)["q"]["element"]["options"][0]["text"]["text"].endswith("…")


# ---- what stands around the questions --------------------------------------------------------------


def test_the_form_and_its_page_come_back() -> None:
    shown = view(form(part=2, parts=3), CALENDAR)

    assert shown["callback_id"] == "form"
    assert opened(shown["private_metadata"]) == Opened("f1", 2)


@pytest.mark.parametrize("carried", ["", "f1", "[]", '["f1"]', '["f1", "2"]', '{"form": "f1"}'])
def test_what_is_no_form_of_ours_opens_nothing(carried: str) -> None:
    assert opened(carried) is None


def test_a_page_says_which_it_is_and_the_last_one_sends() -> None:
    first, last = (view(form(part=n, parts=2), CALENDAR) for n in (1, 2))

    assert "Page 1 of 2" in list(literal_texts(first))
    assert [shown["submit"]["text"] for shown in (first, last)] == ["Next", "Send"]
    assert "Page 1 of 1" not in list(literal_texts(view(form(), CALENDAR)))


def test_the_next_page_never_shows_what_was_typed_on_this_one() -> None:
    pages = [view(form(Field("reason", "Why?", K.LONG), part=n, parts=2), CALENDAR) for n in (1, 2)]

    first, second = (inputs(page)["reason"]["element"]["action_id"] for page in pages)
    assert first != second


def test_a_title_too_long_for_the_bar_is_a_heading() -> None:
    title = "Answer as reported by the other side"
    shown = view(form(title=title), CALENDAR)

    assert shown["title"]["text"] == "Baton"
    assert shown["blocks"][0] == {
        "type": "header",
        "text": {"type": "plain_text", "text": title, "emoji": False},
    }


def test_a_question_longer_than_a_label_stands_in_full_above_its_field() -> None:
    ask = f"{'Why ' * 600}?"
    shown = view(form(Field("q", ask, K.TEXT)), CALENDAR)

    assert ask in list(literal_texts(shown["blocks"][1]))
    assert inputs(shown)["q"]["label"]["text"].endswith("…")


def test_an_error_stands_above_everything_asked() -> None:
    first, *_ = view(form(Field("q", "What?", K.TEXT)), CALENDAR, error="Not saved yet.")["blocks"]

    assert first["text"]["text"] == "Not saved yet."


def test_errors_stand_beside_the_fields_this_page_asks() -> None:
    long = Field("q", "What?", K.LONG, value="word " * 1_500)
    shown = view(form(long, Field("day", "When?", K.DATE)), CALENDAR)

    errors = (("q", "Please answer: What?"), ("earlier", "Not here."), ("day", "That day is over."))
    assert field_errors(errors, shown) == {"q": "Please answer: What?", "day": "That day is over."}


# ---- what is sent ----------------------------------------------------------------------------------


def test_what_is_filled_in_already_comes_back_as_it_was() -> None:
    fields = (
        Field("text", "A", K.TEXT, value="C-12"),
        Field("danger", "B", K.YES_NO, YES_NO, required=True, value="no"),
        Field("ground", "C", K.CHOICES, choices(12), value=("v1", "v11")),
        Field("who", "D", K.PERSON, choices(3), required=True, value="v2"),
        Field("day", "E", K.DATE, value="2026-12-01"),
        Field("when", "F", K.DATETIME, value="2026-11-30T10:00"),
        Field("level", "G", K.CHOICE, choices(3)),
    )

    assert sent(view(form(*fields), CALENDAR)) == {
        "text": "C-12",
        "danger": "no",
        "ground": ["v1", "v11"],
        "who": "v2",
        "day": "2026-12-01",
        "when": "2026-11-30T10:00+00:00",
        "level": "",
    }


def test_a_moment_is_local_summer_and_winter_and_in_the_hour_that_comes_twice() -> None:
    def told(epoch: int) -> object:
        state = {"when": {"1": {"type": "datetimepicker", "selected_date_time": epoch}}}
        return modals.given(state, CALENDAR)["when"]

    assert told(1_783_000_000) == "2026-07-02T14:46+01:00"
    first, second = told(1_792_888_200), told(1_792_888_200 + 3_600)
    assert (first, second) == ("2026-10-25T01:30+01:00", "2026-10-25T01:30+00:00")
    for moment in (first, second):
        again = element(Field("when", "When?", K.DATETIME, value=str(moment)))
        assert told(again["initial_date_time"]) == moment


def test_the_desk_takes_the_moment_slack_was_shown(sqlite_url: str, tmp_path: Path) -> None:
    office = Office(sqlite_url, tmp_path)
    asked = form_of(office.say(AMIRA, "/concern refer"))
    answers = {**sent(view(asked, CALENDAR)), "strand": "adult", "agency": "council", "how": "phone"}
    message_of(office.submit(AMIRA, asked, answers))

    (referred, *_) = office.ledger.history(office.newest().ref)
    assert isinstance(referred, Referred)
    assert referred.when == office.now
    office.store.close()


@pytest.mark.parametrize("value", ["tomorrow", "2026-10-25T01:30", "2000-01-01T00:00", ""])
def test_a_moment_that_is_none_is_asked_again(value: str) -> None:
    assert "initial_date_time" not in element(Field("when", "When?", K.DATETIME, value=value))


def test_a_choice_that_is_not_offered_any_more_is_not_filled_in() -> None:
    assert "initial_option" not in element(Field("q", "Who?", K.PERSON, choices(3), value="gone"))


@pytest.mark.parametrize("text", [*NASTY[:-1], "first\nsecond\n", "word " * 3_199, "line\n" * 3_199])
def test_the_longest_answer_is_split_over_boxes_and_comes_back_whole(text: str) -> None:
    value = (text * (16_000 // len(text) + 1))[:15_999] + "."
    shown = view(form(Field("q", "What?", K.LONG, required=True, value=value)), CALENDAR)

    assert faults_of_view(shown) == []
    assert len(inputs(shown)) >= 7
    assert [block["optional"] for block in inputs(shown).values()][:2] == [False, True]
    assert sent(shown) == {"q": value}


def test_a_box_that_was_emptied_leaves_the_others_as_they_are() -> None:
    shown = view(form(Field("q", "What?", K.LONG, value=f"{'a' * 2_500} {'b' * 2_500} {'c' * 10}")), CALENDAR)
    state = untouched(shown)
    state["q#2"] = {name: {**inside, "value": None} for name, inside in state["q#2"].items()}

    assert str(modals.given(state, CALENDAR)["q"]).startswith("aaa")
    assert "c" * 10 in str(modals.given(state, CALENDAR)["q"])


def test_answers_too_long_for_one_view_are_kept_and_the_modal_says_so() -> None:
    long = [Field(f"q{n}", f"Question {n}?", K.LONG, value="陳" * 16_000) for n in range(5)]
    shown = view(form(*long, Field("own_ref", "Record?", K.TEXT, value="7")), CALENDAR)

    assert faults_of_view(shown) == []
    assert sent(shown) == {"own_ref": "7"}
    assert "Question 4?\nKept as you wrote it: 16,000 characters." in list(literal_texts(shown))


def test_more_boxes_than_a_view_has_blocks_are_kept_too() -> None:
    many = [Field(f"q{n}", "What?", K.LONG, value="x" * 5_100) for n in range(35)]

    assert faults_of_view(view(form(*many), CALENDAR)) == []


@given(forms())
def test_whatever_is_asked_slack_takes_the_view(asked: Form) -> None:
    shown = view(asked, CALENDAR, error="Not saved yet.")

    assert faults_of_view(shown) == []


@given(forms())
def test_whatever_was_filled_in_comes_back_or_is_kept(asked: Form) -> None:
    shown = view(asked, CALENDAR)
    answers = sent(shown)

    for field in asked.fields:
        if field.kind in {K.TEXT, K.LONG} and field.key in answers:
            assert answers[field.key] == field.value
        elif field.kind in {K.TEXT, K.LONG}:
            assert f"Kept as you wrote it: {len(field.value):,} characters." in "".join(literal_texts(shown))

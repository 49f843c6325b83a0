"""Text made to fit: nothing lost, nothing hidden, nothing too long; and a checker that can say no."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.plain import one_line, plain
from bot.slack.limits import PIECE, fits, pieces, short, size
from tests.slack.contents import answers, texts
from tests.slack.limits import faults_of_message, faults_of_view


@given(answers, st.integers(10, PIECE))
def test_pieces_joined_are_the_text_and_each_fits(text: str, most: int) -> None:
    cut = list(pieces(text, most))

    assert "".join(cut) == text
    assert all(cut)
    assert max(map(size, cut), default=0) <= most


@given(text=st.text(max_size=40) | st.text("&<>a\U0001f600", max_size=40), most=st.integers(0, 220))
def test_what_fits_is_what_is_no_longer_than_there_is_room(text: str, most: int) -> None:
    assert fits(text, most) is (size(text) <= most)


def test_a_long_text_is_cut_behind_a_line_before_it_is_cut_behind_a_word() -> None:
    assert list(pieces("one two three\nfour five six", 20)) == ["one two three\n", "four five six"]
    assert list(pieces("one two three four", 10)) == ["one two ", "three four"]


@given(texts, st.integers(2, 100))
def test_what_is_shortened_says_so(text: str, most: int) -> None:
    shortened = short(text, most)

    assert size(shortened) <= most
    assert shortened == text or shortened.endswith("…")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Tom \u202eybhsA\u202c", "Tom ybhsA"),
        ("a\u200bmi\ufeffra \u2066Khan\u2069", "amira Khan"),
        ("am\u200dira", "amira"),
        ("نمی\u200cشود", "نمی\u200cشود"),
        ("👩\u200d👧", "👩\u200d👧"),
    ],
)
def test_what_hides_a_difference_is_left_out_and_what_letters_need_stays(typed: str, shown: str) -> None:
    assert plain(typed) == shown


def test_one_line_is_never_empty() -> None:
    assert one_line(" two\n words ") == "two words"
    assert one_line(" \u200b\n") == "…"


def _input(**element: Any) -> dict[str, Any]:
    asked = {"type": "plain_text", "text": "What?"}
    return {"type": "input", "block_id": "what", "label": asked, "element": element}


def _modal(*blocks: Any, **more: Any) -> dict[str, Any]:
    words = {key: {"type": "plain_text", "text": key} for key in ("title", "submit")}
    return {"type": "modal", **words, "blocks": list(blocks), **more}


SECTION = {"type": "section", "text": {"type": "plain_text", "text": "Said."}}
BUTTON = {"type": "button", "action_id": "a", "text": {"type": "plain_text", "text": "Show"}}
OPTION = {"text": {"type": "plain_text", "text": "Yes"}, "value": "yes"}


@pytest.mark.parametrize(
    "message",
    [
        {"text": "", "blocks": []},
        {"text": "x" * 4_001},
        {"text": "t", "blocks": [SECTION] * 51},
        {"text": "t", "blocks": [{"type": "section", "text": {"type": "plain_text", "text": ""}}]},
        {"text": "t", "blocks": [{"type": "header", "text": {"type": "plain_text", "text": "😀" * 76}}]},
        {"text": "t", "blocks": [{"type": "header", "text": {"type": "mrkdwn", "text": "t"}}]},
        {"text": "t", "blocks": [{"type": "actions", "elements": [BUTTON, BUTTON]}]},
        {"text": "t", "blocks": [{"type": "actions", "elements": [{**BUTTON, "value": "x" * 2_001}]}]},
        {"text": "t", "blocks": [{**SECTION, "colour": "red"}]},
        {"text": "t", "blocks": [{"type": "carpet"}]},
        {"text": "t", "blocks": [_input(type="datepicker", action_id="a")]},
    ],
)
def test_the_checker_finds_what_is_wrong_with_a_message(message: dict[str, Any]) -> None:
    assert faults_of_message(message)


@pytest.mark.parametrize(
    "view",
    [
        _modal(),
        _modal(*[SECTION] * 101),
        _modal(SECTION, title={"type": "plain_text", "text": "x" * 25}),
        _modal(SECTION, private_metadata="x" * 3_001),
        _modal(_input(type="plain_text_input", action_id="a", max_length=3_001)),
        _modal(_input(type="plain_text_input", action_id="a", max_length=5, initial_value="longer")),
        _modal(_input(type="datetimepicker", action_id="a", initial_date_time=999)),
        _modal(_input(type="datepicker", action_id="a", initial_date="1 Dec")),
        _modal(_input(type="radio_buttons", action_id="a", options=[])),
        _modal(_input(type="static_select", action_id="a", options=[OPTION, OPTION])),
        _modal(_input(type="static_select", action_id="a", options=[OPTION], initial_option={"value": "no"})),
        _modal(_input(type="datepicker", action_id="a"), _input(type="datepicker", action_id="a")),
        {"type": "home", "blocks": [SECTION], "title": {"type": "plain_text", "text": "t"}},
    ],
)
def test_the_checker_finds_what_is_wrong_with_a_view(view: dict[str, Any]) -> None:
    assert faults_of_view(view)


def test_the_checker_lets_pass_what_slack_takes() -> None:
    assert (
        faults_of_message({"text": "t", "blocks": [SECTION, {"type": "actions", "elements": [BUTTON]}]}) == []
    )
    assert faults_of_view(_modal(_input(type="radio_buttons", action_id="a", options=[OPTION]))) == []
    assert faults_of_view({"type": "home", "blocks": [SECTION]}) == []

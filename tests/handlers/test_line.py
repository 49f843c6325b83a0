"""Reading a typed line: the first word is a verb only when it stands alone or a reference follows."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from concerns import reference
from handlers.line import Line, Unknown, clean, parse
from handlers.menu import menu
from tests.worlds import REF

UNDASHED = reference.make(7_654_321).replace("-", "").lower()
VERBS = [verb.name for verb in menu()]


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("/concern", Line("raise")),
        ("/concern raise", Line("raise")),
        ("/concern RAISE", Line("raise")),
        ("/concern Nobody rings back", Line("raise", words="Nobody rings back")),
        ("/concern note from the ward", Line("raise", words="note from the ward")),
        ("/concern raise the alarm", Line("raise", words="raise the alarm")),
        ("/concern two\nlines  of it", Line("raise", words="two\nlines  of it")),
        (f"/concern note {REF} words here", Line("note", REF, "words here")),
        (f"/concern note {REF}: words here", Line("note", REF, "words here")),
        (f"/concern {REF}", Line("show", REF)),
        ("/concern show", Line("show")),
        (f"/concern ack {UNDASHED}", Line("ack", UNDASHED)),
        (f"/contact {REF} made phone", Line("contact", REF, "made phone")),
        ("/contact made phone", Line("contact", words="made phone")),
        (f"/ack {REF}", Line("ack", REF)),
        (f"/ack@baton_bot {REF}", Line("ack", REF)),
        ("/raise Nobody rings back", Line("raise", words="Nobody rings back")),
    ],
)
def test_a_line_is_read_as_it_is_typed(typed: str, line: Line) -> None:
    assert parse(typed, VERBS) == line


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("/concern shwo", "/concern show"),
        (f"/concern acknowlege {REF}", "/concern help"),
        (f"/concern anser {REF}", "/concern answer"),
        ("/conern", "/concern"),
        ("/contct", "/contact"),
        ("/zzzzzz", "/concern help"),
        ("/", "/concern help"),
    ],
)
def test_a_command_nobody_knows_is_answered_with_the_nearest(typed: str, nearest: str) -> None:
    line = parse(typed, VERBS)

    assert isinstance(line, Unknown)
    assert nearest in line.nearest


def test_words_after_a_bare_reference_want_a_command_and_none_is_guessed() -> None:
    line = parse(f"/concern {REF} they rang back", VERBS)

    assert isinstance(line, Unknown)
    assert f"/concern note {REF}" in line.nearest


def test_a_prefix_stands_before_every_command() -> None:
    assert parse("/bt_concern", VERBS, "bt_") == Line("raise")
    assert parse(f"/bt_ack {REF}", VERBS, "bt_") == Line("ack", REF)

    unknown = parse("/bt_conern", VERBS, "bt_")
    assert isinstance(unknown, Unknown)
    assert "/bt_concern" in unknown.nearest


@given(st.text(st.characters()))
@example("\ud800 alone")
@example("a\x00b")
def test_cleaned_text_can_be_stored_anywhere_and_cleaning_again_changes_nothing(text: str) -> None:
    once = clean(text)

    once.encode()
    assert "\x00" not in once
    assert clean(once) == once


@given(st.text(st.characters(), max_size=300))
def test_every_word_of_a_new_concern_is_kept(text: str) -> None:
    line = parse("/concern " + text, VERBS)

    if isinstance(line, Line) and line.verb == "raise" and line.words:
        assert line.words == text.strip()

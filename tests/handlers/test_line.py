"""Reading a typed line: the first word is a verb only when it stands alone or a reference follows."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from concerns import reference
from handlers.line import Line, Unknown, clean, parse
from handlers.menu import menu
from tests.worlds import REF

UNDASHED = reference.make(7_654_321).replace("-", "").lower()
AROUND = (
    *(f"({REF})", f"“{REF}”", f"'{REF}'", f"`{REF}`", f"*{REF}*", f"#{REF}", f"{REF}!", f"<{REF}>,"),
    *(REF.replace("-", dash) for dash in "\u2010\u2011\u2013\u2014"),
)
"""How a reference stands in a sentence, or comes out of a letter."""
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
        *((f"/concern note {around} Seen.", Line("note", REF, "Seen.")) for around in AROUND),
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
        (f"/concern acknowlege {REF}", "/concern ack"),
        ("/concern acknowledge", "/concern ack"),
        (f"/concern dup {REF}", "/concern duplicate"),
        (f"/concern pass-on {REF}", "/concern help"),
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


@pytest.mark.parametrize(
    "unseen",
    [
        *("\u200b", "\u200c\u200d", "\ufeff", "\u00ad", "\u2060", "\u034f", "\u180e", "\u202e", "\ufe0f"),
        *("\u3164", "\u115f\u1160", "\uffa0", "\u2800", "\U000e0041", " \u200b\n\u3164\u00a0"),
    ],
)
def test_what_shows_nothing_is_nothing_said(unseen: str) -> None:
    assert clean(unseen) == ""
    assert clean(f"/note {REF} {unseen}") == f"/note {REF}"
    assert clean(f"Seen.\n{unseen}") == "Seen."


@pytest.mark.parametrize(
    "written",
    [
        "a nurse 👩\u200d⚕\ufe0f",
        "❤\ufe0f",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "\u0647\u200d",
        "क्\u200dष",
        "⠃⠁⠞⠕⠝⠀⠃",
        "Straßen\u00adbahn",
    ],
    ids=["joined", "coloured", "flag", "Persian", "Persian, cut short", "Hindi", "Braille", "hyphen"],
)
def test_what_shapes_a_letter_or_a_sign_stays_with_it(written: str) -> None:
    assert clean(written) == written
    assert clean(f"{written} \u200b") == written


@given(st.text(st.characters() | st.sampled_from("\u200b\u200d\ufe0f\u3164 a")))
@example("\ud800 alone")
@example("a\x00b")
@example("a\u200b \u200b")
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

"""Windows as people write them: what is read, and what is refused in which words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerns.window import BadWindow, Unit, Window, quoted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4 working hours", Window(4, Unit.WORKING_HOUR)),
        ("1 working day", Window(1, Unit.WORKING_DAY)),
        ("1 week", Window(1, Unit.WEEK)),
        ("10 calendar days", Window(10, Unit.CALENDAR_DAY)),
        ("90 seconds", Window(90, Unit.SECOND)),
        ("1 minute", Window(1, Unit.MINUTE)),
        ("  02   Working\tDAYS ", Window(2, Unit.WORKING_DAY)),
        ("1 hours", Window(1, Unit.HOUR)),
    ],
)
def test_a_window_is_a_whole_number_and_a_unit_singular_or_plural(text: str, expected: Window) -> None:
    assert Window.parse(text) == expected


@given(st.sampled_from(Unit), st.integers(1, 52))
def test_a_window_is_written_the_way_it_is_read(unit: Unit, count: int) -> None:
    assert Window.parse(str(Window(count, unit))) == Window(count, unit)


def test_one_of_a_unit_is_written_in_the_singular() -> None:
    assert [str(Window(count, Unit.WORKING_DAY)) for count in (1, 2)] == ["1 working day", "2 working days"]


def test_only_working_units_count_working_time() -> None:
    working = {unit for unit in Unit if Window(1, unit).working}

    assert working == {Unit.WORKING_HOUR, Unit.WORKING_DAY}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1 day", '"1 day" is ambiguous; write "1 working day" or "1 calendar day".'),
        ("3 days", '"3 days" is ambiguous; write "3 working days" or "3 calendar days".'),
        ("0 hours", '"0 hours" is no time at all; write a whole number of 1 or more.'),
        ("00 weeks", '"0 weeks" is no time at all; write a whole number of 1 or more.'),
        ("53 weeks", '"53 weeks" is more than 366 days; the longest here is "52 weeks".'),
        ("1000 weeks", '"1000 weeks" is more than 366 days; the longest here is "52 weeks".'),
        ("9000 hours", '"9000 hours" is more than 366 days; the longest here is "8784 hours".'),
        (
            "367 working days",
            '"367 working days" is more than 366 days; the longest here is "366 working days".',
        ),
        ("1.5 hours", '"1.5 hours" has no whole number first; write it like "2 working days".'),
        ("-1 hours", '"-1 hours" has no whole number first; write it like "2 working days".'),
        ("soon", '"soon" has no whole number first; write it like "2 working days".'),
        ("", '"" has no whole number first; write it like "2 working days".'),
        ("٤ hours", '"٤ hours" has no whole number first; write it like "2 working days".'),
        (
            "1 month",
            '"1 month" needs one of these units: seconds, minutes, hours, working hours, working days, '
            "calendar days, weeks.",
        ),
    ],
)
def test_what_is_no_window_is_refused_naming_it_and_the_way_out(text: str, sentence: str) -> None:
    with pytest.raises(BadWindow) as refused:
        Window.parse(text)

    assert str(refused.value) == sentence


@pytest.mark.parametrize("unit", list(Unit))
def test_366_days_is_the_longest_window_in_every_unit(unit: Unit) -> None:
    fits = {
        Unit.SECOND: 31_622_400,
        Unit.MINUTE: 527_040,
        Unit.HOUR: 8_784,
        Unit.WORKING_HOUR: 8_784,
        Unit.WORKING_DAY: 366,
        Unit.CALENDAR_DAY: 366,
        Unit.WEEK: 52,
    }

    assert Window.parse(f"{fits[unit]} {unit}s") == Window(fits[unit], unit)
    with pytest.raises(BadWindow, match="more than 366 days"):
        Window.parse(f"{fits[unit] + 1} {unit}s")


def test_a_window_made_by_hand_is_held_to_the_same_bounds() -> None:
    for count in (0, -3, 367):
        with pytest.raises(BadWindow):
            Window(count, Unit.WORKING_DAY)


@pytest.mark.parametrize("digits", [41, 4_400, 16_000])
def test_a_number_of_thousands_of_digits_is_refused_shortened(digits: int) -> None:
    with pytest.raises(BadWindow) as refused:
        Window.parse("9" * digits + " hours")

    assert str(refused.value) == f'"{"9" * 40}…" is more than 366 days; write a shorter window.'


def read(text: str) -> Window | str:
    """The window, or the sentence it is refused with."""
    try:
        return Window.parse(text)
    except BadWindow as refused:
        return str(refused)


@given(st.text() | st.from_regex(r"[0-9]{0,12}[ .,-]?(day|hour|week|working|calendar)?s?", fullmatch=True))
def test_any_text_is_read_or_refused_in_one_line(text: str) -> None:
    answer = read(text)

    assert answer.isprintable() and len(answer) < 200 if isinstance(answer, str) else answer.count >= 1


@given(st.text())
def test_quoting_keeps_to_one_short_printable_line(text: str) -> None:
    shown = quoted(text)

    assert shown.isprintable()
    assert len(shown) <= 43

"""Dates and times as people write them: local unless they say otherwise, refused if no instant."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerns.calendar import BadInstant
from tests.ladders import CALENDAR


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-12-23T16:30", datetime(2026, 12, 23, 16, 30, tzinfo=UTC)),
        (" 2026-07-01 09:00:05 ", datetime(2026, 7, 1, 8, 0, 5, tzinfo=UTC)),
        ("2026-07-01T09:00z", datetime(2026, 7, 1, 9, tzinfo=UTC)),
        ("2026-07-01T09:00-05:00", datetime(2026, 7, 1, 14, tzinfo=UTC)),
        ("2026-10-25T01:30+01:00", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("2026-10-25T01:30+00:00", datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
        ("2026-10-25T02:00", datetime(2026, 10, 25, 2, tzinfo=UTC)),
        ("2026-03-29T02:00", datetime(2026, 3, 29, 1, tzinfo=UTC)),
    ],
)
def test_a_time_without_offset_is_local_and_with_one_is_what_it_says(text: str, instant: datetime) -> None:
    assert CALENDAR.parse_local(text) == instant


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "2026-03-29T01:30",
            '"2026-03-29T01:30" does not exist: the clocks go forward then. Write a time from 02:00 on.',
        ),
        (
            "2026-10-25T01:30",
            '"2026-10-25T01:30" comes twice: the clocks go back then. '
            "Add +01:00 for the first or +00:00 for the second.",
        ),
        ("2026-02-30T10:00", '"2026-02-30T10:00" is not a date and time; write it like 2026-12-23T16:30.'),
        ("2026-12-23", '"2026-12-23" is not a date and time; write it like 2026-12-23T16:30.'),
        ("tomorrow", '"tomorrow" is not a date and time; write it like 2026-12-23T16:30.'),
        ("", '"" is not a date and time; write it like 2026-12-23T16:30.'),
        (
            "1926-12-23T16:30",
            '"1926-12-23T16:30" is outside the years bank holidays are known for; use 2000 to 2099.',
        ),
    ],
)
def test_a_time_that_is_no_instant_is_refused_naming_it(text: str, sentence: str) -> None:
    with pytest.raises(BadInstant) as refused:
        CALENDAR.parse_local(text)

    assert str(refused.value) == sentence


def read(text: str) -> datetime | str:
    """The instant, or the sentence it is refused with."""
    try:
        return CALENDAR.parse_local(text)
    except BadInstant as refused:
        return str(refused)


@given(st.text() | st.from_regex(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?", fullmatch=True))
def test_any_text_is_an_instant_or_refused_in_one_line(text: str) -> None:
    answer = read(text)

    assert answer.isprintable() if isinstance(answer, str) else answer.tzinfo is UTC


@given(st.datetimes(datetime(2026, 1, 1), datetime(2029, 1, 1)))  # noqa: DTZ001 -- wall times are tested
def test_every_minute_of_a_year_reads_back_as_written_or_is_refused(written: datetime) -> None:
    answer = read(written.isoformat())

    if isinstance(answer, str):
        # Only the nights the clocks change hold such times.
        assert (written.hour, written.isoweekday()) == (1, 7)
    else:
        assert CALENDAR.local(answer).replace(tzinfo=None) == written

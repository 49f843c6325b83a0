"""Pathway files that are refused: each in one line that names file and key and says what to write instead."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.files import BadFile, load_pathway

SHORT = """\
name = "Short"
version = "1"
[[tier]]
name = "Practitioners"
raising = "practitioner"
challenged = "practitioner"
answer = "1 working day"
"""
TWO_TIERS = (
    SHORT
    + """\
[[tier]]
name = "Managers"
raising = "manager"
challenged = "manager"
answer = "3 working days"
"""
)


def refusal(path: Path, content: str | bytes) -> str:
    """The sentence a pathway.toml of this content is refused with, without the file's name."""
    file = path / "pathway.toml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(BadFile) as refused:
        load_pathway(file)
    name, _, sentence = str(refused.value).partition(": ")
    assert name == "pathway.toml"
    return sentence


def first(line: str) -> str:
    """The short file with a line in front."""
    return f"{line}\n{SHORT}"


def last(lines: str) -> str:
    """The short file with lines at its end, the first of them still in the tier."""
    return f"{SHORT}{lines}\n"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ('name = "x', "line 1, the end of the file: a text there lacks its closing quotes; add them."),
        ('name = "x"\nname = "y"\n', "line 2, column 11: a key stands there twice; keep one."),
        (
            "name = Short\nversion = 1",
            "line 1, column 8: a value there lacks its quotes or its end; finish it.",
        ),
        ("review_by = 2027-02-30", "line 1, column 13: there is no such date; write a real one."),
        (
            "[board]\n[board]\n",
            "line 2, column 7: a table is opened there twice; keep one of the two headings.",
        ),
        (b"\xff\xfe", "is not UTF-8 text; save it as UTF-8."),
    ],
)
def test_what_is_not_toml_is_refused_with_its_line(
    tmp_path: Path, content: str | bytes, sentence: str
) -> None:
    assert refusal(tmp_path, content) == sentence


def test_a_file_beyond_all_measure_is_refused(tmp_path: Path) -> None:
    for beyond in ("x = " + "[" * 100_000, "x = " + "9" * 10_000):
        assert refusal(tmp_path, beyond) == "holds a list or a number beyond all measure; make it smaller."
    assert refusal(tmp_path, "#" * 1_000_001) == (
        "is larger than 1000000 bytes; check that it is the right file."
    )


def test_a_file_that_cannot_be_read_is_refused_with_the_reason(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nowhere.toml"):
        with pytest.raises(BadFile, match=r"cannot be read \(.+\); check the path and who may read it\."):
            load_pathway(path)


def test_the_mark_editors_put_in_front_and_their_line_ends_do_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "pathway.toml"
    file.write_bytes(b"\xef\xbb\xbf" + SHORT.replace("\n", "\r\n").encode())

    assert load_pathway(file).pathway.name == "Short"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (SHORT.replace('name = "Short"\n', ""), '"name" is missing; add "name = …".'),
        ('name = "a"\nversion = "1"\n', '"tier" is missing; add at least one [[tier]].'),
        (SHORT.replace('answer = "1 working day"\n', ""), 'tier 1 "answer" is missing; add "answer = …".'),
        (SHORT.replace("answer", "anser"), 'tier 1 "anser" is not a key here; did you mean "answer"?'),
        (first('naem = "x"'), '"naem" is not a key here; did you mean "name"?'),
        (last("[board]\ntold = 1"), '[board] "told" is not a key here; did you mean "told_at"?'),
        (
            last("[referral]\nqwert = 1"),
            '[referral] "qwert" is not a key here; use one of: answer, on_lapse, contacts.',
        ),
        (SHORT.replace('"1"', "2026.1"), '"version" must be text in quotes, like version = "…".'),
        (
            SHORT.replace('"Short"', '" "'),
            '"name" is empty; write it, or leave the line out if there is a usual value.',
        ),
        (
            SHORT.replace("Short", "a\\u0007b"),
            '"name": "a b" holds a line break or hidden character; use one plain line.',
        ),
        (
            SHORT.replace("Short", "x" * 1001),
            f'"name": "{"x" * 40}…" is too long; use at most 1000 characters.',
        ),
        (first('strand = "children"'), '"strand": "children" is not known here; did you mean "child"?'),
        (
            first('nation = "uk"'),
            '"nation": "uk" is not known here; use one of: england, scotland, wales, northern-ireland.',
        ),
        (
            first('review_by = "2027-04-01"'),
            '"review_by" must be a date without quotes, like review_by = 2027-04-01.',
        ),
        (
            first('on_lapse = "ask"'),
            '"on_lapse": "ask" needs to know for how long; add [ask] with window = "4 working hours".',
        ),
        (last("[ask]"), '[ask] "window" is missing; add "window = …".'),
        (
            SHORT.replace("[[tier]]", "[tier]"),
            '"tier" must be written [[tier]], in two pairs of brackets, once for each.',
        ),
        (
            last("[[top]]"),
            '"top" must be a table of its own, opened once by a line [top].',
        ),
        (
            last("or_sooner = 1"),
            'tier 1 "or_sooner" must be true or false, without quotes, like or_sooner = true.',
        ),
        (last("[board]\ntold_at = 1.0"), '[board] "told_at" must be a whole number without quotes, like 1.'),
        (last("[referral]\ncontacts = 0"), '[referral] "contacts" must be a whole number from 1 to 20.'),
    ],
)
def test_a_key_that_is_missing_unknown_or_of_the_wrong_kind_is_named(
    tmp_path: Path, content: str, sentence: str
) -> None:
    assert refusal(tmp_path, content) == sentence


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('"1 working day"', '"1 day"', '"1 day" is ambiguous; write "1 working day" or "1 calendar day".'),
        ('"1 working day"', '"0 hours"', '"0 hours" is no time at all; write a whole number of 1 or more.'),
        (
            '"1 working day"',
            '"1000 weeks"',
            '"1000 weeks" is more than 366 days; the longest here is "52 weeks".',
        ),
    ],
)
def test_a_bad_window_is_named_with_its_tier(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    assert refusal(tmp_path, SHORT.replace(old, new)) == f'tier 1 "answer": {sentence}'


@pytest.mark.parametrize("part", ['["100%"]', '["0%"]', '["50"]', '["half"]', '["50%", "5.5%"]'])
def test_a_reminder_outside_its_window_is_refused(tmp_path: Path, part: str) -> None:
    assert refusal(tmp_path, last(f"remind = {part}")) == (
        'tier 1 "remind" must be parts of the answer window from "1%" to "99%", like ["50%", "80%"].'
    )


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (
            '[urgent]\nenter_at = 3\nanswer = "4 hours"',
            '[urgent] "enter_at" must be a whole number from 1 to 2.',
        ),
        ('[urgent]\nanswer = "4 hours"', '[urgent] "enter_at" is missing; add "enter_at = …".'),
        ("[board]\ntold_at = 0", '[board] "told_at" must be a whole number from 1 to 2.'),
        ("[board]\ntold_at = 3", '[board] "told_at" must be a whole number from 1 to 2.'),
    ],
)
def test_a_tier_outside_the_ladder_is_refused(tmp_path: Path, lines: str, sentence: str) -> None:
    assert refusal(tmp_path, TWO_TIERS + lines) == sentence


# ---- hours and closures ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hours", "sentence"),
    [
        ('"09:00-17:00"', 'must be a table, like hours = { mon-fri = "09:00-17:00" }.'),
        ("{}", 'leaves no day worked; give at least one day, like mon-fri = "09:00-17:00".'),
        ("{ mon = [] }", 'leaves no day worked; give at least one day, like mon-fri = "09:00-17:00".'),
        (
            '{ mon = "17:00-09:00" }',
            ': "17:00-09:00" runs past midnight, or is no time at all; '
            'close by "24:00" and open the next day at "00:00".',
        ),
        (
            '{ mon = "09:00-09:00" }',
            ': "09:00-09:00" runs past midnight, or is no time at all; '
            'close by "24:00" and open the next day at "00:00".',
        ),
        ('{ mon = "09:00-24:01" }', ': "09:00-24:01" names a time no clock shows; use 00:00 to 24:00.'),
        ('{ mon = "9-5" }', ': "9-5" is not from one time to another; write it like "09:00-17:00".'),
        (
            '{ mon = ["11:00-17:00", "09:00-12:00"] }',
            ': "09:00-12:00" and "11:00-17:00" overlap; make them one, or part them.',
        ),
        ('{ mon-wed = "09:00-17:00", tue = "10:00-11:00" }', "gives Tuesday twice; keep one."),
        ('{ fri-mon = "09:00-17:00" }', ': "fri-mon" runs past Sunday; write two ranges, Monday first.'),
        ('{ monday = "09:00-17:00" }', ': "monday" is no day or range of days; did you mean "mon"?'),
        (
            '{ mon- = "09:00-17:00" }',
            ': "mon-" is no day or range of days; use one of: mon, tue, wed, thu, fri, sat, sun.',
        ),
        ("{ mon = 9 }", 'must give each day text or a list of texts, like "09:00-17:00".'),
    ],
)
def test_hours_nobody_could_work_are_refused(tmp_path: Path, hours: str, sentence: str) -> None:
    told = refusal(tmp_path, first(f"hours = {hours}"))

    assert told == (f'"hours"{sentence}' if sentence.startswith(":") else f'"hours" {sentence}')


def test_hours_that_touch_are_one_stretch(tmp_path: Path) -> None:
    file = tmp_path / "pathway.toml"
    file.write_text(first('hours = { mon-sun = ["09:00-12:00", "12:00-17:00"] }'))

    calendar = load_pathway(file).calendar

    assert len(calendar.stretches(date(2026, 11, 30))) == 1


@pytest.mark.parametrize(
    ("closures", "sentence"),
    [
        (
            "{ from = 2026-12-24, to = 2026-12-01 }",
            'closures 1 "to" is before 2026-12-24; swap them, or check the year.',
        ),
        (
            "{ to = 2026-12-24 }",
            'closures 1 "from" is missing; add the first day closed, like from = 2026-12-24.',
        ),
        ("{ from = 1926-12-24 }", 'closures 1 "from" is outside 2000 to 2099; check the year.'),
        (
            "{ from = 2026-12-24 }, { from = 2026-01-01, to = 2027-01-02 }",
            'closures 2 "to" closes for 367 days; shorten it, or check the year.',
        ),
        (
            "{ from = 2026-01-01, to = 2026-12-31 }, { from = 2027-01-01, to = 2027-01-03 }",
            '"closures" leave nobody at work for 366 days around 2026-01-01; shorten them.',
        ),
    ],
)
def test_closures_that_cannot_be_meant_are_refused(tmp_path: Path, closures: str, sentence: str) -> None:
    assert refusal(tmp_path, first(f"closures = [ {closures} ]")) == sentence


def test_closures_and_days_nobody_works_can_add_up_to_a_year_of_rest(tmp_path: Path) -> None:
    mondays = 'hours = { mon = "09:00-17:00" }\n'
    closures = "closures = [ { from = 2026-01-11, to = 2026-12-31 }, { from = 2027-01-01, to = 2027-01-05 } ]"

    assert refusal(tmp_path, first(mondays + closures)) == (
        '"closures" leave nobody at work for 366 days around 2026-01-11; shorten them.'
    )


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_a_pathway_or_refused_in_one_line(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_bytes(content)

    with pytest.raises(BadFile) as refused:
        load_pathway(path)

    assert str(refused.value).startswith("any.toml: ")
    assert str(refused.value).isprintable()

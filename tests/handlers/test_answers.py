"""What somebody filled in: read leniently, checked strictly, every refusal beside the field it names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.answers import LONGEST, Answers, faults, texts
from handlers.asking import with_defaults
from tests.ladders import CALENDAR, london
from views.parts import Choice, Field, FieldKind

K = FieldKind
TWO = (Choice("a", "A"), Choice("b", "B"))


def fault(kind: FieldKind, given: object, *, required: bool = False) -> str:
    """What is wrong with this answer to a question of that kind; empty when nothing is."""
    choices = TWO if kind in {K.CHOICE, K.CHOICES, K.PERSON} else ()
    field = Field("key", "What?", kind, choices, required=required)
    return faults((field,), Answers(texts({"key": given}), CALENDAR)).get("key", "")


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        (K.TEXT, "words"),
        (K.LONG, 12),
        (K.LONG, "x" * LONGEST),
        (K.YES_NO, True),
        (K.YES_NO, "No"),
        (K.CHOICE, "a"),
        (K.CHOICE, ["b"]),
        (K.CHOICES, ["a", "b", "a"]),
        (K.DATE, "2026-02-28"),
        (K.DATETIME, "2026-12-23T16:30"),
        (K.DATETIME, "2026-10-25T01:30+01:00"),
    ],
)
def test_a_good_answer_has_no_fault(kind: FieldKind, given: object) -> None:
    assert fault(kind, given, required=True) == ""


@pytest.mark.parametrize(
    ("kind", "given", "named"),
    [
        (K.TEXT, "", "What?"),
        (K.TEXT, None, "What?"),
        (K.LONG, {"not": "an answer"}, "What?"),
        (K.LONG, "\u200b \u3164", "What?"),
        (K.LONG, 10**30, "What?"),
        (K.LONG, "x" * (LONGEST + 1), "16,000"),
        (K.TEXT, ["one", "two"], "one answer"),
        (K.YES_NO, "perhaps", "yes or no"),
        (K.CHOICE, "c", "from the list"),
        (K.CHOICE, ["a", "b"], "one answer"),
        (K.CHOICES, ["a", "c"], "from the list"),
        (K.CHOICES, [["a"]], "What?"),
        (K.DATE, "2026-02-30", "2026-02-30"),
        (K.DATE, "20261201", "20261201"),
        (K.DATE, "tomorrow", "tomorrow"),
        (K.DATE, "9999-12-31", "9999-12-31"),
        (K.DATETIME, "2026-02-30T10:00", "2026-02-30"),
        (K.DATETIME, "2026-10-25T01:30", "comes twice"),
        (K.DATETIME, "2027-03-28T01:30", "does not exist"),
        (K.DATETIME, "2026-12-23", "2026-12-23"),
    ],
)
def test_a_bad_answer_is_named(kind: FieldKind, given: object, named: str) -> None:
    assert named in fault(kind, given, required=True)


def test_an_empty_answer_to_an_optional_question_is_fine() -> None:
    empty: tuple[object, ...] = ("", None, [])
    assert all(fault(kind, given) == "" for kind in K for given in empty)


def test_what_a_form_shows_counts_until_it_is_cleared() -> None:
    field = Field("when", "When?", K.DATETIME, required=True, value="2026-11-30T10:00")
    untouched = with_defaults((field,), Answers({}, CALENDAR))
    cleared = with_defaults((field,), Answers(texts({"when": ""}), CALENDAR))

    assert untouched.instant("when") == london("Mon 30 Nov 2026 10:00")
    assert faults((field,), cleared) == {"when": "Please answer: When?"}


def test_only_private_answers_become_words() -> None:
    fields = (Field("said", "?", K.LONG, private=True), Field("how", "?", K.CHOICE, TWO))
    words = Answers(texts({"said": "quietly", "how": "a"}), CALENDAR).words(fields)

    assert words.items() == (("said", "quietly"),)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(K), anything, st.booleans())
def test_any_answer_is_judged_with_a_sentence_or_read_without_trouble(
    kind: FieldKind, given: object, required: bool
) -> None:
    sentence = fault(kind, given, required=required)
    answers = Answers(texts({"key": given}), CALENDAR)

    if sentence:
        assert sentence[-1] in ".?"
    elif kind is K.DATE:
        answers.day("key")
    elif kind is K.DATETIME:
        answers.instant("key")

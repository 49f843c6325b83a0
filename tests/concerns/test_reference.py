"""References people can say on the telephone: one alphabet, and a check symbol that hears a slip."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerns.reference import ALPHABET, SPACE, looks_like, make, parse

numbers = st.integers(0, SPACE - 1)


@given(numbers)
def test_a_reference_is_read_back_as_itself(number: int) -> None:
    ref = make(number)

    assert parse(ref) == ref
    assert looks_like(ref)
    assert len(ref) == len("C-7F3K-9QMX")


@given(numbers)
def test_it_may_be_typed_without_dashes_in_small_letters_or_with_space_around(number: int) -> None:
    ref = make(number)

    for typed in (ref.lower(), ref.replace("-", ""), f"  {ref} "):
        assert parse(typed) == ref


@given(numbers)
def test_what_is_heard_as_another_symbol_is_understood(number: int) -> None:
    ref = make(number)
    typed = "C" + ref[1:].replace("0", "O").replace("1", "I")

    assert parse(typed) == parse(typed.replace("I", "l")) == ref


@given(numbers, st.integers(0, 7), st.sampled_from(ALPHABET))
def test_one_wrong_symbol_never_passes(number: int, place: int, symbol: str) -> None:
    symbols = make(number).replace("-", "")[1:]
    slipped = symbols[:place] + symbol + symbols[place + 1 :]

    assert (parse(f"C{slipped}") is None) is (slipped != symbols)


@given(numbers, st.integers(0, 7), st.integers(0, 7))
def test_two_symbols_in_each_others_place_never_pass(number: int, one: int, other: int) -> None:
    symbols = list(make(number).replace("-", "")[1:])
    swapped = symbols.copy()
    swapped[one], swapped[other] = symbols[other], symbols[one]

    assert (parse("C" + "".join(swapped)) is None) is (swapped != symbols)


@given(st.tuples(numbers, numbers).filter(lambda pair: pair[0] != pair[1]))
def test_two_numbers_never_make_the_same_reference(pair: tuple[int, int]) -> None:
    assert make(pair[0]) != make(pair[1])


@pytest.mark.parametrize("number", [-1, SPACE])
def test_there_are_no_references_beyond_seven_symbols(number: int) -> None:
    with pytest.raises(ValueError, match="seven symbols"):
        make(number)


@given(st.text(max_size=30))
def test_anything_at_all_may_be_typed(text: str) -> None:
    found = parse(text)

    assert found is None or parse(found) == found


@pytest.mark.parametrize(
    "typed", ["", "C-", "C-7F3K", "C-7F3K-9QMU", "C-7F3K-9QMXX", "Ç-7F3K-9QMX", "D-7F3K-9QMX"]
)
def test_what_is_no_reference_is_none(typed: str) -> None:
    assert parse(typed) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("C-7F3K-9QMX", True), ("c-7f3k", True), ("C-12-34-56", True), ("threshold", False), ("C", False)],
)
def test_a_reference_mistyped_is_still_meant_as_one(typed: str, meant: bool) -> None:
    assert looks_like(typed) is meant

"""The ladder as a value: its tiers by number, and every role it may call."""

import pytest

from tests.ladders import DAILY


def test_tiers_are_counted_from_one() -> None:
    assert [DAILY.tier(number).number for number in range(1, DAILY.top + 1)] == [1, 2, 3, 4]


@pytest.mark.parametrize("number", [0, 5, -1])
def test_there_is_no_tier_outside_the_ladder(number: int) -> None:
    with pytest.raises(ValueError, match="this ladder has 4"):
        DAILY.tier(number)


def test_the_roles_of_a_ladder_are_those_of_both_sides_and_the_convener() -> None:
    assert DAILY.roles() == {"practitioner", "manager", "senior_manager", "director", "independent_chair"}

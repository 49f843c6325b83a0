"""Channels that have moved: the newest address holds until the partnership file names another."""

from dataclasses import replace

import pytest

from concerns.people import ChannelId
from storage.engine import Store
from storage.moved import Move, Moves, in_force, moved_on
from tests.ladders import MONDAY
from tests.partnership import DIRECTORY

JOINT = ChannelId("riverside-council")
OLD = "#riverside-council"


@pytest.fixture
def moves(store: Store) -> Moves:
    """Nothing has moved yet."""
    return Moves(store)


def test_a_channel_is_where_the_platform_says_it_is(moves: Moves) -> None:
    moves.note(JOINT, OLD, "C-new", MONDAY)

    today = moved_on(DIRECTORY, moves.known())
    found = today.channel(JOINT)
    assert found is not None
    assert found.address == "C-new"
    assert [one for one in today.channels if one.id != JOINT] == [
        one for one in DIRECTORY.channels if one.id != JOINT
    ]


def test_a_channel_that_moves_again_is_at_its_newest_address(moves: Moves) -> None:
    moves.note(JOINT, OLD, "C-new", MONDAY)
    moves.note(JOINT, OLD, "C-newer", MONDAY)

    assert moves.known() == (Move(JOINT, OLD, "C-newer"),)


def test_a_move_said_twice_is_said_once(moves: Moves) -> None:
    """As when two messages meet the old address at once, or both platforms' events tell of it."""
    moves.note(JOINT, OLD, "C-new", MONDAY)
    moves.note(JOINT, OLD, "C-new", MONDAY)
    moves.note(JOINT, OLD, "C-newer", MONDAY)
    moves.note(JOINT, OLD, "C-newer", MONDAY)

    assert moves.known() == (Move(JOINT, OLD, "C-newer"),)


@pytest.mark.parametrize("address", ["C-new", "C-elsewhere"])
def test_what_the_file_says_anew_stands(moves: Moves, address: str) -> None:
    """Whether it names the new address by now, or quite another."""
    moves.note(JOINT, OLD, "C-new", MONDAY)
    channels = (replace(one, address=address) if one.id == JOINT else one for one in DIRECTORY.channels)
    changed = replace(DIRECTORY, channels=tuple(channels))

    assert in_force(changed, moves.known()) == ()
    assert moved_on(changed, moves.known()) is changed


def test_a_channel_that_moved_back_has_not_moved(moves: Moves) -> None:
    moves.note(JOINT, OLD, "C-new", MONDAY)
    moves.note(JOINT, OLD, OLD, MONDAY)

    assert moved_on(DIRECTORY, moves.known()) is DIRECTORY


def test_a_channel_the_file_dropped_is_not_brought_back(moves: Moves) -> None:
    moves.note(ChannelId("long-gone"), "C-1", "C-2", MONDAY)

    assert moved_on(DIRECTORY, moves.known()) is DIRECTORY

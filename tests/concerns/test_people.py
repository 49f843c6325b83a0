"""What the directory answers: whose account, which seats, which channels; it guesses nothing."""

from dataclasses import replace

from concerns.people import Identity, Seat
from tests.partnership import (
    AMIRA,
    BOARD,
    COUNCIL,
    DIRECTORY,
    HELEN,
    RIVERSIDE,
    RUTH,
    STRANGER,
    seating,
    vacated,
)


def test_an_account_belongs_to_one_person_and_a_strangers_to_nobody() -> None:
    assert DIRECTORY.whose(Identity("slack", "riverside", "U-amira")) == AMIRA
    assert DIRECTORY.whose(Identity("slack", "elsewhere", "U-amira")) is None


def test_an_identity_reads_as_people_write_it() -> None:
    assert str(Identity("slack", "riverside", "U012")) == "slack:riverside:U012"
    assert str(Identity("telegram", "telegram", "123")) == "telegram:123"


def test_names_are_those_of_the_directory_and_a_bare_id_where_it_no_longer_knows() -> None:
    assert DIRECTORY.name_of(AMIRA) == "Amira Khan"
    assert DIRECTORY.name_of(COUNCIL) == "Northshire Council"
    assert DIRECTORY.name_of(STRANGER) == "stranger"
    assert DIRECTORY.name_of(None) == ""


def test_one_person_may_hold_several_seats() -> None:
    both = replace(DIRECTORY, seatings=(*DIRECTORY.seatings, seating(RIVERSIDE, "lead", HELEN, RUTH)))

    assert both.seats_of(HELEN) == (Seat(RIVERSIDE, "director"), Seat(RIVERSIDE, "lead"))


def test_a_channel_carries_a_concern_only_if_all_its_agencies_are_party_to_it() -> None:
    pair, three = frozenset({RIVERSIDE, COUNCIL}), frozenset({RIVERSIDE, COUNCIL, BOARD})

    assert [ch.id for ch in DIRECTORY.shared({RIVERSIDE}, 1)] == ["riverside-escalations"]
    assert "board" not in [ch.id for ch in DIRECTORY.shared(pair, 1)]
    assert "board" in [ch.id for ch in DIRECTORY.shared(three, 1)]


def test_a_channel_may_be_for_some_tiers_only() -> None:
    upper = replace(DIRECTORY.channels[1], tiers=(3, 4))
    directory = replace(DIRECTORY, channels=(upper,))

    assert directory.shared({COUNCIL}, 2) == ()
    assert directory.shared({COUNCIL}, 3) == (upper,)


def test_the_convener_of_a_role_is_the_board_seat_somebody_holds() -> None:
    assert DIRECTORY.convener("independent_chair") == Seat(BOARD, "independent_chair")
    assert DIRECTORY.convener(None) is None
    assert vacated(DIRECTORY, BOARD, "independent_chair").convener("independent_chair") == Seat(
        BOARD, "independent_chair"
    )

"""Whether a partnership carries its ladders: roles nobody holds, empty seats, and people out of reach."""

from dataclasses import replace

import pytest

from bot.files import DEMO_PARTNERSHIP, check_roles, gaps, load_partnership, load_pathway, shipped_pathways
from concerns.directory import Directory
from concerns.pathway import Pathway
from concerns.people import AgencyId, PersonId, Seat, Seating
from tests.partnership import ALEX, AMIRA, DEV, DIRECTORY, MIRIAM, OWEN, SAM, SURGERY, without_channels


@pytest.fixture(scope="module")
def standard() -> Pathway:
    """The ladder of the standard template."""
    return load_pathway(shipped_pathways()["standard"]).pathway


@pytest.fixture(scope="module")
def demo() -> Directory:
    """The demo's partnership."""
    return load_partnership(DEMO_PARTNERSHIP)


# ---- roles and seats -------------------------------------------------------------------------------


def test_a_role_no_agency_holds_is_named(demo: Directory) -> None:
    ladder = load_pathway(shipped_pathways()["liaison"]).pathway

    assert check_roles(demo, ladder) == [
        'No agency holds the role "liaison_officer"; add a [[seat]] with this role and a holder.'
    ]


def test_a_seat_without_a_holder_or_deputy_holds_no_role(demo: Directory, standard: Pathway) -> None:
    directors = [seating for seating in demo.seatings if seating.seat.role == "director"]
    empty = tuple(
        Seating(seating.seat, None) if seating in directors else seating for seating in demo.seatings
    )

    assert check_roles(replace(demo, seatings=empty), standard) == [
        'No agency holds the role "director"; add a [[seat]] with this role and a holder.'
    ]


def test_a_convener_must_sit_on_a_board(demo: Directory, standard: Pathway) -> None:
    moved = tuple(
        replace(seating, seat=Seat(AgencyId("council"), seating.seat.role))
        if seating.seat.role == "independent_chair"
        else seating
        for seating in demo.seatings
    )

    assert check_roles(replace(demo, seatings=moved), standard) == [
        'No agency of kind "board" holds the convening role "independent_chair"; give a board that [[seat]].'
    ]


def test_a_raiser_needs_no_seat_at_tier_1(demo: Directory) -> None:
    ladder = load_pathway(shipped_pathways()["alert"]).pathway
    officer = replace(demo.people[0], roles=("iro",))
    first_only = replace(ladder, tiers=ladder.tiers[:1])

    told = check_roles(replace(demo, people=(officer, *demo.people[1:])), first_only)

    assert told == ['No agency holds the role "team_manager"; add a [[seat]] with this role and a holder.']


def new_gaps(changed: Directory, demo: Directory, ladder: Pathway) -> list[str]:
    """What is missing beyond what the demo lacks on purpose."""
    return [sentence for sentence in gaps(changed, ladder) if sentence not in gaps(demo, ladder)]


def test_lesser_gaps_are_told_one_by_one(demo: Directory, standard: Pathway) -> None:
    thinner = replace(
        demo,
        coordinator=None,
        seatings=tuple(s for s in demo.seatings if s.seat != Seat(AgencyId("council"), "manager")),
        channels=tuple(
            replace(channel, tiers=(5,)) if channel.id == "council-escalations" else channel
            for channel in demo.channels
            if channel.id != "board"
        ),
    )

    assert new_gaps(thinner, demo, standard) == [
        "The partnership has no coordinator; when nobody can be called there is nobody to tell.",
        "The board is to be told, and no agency of kind board has a channel; add its [[channel]].",
        'Channel "council-escalations" hears of no tier: the ladder ends at tier 4.',
        'Northshire Council Adult Social Care has nobody as "manager"; its tier 2 would be passed over.',
    ]


def test_at_tier_1_only_the_challenged_seat_can_be_missing(demo: Directory) -> None:
    ladder = load_pathway(shipped_pathways()["alert"]).pathway

    missing = [sentence for sentence in gaps(demo, ladder) if sentence.startswith("Riverside")]

    assert missing == [
        f'Riverside Home Care has nobody as "{role}"; its tier {tier} would be passed over.'
        for tier, role in [
            (1, "team_manager"),
            (2, "head_of_service"),
            (2, "iro"),
            (3, "executive_head"),
            (3, "iro"),
            (4, "iro"),
        ]
    ]


def test_an_agency_without_a_channel_is_rung_up_and_its_seats_are_not_missed(
    demo: Directory, standard: Pathway
) -> None:
    council = AgencyId("council")
    without = replace(
        demo,
        seatings=tuple(s for s in demo.seatings if s.seat.agency != council),
        channels=tuple(channel for channel in demo.channels if council not in channel.agencies),
    )

    assert new_gaps(without, demo, standard) == [
        "Northshire Council Adult Social Care has no channel; "
        "its calls go to the raising side, to ring up or write."
    ]


# ---- people ----------------------------------------------------------------------------------------


def of(person: PersonId, directory: Directory, **changes: object) -> Directory:
    """The directory with one person changed; by default their accounts are gone."""
    changed = {"identities": ()} | changes
    people = tuple(
        replace(p, **changed) if p.id == person else p  # type: ignore[arg-type]  # any field
        for p in directory.people
    )
    return replace(directory, people=people)


def told(directory: Directory, person: str, ladder: Pathway) -> list[str]:
    """What is missing about this person."""
    return [sentence for sentence in gaps(directory, ladder) if f"({person})" in sentence]


def test_a_deputy_without_an_account_cannot_be_called(standard: Pathway) -> None:
    assert told(DIRECTORY, "owen", standard) == []
    assert told(of(OWEN, DIRECTORY), "owen", standard) == [
        "Owen Price (owen) holds a seat or deputises, and has no account to be called on; "
        "add it under identities."
    ]


def test_who_sits_in_an_agency_without_a_channel_is_rung_up_instead(standard: Pathway) -> None:
    """Then a phone number or an e-mail address will do, and none of the three will not."""
    assert not any(SURGERY in channel.agencies for channel in DIRECTORY.channels)
    unreached = of(DEV, DIRECTORY)

    assert told(of(DEV, DIRECTORY, phone="01632 960410"), "dev", standard) == []
    assert told(of(DEV, DIRECTORY, email="dev@surgery.example"), "dev", standard) == []
    assert told(unreached, "dev", standard) == [
        "Dev Patel (dev) has a seat, and neither account, phone nor email; add one."
    ]


def test_a_coordinator_or_auditor_without_an_account_cannot_be_told(standard: Pathway) -> None:
    told_of_sam = told(of(SAM, DIRECTORY, roles=("directory_owner",)), "sam", standard)

    assert told_of_sam == [
        "Sam Whitlock (sam) is coordinator and directory owner, and has no account; add it under identities."
    ]
    assert told(of(ALEX, DIRECTORY), "alex", standard) == [
        "Alex Moore (alex) is auditor, and has no account; add it under identities."
    ]


def test_somebody_with_neither_seat_nor_role_nor_account_may_have_left(standard: Pathway) -> None:
    unseated = replace(DIRECTORY, seatings=tuple(s for s in DIRECTORY.seatings if AMIRA not in s.everyone))

    assert told(unseated, "amira", standard) == []
    assert told(of(AMIRA, unseated, roles=("practitioner",)), "amira", standard) == []
    assert told(of(AMIRA, unseated), "amira", standard) == [
        "Amira Khan (amira) has no seat, no role and no account; take out whoever has left."
    ]


def test_a_gap_two_ladders_share_is_told_once(standard: Pathway) -> None:
    rapid = load_pathway(shipped_pathways()["rapid"]).pathway
    thinner = without_channels(of(MIRIAM, DIRECTORY), SURGERY)
    both = gaps(thinner, standard, rapid)

    assert len(both) == len(set(both))
    assert set(both) == {*gaps(thinner, standard), *gaps(thinner, rapid)}


def test_trust_listed_for_a_telegram_group_is_said_to_count_for_nothing(
    demo: Directory, standard: Pathway
) -> None:
    trusted = tuple(replace(one, trust=2) for one in demo.channels)
    told = [gap for gap in gaps(replace(demo, channels=trusted), standard) if "trust" in gap]
    assert told == [
        f'Channel "{id}" is on Telegram, so it is told no more than at trust 0.'
        for id in ("council-escalations", "elm-house", "board")
    ]

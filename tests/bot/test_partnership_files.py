"""The partnership file: the directory it means, the demo's, and whether they carry a ladder."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.files import (
    DEMO_PARTNERSHIP,
    check_roles,
    gaps,
    load_partnership,
    load_pathway,
    shipped_pathways,
)
from concerns.calendar import Span
from concerns.pathway import Pathway
from concerns.people import (
    Agency,
    AgencyId,
    AgencyKind,
    Channel,
    ChannelId,
    Directory,
    Identity,
    Person,
    PersonId,
    Seat,
    Seating,
    Workspace,
)

FILE = """
[partnership]
name = "Northshire"
coordinator = "sam"
[[workspace]]
name = "riverside"
platform = "slack"
[[agency]]
id = "riverside"
name = "Riverside Home Care"
kind = "provider"
hours = { mon = "08:00-18:00" }
[[agency]]
id = "council"
name = "Northshire Council"
kind = "council"
[[person]]
id = "amira"
name = "Amira Khan"
agency = "riverside"
roles = ["practitioner"]
identities = ["slack:riverside:U012", "telegram:123456789"]
phone = "01632 960110"
email = "amira@riverside.example"
[[person]]
id = "sam"
name = "Sam Byrne"
agency = "council"
[[seat]]
agency = "riverside"
role = "manager"
holder = "sam"
deputies = ["amira"]
[[seat]]
agency = "council"
role = "manager"
[[channel]]
id = "shared"
platform = "slack"
workspace = "riverside"
address = "C0123"
agencies = ["riverside", "council"]
tiers = [1, 2]
trust = 1
name = "Riverside and council"
[[channel]]
id = "council-only"
platform = "telegram"
address = "-100123"
agencies = ["council"]
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "partnership.toml"


@pytest.fixture
def demo() -> Directory:
    return load_partnership(DEMO_PARTNERSHIP)


@pytest.fixture
def standard() -> Pathway:
    return load_pathway(shipped_pathways()["standard"]).pathway


def load(path: Path, text: str) -> Directory:
    path.write_text(text, encoding="utf-8")
    return load_partnership(path)


# ---- what a file means -----------------------------------------------------------------------------


def test_every_key_of_a_file_is_read(path: Path) -> None:
    riverside, council = AgencyId("riverside"), AgencyId("council")
    amira, sam = PersonId("amira"), PersonId("sam")

    assert load(path, FILE) == Directory(
        partnership="Northshire",
        coordinator=sam,
        agencies=(
            Agency(riverside, "Riverside Home Care", AgencyKind.PROVIDER, ((Span(480, 1080),), *((),) * 6)),
            Agency(council, "Northshire Council", AgencyKind.COUNCIL, None),
        ),
        people=(
            Person(
                id=amira,
                name="Amira Khan",
                agency=riverside,
                roles=("practitioner",),
                identities=(
                    Identity("slack", "riverside", "U012"),
                    Identity("telegram", "telegram", "123456789"),
                ),
                phone="01632 960110",
                email="amira@riverside.example",
            ),
            Person(id=sam, name="Sam Byrne", agency=council, roles=(), identities=(), phone="", email=""),
        ),
        seatings=(
            Seating(Seat(riverside, "manager"), holder=sam, deputies=(amira,)),
            Seating(Seat(council, "manager"), holder=None, deputies=()),
        ),
        channels=(
            Channel(
                id=ChannelId("shared"),
                platform="slack",
                workspace="riverside",
                address="C0123",
                agencies=(riverside, council),
                tiers=(1, 2),
                trust=1,
                name="Riverside and council",
            ),
            Channel(
                id=ChannelId("council-only"),
                platform="telegram",
                workspace="telegram",
                address="-100123",
                agencies=(council,),
                tiers=(),
                trust=0,
                name="council-only",
            ),
        ),
        workspaces=(Workspace("riverside", "slack"),),
    )


def test_a_seat_may_be_held_by_a_person_of_another_agency(path: Path) -> None:
    directory = load(path, FILE)

    assert directory.sits(PersonId("sam"), Seat(AgencyId("riverside"), "manager"))


# ---- whether it carries a ladder -------------------------------------------------------------------


def test_the_demo_partnership_carries_the_standard_ladder_without_a_gap(
    demo: Directory, standard: Pathway
) -> None:
    assert check_roles(demo, standard) == []
    assert gaps(demo, standard) == []


def test_everybody_in_the_demo_can_be_reached_in_one_place_only(demo: Directory) -> None:
    platforms = {
        agency.id: {
            identity.platform for p in demo.people if p.agency == agency.id for identity in p.identities
        }
        for agency in demo.agencies
    }

    assert [len(person.identities) for person in demo.people] == [1] * len(demo.people)
    assert platforms == {"riverside": {"slack"}, "council": {"telegram"}, "board": {"slack", "telegram"}}


def test_every_manager_of_the_demo_has_a_deputy(demo: Directory) -> None:
    managers = [seating for seating in demo.seatings if seating.seat.role == "manager"]

    assert [len(seating.deputies) for seating in managers] == [1, 1]


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

    assert gaps(thinner, standard) == [
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

    assert gaps(without, standard) == [
        "Northshire Council Adult Social Care has no channel; "
        "its calls go to the raising side, to ring up or write."
    ]

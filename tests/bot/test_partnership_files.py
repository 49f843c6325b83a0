"""The partnership file: the directory it means, and what the demo's holds."""

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
from concerns.directory import Directory
from concerns.pathway import Pathway
from concerns.people import (
    Agency,
    AgencyId,
    AgencyKind,
    Channel,
    ChannelId,
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


def test_the_demo_partnership_carries_the_standard_ladder_with_one_gap_on_purpose(
    demo: Directory, standard: Pathway
) -> None:
    """Elm House is a flat organisation."""
    assert check_roles(demo, standard) == []
    assert gaps(demo, standard) == [
        'Elm House Care Home has nobody as "senior_manager"; its tier 3 would be passed over.'
    ]


def test_everybody_in_the_demo_can_be_reached_in_one_place_only(demo: Directory) -> None:
    platforms = {
        agency.id: {
            identity.platform for p in demo.people if p.agency == agency.id for identity in p.identities
        }
        for agency in demo.agencies
    }

    assert [len(person.identities) for person in demo.people] == [1] * len(demo.people)
    slack, telegram = {"slack"}, {"telegram"}
    assert platforms == {
        **dict.fromkeys(("riverside", "brookside", "health"), slack),
        **dict.fromkeys(("council", "elmhouse"), telegram),
        "board": slack | telegram,
    }


def test_every_manager_of_the_demo_has_a_deputy(demo: Directory) -> None:
    managers = [seating for seating in demo.seatings if seating.seat.role == "manager"]

    assert [len(seating.deputies) for seating in managers] == [1] * (len(demo.agencies) - 1)

"""What a new partnership file changes, told line by line."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.files import DEMO_PARTNERSHIP, load_partnership
from bot.files.difference import NOBODY, difference
from concerns.calendar import Span
from concerns.directory import Directory
from concerns.people import Cover, Identity, Seat, Seating, Workspace
from storage.codec import directory_codec
from tests.ladders import MONDAY
from tests.partnership import (
    ALEX,
    AMIRA,
    BEN,
    COUNCIL,
    DIRECTORY,
    JOEL,
    OWEN,
    PRIYA,
    RIVERSIDE,
    channel,
    person,
    seating,
)

MANAGER = Seat(RIVERSIDE, "manager")


def reseated(directory: Directory, seating: Seating) -> Directory:
    """The same with one seat held otherwise."""
    seatings = tuple(seating if was.seat == seating.seat else was for was in directory.seatings)
    return replace(directory, seatings=seatings)


def of_person(**changes: object) -> Directory:
    """The same with something else said about Amira."""
    amira = DIRECTORY.people[0]
    assert amira.id == AMIRA
    return replace(DIRECTORY, people=(replace(amira, **changes), *DIRECTORY.people[1:]))  # type: ignore[arg-type]  # any field


def of_channel(**changes: object) -> Directory:
    """The same with something else said about Riverside's own channel."""
    first, *others = DIRECTORY.channels
    return replace(DIRECTORY, channels=(replace(first, **changes), *others))  # type: ignore[arg-type]  # any field


def of_agency(**changes: object) -> Directory:
    """The same with something else said about Riverside."""
    first, *others = DIRECTORY.agencies
    return replace(DIRECTORY, agencies=(replace(first, **changes), *others))  # type: ignore[arg-type]  # any field


DIFFERENCES = [
    (replace(DIRECTORY, partnership="Southshire"), "~ partnership: name"),
    (replace(DIRECTORY, coordinator=None), "~ partnership: coordinator sam → none"),
    (
        replace(DIRECTORY, workspaces=(*DIRECTORY.workspaces, Workspace("mill-lane", "slack"))),
        "+ workspace mill-lane (slack)",
    ),
    (replace(DIRECTORY, workspaces=DIRECTORY.workspaces[:1]), "- workspace telegram (telegram)"),
    (of_agency(name="Riverside Care"), "~ agency riverside: name Riverside Home Care → Riverside Care"),
    (
        of_agency(hours=((Span(480, 1080),), *((),) * 6)),
        "~ agency riverside: hours none → Monday 08:00 to 18:00",
    ),
    (
        replace(DIRECTORY, people=(*DIRECTORY.people, person("Zoe Lark", COUNCIL, "auditor"))),
        "+ person zoe (Zoe Lark, council, auditor, telegram:U-zoe)",
    ),
    (
        replace(DIRECTORY, people=tuple(p for p in DIRECTORY.people if p.id != ALEX)),
        "- person alex (Alex Moore, board, auditor, telegram:U-alex)",
    ),
    (of_person(name="Amira Khan-Lee"), "~ person amira: name Amira Khan → Amira Khan-Lee"),
    (of_person(agency=COUNCIL), "~ person amira: agency riverside → council"),
    (of_person(roles=("auditor",)), "~ person amira: roles none → auditor"),
    (of_person(identities=()), "~ person amira: identities slack:riverside:U-amira → none"),
    (
        of_person(identities=(Identity("telegram", "telegram", "7"),), phone="01632 960110"),
        "~ person amira: identities slack:riverside:U-amira → telegram:7; phone none → 01632 960110",
    ),
    (of_person(email="amira@riverside.example"), "~ person amira: email none → amira@riverside.example"),
    (
        reseated(DIRECTORY, seating(RIVERSIDE, "manager", PRIYA)),
        "~ seat manager, riverside: holder joel → priya; deputies priya → none",
    ),
    (
        replace(DIRECTORY, seatings=(*DIRECTORY.seatings, seating(COUNCIL, "lado", OWEN, BEN))),
        "+ seat lado, council (holder owen, deputies ben)",
    ),
    (
        replace(DIRECTORY, seatings=(*DIRECTORY.seatings, seating(COUNCIL, "lado"))),
        "+ seat lado, council (holder none)",
    ),
    (
        replace(DIRECTORY, seatings=DIRECTORY.seatings[1:]),
        "- seat practitioner, riverside (holder amira)",
    ),
    (
        replace(DIRECTORY, channels=(*DIRECTORY.channels, channel("all", "telegram", RIVERSIDE, COUNCIL))),
        "+ channel all (telegram #all, for riverside, council, trust 0)",
    ),
    (of_channel(address="C9"), "~ channel riverside-escalations: address #riverside-escalations → C9"),
    (of_channel(tiers=(1, 2)), "~ channel riverside-escalations: tiers all → 1, 2"),
    (of_channel(trust=0), "~ channel riverside-escalations: trust 2 → 0"),
    (
        of_channel(agencies=(RIVERSIDE, COUNCIL)),
        "~ channel riverside-escalations: agencies riverside → riverside, council",
    ),
]


@pytest.mark.parametrize(("changed", "told"), DIFFERENCES, ids=[told for _, told in DIFFERENCES])
def test_each_difference_is_one_line(changed: Directory, told: str) -> None:
    """Nothing else is said, and the way back is a line too."""
    (line,) = difference(DIRECTORY, changed)

    assert line.startswith(told)
    assert len(difference(changed, DIRECTORY)) == 1


def test_two_that_mean_the_same_differ_in_nothing() -> None:
    assert difference(DIRECTORY, replace(DIRECTORY)) == []


def test_a_file_and_what_was_stored_of_it_do_not_differ() -> None:
    """Else every run would make a version."""
    loaded = load_partnership(DEMO_PARTNERSHIP)

    assert difference(directory_codec.decode(directory_codec.encode(loaded)), loaded) == []


def test_the_first_file_is_all_new() -> None:
    lines = difference(NOBODY, DIRECTORY)

    assert all(line.startswith("+ ") for line in lines)
    assert lines[0] == "+ partnership (Northshire Safeguarding Partnership, coordinator sam)"
    assert len(lines) == 1 + sum(
        len(table)
        for table in (
            DIRECTORY.workspaces,
            DIRECTORY.agencies,
            DIRECTORY.people,
            DIRECTORY.seatings,
            DIRECTORY.channels,
        )
    )


def test_another_order_is_a_difference_too() -> None:
    """The first channel that fits is tried first."""
    assert difference(DIRECTORY, replace(DIRECTORY, channels=DIRECTORY.channels[::-1])) == [
        "~ the order of the file"
    ]


def test_cover_for_leave_is_no_difference() -> None:
    """It is arranged in chat, not in the file."""
    away = DIRECTORY.covered([Cover(JOEL, MONDAY, MONDAY + timedelta(days=7), BEN)])

    assert difference(away, DIRECTORY) == []

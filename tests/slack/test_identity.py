"""Whose account it is: (workspace, user), looked up at the workspace the user belongs to and nowhere else."""

from dataclasses import replace

import pytest

from bot.slack.identity import Installation, Installations, account
from bot.slack.requests import Who
from concerns.people import Directory, Identity, PersonId
from tests.partnership import AMIRA, DIRECTORY, TOM

RIVERSIDE = Installation("riverside", "T1", "E1")
COUNCIL = Installation("council", "T2", "E1")


def listing(*accounts: Identity) -> Directory:
    """Tom has these accounts too."""
    people = (replace(p, identities=p.identities + accounts) if p.id == TOM else p for p in DIRECTORY.people)
    return replace(DIRECTORY, people=tuple(people))


@pytest.mark.parametrize(
    ("who", "person"),
    [
        (Who("U-amira", "T1"), AMIRA),
        (Who("U-amira", "T9"), None),
        (Who("U-amira", ""), None),
        (Who("U-nobody", "T1"), None),
        (Who("U-amira", "E1"), AMIRA),
        (Who("U-amira", "T9", "E1"), AMIRA),
        (Who("U-amira", "T9", "E9"), None),
    ],
)
def test_an_account_counts_at_home_and_within_its_own_organisation(who: Who, person: PersonId | None) -> None:
    known = Installations()
    known.add(RIVERSIDE)

    assert known.person(who, DIRECTORY) == person


def test_somebody_of_another_workspace_baton_serves_is_known_by_that_one() -> None:
    """A council's officer presses a button in a channel Riverside shares with the council."""
    known = Installations()
    known.add(replace(RIVERSIDE, enterprise=""))
    known.add(replace(COUNCIL, enterprise=""))
    directory = listing(Identity("slack", "council", "U-amira"))

    assert known.person(Who("U-amira", "T2"), directory) == TOM
    assert known.person(Who("U-amira", "T1"), directory) == AMIRA


def test_without_an_organisation_nobody_is_of_the_same_one() -> None:
    known = Installations()
    known.add(Installation("riverside", "T1"))

    assert known.person(Who("U-amira", "T9"), DIRECTORY) is None


def test_a_person_is_mentioned_by_the_account_they_have_there() -> None:
    assert account(AMIRA, "riverside", DIRECTORY) == "U-amira"
    assert account(AMIRA, "council", DIRECTORY) is None
    assert account(TOM, "riverside", DIRECTORY) is None
    assert account(PersonId("gone"), "riverside", DIRECTORY) is None

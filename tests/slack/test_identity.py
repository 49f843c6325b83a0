"""Whose account it is: (workspace, user), and a door is believed about its own people only."""

from dataclasses import replace

import pytest

from bot.slack.identity import Installation, Installations, SameTeam, account
from bot.slack.requests import Who
from concerns.directory import Directory
from concerns.people import Identity, PersonId
from tests.partnership import AMIRA, DIRECTORY, TOM

RIVERSIDE = Installation("riverside", "T1", "E1")
COUNCIL = Installation("council", "T2", "E2")


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

    assert known.person(who, "riverside", DIRECTORY) == person


@pytest.mark.parametrize("enterprise", ["", "E1", "E2"])
def test_what_one_workspace_says_about_the_people_of_another_is_not_believed(enterprise: str) -> None:
    """Whoever holds Riverside's signing secret can write any team into what they sign with it."""
    known = Installations()
    known.add(RIVERSIDE)
    known.add(COUNCIL)
    directory = listing(Identity("slack", "council", "U-boss"))

    assert known.person(Who("U-boss", "T2", enterprise), "riverside", directory) is None
    assert known.person(Who("U-boss", "T2"), "council", directory) == TOM


def test_two_agencies_of_one_organisation_do_not_speak_for_each_other() -> None:
    known = Installations()
    known.add(RIVERSIDE)
    known.add(replace(COUNCIL, enterprise="E1"))
    directory = listing(Identity("slack", "council", "U-boss"))

    assert known.person(Who("U-boss", "T2", "E1"), "riverside", directory) is None


def test_before_baton_is_signed_in_nobody_is_known() -> None:
    assert Installations().person(Who("U-amira", ""), "riverside", DIRECTORY) is None


def test_without_an_organisation_nobody_is_of_the_same_one() -> None:
    known = Installations()
    known.add(Installation("riverside", "T1"))

    assert known.person(Who("U-amira", "T9"), "riverside", DIRECTORY) is None


def test_a_person_is_mentioned_by_the_account_they_have_there() -> None:
    assert account(AMIRA, "riverside", DIRECTORY) == "U-amira"
    assert account(AMIRA, "council", DIRECTORY) is None
    assert account(TOM, "riverside", DIRECTORY) is None
    assert account(PersonId("gone"), "riverside", DIRECTORY) is None


def test_one_slack_workspace_is_not_known_by_two_names() -> None:
    """Whose account it is would depend on which name was signed in first."""
    known = Installations()
    known.add(RIVERSIDE)
    with pytest.raises(SameTeam, match=r'"twin" and "riverside" .* BATON_SLACK_TWIN_BOT_TOKEN'):
        known.add(replace(RIVERSIDE, workspace="twin"))

    known.add(RIVERSIDE)
    assert set(known.known) == {"riverside"}

"""Which messenger carries a notice: that of the workspace where its place is, and none where nobody can."""

from dataclasses import replace
from datetime import datetime

import pytest

from bot.messengers import Messengers
from concerns.notice import Place, PlaceKind
from concerns.people import Identity, PersonId
from tests.partnership import AMIRA, DIRECTORY, SAM, TOM
from views.parts import Message


class Mute:
    """A messenger that is only told apart from others."""

    can_find = True
    pace = 1.0

    async def post(self, place: Place, message: Message, *, marker: str, thread: str | None) -> str:
        raise NotImplementedError

    async def edit(self, place: Place, message_id: str, message: Message) -> None:
        raise NotImplementedError

    async def find(self, place: Place, marker: str, since: datetime) -> str | None:
        raise NotImplementedError


RIVERSIDE, TELEGRAM = Mute(), Mute()
BOTH = {("slack", "riverside"): RIVERSIDE, ("telegram", "telegram"): TELEGRAM}


def channel(id: str) -> Place:
    return Place(PlaceKind.CHANNEL, id)


def person(id: PersonId) -> Place:
    return Place(PlaceKind.PERSON, id)


@pytest.mark.parametrize(
    ("place", "found"),
    [
        (channel("riverside-escalations"), RIVERSIDE),
        (channel("council-escalations"), TELEGRAM),
        (channel("no-longer-there"), None),
        (person(AMIRA), RIVERSIDE),
        (person(TOM), TELEGRAM),
        (person(PersonId("gone")), None),
    ],
)
def test_a_place_is_reached_through_its_own_workspace(place: Place, found: Mute | None) -> None:
    assert Messengers(lambda: DIRECTORY, BOTH).of(place) is found


def test_a_workspace_nobody_signs_in_to_reaches_nobody() -> None:
    slack_only = Messengers(lambda: DIRECTORY, {("slack", "riverside"): RIVERSIDE})

    assert slack_only.of(channel("council-escalations")) is None
    assert slack_only.of(person(SAM)) is None


def test_a_person_with_two_accounts_is_written_to_where_they_can_be_reached() -> None:
    """The first of them, as the partnership file lists them."""
    accounts = (Identity("telegram", "telegram", "1"), Identity("slack", "riverside", "U-tom"))
    people = tuple(replace(p, identities=accounts) if p.id == TOM else p for p in DIRECTORY.people)
    directory = replace(DIRECTORY, people=people)

    assert Messengers(lambda: directory, BOTH).of(person(TOM)) is TELEGRAM
    slack_only = {("slack", "riverside"): RIVERSIDE}
    assert Messengers(lambda: directory, slack_only).of(person(TOM)) is RIVERSIDE

"""Which messenger carries a notice: that of the workspace where its place is, and none where nobody can."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.messengers import Messengers
from concerns.notice import Place, PlaceKind
from concerns.people import Identity, PersonId
from reminders.messenger import Dead, Messenger, Unknown, Waiting
from tests.ladders import MONDAY
from tests.partnership import AMIRA, DIRECTORY, SAM, TOM
from tests.reminders.loops import run
from tests.reminders.platforms import FakeMessenger, Lost, Wait
from views.parts import Message


class Mute:
    """A messenger that is only told apart from others."""

    can_find = True
    pace = 1.0

    async def post(self, place: Place, message: Message, *, marker: str, thread: str | None) -> str:
        raise NotImplementedError

    async def edit(self, place: Place, message_id: str, message: Message) -> None:
        raise NotImplementedError

    async def find(self, place: Place, marker: str, since: datetime, thread: str | None) -> str | None:
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


# ---- a person with several accounts ----------------------------------------------------------------


def reaching_tom(slack: FakeMessenger, telegram: FakeMessenger) -> Messenger:
    """Whoever writes to Tom, who has a Slack account, and one on Telegram in case."""
    accounts = (Identity("slack", "riverside", "U-tom"), Identity("telegram", "telegram", "1"))
    people = tuple(replace(p, identities=accounts) if p.id == TOM else p for p in DIRECTORY.people)
    both = {("slack", "riverside"): slack, ("telegram", "telegram"): telegram}
    found = Messengers(lambda: replace(DIRECTORY, people=people), both).of(person(TOM))
    assert found is not None
    return found


def platforms(*, both_remember: bool = False) -> tuple[FakeMessenger, FakeMessenger]:
    """A Slack that has a history, and another place that has none or has one too."""
    slack = FakeMessenger("slack", lambda: MONDAY, can_find=True)
    return slack, FakeMessenger("telegram", lambda: MONDAY, can_find=both_remember)


def written(messenger: Messenger) -> str:
    """What becomes of one message to Tom."""
    return run(messenger.post(person(TOM), Message("A call"), marker="m", thread=None))


def test_a_person_with_two_accounts_is_written_to_by_the_first() -> None:
    """As the partnership file lists them; the other stays quiet."""
    slack, telegram = platforms()
    written(reaching_tom(slack, telegram))

    assert (len(slack.posts), len(telegram.posts)) == (1, 0)


def test_where_the_first_account_is_dead_the_next_is_tried() -> None:
    """A workspace that was lost, or an account that stands for a whole group."""
    slack, telegram = platforms()
    slack.kill(TOM)
    written(reaching_tom(slack, telegram))
    assert len(telegram.posts) == 1

    telegram.kill(TOM)
    with pytest.raises(Dead):
        written(reaching_tom(slack, telegram))


def test_where_the_first_account_must_wait_the_next_is_tried() -> None:
    """An hour's rest for one chat is no hour's silence. Where no other takes it, it waits and is not dead."""
    slack, telegram = platforms()
    slack.will(TOM, Wait(timedelta(hours=1)))
    written(reaching_tom(slack, telegram))
    assert (len(slack.posts), len(telegram.posts)) == (0, 1)

    slack.will(TOM, Wait(timedelta(hours=1)))
    telegram.kill(TOM)
    with pytest.raises(Waiting):
        written(reaching_tom(slack, telegram))


def test_what_may_have_been_posted_by_the_first_is_not_posted_by_the_next() -> None:
    """Nobody is told twice without being told so."""
    slack, telegram = platforms()
    slack.will(TOM, Lost(accepted=True))
    with pytest.raises(Unknown):
        written(reaching_tom(slack, telegram))

    assert telegram.posts == []
    assert not reaching_tom(slack, telegram).can_find, "one of the two has no history"


def test_it_is_looked_for_wherever_it_may_be() -> None:
    """Where one of them is dead, not finding it in the other proves nothing."""
    slack, other = platforms(both_remember=True)
    tom = reaching_tom(slack, other)
    assert tom.can_find
    assert run(tom.find(person(TOM), "m", MONDAY, None)) is None

    slack.kill(TOM)
    with pytest.raises(Dead):
        run(tom.find(person(TOM), "m", MONDAY, None))
    id = written(tom)
    assert run(tom.find(person(TOM), "m", MONDAY, None)) == id


def test_a_workspace_nobody_signs_in_to_is_passed_over() -> None:
    accounts = (Identity("telegram", "telegram", "1"), Identity("slack", "riverside", "U-tom"))
    people = tuple(replace(p, identities=accounts) if p.id == TOM else p for p in DIRECTORY.people)
    slack_only = {("slack", "riverside"): RIVERSIDE}

    assert Messengers(lambda: replace(DIRECTORY, people=people), slack_only).of(person(TOM)) is RIVERSIDE

"""What is wrong with channels is owed once, however often a restart finds it anew."""

from dataclasses import replace
from datetime import timedelta

import pytest

from concerns.channels import troubled
from concerns.people import ChannelId
from storage.alarms import AGAIN, Alarms
from storage.engine import Store
from storage.outbox import Outbox
from tests.ladders import MONDAY
from tests.partnership import DIRECTORY

JOINT, OWN = ChannelId("riverside-council"), ChannelId("riverside-escalations")
CLOSED = troubled({JOINT}, (), DIRECTORY)
CROWDED = troubled((), {OWN}, DIRECTORY)
BOTH = troubled({JOINT}, {OWN}, DIRECTORY)
SOON = MONDAY + AGAIN - timedelta(seconds=1)


@pytest.fixture
def alarms(store: Store) -> Alarms:
    """Nothing was wrong yet."""
    return Alarms(store)


def owed(outbox: Outbox) -> int:
    """How many messages wait to be sent."""
    return sum(outbox.counts().values())


def test_the_same_found_again_is_not_said_again(alarms: Alarms, outbox: Outbox) -> None:
    assert alarms.note(CLOSED, MONDAY)
    assert not alarms.note(CLOSED, SOON)

    assert owed(outbox) == 1


def test_what_comes_to_it_is_said(alarms: Alarms, outbox: Outbox) -> None:
    alarms.note(CLOSED, MONDAY)
    alarms.note(BOTH, SOON)

    assert owed(outbox) == 2


def test_somebody_who_comes_to_it_is_told_and_those_who_know_are_not(alarms: Alarms, outbox: Outbox) -> None:
    """A second owner is listed within the hour: that one hears of it, and nobody has to be told again."""
    assert alarms.note(CLOSED, MONDAY)
    both = (*CLOSED, *(replace(one, place=replace(one.place, id="joel")) for one in CLOSED))
    assert alarms.note(both, SOON)

    assert owed(outbox) == 2


def test_two_workspaces_do_not_make_each_other_news(alarms: Alarms, outbox: Outbox) -> None:
    """Each door finds its own again after a restart."""
    for _ in range(2):
        alarms.note(CLOSED, MONDAY)
        alarms.note(CROWDED, MONDAY)

    assert owed(outbox) == 2


def test_after_an_hour_it_is_news_again(alarms: Alarms, outbox: Outbox) -> None:
    alarms.note(CLOSED, MONDAY)
    alarms.note(CLOSED, MONDAY + AGAIN)

    assert owed(outbox) == 2


def test_with_nobody_to_tell_nothing_is_owed(alarms: Alarms, outbox: Outbox) -> None:
    alarms.note((), MONDAY)

    assert owed(outbox) == 0

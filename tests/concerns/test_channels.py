"""Channels that cannot be relied on: one message to whoever looks after the whole, about all of them."""

from dataclasses import replace

from concerns.channels import troubled
from concerns.notice import NoticeKind
from concerns.people import ChannelId
from tests.owners import LOOKED_AFTER
from tests.partnership import DIRECTORY, JOEL, RUTH, SAM

JOINT, OWN, BOARD = map(ChannelId, ("riverside-council", "riverside-escalations", "board"))


def test_the_coordinator_hears_of_all_of_them_in_one_message() -> None:
    (told,) = troubled({OWN, BOARD}, {JOINT}, DIRECTORY)

    assert str(told.place) == f"person:{SAM}"
    assert [(one.kind, ChannelId(one.ref)) for one in (told, *told.along)] == [
        (NoticeKind.CHANNEL_CLOSED, BOARD),
        (NoticeKind.CHANNEL_CLOSED, OWN),
        (NoticeKind.CHANNEL_CROWDED, JOINT),
    ]


def test_without_a_coordinator_the_owners_of_the_directory_hear_of_it() -> None:
    told = troubled((), {JOINT}, replace(LOOKED_AFTER, coordinator=None))

    assert {one.place.id for one in told} >= {JOEL, RUTH}
    assert SAM not in {one.place.id for one in told}


def test_where_all_is_well_nobody_hears_anything() -> None:
    assert troubled((), (), DIRECTORY) == ()

"""What is said of channels that cannot be relied on: which, why, and what comes next."""

import pytest

from concerns.channels import troubled as told_of
from concerns.model import Ref
from concerns.notice import Notice, NoticeKind, Place, PlaceKind
from concerns.people import ChannelId
from tests.partnership import DIRECTORY
from views.channels import troubled

JOINT, OWN = ChannelId("riverside-council"), ChannelId("riverside-escalations")


def test_a_channel_nothing_can_be_said_in() -> None:
    (notice,) = told_of({JOINT}, (), DIRECTORY)
    message = troubled(notice)

    assert message.title == "A channel needs your attention"
    assert message.lines == (
        "“riverside-council”: Baton can say nothing there. It was archived or deleted, Baton is not in it,"
        " or it is not let in any more; baton doctor says which."
        " Whoever is called there is told in private meanwhile.",
        "Next: bring the channel back, invite Baton into it, or list another one.",
    )


def test_several_are_said_in_one_message_and_each_next_step_once() -> None:
    (notice,) = told_of({JOINT}, {OWN, ChannelId("board")}, DIRECTORY)
    message = troubled(notice)

    assert message.title == "3 channels need your attention"
    assert [line.partition(":")[0] for line in message.lines] == [
        "“riverside-council”",
        "“board”",
        "“riverside-escalations”",
        "Next",
        "Next",
    ]
    assert "somebody reads along whom the directory does not know" in message.lines[1]


def test_a_notice_about_anything_else_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="about no channel"):
        troubled(Notice(Place(PlaceKind.PERSON, "sam"), NoticeKind.CALLED, Ref("7F3K-9QMX"), 1, urgent=False))

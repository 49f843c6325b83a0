"""The workspace changes under a running concern: nobody who must be told goes without, and it is noticed."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.chat.situations import CHALLENGE
from tests.slack.fake.workspace import Workspace
from tests.slack.partners import Partners, told

JOINT, ADDRESS, NEW = "riverside-council", "C07RSCNC2", "C07SHARED9"
STAGE_2 = "Tue 1 Dec 2026 17:00"


async def happens(at: Partners, **event: object) -> None:
    """Slack tells Riverside's app of a change."""
    hands = at._hands("amira")
    answer = await asyncio.wrap_future(hands.happens(dict(event)))
    assert answer.in_time
    await at.settle()


async def taken_out(at: Partners, what: str) -> None:
    """Something happens to the channel both agencies share, and Slack tells of it."""
    space = at.slack.workspaces["riverside"]
    DEATHS[what](space)
    await happens(at, type=what, channel=ADDRESS)
    assert JOINT in at.bot.fronts[0].lookout.closed


DEATHS: dict[str, Callable[[Workspace], object]] = {
    "channel_archive": lambda space: setattr(space.conversations[ADDRESS], "archived", True),
    "channel_left": lambda space: space.remove_bot(ADDRESS),
    "channel_deleted": lambda space: space.conversations.pop(ADDRESS),
}


@pytest.mark.parametrize("what", DEATHS)
def test_a_channel_lost_under_a_running_concern_is_never_quiet(
    sqlite_url: str, tmp_path: Path, what: str
) -> None:
    """The next call goes to whom it is for, by another way, and the coordinator hears that it had to."""

    async def story(at: Partners) -> None:
        await at.begins("amira", "/concern raise", **CHALLENGE)
        await taken_out(at, what)
        assert "“riverside-council”: Baton can say nothing there." in at.reads("sam")
        await at.until(STAGE_2)
        assert "stage 2 of 4 is called" in at.reads("grace")
        assert "could not be" in at.reads("sam")

    told(sqlite_url, tmp_path, story, http=True, refused=True)


@pytest.mark.parametrize("what", ["tokens_revoked", "app_uninstalled"])
def test_a_workspace_lost_under_a_running_concern_is_said_at_once(
    sqlite_url: str, tmp_path: Path, what: str
) -> None:
    """Nobody has to wait for the next call to find out."""

    async def story(at: Partners) -> None:
        await at.begins("amira", "/concern raise", **CHALLENGE)
        assert await at.bot.fronts[0].trouble() is None
        at.slack.workspaces["riverside"].revoked = True
        await happens(at, type=what)
        assert "not signed in" in str(await at.bot.fronts[0].trouble())
        await at.until(STAGE_2)
        assert "stage 2 of 4 is called" in at.reads("council-escalations")
        assert "could not be" in at.reads("sam")

    told(sqlite_url, tmp_path, story, http=True, refused=True)


def test_a_token_of_somebody_elses_that_is_taken_back_changes_nothing(
    sqlite_url: str, tmp_path: Path
) -> None:
    """An event is a reason to look, and no proof."""

    async def story(at: Partners) -> None:
        await happens(at, type="tokens_revoked", tokens={"oauth": ["U-amira"]})
        assert await at.bot.fronts[0].trouble() is None

    told(sqlite_url, tmp_path, story, http=True)


def test_a_channel_that_gets_another_id_is_told_there_from_then_on(sqlite_url: str, tmp_path: Path) -> None:
    """As when it is shared with another organisation: the same card, the same thread."""

    async def story(at: Partners) -> None:
        await at.begins("amira", "/concern raise", **CHALLENGE)
        space = at.slack.workspaces["riverside"]
        space.change_id(ADDRESS, NEW)
        await happens(at, type="channel_id_changed", old_channel_id=ADDRESS, new_channel_id=NEW)
        await at.until(STAGE_2)
        card, *replies = space.seen(NEW)
        assert card.edits
        assert {reply.thread for reply in replies} == {card.ts}
        assert any("stage 2 of 4 is called" in reply.text for reply in replies)

    told(sqlite_url, tmp_path, story, http=False, refused=True)


@pytest.mark.parametrize("http", [False, True], ids=["socket", "http"])
def test_a_change_is_looked_at_and_not_believed(sqlite_url: str, tmp_path: Path, http: bool) -> None:
    """Of an account, and of a channel; what is not of the directory costs no question."""

    async def story(at: Partners) -> None:
        space, front = at.slack.workspaces["riverside"], at.bot.fronts[0]
        who = at._hands("amira").user
        await front.door.members.look(who)
        await happens(at, type="user_change", user={"id": who, "deleted": True})
        assert not front.door.members.barred(who)
        space.users[who].is_restricted = True
        await happens(at, type="user_change", user={"id": who})
        assert front.door.members.barred(who)

        space.conversations[ADDRESS].members.add("U-cousin")
        await happens(at, type="member_joined_channel", user="U-cousin", channel=ADDRESS, channel_type="C")
        assert JOINT in front.lookout.crowded
        await at.settle()
        assert "“riverside-council”: somebody reads along" in at.reads("sam")
        asked = len(at.slack.calls)
        await happens(at, type="user_change", user={"id": "U-cousin"})
        await happens(at, type="channel_archive", user="U-cousin", channel="C-canteen")
        assert len(at.slack.calls) == asked

    told(sqlite_url, tmp_path, story, http=http)

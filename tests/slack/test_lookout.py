"""What Baton sees in a workspace: channels it cannot speak in, readers nobody knows, guests."""

import asyncio
from dataclasses import replace

import pytest

from concerns.people import ChannelId
from tests.chat.faults import Broken, Busy
from tests.ladders import RULES
from tests.partnership import DIRECTORY
from tests.reminders.loops import run
from tests.slack.doorway import until
from tests.slack.fake.faults import Says
from tests.slack.fake.server import FakeSlack
from tests.slack.watching import Watch, over
from tests.slack.world import JOINT_ADDRESS, Clock, with_account

JOINT, OWN = ChannelId("riverside-council"), ChannelId("riverside-escalations")


@pytest.fixture
def watch(slack: FakeSlack, clock: Clock) -> Watch:
    """In Riverside's workspace."""
    return over(DIRECTORY, slack, clock)


# ---- channels --------------------------------------------------------------------------------------


def test_where_all_is_well_nothing_is_said(watch: Watch, caplog: pytest.LogCaptureFixture) -> None:
    watch.look()

    assert (watch.lookout.closed, watch.stewards.told, caplog.records) == ({}, [], [])
    assert (watch.trust(JOINT), watch.trust(OWN)) == (1, 2)


@pytest.mark.parametrize("how", ["archived", "bot removed", "unknown"])
def test_a_channel_nothing_can_be_said_in_is_named_once(
    watch: Watch, slack: FakeSlack, caplog: pytest.LogCaptureFixture, how: str
) -> None:
    match how:
        case "archived":
            slack.only.conversations[JOINT_ADDRESS].archived = True
        case "bot removed":
            slack.only.remove_bot(JOINT_ADDRESS)
        case _:
            slack.only.change_id(JOINT_ADDRESS, "C-elsewhere")
    watch.look()
    watch.look()

    assert list(watch.lookout.closed) == [JOINT]
    assert watch.stewards.told == [([JOINT], [])]
    assert [record.message.partition(":")[0] for record in caplog.records] == [
        'Nothing can be said in the channel "riverside-council"'
    ]


@pytest.mark.parametrize("fault", [Busy(30), Broken(accepted=False)])
def test_where_slack_does_not_answer_what_was_known_still_holds(
    watch: Watch, slack: FakeSlack, clock: Clock, fault: Busy | Broken
) -> None:
    slack.only.remove_bot(JOINT_ADDRESS)
    slack.only.conversations["#riverside-escalations"].members.add("U-cousin")
    watch.look()
    slack.weather.will("conversations.info", *(fault,) * 4)
    watch.look()

    assert list(watch.lookout.closed) == [JOINT]
    assert watch.trust(OWN) == 0


# ---- who reads along -------------------------------------------------------------------------------


def test_a_channel_with_a_reader_nobody_knows_is_told_what_any_channel_may_carry(
    watch: Watch, slack: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    """Somebody of the family, of the staff it is about, of a company that cleans up: nobody can tell."""
    slack.only.conversations[JOINT_ADDRESS].members.add("U-cousin")
    watch.look()
    watch.look()

    assert (watch.trust(JOINT), watch.trust(OWN)) == (0, 2)
    assert watch.stewards.told == [([], [JOINT])]
    assert len(caplog.records) == 1
    assert "U-cousin" not in caplog.text

    slack.only.conversations[JOINT_ADDRESS].members.discard("U-cousin")
    watch.look()
    assert watch.trust(JOINT) == 1


def test_what_ends_and_begins_again_is_told_again_once_an_hour(
    watch: Watch, slack: FakeSlack, clock: Clock
) -> None:
    """Somebody mended it and believes it mended; where it comes and goes they are not told each time."""
    members = slack.only.conversations[JOINT_ADDRESS].members
    for minutes in (0, 10, 10, 10, 10):
        clock.forward(minutes=minutes)
        members.symmetric_difference_update({slack.only.bot})
        watch.look()
    assert watch.stewards.told == [([JOINT], [])]

    clock.forward(minutes=20)
    watch.look()
    watch.look()
    assert watch.stewards.told == [([JOINT], [])] * 2


def test_what_begins_again_after_a_restart_is_told_too(watch: Watch, slack: FakeSlack, clock: Clock) -> None:
    members = slack.only.conversations[JOINT_ADDRESS].members
    members.discard(slack.only.bot)
    watch.look()
    members.add(slack.only.bot)
    restarted = over(DIRECTORY, slack, clock, watch.stewards)
    restarted.look()
    members.discard(slack.only.bot)
    for _ in range(6):
        clock.forward(minutes=10)
        restarted.look()
    restarted.look()

    assert watch.stewards.told == [([JOINT], [])] * 2


def test_what_has_ended_within_the_hour_is_not_told_again(
    watch: Watch, slack: FakeSlack, clock: Clock
) -> None:
    members = slack.only.conversations[JOINT_ADDRESS].members
    for change in (members.add, members.discard, members.add, members.discard):
        change("U-cousin")
        watch.look()
    clock.forward(hours=1)
    watch.look()

    assert watch.stewards.told == [([], [JOINT])]


def test_a_trouble_of_another_kind_waits_for_no_hour(watch: Watch, slack: FakeSlack) -> None:
    slack.only.conversations[JOINT_ADDRESS].members.add("U-cousin")
    watch.look()
    slack.only.remove_bot(JOINT_ADDRESS)
    watch.look()

    assert watch.stewards.told == [([], [JOINT]), ([JOINT], [])]


def test_what_could_not_be_told_is_told_in_the_next_round(
    watch: Watch, slack: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    slack.only.remove_bot(JOINT_ADDRESS)
    watch.stewards.saved = False
    run(watch.lookout.look_at(JOINT_ADDRESS))
    assert "Nobody could be told of a channel in trouble: The database is busy." in caplog.text

    watch.stewards.saved = True
    watch.look()
    watch.look()
    assert watch.stewards.told == [([JOINT], [])]


def test_a_guest_of_the_directory_counts_as_nobody(watch: Watch, slack: FakeSlack) -> None:
    slack.only.users["U-joel"].is_restricted = True
    watch.look()

    assert watch.trust(JOINT) == 0


def test_a_directory_that_changes_is_cut_down_anew(watch: Watch, slack: FakeSlack) -> None:
    """The one made before is used as long as it is true."""
    slack.only.conversations[JOINT_ADDRESS].members.add("U-cousin")
    watch.look()
    once, again = (watch.crowds.wary(RULES).directory for _ in range(2))
    other = replace(RULES, directory=replace(DIRECTORY, partnership="Another"))

    assert once is again
    assert watch.crowds.wary(other).directory.partnership == "Another"


# ---- a channel goes on under another id ------------------------------------------------------------


def test_a_new_id_is_kept_once_slack_says_so_too(watch: Watch, slack: FakeSlack) -> None:
    slack.only.change_id(JOINT_ADDRESS, "C-shared-now")
    run(watch.lookout.follow(JOINT_ADDRESS, "C-shared-now"))

    assert watch.moves == [(JOINT, JOINT_ADDRESS, "C-shared-now")]


def test_a_new_id_nobody_can_vouch_for_is_not_believed(watch: Watch, slack: FakeSlack) -> None:
    """Whoever holds the signing secret could send the notices of two agencies wherever they like."""
    slack.only.make_channel("C-theirs", "U-joel")
    slack.only.make_channel("C-without-us").members.discard(slack.only.bot)
    run(watch.lookout.follow(JOINT_ADDRESS, "C-theirs"))
    slack.only.change_id(JOINT_ADDRESS, "C-shared-now")
    for new in ("C-without-us", "C-nowhere"):
        run(watch.lookout.follow(JOINT_ADDRESS, new))
    run(watch.lookout.follow("C-not-ours", "C-theirs"))

    assert watch.moves == []


def test_a_new_id_that_cannot_be_kept_is_said(
    watch: Watch, slack: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    slack.only.change_id(JOINT_ADDRESS, "C-unsaved")
    run(watch.lookout.follow(JOINT_ADDRESS, "C-unsaved"))

    assert "is not kept: The database is busy." in caplog.text


def test_after_a_start_it_is_seen_who_reads_the_channels_before_all_accounts_are_looked_at(
    slack: FakeSlack, clock: Clock
) -> None:
    """Of many people that takes minutes, in which a stranger would read more than any channel may carry."""
    slack.only.conversations[JOINT_ADDRESS].members.add("U-cousin")
    watch = over(DIRECTORY, slack, clock)

    async def started() -> None:
        looking = asyncio.create_task(watch.lookout.run())
        await until(lambda: bool(slack.called("users.info")))
        looking.cancel()

    run(started())
    assert watch.trust(JOINT) == 0


# ---- at what pace ----------------------------------------------------------------------------------


@pytest.mark.parametrize("people", [10, 320])
def test_a_round_ends_within_five_minutes_and_below_what_slack_takes(
    slack: FakeSlack, clock: Clock, people: int
) -> None:
    """What is believed of an account is no older (T2); of a hundred a minute some are for other questions."""
    listed = with_account(DIRECTORY, "joel", *(f"U-many-{n}" for n in range(people)))
    watch = over(listed, slack, clock)
    watch.look()

    assert sum(watch.rested) < 300
    assert min(watch.rested) * 80 > 59


# ---- accounts --------------------------------------------------------------------------------------


@pytest.mark.parametrize("flag", ["deleted", "is_restricted", "is_ultra_restricted", "is_stranger"])
def test_an_account_slack_says_is_no_full_members_is_barred(
    watch: Watch, slack: FakeSlack, flag: str
) -> None:
    setattr(slack.only.users["U-joel"], flag, True)
    watch.look()

    assert watch.members.barred("U-joel")
    assert not watch.members.barred("U-amira")
    assert not watch.members.barred("U-never-asked-about")


@pytest.mark.parametrize("fault", [Busy(30), Broken(accepted=False), Says("user_not_found")])
def test_what_was_known_of_an_account_holds_where_slack_does_not_answer(
    watch: Watch, slack: FakeSlack, fault: Busy | Broken | Says
) -> None:
    slack.only.users["U-joel"].is_restricted = True
    run(watch.members.look("U-joel"))
    slack.weather.will("users.info", fault)
    run(watch.members.look_now("U-joel"))

    assert watch.members.barred("U-joel")


def test_the_name_somebody_goes_by_is_known_once_slack_was_asked(watch: Watch, slack: FakeSlack) -> None:
    assert watch.members.name("U-joel") == ""
    run(watch.members.look("U-joel"))

    assert watch.members.name("U-joel") == slack.only.users["U-joel"].name

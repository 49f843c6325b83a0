"""A messenger over the real SDK: how Slack says no, and how long it is then left alone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.messenger import SlackMessenger
from concerns.notice import Place, PlaceKind
from concerns.people import Identity
from reminders.messenger import Dead, Waiting
from tests.chat.faults import Busy, Dropped
from tests.partnership import DIRECTORY
from tests.reminders.loops import run
from tests.slack.fake.faults import Says
from tests.slack.fake.server import FakeSlack
from tests.slack.messaging import CALL, post
from tests.slack.world import (
    JOEL,
    JOELS,
    JOINT,
    JOINT_ADDRESS,
    Clock,
    client_of,
    messenger_of,
    riverside,
    with_account,
)

# ---- patience --------------------------------------------------------------------------------------


def test_slack_is_left_alone_for_as_long_as_it_asked(slack: FakeSlack, clock: Clock) -> None:
    """Nothing is even sent before then."""
    messenger = messenger_of(slack, clock)
    slack.weather.will("chat.postMessage", Busy(42))
    with pytest.raises(Waiting) as asked:
        post(messenger)
    assert asked.value.until == timedelta(seconds=42)

    clock.forward(seconds=40)
    with pytest.raises(Waiting) as left:
        post(messenger)
    assert left.value.until == timedelta(seconds=2)
    assert len(slack.called("chat.postMessage")) == 1

    clock.forward(seconds=2)
    post(messenger)
    assert len(slack.called("chat.postMessage")) == 2


def test_slack_is_not_left_alone_for_longer_because_our_clock_was_set_back(
    slack: FakeSlack, clock: Clock
) -> None:
    """It asked for half a minute."""
    messenger = messenger_of(slack, clock)
    slack.weather.will("chat.postMessage", Busy(30))
    with pytest.raises(Waiting):
        post(messenger)
    clock.forward(hours=-1)
    post(messenger)

    assert len(slack.only.seen(JOINT_ADDRESS)) == 1


def test_one_channel_that_must_rest_holds_up_no_other(slack: FakeSlack, clock: Clock) -> None:
    """The limit on posts is a channel's."""
    messenger = messenger_of(slack, clock)
    slack.weather.will("chat.postMessage", Busy(60), channel=JOINT_ADDRESS)
    with pytest.raises(Waiting):
        post(messenger)

    post(messenger, place=JOEL)
    assert len(slack.only.direct(JOELS)) == 1


def test_a_method_that_must_rest_holds_up_no_other_method(slack: FakeSlack, clock: Clock) -> None:
    """Cards may not be edited for a minute, in any channel; a call goes out all the same."""
    messenger = messenger_of(slack, clock)
    ts = post(messenger)
    slack.weather.will("chat.update", Busy(60))
    for _ in range(2):
        with pytest.raises(Waiting):
            run(messenger.edit(JOINT, ts, CALL))
    assert len(slack.called("chat.update")) == 1

    post(messenger, marker="another")
    assert len(slack.only.seen(JOINT_ADDRESS)) == 2


def test_where_nothing_could_be_sent_it_is_not_unknown(clock: Clock) -> None:
    """No connection was opened, so nothing can have been posted."""
    with riverside(clock) as slack:
        nobody = client_of(slack)
    messenger = SlackMessenger("riverside", nobody, lambda: DIRECTORY, clock)

    with pytest.raises(Waiting):
        post(messenger)


def test_a_conversation_that_could_not_be_opened_is_not_unknown(slack: FakeSlack, clock: Clock) -> None:
    """Opening it posts nothing, whatever became of it."""
    slack.weather.will("conversations.open", Dropped(accepted=True))

    with pytest.raises(Waiting):
        post(messenger_of(slack, clock), place=JOEL)


# ---- places where nothing can be said --------------------------------------------------------------


def archive(slack: FakeSlack) -> None:
    """The channel is archived."""
    slack.only.conversations[JOINT_ADDRESS].archived = True


DEATHS = {
    "archived": (archive, "archived"),
    "bot removed": (lambda slack: slack.only.remove_bot(JOINT_ADDRESS), "invited back"),
    "id changed": (lambda slack: slack.only.change_id(JOINT_ADDRESS, "C2"), "address in the directory"),
    "revoked": (lambda slack: setattr(slack.only, "revoked", True), "installed there again"),
    "unheard of": (
        lambda slack: slack.weather.will("chat.postMessage", Says("brand_new_error")),
        "refuses to take",
    ),
}


@pytest.mark.parametrize("death", DEATHS)
def test_a_place_that_is_dead_says_why_calmly(slack: FakeSlack, clock: Clock, death: str) -> None:
    """A sentence without names that says what is the matter."""
    happens, why = DEATHS[death]
    happens(slack)

    with pytest.raises(Dead, match=why) as dead:
        post(messenger_of(slack, clock))
    assert "riverside" not in dead.value.why


@pytest.mark.parametrize("users", [(), ("S0099",)])
def test_a_person_without_an_account_here_cannot_be_told(
    slack: FakeSlack, clock: Clock, users: tuple[str, ...]
) -> None:
    """A user group is mentioned, and has no conversation of its own."""
    directory = with_account(DIRECTORY, "joel", *users)

    with pytest.raises(Dead, match="no Slack account"):
        post(messenger_of(slack, clock, directory), place=JOEL)


@pytest.mark.parametrize("home", [Identity("telegram", "telegram", "7"), Identity("slack", "council", "U7")])
def test_a_person_who_is_elsewhere_cannot_be_told_here(
    slack: FakeSlack, clock: Clock, home: Identity
) -> None:
    """On another platform, or in another workspace."""
    elsewhere = replace(DIRECTORY.people[2], identities=(home,))
    directory = replace(DIRECTORY, people=(elsewhere,))
    assert elsewhere.id == JOEL.id

    with pytest.raises(Dead, match="no Slack account"):
        post(messenger_of(slack, clock, directory), place=JOEL)


def test_a_channel_the_directory_does_not_list_here_cannot_be_told(slack: FakeSlack, clock: Clock) -> None:
    """It was taken out of the directory, or belongs to another platform."""
    for id in ("long-gone", "council-escalations"):
        with pytest.raises(Dead, match="does not list"):
            post(messenger_of(slack, clock), place=Place(PlaceKind.CHANNEL, id))


def test_a_conversation_that_is_gone_is_opened_anew_next_time(slack: FakeSlack, clock: Clock) -> None:
    """What was opened before Baton was installed again is no longer there."""
    messenger = messenger_of(slack, clock)
    post(messenger, place=JOEL)
    slack.only.conversations.clear()
    with pytest.raises(Dead):
        post(messenger, place=JOEL)

    post(messenger, place=JOEL)
    assert len(slack.only.direct(JOELS)) == 1


def test_what_replies_to_nothing_and_is_refused_is_dead(slack: FakeSlack, clock: Clock) -> None:
    """There is no other way to say it."""
    slack.weather.will("chat.postMessage", Says("invalid_thread_ts"))

    with pytest.raises(Dead, match="fault of Baton"):
        post(messenger_of(slack, clock))


def test_a_deactivated_account_is_dead(slack: FakeSlack, clock: Clock) -> None:
    """They left; the coordinator is told by whoever carries the notice."""
    slack.only.users[JOELS].deleted = True

    with pytest.raises(Dead, match="deactivated"):
        post(messenger_of(slack, clock), place=JOEL)


def test_an_account_deactivated_meanwhile_is_dead(slack: FakeSlack, clock: Clock) -> None:
    """Slack takes what is posted into a conversation that is open already; whoever was to read it is gone."""
    messenger = messenger_of(slack, clock)
    post(messenger, place=JOEL)
    slack.only.users[JOELS].deleted = True
    clock.forward(minutes=5)

    with pytest.raises(Dead, match="deactivated"):
        post(messenger, place=JOEL)
    assert len(slack.only.direct(JOELS)) == 1


def test_a_client_that_retries_by_itself_is_refused(clock: Clock) -> None:
    """The SDK's own default posts twice when an answer is lost."""
    with pytest.raises(ValueError, match="retry_handlers"):
        SlackMessenger("riverside", AsyncWebClient("xoxb-1"), lambda: DIRECTORY, clock)

"""Delivery as it is served: real words, the real SDK, the fake Slack; what people of a workspace then see."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from concerns import commands as c
from concerns.notice import NoticeKind as K
from storage.outbox import State
from tests.chat.delivering import called_until_nobody_answers, deliver, speaking
from tests.chat.faults import Busy
from tests.ladders import MONDAY
from tests.partnership import TOM
from tests.reminders.house import House
from tests.reminders.platforms import Lost
from tests.slack.fake.reading import labels_of, lines_of, mentions_in
from tests.slack.fake.server import FakeSlack
from tests.slack.fake.workspace import Said
from tests.slack.platform import OverTheWire, house_on_slack
from tests.slack.world import JOELS, JOINT_ADDRESS
from tests.stores import Databases
from tests.worlds import REF, a_concern

JOINT = "riverside-council"


@pytest.fixture
def house(sqlite_databases: Databases) -> Iterator[House]:
    """A house whose Slack is the fake one, over the wire."""
    with house_on_slack(sqlite_databases) as house:
        yield house


def slack_of(house: House) -> FakeSlack:
    """The fake behind it."""
    assert isinstance(house.slack, OverTheWire)
    return house.slack.slack


def joint(house: House) -> list[Said]:
    """What stands in the channel both agencies share."""
    return slack_of(house).only.seen(JOINT_ADDRESS)


def test_a_concern_is_one_card_and_short_replies_to_it(house: House) -> None:
    """The card is edited in place; each ping stands in its thread."""
    called_until_nobody_answers(speaking(house))

    card, *replies = joint(house)
    assert card.edits
    assert replies
    assert {reply.thread for reply in replies} == {card.ts}
    assert [reply.broadcast for reply in replies] == [False, True], "no answer in time is for everybody there"
    assert REF in card.text
    assert slack_of(house).refusals == [], "Slack takes everything Baton says"


def test_whoever_is_called_on_slack_is_mentioned_and_the_rest_are_not_written_out(house: House) -> None:
    """Tier 2 calls the managers: Joel and Priya are here, Grace and Owen are on Telegram."""
    speaking(house).hear(a_concern())
    deliver(house)
    house.forward(hours=31)
    house.settle()

    mentioned = {id for said in joint(house) for id in mentions_in(said.blocks)}
    assert mentioned == {"U-joel", "U-priya"}


def test_what_is_for_one_person_alone_is_said_in_private(house: House) -> None:
    """The raising manager hears of it in their own conversation, with buttons."""
    speaking(house).hear(a_concern())
    deliver(house)

    (said,) = slack_of(house).only.direct(JOELS)
    assert REF in " ".join(lines_of(said.blocks))
    assert labels_of(said.blocks)


def test_posts_in_one_channel_are_a_second_apart(house: House) -> None:
    """Slack takes about one a second."""
    speaking(house).hear(a_concern())
    house.deliver()
    assert len(joint(house)) == 1

    house.forward(milliseconds=900).deliver()
    assert len(joint(house)) == 1
    house.forward(milliseconds=100).deliver()
    assert len(joint(house)) == 2


DEATHS: dict[str, Callable[[FakeSlack], object]] = {
    "archived": lambda slack: setattr(slack.only.conversations[JOINT_ADDRESS], "archived", True),
    "bot removed": lambda slack: slack.only.remove_bot(JOINT_ADDRESS),
    "id changed": lambda slack: slack.only.change_id(JOINT_ADDRESS, "C-new"),
}


@pytest.mark.parametrize("death", DEATHS)
def test_a_channel_that_dies_is_never_quiet(house: House, death: str) -> None:
    """The call is said in private to whom it is for, and the coordinator is told."""
    DEATHS[death](slack_of(house))
    house.hear(a_concern())
    due = house.ledger.next_due()
    deliver(house)

    assert house.seen(JOINT) == []
    assert K.CALLED in house.said("tom")
    assert house.said("sam") == [K.DEAD_LETTER]
    assert house.ledger.next_due() == due, "the window runs on"
    assert house.outbox.counts()[State.DEAD] == 2


def test_a_workspace_that_is_lost_is_never_quiet(house: House) -> None:
    """Its token was taken back: the other platform still hears, and the coordinator of every place."""
    slack_of(house).only.revoked = True
    house.hear(a_concern())
    deliver(house)

    assert slack_of(house).only.said == []
    assert K.CALLED in house.said("tom")
    assert K.DEAD_LETTER in house.said("sam")
    assert house.outbox.next_wake() is None


def test_a_channel_set_right_in_the_directory_is_told_again(house: House) -> None:
    """Baton is invited back: what comes next arrives there, with a card of its own."""
    slack_of(house).only.remove_bot(JOINT_ADDRESS)
    house.hear(a_concern())
    deliver(house)
    slack_of(house).only.conversations[JOINT_ADDRESS].members.add(slack_of(house).only.bot)
    house.hear(c.Acknowledge(by=TOM), ref=REF)
    deliver(house)

    assert K.CARD in [post.message.title for post in house.seen(JOINT)]


def test_a_post_made_while_our_clock_was_wrong_is_found_once_it_is_right(house: House) -> None:
    """It stands in the channel at Slack's hour, and is not said a second time."""
    house.forward(hours=3)
    slack_of(house).only.skew = timedelta(hours=-3)
    house.slack.will(JOINT, Lost(accepted=True), Lost(accepted=True))
    house.hear(a_concern())
    house.deliver()
    house.forward(hours=-3)
    slack_of(house).only.skew = timedelta()
    for _ in range(5):
        house.forward(seconds=20).deliver()

    assert house.said(JOINT) == [K.CALLED]


def test_nothing_waits_for_a_channel_that_must_rest(house: House) -> None:
    """A minute's wait in one channel, and every other place is told at once."""
    weather = slack_of(house).weather
    weather.choose = lambda call: (
        Busy(60) if call.channel == JOINT_ADDRESS and call.at < MONDAY + timedelta(minutes=1) else None
    )
    house.hear(a_concern())
    deliver(house)
    assert house.seen(JOINT) == []
    assert house.said("joel") == [K.RAISING_TOLD]
    asked = [call for call in slack_of(house).calls if call.channel == JOINT_ADDRESS]
    assert len(asked) == 1, "it was asked once, and is left alone"

    house.forward(minutes=1)
    deliver(house)
    assert house.said(JOINT) == [K.CALLED]

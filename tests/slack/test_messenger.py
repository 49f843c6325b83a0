"""A messenger over the real SDK and a pretend Slack: what is posted, where, and how a card is edited."""

from dataclasses import replace

import pytest

from concerns.notice import Place, PlaceKind
from concerns.people import Identity
from reminders.messenger import Gone
from tests.partnership import DIRECTORY
from tests.reminders.loops import run
from tests.slack.fake.faults import Says
from tests.slack.fake.reading import labels_of, lines_of, mentions_in, tokens_of
from tests.slack.fake.server import FakeSlack
from tests.slack.messaging import CALL, LONG, post, texts
from tests.slack.world import (
    JOEL,
    JOELS,
    JOINT,
    JOINT_ADDRESS,
    MARK,
    Clock,
    messenger_of,
    with_account,
)
from views.parts import Message

# ---- what is posted --------------------------------------------------------------------------------


def test_a_message_is_posted_as_people_read_it(slack: FakeSlack, clock: Clock) -> None:
    """Title, lines and buttons; the fallback says the same; nothing in it is read for names or links."""
    ts = post(messenger_of(slack, clock))

    (said,) = slack.only.seen(JOINT_ADDRESS)
    assert said.ts == ts
    assert lines_of(said.blocks) == [CALL.title, *CALL.lines]
    assert (labels_of(said.blocks), tokens_of(said.blocks)) == (["Show"], [CALL.buttons[0].token])
    assert said.text.split("\n") == [CALL.title, *CALL.lines]
    off = ("unfurl_links", "unfurl_media", "link_names")
    assert [said.args[name] for name in off] == [False, False, False]
    assert said.args["parse"] == "none"


def test_the_marker_is_all_that_its_metadata_says(slack: FakeSlack, clock: Clock) -> None:
    """Anybody in the workspace may read metadata."""
    post(messenger_of(slack, clock))

    payload = {"marker": MARK, "part": 1, "parts": 1}
    assert slack.only.seen(JOINT_ADDRESS)[0].metadata == {"event_type": "baton", "event_payload": payload}


def test_a_reply_stands_in_the_thread_of_its_card(slack: FakeSlack, clock: Clock) -> None:
    """Also where the card needed several posts: the first heads the thread."""
    messenger = messenger_of(slack, clock)
    card = post(messenger, LONG)
    post(messenger, CALL, thread=card, marker="another")

    assert slack.only.seen(JOINT_ADDRESS)[-1].thread == card.split(",")[0]


def test_a_broadcast_reply_is_shown_in_the_channel_too(slack: FakeSlack, clock: Clock) -> None:
    """So that whoever follows no thread sees it; a post of its own stands in the channel anyway."""
    messenger = messenger_of(slack, clock)
    card = post(messenger, replace(CALL, broadcast=True))
    post(messenger, replace(CALL, broadcast=True), thread=card, marker="loud")
    post(messenger, CALL, thread=card, marker="quiet")

    assert [said.broadcast for said in slack.only.seen(JOINT_ADDRESS)] == [False, True, False]


def test_a_discreet_message_shows_its_title_alone_on_a_lock_screen(slack: FakeSlack, clock: Clock) -> None:
    """What it holds is read in Slack."""
    post(messenger_of(slack, clock), replace(CALL, discreet=True), JOEL)

    (said,) = slack.only.direct(JOELS)
    assert said.text == CALL.title
    assert lines_of(said.blocks) == [CALL.title, *CALL.lines]


def test_a_private_notice_goes_to_the_persons_own_conversation(slack: FakeSlack, clock: Clock) -> None:
    """Opened once, and remembered."""
    messenger = messenger_of(slack, clock)
    post(messenger, place=JOEL)
    post(messenger, place=JOEL, marker="another")

    assert len(slack.only.direct(JOELS)) == 2
    assert len(slack.called("conversations.open")) == 1


def test_people_and_groups_of_this_workspace_are_mentioned(slack: FakeSlack, clock: Clock) -> None:
    """By account or by user group; whoever has no account here is left to their own platform."""
    directory = with_account(DIRECTORY, "joel", "S0099")
    message = replace(CALL, mentions=("amira", "joel", "tom", "nobody"))
    post(messenger_of(slack, clock, directory), message)

    assert mentions_in(slack.only.seen(JOINT_ADDRESS)[0].blocks) == ["U-amira", "S0099"]


def test_in_a_shared_channel_whoever_sits_in_another_workspace_is_mentioned_too(
    slack: FakeSlack, clock: Clock
) -> None:
    """Slack Connect: the council's people are in the channel, under the accounts of their own workspace."""
    theirs = Identity("slack", "council", "U-tom-there")
    people = (replace(p, identities=(theirs,)) if p.id in {"tom", "nadia"} else p for p in DIRECTORY.people)
    directory = replace(DIRECTORY, people=tuple(people))
    message = replace(CALL, mentions=("joel", "tom", "nadia"))
    messenger = messenger_of(slack, clock, directory)
    post(messenger, message)
    post(messenger, message, Place(PlaceKind.CHANNEL, "riverside-escalations"), marker="their own")

    shared, own = (slack.only.seen(channel)[0] for channel in (JOINT_ADDRESS, "#riverside-escalations"))
    assert mentions_in(shared.blocks) == ["U-joel", "U-tom-there"], "Nadia's agency does not share it"
    assert mentions_in(own.blocks) == ["U-joel"]


def test_a_long_message_is_several_posts_and_nothing_is_cut(slack: FakeSlack, clock: Clock) -> None:
    """Each carries the marker and its number; the id names them all."""
    ts = post(messenger_of(slack, clock), LONG)

    said = slack.only.seen(JOINT_ADDRESS)
    assert len(said) > 1
    assert ts == ",".join(one.ts for one in said)
    numbers = [(one.metadata or {})["event_payload"]["part"] for one in said]
    assert numbers == list(range(1, len(said) + 1))
    read = " ".join(texts(slack)).split()
    assert read.count("word") == 20 * len(LONG.lines)
    assert [word for word in read if word.endswith(":") and word[:-1].isdigit()] == [
        f"{n}:" for n in range(len(LONG.lines))
    ]


# ---- edits -----------------------------------------------------------------------------------------


def test_a_card_is_edited_in_place_and_keeps_its_marker(slack: FakeSlack, clock: Clock) -> None:
    """Twice the same is no harm."""
    messenger = messenger_of(slack, clock)
    ts = post(messenger)
    for _ in range(2):
        run(messenger.edit(JOINT, ts, replace(CALL, lines=("Tom has it.",))))

    (said,) = slack.only.seen(JOINT_ADDRESS)
    assert lines_of(said.blocks) == [CALL.title, "Tom has it."]
    assert said.marker == MARK
    assert len(said.edits) == 1


def test_a_card_that_is_gone_says_so(slack: FakeSlack, clock: Clock) -> None:
    """Somebody deleted it, so the next is posted anew."""
    messenger = messenger_of(slack, clock)
    ts = post(messenger)
    slack.only.delete(ts)

    with pytest.raises(Gone):
        run(messenger.edit(JOINT, ts, CALL))


@pytest.mark.parametrize(("before", "after"), [(CALL, LONG), (LONG, CALL)])
def test_a_card_that_needs_more_or_fewer_posts_is_taken_away(
    slack: FakeSlack, clock: Clock, before: Message, after: Message
) -> None:
    """Two cards of one concern, one of them out of date, would be worse."""
    messenger = messenger_of(slack, clock)
    ts = post(messenger, before)

    with pytest.raises(Gone):
        run(messenger.edit(JOINT, ts, after))
    assert slack.only.seen(JOINT_ADDRESS) == []


def test_a_card_is_taken_away_though_part_of_it_is_gone(slack: FakeSlack, clock: Clock) -> None:
    """Somebody deleted the first of its posts; the others must not stay."""
    messenger = messenger_of(slack, clock)
    ts = post(messenger, LONG)
    slack.only.delete(ts.split(",")[0])

    with pytest.raises(Gone):
        run(messenger.edit(JOINT, ts, CALL))
    assert slack.only.seen(JOINT_ADDRESS) == []


def test_a_long_card_is_edited_in_all_its_parts(slack: FakeSlack, clock: Clock) -> None:
    """None of them is left as it was."""
    messenger = messenger_of(slack, clock)
    ts = post(messenger, LONG)
    run(messenger.edit(JOINT, ts, replace(LONG, lines=tuple(line.upper() for line in LONG.lines))))

    assert not any("word" in line for line in texts(slack))


@pytest.mark.parametrize(
    "why",
    ["thread_not_found", "restricted_action_thread_locked", "restricted_action_non_threadable_channel"],
)
def test_a_reply_to_a_card_that_takes_none_is_posted_in_the_channel(
    slack: FakeSlack, clock: Clock, why: str
) -> None:
    """It was surely not posted, and must be said: the card is gone, or somebody has locked its thread."""
    slack.weather.will("chat.postMessage", Says(why))
    post(messenger_of(slack, clock), thread="1.1")

    (said,) = slack.only.seen(JOINT_ADDRESS)
    assert said.thread == ""

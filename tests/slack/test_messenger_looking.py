"""A messenger over the real SDK: what may have been posted is found, what stands in part is completed."""

from datetime import timedelta

import pytest

from bot.slack.messenger import SlackMessenger
from reminders.messenger import Unknown, Waiting
from tests.chat.faults import Broken, Busy, Dropped, Garbled
from tests.reminders.loops import run
from tests.reminders.storm import Dice
from tests.slack.fake.faults import Fault, Says
from tests.slack.fake.server import FakeSlack
from tests.slack.messaging import LONG, post, texts
from tests.slack.world import (
    JOEL,
    JOELS,
    JOINT,
    JOINT_ADDRESS,
    MARK,
    Clock,
    messenger_of,
)
from views.parts import Message

# ---- looking it up ---------------------------------------------------------------------------------

LOST: list[Fault] = [
    Dropped(accepted=True),
    Broken(accepted=True),
    Broken(accepted=True, status=503),
    Garbled(accepted=True),
    Garbled(accepted=True, body=b"OK", kind="text/plain"),
    Garbled(accepted=True, body=b"\xff\xfe{"),
    Garbled(accepted=True, body=b"[]"),
    Garbled(accepted=True, body=b"<html>", kind="text/html"),
]


@pytest.mark.parametrize("restarted", [False, True])
@pytest.mark.parametrize("thread", [None, "card"])
@pytest.mark.parametrize("lost", LOST, ids=repr)
def test_a_post_whose_answer_was_lost_is_found(
    slack: FakeSlack, clock: Clock, lost: Broken | Dropped | Garbled, thread: str | None, restarted: bool
) -> None:
    """In the channel or in a thread older than itself, and by a process that knows nothing of it."""
    messenger = messenger_of(slack, clock)
    card = post(messenger, marker="card")
    clock.forward(days=40)
    since = clock.now
    slack.weather.will("chat.postMessage", lost)
    with pytest.raises(Unknown):
        post(messenger, thread=card if thread else None)

    looking = messenger_of(slack, clock) if restarted else messenger
    found = run(looking.find(JOINT, MARK, since, card if thread else None))
    assert found == slack.only.seen(JOINT_ADDRESS)[-1].ts
    assert len(slack.called("chat.postMessage")) == 2, "nothing is tried twice by itself"


@pytest.mark.parametrize("restarted", [False, True])
@pytest.mark.parametrize("lost", [Dropped(accepted=False), Broken(accepted=False)], ids=repr)
def test_a_post_that_never_arrived_is_proved_not_to_be_there(
    slack: FakeSlack, clock: Clock, lost: Broken | Dropped, restarted: bool
) -> None:
    """Neither in the channel nor in any thread."""
    messenger = messenger_of(slack, clock)
    card = post(messenger, marker="card")
    post(messenger, thread=card, marker="an older reply")
    slack.weather.will("chat.postMessage", lost)
    with pytest.raises(Unknown):
        post(messenger, thread=card)

    looking = messenger_of(slack, clock) if restarted else messenger
    assert run(looking.find(JOINT, MARK, clock.now, card)) is None


def test_a_reply_that_went_to_the_channel_is_found_there(slack: FakeSlack, clock: Clock) -> None:
    """Its card was gone, so it was said in the channel; then the answer was lost."""
    messenger = messenger_of(slack, clock)
    slack.weather.will("chat.postMessage", Says("thread_not_found"), Dropped(accepted=True))
    with pytest.raises(Unknown):
        post(messenger, thread="1.1")

    assert run(messenger.find(JOINT, MARK, clock.now, "1.1")) == slack.only.seen(JOINT_ADDRESS)[0].ts


def test_of_a_channel_only_what_is_newer_is_read(slack: FakeSlack, clock: Clock) -> None:
    """A year of messages is not gone through for a post of the last minute, however Baton was restarted."""
    slack.apis["riverside"].page = 3
    for n in range(10):
        slack.only.say(JOINT_ADDRESS, {"text": f"talk {n}"}, "U-amira")
    clock.forward(days=1)
    card = post(messenger_of(slack, clock), marker="card")

    assert run(messenger_of(slack, clock).find(JOINT, MARK, clock.now, card)) is None
    assert len(slack.called("conversations.history")) == 1
    assert [call.args["ts"] for call in slack.called("conversations.replies")] == [card]


def test_it_is_found_on_the_last_page(slack: FakeSlack, clock: Clock) -> None:
    """Slack gives few messages at a time, whatever is asked for."""
    slack.apis["riverside"].page = 3
    messenger = messenger_of(slack, clock)
    ts = post(messenger)
    for n in range(10):
        slack.only.say(JOINT_ADDRESS, {"text": f"talk {n}"}, "U-amira")

    assert run(messenger_of(slack, clock).find(JOINT, MARK, clock.now, None)) == ts
    assert len(slack.called("conversations.history")) == 4


def test_a_channel_too_long_to_be_looked_through_proves_nothing(slack: FakeSlack, clock: Clock) -> None:
    """Not having found it is not the same as it not being there."""
    slack.apis["riverside"].page = 1
    for n in range(60):
        slack.only.say(JOINT_ADDRESS, {"text": f"talk {n}"}, "U-amira")

    with pytest.raises(Unknown):
        run(messenger_of(slack, clock).find(JOINT, MARK, clock.now, None))


@pytest.mark.parametrize("minutes", [-60, -4, 4, 60])
def test_a_clock_that_differs_from_ours_hides_nothing(slack: FakeSlack, clock: Clock, minutes: int) -> None:
    """An hour is soon wrong, where somebody sets a computer's clock by hand."""
    slack.only.skew = timedelta(minutes=minutes)
    messenger = messenger_of(slack, clock)
    slack.weather.will("chat.postMessage", Dropped(accepted=True))
    with pytest.raises(Unknown):
        post(messenger)

    assert run(messenger.find(JOINT, MARK, clock.now, None)) == slack.only.seen(JOINT_ADDRESS)[0].ts


def test_a_marker_somebody_copied_is_not_taken_for_ours(slack: FakeSlack, clock: Clock) -> None:
    """Metadata can be read by every app of the workspace."""
    metadata = {"event_type": "baton", "event_payload": {"marker": MARK, "part": 1, "parts": 1}}
    slack.only.say(JOINT_ADDRESS, {"text": "not Baton", "metadata": metadata}, "U-amira")

    assert run(messenger_of(slack, clock).find(JOINT, MARK, clock.now, None)) is None


def test_a_private_notice_is_found_in_its_conversation(slack: FakeSlack, clock: Clock) -> None:
    """Direct messages have a history too."""
    messenger = messenger_of(slack, clock)
    slack.weather.will("chat.postMessage", Dropped(accepted=True))
    with pytest.raises(Unknown):
        post(messenger, place=JOEL)

    assert run(messenger.find(JOEL, MARK, clock.now, None)) == slack.only.direct(JOELS)[0].ts


@pytest.mark.parametrize("method", ["auth.test", "conversations.history", "conversations.replies"])
def test_a_look_up_that_fails_proves_nothing(slack: FakeSlack, clock: Clock, method: str) -> None:
    """It raises; it never says that nothing is there."""
    messenger = messenger_of(slack, clock)
    slack.weather.will("chat.postMessage", Dropped(accepted=False))
    slack.weather.will(method, Broken(accepted=False))
    with pytest.raises(Unknown):
        post(messenger, thread="1.1")

    with pytest.raises(Unknown):
        run(messenger.find(JOINT, MARK, clock.now, "1.1"))


# ---- several posts, and only some of them stand ----------------------------------------------------


def stands_in_part(slack: FakeSlack, clock: Clock) -> SlackMessenger:
    """Whose first part stands there; the second was lost, and it has been looked for."""
    messenger, at_second = messenger_of(slack, clock), iter([None, Dropped(accepted=False)])
    slack.weather.choose = lambda call: next(at_second, None) if call.method == "chat.postMessage" else None
    with pytest.raises(Unknown):
        post(messenger, LONG)
    assert run(messenger.find(JOINT, MARK, clock.now, None)) is None
    return messenger


@pytest.mark.parametrize("restarted", [False, True])
@pytest.mark.parametrize(
    "fault", [Busy(30), Busy(None), Dropped(accepted=True), Dropped(accepted=False)], ids=repr
)
def test_what_stands_in_part_is_completed_and_not_repeated(
    slack: FakeSlack, clock: Clock, fault: Busy | Dropped, restarted: bool
) -> None:
    """The first part was taken and something went wrong with the second: the rest is posted, once."""
    messenger, at_second = messenger_of(slack, clock), iter([None, fault])
    choose = slack.weather.choose
    slack.weather.choose = lambda call: (
        next(at_second, None) if call.method == "chat.postMessage" else choose(call)
    )
    with pytest.raises(Unknown):
        post(messenger, LONG)

    clock.forward(minutes=1)
    looking = messenger_of(slack, clock) if restarted else messenger
    found = run(looking.find(JOINT, MARK, clock.now - timedelta(minutes=1), None))
    if found is None:
        found = post(looking, LONG)
    said = slack.only.seen(JOINT_ADDRESS)
    numbers = [(one.metadata or {})["event_payload"]["part"] for one in said]
    assert sorted(numbers) == list(range(1, len(said) + 1))
    assert sorted(found.split(",")) == sorted(one.ts for one in said)


@pytest.mark.parametrize("lines", [LONG.lines[20:], LONG.lines[50:]], ids=["as many parts", "one part"])
@pytest.mark.parametrize("gone", [False, True], ids=["it stands", "somebody deleted it"])
def test_what_stands_in_part_says_what_it_says_by_now(
    slack: FakeSlack, clock: Clock, lines: tuple[str, ...], gone: bool
) -> None:
    """Some of the concerns it called about were answered meanwhile: cut elsewhere, no line may fall out."""
    messenger = stands_in_part(slack, clock)
    if gone:
        slack.only.delete(slack.only.seen(JOINT_ADDRESS)[0].ts)

    now = Message(LONG.title, lines)
    found = post(messenger, now)
    said = slack.only.seen(JOINT_ADDRESS)
    read = {line.strip() for line in texts(slack)}
    assert {line for line in read if line.startswith("Line ")} == {line.strip() for line in lines}
    assert sorted(found.split(",")) == sorted(one.ts for one in said)
    assert {(one.metadata or {})["event_payload"]["parts"] for one in said} == {len(said)}


def test_what_stands_in_part_is_not_said_twice_when_slack_is_busy_then(
    slack: FakeSlack, clock: Clock
) -> None:
    messenger = stands_in_part(slack, clock)
    slack.weather.choose = lambda call: Busy(20) if call.method == "chat.update" else None

    with pytest.raises(Unknown):
        post(messenger, LONG)
    assert len(slack.only.seen(JOINT_ADDRESS)) == 1


def test_when_looking_fails_after_all_a_repeat_is_whole(slack: FakeSlack, clock: Clock) -> None:
    """What an earlier look-up found counts for the next post alone: a repeat has every part."""
    messenger = stands_in_part(slack, clock)
    slack.weather.choose = lambda call: Broken(False) if call.method == "conversations.history" else None
    with pytest.raises(Unknown):
        run(messenger.find(JOINT, MARK, clock.now, None))

    repeat = post(messenger, LONG).split(",")
    assert len(slack.only.seen(JOINT_ADDRESS)) == 1 + len(repeat)


WEATHER: tuple[Fault | None, ...] = (
    None,
    None,
    None,
    *LOST[:2],
    Dropped(accepted=False),
    Broken(accepted=False),
    Busy(20),
)


@pytest.mark.parametrize("seed", range(24))
def test_whatever_goes_wrong_every_part_stands_once(slack: FakeSlack, clock: Clock, seed: int) -> None:
    """Half of all calls go wrong and processes come and go, in a thread and in the channel."""
    dice = Dice(f"parts {seed}")
    card = post(messenger_of(slack, clock), marker="card") if dice.one_in(2) else None
    messenger, since, found, looked_for = messenger_of(slack, clock), clock.now, None, False
    slack.weather.choose = lambda call: dice.pick(WEATHER)
    while found is None:
        clock.forward(seconds=30)
        if dice.one_in(3):
            messenger, looked_for = messenger_of(slack, clock), True
        try:
            found = run(messenger.find(JOINT, MARK, since, card)) if looked_for else None
            found = found or post(messenger, LONG, thread=card)
        except Unknown:
            looked_for = True
        except Waiting:
            continue

    said = [one for one in slack.only.seen(JOINT_ADDRESS) if one.marker == MARK]
    numbers = [(one.metadata or {})["event_payload"]["part"] for one in said]
    assert sorted(numbers) == list(range(1, len(said) + 1))
    assert len(said) > 1
    assert sorted(found.split(",")) == sorted(one.ts for one in said)

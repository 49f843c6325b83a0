"""What is owed is said once, in order, in its place, and only while it is true."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from concerns import commands as c
from concerns.notice import NoticeKind as K
from concerns.reference import make
from storage.outbox import State
from tests.partnership import TOM
from tests.reminders.house import House
from tests.reminders.loops import run, until
from tests.reminders.platforms import Slow, Vanished, Wait, kinds
from tests.worlds import REF, a_concern, an_answer

JOINT, RIVERSIDE_OWN, COUNCIL_OWN = "riverside-council", "riverside-escalations", "council-escalations"
OTHER = make(7)


def test_a_new_concern_is_told_to_both_sides(house: House) -> None:
    """Each shared channel gets the card and the call; people hear privately what is theirs."""
    house.hear(a_concern())
    house.deliver()

    for channel in (JOINT, RIVERSIDE_OWN, COUNCIL_OWN):
        assert kinds(house.seen(channel)) == [K.CARD, K.CALLED]
    assert house.said("tom") == [K.CALLED]
    assert house.said("joel") == [K.RAISING_TOLD]
    assert house.outbox.counts()[State.SENT] == 8
    assert house.outbox.next_wake() is None


def test_pings_are_replies_to_the_card_and_private_messages_to_nothing(house: House) -> None:
    """The live card heads the thread of its concern."""
    house.hear(a_concern())
    house.deliver()

    card, ping = house.seen(JOINT)
    assert (card.thread, ping.thread) == (None, card.id)
    assert [post.thread for post in house.seen("tom")] == [None]


def test_the_live_card_is_edited_in_place(house: House) -> None:
    """A lapse changes the card that stands there; it does not post another."""
    house.hear(a_concern())
    house.deliver()
    house.forward(days=1, hours=7).sweep.run()
    house.deliver()

    assert kinds(house.seen(JOINT)) == [K.CARD, K.CALLED, K.CALLED]
    assert "turn 2" in house.seen(JOINT)[0].shows.lines


def test_a_card_somebody_deleted_is_posted_anew_and_heads_the_thread(house: House) -> None:
    """An edit of a message that is gone is not a reason to say nothing."""
    house.hear(a_concern())
    house.deliver()
    house.slack.will(JOINT, Vanished())
    house.forward(hours=32).sweep.run()
    house.deliver()

    ping, card, again = house.seen(JOINT)
    assert [ping.message.title, card.message.title, again.message.title] == [K.CALLED, K.CARD, K.CALLED]
    assert again.thread == card.id


def test_the_newest_card_speaks_for_those_before_it(house: House) -> None:
    """Three changes before anything could be sent make one card, showing how things are."""
    house.hear(a_concern())
    house.hear(c.Acknowledge(by=TOM), an_answer(), ref=REF)
    house.deliver()

    (card,) = (post for post in house.seen(JOINT) if post.message.title == K.CARD)
    assert card.shows.lines[-1] == "stage answered"
    assert not card.edits


def test_nobody_is_called_who_has_answered_meanwhile(house: House) -> None:
    """A notice is looked at again at the moment of sending; the reason it was left out is kept."""
    house.hear(a_concern())
    house.hear(an_answer(), ref=REF)
    house.deliver()

    assert K.CALLED not in house.said(JOINT)
    assert house.said(JOINT) == [K.ANSWERED]
    # Three calls in channels, Tom's own, Joel's, and the older card of each channel.
    assert house.outbox.counts()[State.SUPERSEDED] == 5 + 3


def test_what_is_said_in_a_place_keeps_its_order(house: House) -> None:
    """The call, the missed acknowledgement and the latest reminder come as they happened, however late."""
    house.hear(a_concern())
    for _ in range(3):
        house.now = house.ledger.next_due() or house.now
        house.sweep.run()
    house.deliver()

    assert house.said(JOINT) == [K.CALLED, K.ACKNOWLEDGEMENT_LAPSED, K.REMINDED]
    assert house.seen(JOINT)[0].message.title == K.CARD


def test_the_urgent_comes_first(house: House) -> None:
    """Somebody in danger now does not wait behind an ordinary concern, in its channels or in the queue."""
    house.lanes = 1
    house.restart()
    house.hear(a_concern())
    house.forward(seconds=1).hear(replace(a_concern(danger=True), ref=OTHER))
    house.deliver()

    # Of one lane the urgent half of the queue is served whole before the rest.
    order = [post.message.lines[0] for post in sorted(house.slack.posts, key=lambda p: int(p.id[6:]))]
    assert order == sorted(order, key=lambda ref: ref != OTHER)
    assert {*order} == {REF, OTHER}


def test_a_slow_place_holds_up_no_other(house: House) -> None:
    """While one channel takes its time, everybody else has heard."""

    async def story() -> None:
        gate = asyncio.Event()
        house.slack.will(JOINT, Slow(gate))
        sending = asyncio.create_task(house.delivery.run())
        await until(lambda: len(house.seen(COUNCIL_OWN)) == 2 and len(house.seen(RIVERSIDE_OWN)) == 2)
        assert house.seen(JOINT) == []
        assert house.said("tom") == [K.CALLED]
        assert not sending.done()
        gate.set()
        await sending

    house.hear(a_concern())
    run(story())
    assert kinds(house.seen(JOINT)) == [K.CARD, K.CALLED]


def test_what_is_committed_during_a_run_is_sent_in_that_run(house: House) -> None:
    """A nudge reaches a run that waits for a slow place."""

    async def story() -> None:
        gate = asyncio.Event()
        house.slack.will(JOINT, Slow(gate))
        sending = asyncio.create_task(house.delivery.run())
        await until(lambda: house.said("tom") == [K.CALLED])
        house.hear(replace(a_concern(), ref=OTHER))
        house.delivery.nudge()
        await until(lambda: house.said("tom") == [K.CALLED, K.CALLED])
        gate.set()
        await sending

    house.hear(a_concern())
    run(story())
    assert house.outbox.next_wake() is None


def test_no_more_places_are_served_at_once_than_there_are_lanes(house: House) -> None:
    """The bound holds also when every place is slow."""
    house.lanes = 2
    house.restart()

    async def story() -> None:
        gate = asyncio.Event()
        house.slack.choose = house.telegram.choose = lambda verb, place: Slow(gate)
        sending = asyncio.create_task(house.delivery.run())
        for _ in range(200):
            await asyncio.sleep(0)
        assert len(house.slack.calls + house.telegram.calls) == 2
        gate.set()
        await sending

    house.hear(a_concern())
    run(story())
    assert house.outbox.counts()[State.SENT] == 8


def test_a_place_that_asks_to_wait_is_left_alone_and_holds_up_no_other(house: House) -> None:
    """Retry-After is honoured to the second, by everything that goes to that place, and by nothing else."""
    house.hear(a_concern())
    house.forward(seconds=1).hear(replace(a_concern(), ref=OTHER))
    house.slack.will(JOINT, Wait(timedelta(seconds=30)))
    house.deliver()
    assert house.seen(JOINT) == []
    assert len(house.seen(COUNCIL_OWN)) == 4

    house.forward(seconds=29.9).deliver()
    assert house.seen(JOINT) == []

    house.forward(seconds=0.1).deliver()
    assert len(house.seen(JOINT)) == 4
    assert house.slack.pressed_on == []


def test_a_place_that_asks_to_wait_for_no_time_at_all_is_given_a_second(house: House) -> None:
    """A platform's slip does not make us knock without a pause."""
    house.hear(a_concern())
    house.slack.will(JOINT, Wait(timedelta(0)))
    house.deliver()
    assert house.seen(JOINT) == []

    house.forward(seconds=1).deliver()
    assert kinds(house.seen(JOINT)) == [K.CARD, K.CALLED]


def test_a_wait_is_remembered_by_the_notice_through_a_restart(house: House) -> None:
    """The notice that was refused does not press on after a restart."""
    house.hear(a_concern())
    house.slack.will(JOINT, Wait(timedelta(seconds=30)))
    house.deliver()
    house.restart()
    house.deliver()
    assert house.seen(JOINT) == []

    house.forward(seconds=30).deliver()
    assert kinds(house.seen(JOINT)) == [K.CARD, K.CALLED]


@pytest.mark.parametrize("restarted", [False, True])
def test_a_clock_set_back_makes_nobody_wait_until_it_has_caught_up(house: House, restarted: bool) -> None:
    """Whoever asked to wait asked for half a minute, not for an hour that a wrong clock showed."""
    house.forward(hours=1).hear(a_concern())
    house.slack.will(JOINT, Wait(timedelta(seconds=30)))
    house.deliver()
    house.forward(hours=-1)
    house.slack.closed_until.clear()
    if restarted:
        house.restart()
    house.deliver()
    house.forward(seconds=20).deliver()

    assert kinds(house.seen(JOINT)) == [K.CARD, K.CALLED]


def test_a_clock_set_back_leaves_no_place_silent_that_has_just_been_told_something(house: House) -> None:
    """A second between two posts is a second, whatever the clock showed at the first."""
    house.slack.pace = 1.0
    house.forward(hours=1).hear(a_concern())
    house.deliver()
    house.forward(hours=-1).deliver()
    house.forward(seconds=1).deliver()

    assert kinds(house.seen(JOINT)) == [K.CARD, K.CALLED]


def test_one_place_is_spoken_in_no_faster_than_its_pace(house: House) -> None:
    """A second between two posts in one channel; other channels do not wait for it."""
    house.slack.pace = 1.0
    house.hear(a_concern())
    house.deliver()
    assert kinds(house.seen(JOINT)) == [K.CARD]
    assert kinds(house.seen(COUNCIL_OWN)) == [K.CARD, K.CALLED]
    assert house.delivery.rest() == timedelta(seconds=1)

    house.forward(seconds=0.9).deliver()
    assert kinds(house.seen(JOINT)) == [K.CARD]

    house.forward(seconds=0.1).deliver()
    assert kinds(house.seen(JOINT)) == [K.CARD, K.CALLED]
    assert house.outbox.next_wake() is None


def test_closed_it_finishes_what_is_on_its_way_and_begins_nothing(house: House) -> None:
    """A house that stops leaves nothing uncertain behind."""

    async def story() -> None:
        gate = asyncio.Event()
        house.slack.choose = house.telegram.choose = lambda verb, place: Slow(gate)
        sending = asyncio.create_task(house.delivery.run())
        await until(lambda: len(house.slack.calls + house.telegram.calls) == 5)
        house.delivery.close()
        gate.set()
        await sending

    house.hear(a_concern())
    run(story())
    counts = house.outbox.counts()
    assert (counts[State.SENT], counts[State.PENDING], counts[State.SENDING]) == (5, 3, 0)

    house.slack.choose = house.telegram.choose = lambda verb, place: None
    house.restart()
    house.deliver()
    assert house.outbox.counts()[State.SENT] == 8


def test_a_run_with_nothing_to_say_writes_nothing(house: House) -> None:
    """Idle costs one look."""
    house.hear(a_concern())
    house.deliver()
    writes: list[None] = []
    house.store.write = lambda: writes.append(None)  # type: ignore[method-assign,assignment,return-value]  # a stand-in

    assert house.deliver() == 0
    assert writes == []


def test_the_whole_way_from_a_lapse_to_a_ping(house: House) -> None:
    """The clock calls the next tier, and the channel hears of it."""
    house.hear(a_concern())
    house.deliver()
    house.forward(hours=32)
    assert house.sweep.run() == 1
    house.deliver()

    assert house.said(JOINT) == [K.CALLED, K.CALLED]
    assert "turn 2" in house.seen(JOINT)[0].shows.lines

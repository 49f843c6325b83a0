"""When no answer comes it may have been posted: it is looked for, or where it cannot be, marked a repeat."""

import asyncio
import gc
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from concerns import commands as c
from concerns.model import Concern
from concerns.notice import Notice
from concerns.notice import NoticeKind as K
from concerns.reference import make
from concerns.rules import Rules
from reminders.patience import Patience
from storage.errors import NotSaved
from storage.outbox import Delivery, State
from tests.partnership import TOM
from tests.reminders.house import House
from tests.reminders.loops import run, until
from tests.reminders.platforms import Dies, Lost, Slow, Wait, kinds, plainly, repeats
from tests.worlds import REF, a_concern, an_answer
from views.digest import Part
from views.parts import Message

JOINT, COUNCIL_OWN = "riverside-council", "council-escalations"
OTHER = make(2)
BEFORE, AFTER = Lost(accepted=False), Lost(accepted=True)


def calls(house: House, verb: str, place: str) -> int:
    """How often this was asked of a platform."""
    return sum((verb, place) == call[:2] for call in house.slack.calls + house.telegram.calls)


def test_where_there_is_a_history_a_lost_post_is_found_and_not_repeated(house: House) -> None:
    """The platform took it and the answer was lost: twenty seconds later it is found, and that is all."""
    house.hear(a_concern())
    house.slack.will(JOINT, AFTER)
    house.deliver()
    house.forward(seconds=19.9).deliver()
    assert calls(house, "find", JOINT) == 0

    house.forward(seconds=0.1).deliver()
    card, ping = house.seen(JOINT)
    assert kinds([card, ping]) == [K.CARD, K.CALLED]
    assert ping.thread == card.id, "the card found is the card remembered"


def test_where_there_is_a_history_a_post_that_never_arrived_is_sent_unmarked(house: House) -> None:
    """It was looked for and is not there, so nobody has read it before."""
    house.hear(a_concern())
    house.slack.will(JOINT, BEFORE)
    house.deliver()
    assert house.seen(JOINT) == []

    house.forward(seconds=20).deliver()
    assert kinds(house.seen(JOINT)) == [K.CARD, K.CALLED]
    assert not any(repeats(post.message) for post in house.seen(JOINT))


@pytest.mark.parametrize("lost", [BEFORE, AFTER])
def test_where_there_is_no_history_the_second_copy_says_it_may_be_one(house: House, lost: Lost) -> None:
    """After ten seconds it is said again, marked, with a short code."""
    house.hear(a_concern())
    house.telegram.will("tom", lost)
    house.deliver()
    house.forward(seconds=9.9).deliver()
    assert len(house.seen("tom")) == lost.accepted

    house.forward(seconds=0.1).deliver()
    *first, second = house.seen("tom")
    assert len(first) == lost.accepted
    assert repeats(second.message)
    assert not any(repeats(post.message) for post in first)


def test_every_copy_of_one_message_has_the_same_code(house: House) -> None:
    """So that people can tell which message is meant."""
    house.hear(a_concern())
    house.telegram.will("tom", AFTER, AFTER)
    house.deliver()
    for _ in range(2):
        house.forward(minutes=1).deliver()

    _, second, third = house.seen("tom")
    assert second.message.lines[0] == third.message.lines[0]
    assert second.marker == third.marker


def test_each_further_try_waits_twice_as_long(house: House) -> None:
    """A platform that is down for an hour is not asked every ten seconds, and nobody reads fifty repeats."""
    house.hear(a_concern())
    house.telegram.will("tom", *[BEFORE] * 7)
    waits: list[float] = []
    last = house.now
    while len(waits) < 7:
        before = calls(house, "post", "tom")
        house.deliver()
        if calls(house, "post", "tom") > before:
            waits.append((house.now - last).total_seconds())
            last = house.now
        house.forward(seconds=10)

    assert waits == [0, 10, 20, 40, 80, 160, 300]


def test_the_settle_time_counts_from_when_the_try_ended(house: House) -> None:
    """A try that took a quarter of a minute could land until its end."""

    async def story() -> None:
        gate = asyncio.Event()
        faults = iter([Slow(gate)])
        house.slack.choose = lambda verb, place: next(faults, None) if place.id == JOINT else None
        house.patience = Patience(post=timedelta(milliseconds=1))
        house.restart()
        await house.delivery.run()

    house.hear(a_concern())
    run(story())
    assert house.outbox.counts()[State.UNKNOWN] == 1, "no answer in time is no answer"

    house.forward(seconds=20).deliver()
    assert kinds(house.seen(JOINT)) == [K.CARD, K.CALLED]


def test_a_look_up_that_keeps_failing_ends_in_a_marked_repeat(house: House) -> None:
    """Not being able to look is no reason to stay silent."""
    house.hear(a_concern())
    house.slack.will("joel", *[BEFORE] * 5)
    house.deliver()
    for _ in range(20):
        assert house.seen("joel") == []
        house.forward(seconds=20).deliver()
        if calls(house, "find", "joel") == 4:
            break

    (post,) = house.seen("joel")
    assert repeats(post.message)


def test_a_look_up_that_is_told_to_wait_again_and_again_ends_in_a_marked_repeat(house: House) -> None:
    """Slack limits looking by itself: whoever is called does not wait behind it for ever."""
    house.hear(a_concern())
    house.slack.will("joel", BEFORE)
    house.deliver()
    house.slack.choose = lambda verb, place: Wait(timedelta(seconds=30)) if verb == "find" else None
    for _ in range(20):
        house.forward(seconds=20).deliver()

    (post,) = house.seen("joel")
    assert repeats(post.message)
    assert house.slack.pressed_on == []


def test_a_look_up_that_never_answers_ends_in_a_marked_repeat(house: House) -> None:
    """A channel too long to be read in time is no reason to stay silent either."""

    async def story() -> None:
        gate = asyncio.Event()
        house.slack.choose = lambda verb, place: Slow(gate) if verb == "find" else None
        for _ in range(8):
            await house.delivery.run()
            house.forward(minutes=5)

    house.hear(a_concern())
    house.slack.will("joel", BEFORE)
    house.patience = Patience(post=timedelta(milliseconds=20))
    house.restart()
    house.deliver()
    run(story())

    (post,) = house.seen("joel")
    assert repeats(post.message)


def test_where_looking_is_not_allowed_it_is_said_again_and_marked(house: House) -> None:
    """The right to read a history may be taken back; the right to speak is still there."""
    house.hear(a_concern())
    house.slack.will("joel", BEFORE)
    house.deliver()
    house.slack.choose = lambda verb, place: Dies("no permission") if verb == "find" else None
    house.forward(seconds=20).deliver()

    (post,) = house.seen("joel")
    assert repeats(post.message)


def test_an_edit_that_is_told_to_wait_holds_back_nothing_else_there(house: House) -> None:
    """Slack counts edits by themselves: another concern's call is said meanwhile."""
    house.hear(a_concern())
    house.deliver()
    house.hear(c.Acknowledge(by=TOM), ref=REF)
    house.slack.will(JOINT, Wait(timedelta(minutes=1)))
    house.deliver()
    house.hear(replace(a_concern(), ref=OTHER))
    house.deliver()

    assert [REF in post.message.lines for post in house.seen(JOINT)] == [True, True, False, False]
    assert house.slack.pressed_on == []


def test_edits_refused_again_and_again_hold_back_no_call(house: House) -> None:
    """After four tries the card is posted anew, and the call under it is said."""
    house.hear(a_concern())
    house.deliver()
    house.slack.choose = lambda verb, place: Wait(timedelta(seconds=20)) if verb == "edit" else None
    house.forward(hours=32)
    house.settle()

    assert house.said(JOINT) == [K.CALLED, K.CALLED]


def test_a_card_that_may_not_be_edited_for_hours_is_posted_anew_at_once(house: House) -> None:
    """Whoever is called under it does not wait for hours."""
    house.hear(a_concern())
    house.deliver()
    house.slack.choose = lambda verb, place: Wait(timedelta(hours=2)) if verb == "edit" else None
    house.forward(hours=31)
    house.look()
    house.deliver()

    assert house.said(JOINT) == [K.CALLED, K.CALLED]


def test_where_looking_is_refused_for_hours_it_is_said_again_and_marked(house: House) -> None:
    """To wait as long as that would be silence."""
    house.hear(a_concern())
    house.slack.will("joel", BEFORE)
    house.deliver()
    house.slack.choose = lambda verb, place: Wait(timedelta(hours=2)) if verb == "find" else None
    house.forward(seconds=20).deliver()

    (post,) = house.seen("joel")
    assert repeats(post.message)


def test_being_told_to_wait_does_not_make_it_forget_that_it_may_be_there(house: House) -> None:
    """Refused for now while looking, then found: no second copy."""
    house.hear(a_concern())
    house.slack.will("joel", AFTER, Wait(timedelta(seconds=30)))
    house.telegram.will("tom", AFTER, Wait(timedelta(seconds=30)))
    house.deliver()
    house.forward(seconds=20).deliver()
    assert house.outbox.counts()[State.UNKNOWN] == 2
    house.forward(seconds=30).deliver()

    assert len(house.seen("joel")) == 1
    first, second = house.seen("tom")
    assert repeats(second.message)
    assert not repeats(first.message)


@pytest.mark.parametrize("lost", [BEFORE, AFTER])
def test_an_edit_of_unknown_fate_is_simply_made_again(house: House, lost: Lost) -> None:
    """Editing twice does no harm, so nothing is marked and nothing is posted."""
    house.hear(a_concern())
    house.deliver()
    house.hear(c.Acknowledge(by=TOM), ref=REF)
    house.telegram.will(COUNCIL_OWN, lost)
    house.deliver()
    house.forward(seconds=10).deliver()

    card, _ = house.seen(COUNCIL_OWN)
    assert card.shows.lines[-1] == "stage acknowledged"
    assert len(card.edits) == 1
    assert not repeats(card.shows)


def test_a_card_that_will_not_be_edited_does_not_hold_back_the_call_for_ever(house: House) -> None:
    """After four tries it is posted anew, and what follows it is said."""
    house.hear(a_concern())
    house.deliver()
    house.telegram.choose = lambda verb, place: BEFORE if verb == "edit" else None
    house.forward(hours=32)
    house.settle()

    assert house.said(COUNCIL_OWN) == [K.CALLED, K.CALLED]
    assert kinds(house.seen(COUNCIL_OWN)).count(K.CARD) == 2


def test_what_has_become_untrue_is_not_said_again(house: House) -> None:
    """It may have been posted; now somebody has answered, and nobody is called again."""
    house.hear(a_concern())
    house.telegram.will("tom", AFTER)
    house.deliver()
    house.hear(an_answer(), ref=REF)
    house.forward(minutes=5).deliver()

    assert len(house.seen("tom")) == 1
    assert house.outbox.next_wake() is None


# ---- the process itself goes away -----------------------------------------------------------------


@pytest.mark.parametrize("accepted", [True, False])
def test_a_process_killed_while_sending_leaves_the_fate_of_its_posts_unknown(
    house: House, accepted: bool
) -> None:
    """The next one looks for them, or marks them; nothing is lost and nothing is repeated unmarked."""
    house.hear(a_concern())
    claimed = house.outbox.claim(house.now, 10)
    for errand in claimed:
        messenger = house.messenger(errand.notice.place)
        if accepted and messenger:
            message = Message(errand.notice.kind, (REF,))
            run(messenger.post(errand.notice.place, message, marker=errand.marker, thread=None))
    house.restart()
    house.deliver()
    assert len(house.slack.posts + house.telegram.posts) == len(claimed) * accepted
    house.forward(seconds=20).deliver()

    slack = {place: kinds(house.seen(place)) for place in (JOINT, "joel")}
    assert slack == {JOINT: [K.CARD, K.CALLED], "joel": [K.RAISING_TOLD]}
    assert not any(repeats(post.message) for post in house.slack.posts)
    assert [repeats(post.message) for post in house.seen("tom")] == [False] * accepted + [True]
    assert house.outbox.next_wake() is None


def test_an_outcome_that_could_not_be_written_is_not_taken_for_a_failure_to_send(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The database was busy when the answer came: the next run finds the post where it can be found."""
    house.hear(a_concern())

    def busy(delivery: Delivery, message_id: str, now: object) -> bool:
        raise NotSaved("The database is busy.")

    monkeypatch.setattr(house.outbox, "sent", busy)
    with pytest.raises(NotSaved):
        house.deliver()
    monkeypatch.undo()
    gc.collect()
    assert caplog.records == [], "what failed is raised once, not left for the event loop to print"
    assert house.outbox.counts()[State.SENDING] == 5
    house.settle()

    assert kinds(house.seen(JOINT)) == [K.CARD, K.CALLED]
    assert [repeats(post.message) for post in house.seen("tom")] == [False, True]


def test_a_notice_that_cannot_be_put_into_words_stops_no_other(house: House) -> None:
    """A defect met by one message is reported when all others are sent, and tried again later."""
    broken = [True]

    def fragile(
        notice: Notice, concern: Concern, rules: Rules, repeat: bool, code: str, parts: Sequence[Part]
    ) -> Message:
        if broken[0] and notice.place.id == "tom":
            raise KeyError(notice.kind)
        return plainly(notice, concern, rules, repeat, code, parts)

    house.render = fragile
    house.restart()
    house.hear(a_concern())
    with pytest.raises(KeyError):
        house.deliver()
    assert len(house.slack.posts + house.telegram.posts) == 7

    broken[0] = False
    house.deliver()
    house.forward(seconds=20).deliver()
    assert house.said("tom") == [K.CALLED]


def test_a_run_that_is_cancelled_finishes_what_is_on_its_way(house: House) -> None:
    """A stop in the middle of a post leaves an outcome, not a question."""

    async def story() -> None:
        gate = asyncio.Event()
        house.slack.will(JOINT, Slow(gate))
        sending = asyncio.create_task(house.delivery.run())
        await until(lambda: house.said("tom") == [K.CALLED])
        sending.cancel()
        await asyncio.sleep(0)
        gate.set()
        with pytest.raises(asyncio.CancelledError):
            await sending

    house.hear(a_concern())
    run(story())
    assert house.outbox.counts()[State.SENDING] == 0
    assert kinds(house.seen(JOINT)) == [K.CARD]

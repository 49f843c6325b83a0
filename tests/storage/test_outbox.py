"""Notices on their way: whose turn it is, what became of each, and that nobody's report outlives its try."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from concerns.model import Ref
from concerns.notice import Notice, NoticeKind, Place, PlaceKind
from concerns.reference import ALPHABET
from storage.engine import Store
from storage.ledger import Ledger
from storage.outbox import Delivery, Outbox, State
from storage.queue import queue
from tests.ladders import MONDAY
from tests.storage.chance import Chance
from tests.storage.rows import dying_at_every_step, everything
from tests.worlds import a_concern

ONE, TWO = Ref("C-0000-0001"), Ref("C-0000-0002")
BOARD, COUNCIL = Place(PlaceKind.CHANNEL, "board"), Place(PlaceKind.CHANNEL, "council")
TOM = Place(PlaceKind.PERSON, "tom")
MINUTE = timedelta(minutes=1)

Owe = Callable[..., None]


@pytest.fixture
def owe(ledger: Ledger, store: Store) -> Owe:
    """Two concerns on record with nothing owed, and a hand that owes: `owe(ref, seq, notices…)`."""
    for ref in (ONE, TWO):
        ledger.change(None, replace(a_concern(), ref=ref), MONDAY)
    with store.write() as db:
        db.execute(text("DELETE FROM outbox"))

    def owed(ref: Ref, seq: int, *notices: Notice, minutes: int = 0) -> None:
        with store.write() as db:
            queue(db, [(ref, seq, [replace(n, ref=ref) for n in notices])], MONDAY + minutes * MINUTE)

    return owed


def ping(place: Place = BOARD, urgent: bool = False, kind: NoticeKind = NoticeKind.CALLED) -> Notice:
    """One thing to say there."""
    return Notice(place, kind, ONE, turn=1, urgent=urgent)


def card(place: Place = BOARD) -> Notice:
    """The live card there."""
    return ping(place, kind=NoticeKind.CARD)


def claim(outbox: Outbox, minutes: int = 60, avoid: tuple[Place, ...] = ()) -> list[Delivery]:
    """Everything whose turn it is, an hour after it was owed unless told otherwise."""
    return list(outbox.claim(MONDAY + minutes * MINUTE, 100, avoid))


def claimed_one(outbox: Outbox, minutes: int = 60) -> Delivery:
    """The one notice whose turn it is."""
    (delivery,) = claim(outbox, minutes)
    return delivery


def order(outbox: Outbox) -> list[str]:
    """The order in which everything goes out when each sending succeeds at once."""
    sent: list[str] = []
    while taken := claim(outbox):
        for delivery in taken:
            assert outbox.sent(delivery, f"m{len(sent)}", MONDAY)
            sent.append(delivery.id)
    return sent


# ---- whose turn ------------------------------------------------------------------------------------


def test_an_empty_outbox_has_nothing_to_send_and_no_reason_to_wake(outbox: Outbox) -> None:
    assert claim(outbox) == []
    assert outbox.next_wake() is None
    assert outbox.oldest_pending() is None
    assert set(outbox.counts()) == set(State)
    assert sum(outbox.counts().values()) == 0


def test_a_place_gets_one_notice_at_a_time_and_places_do_not_wait_for_each_other(
    outbox: Outbox, owe: Owe
) -> None:
    owe(ONE, 2, ping(BOARD), ping(COUNCIL), ping(BOARD), ping(TOM))
    first = claim(outbox)

    assert [delivery.id for delivery in first] == [f"{ONE}.2.0", f"{ONE}.2.1", f"{ONE}.2.3"]
    assert claim(outbox) == []
    outbox.sent(first[0], "m1", MONDAY)
    assert claimed_one(outbox).id == f"{ONE}.2.2"


def test_what_a_claim_hands_over_is_what_was_owed(outbox: Outbox, owe: Owe) -> None:
    owe(ONE, 2, ping(TOM, urgent=True), minutes=3)
    delivery = claimed_one(outbox)

    assert delivery.notice == ping(TOM, urgent=True)
    assert (delivery.ref, delivery.seq, delivery.n) == (ONE, 2, 0)
    assert delivery.created == MONDAY + 3 * MINUTE
    assert (delivery.was, delivery.attempt, delivery.started, delivery.landing) == (
        State.PENDING,
        1,
        None,
        None,
    )


def test_urgent_first_then_the_oldest(outbox: Outbox, owe: Owe) -> None:
    owe(ONE, 2, ping(), minutes=1)
    owe(ONE, 3, ping(), minutes=5)
    owe(TWO, 2, ping(urgent=True), minutes=6)

    assert order(outbox) == [f"{TWO}.2.0", f"{ONE}.2.0", f"{ONE}.3.0"]


def test_the_limit_takes_the_most_urgent_places_first(outbox: Outbox, owe: Owe) -> None:
    owe(ONE, 2, ping(BOARD), ping(COUNCIL))
    owe(TWO, 2, ping(TOM, urgent=True), minutes=5)

    assert [delivery.notice.place for delivery in outbox.claim(MONDAY + 60 * MINUTE, 1)] == [TOM]
    assert len(outbox.claim(MONDAY + 60 * MINUTE, 1)) == 1
    assert len(outbox.claim(MONDAY + 60 * MINUTE, 5)) == 1


def test_one_concern_keeps_its_order_in_a_place_even_when_a_later_notice_is_urgent(
    outbox: Outbox, owe: Owe
) -> None:
    owe(ONE, 2, card(), ping())
    owe(ONE, 3, ping(urgent=True), minutes=5)

    assert order(outbox) == [f"{ONE}.2.0", f"{ONE}.2.1", f"{ONE}.3.0"]


def test_what_stands_before_an_urgent_call_of_its_own_concern_goes_first_too(
    outbox: Outbox, owe: Owe
) -> None:
    """Otherwise an urgent call would wait for its own card behind everybody else's notices."""
    for seq in range(2, 6):
        owe(TWO, seq, ping())
    owe(ONE, 2, ping(), minutes=5)
    owe(ONE, 3, ping(urgent=True), minutes=6)

    assert order(outbox)[:2] == [f"{ONE}.2.0", f"{ONE}.3.0"]


def test_a_place_to_avoid_is_passed_over_and_holds_up_nobody(outbox: Outbox, owe: Owe) -> None:
    owe(ONE, 2, ping(BOARD), ping(COUNCIL))

    assert [delivery.notice.place for delivery in claim(outbox, avoid=(BOARD,))] == [COUNCIL]
    assert [delivery.notice.place for delivery in claim(outbox)] == [BOARD]


def test_a_card_speaks_for_those_after_it_in_its_own_turn(outbox: Outbox, owe: Owe) -> None:
    """It shows the present state when it is sent, and stays in front of what is said after it."""
    owe(ONE, 2, card(), ping())
    owe(ONE, 3, card(), card(COUNCIL))
    owe(ONE, 4, card(), ping())

    assert [at for at in order(outbox) if at != f"{ONE}.3.1"] == [f"{ONE}.2.0", f"{ONE}.2.1", f"{ONE}.4.1"]
    assert outbox.counts()[State.SUPERSEDED] == 2


def test_a_ping_does_not_overtake_the_card_that_is_not_there_yet(outbox: Outbox, owe: Owe) -> None:
    """Two changes before the first card could be sent: its fate unknown, both pings wait for it."""
    owe(ONE, 2, card(), ping())
    owe(ONE, 3, card(), ping())
    outbox.unknown(claimed_one(outbox), MONDAY, until=MONDAY + 90 * MINUTE)

    assert claim(outbox, minutes=70) == []


def test_a_card_of_another_concern_or_place_speaks_for_itself(outbox: Outbox, owe: Owe) -> None:
    owe(ONE, 2, card(BOARD), card(COUNCIL))
    owe(TWO, 2, card(BOARD))

    assert sorted(order(outbox)) == [f"{ONE}.2.0", f"{ONE}.2.1", f"{TWO}.2.0"]


def test_a_card_that_may_have_been_posted_is_settled_before_a_newer_one(outbox: Outbox, owe: Owe) -> None:
    """Two live cards in one channel would contradict each other."""
    owe(ONE, 2, card())
    outbox.unknown(claimed_one(outbox), MONDAY, until=MONDAY + 90 * MINUTE)
    owe(ONE, 3, card(), minutes=61)

    assert claim(outbox, minutes=70) == []
    again = claimed_one(outbox, minutes=90)
    assert (again.id, again.was) == (f"{ONE}.2.0", State.UNKNOWN)


# ---- what became of it -----------------------------------------------------------------------------


def test_sent_is_over_and_done_with(outbox: Outbox, owe: Owe, store: Store) -> None:
    owe(ONE, 2, ping())
    assert outbox.sent(claimed_one(outbox), "m1", MONDAY + 61 * MINUTE)

    assert claim(outbox, minutes=9999) == []
    assert outbox.counts()[State.SENT] == 1
    with store.read() as db:
        assert db.execute(text("SELECT message_id FROM outbox")).scalar_one() == "m1"


def test_a_posted_card_is_remembered_and_a_new_post_of_it_too(outbox: Outbox, owe: Owe) -> None:
    owe(ONE, 2, card(), ping())
    assert outbox.card(ONE, BOARD) is None
    outbox.sent(claimed_one(outbox), "m1", MONDAY)
    outbox.sent(claimed_one(outbox), "m2", MONDAY)
    assert outbox.card(ONE, BOARD) == "m1"

    owe(ONE, 3, card())
    outbox.sent(claimed_one(outbox), "m3", MONDAY)
    assert outbox.card(ONE, BOARD) == "m3"
    assert outbox.card(ONE, COUNCIL) is None
    assert outbox.card(TWO, BOARD) is None


def test_waiting_comes_up_again_at_its_time_and_not_before(outbox: Outbox, owe: Owe) -> None:
    owe(ONE, 2, ping(), ping())
    first = claimed_one(outbox)
    assert outbox.waiting(first, until=MONDAY + 70 * MINUTE)

    assert outbox.next_wake() == MONDAY  # its follower; the claim knows that it must wait
    assert claim(outbox, minutes=69) == []
    again = claimed_one(outbox, minutes=70)
    assert (again.id, again.was, again.attempt, again.landing) == (first.id, State.WAITING, 2, None)
    assert again.started == MONDAY + 60 * MINUTE


def test_ready_means_that_something_may_be_sent_now_whatever_else_is_owed(outbox: Outbox, owe: Owe) -> None:
    """What was queued by a clock that was ahead hides nothing, nor does what waits."""
    assert not outbox.ready(MONDAY)
    owe(ONE, 2, ping())
    outbox.waiting(claimed_one(outbox), until=MONDAY + 70 * MINUTE)
    assert not outbox.ready(MONDAY + 69 * MINUTE)
    assert outbox.ready(MONDAY + 70 * MINUTE)

    owe(TWO, 2, ping(), minutes=600)
    assert outbox.ready(MONDAY)
    assert claimed_one(outbox).ref == TWO
    assert not outbox.ready(MONDAY)


def test_waiting_holds_up_no_other_concern_in_the_same_place(outbox: Outbox, owe: Owe) -> None:
    """Whether the place itself must rest is for whoever paces it to say, with `avoid`."""
    owe(ONE, 2, ping())
    owe(TWO, 2, ping(), minutes=1)
    outbox.waiting(claimed_one(outbox), until=MONDAY + 70 * MINUTE)

    assert claimed_one(outbox).ref == TWO


def test_unknown_comes_up_again_to_be_looked_for_under_the_same_marker(outbox: Outbox, owe: Owe) -> None:
    owe(ONE, 2, ping())
    first = claimed_one(outbox)
    landing = MONDAY + 61 * MINUTE
    assert outbox.unknown(first, landing, until=MONDAY + 62 * MINUTE)

    assert outbox.next_wake() == MONDAY + 62 * MINUTE
    assert claim(outbox, minutes=61) == []
    again = claimed_one(outbox, minutes=62)
    assert (again.was, again.landing, again.started) == (State.UNKNOWN, landing, MONDAY + 60 * MINUTE)
    assert (again.marker, again.code) == (first.marker, first.code)


def test_markers_are_opaque_and_codes_can_be_said(outbox: Outbox, owe: Owe) -> None:
    owe(ONE, 2, ping(BOARD), ping(COUNCIL), ping(TOM))
    taken = claim(outbox)

    assert len({delivery.marker for delivery in taken}) == 3
    for delivery in taken:
        assert len(bytes.fromhex(delivery.marker)) == 16
        assert ONE not in delivery.marker
        assert len(delivery.code) == 4
        assert set(delivery.code) <= set(ALPHABET)


@pytest.mark.parametrize("state", [State.SUPERSEDED, State.DEAD])
def test_superseded_and_dead_are_over_with_their_reason_kept(
    outbox: Outbox, owe: Owe, store: Store, state: State
) -> None:
    owe(ONE, 2, ping(), ping())
    end = outbox.superseded if state is State.SUPERSEDED else outbox.dead
    assert end(claimed_one(outbox), "they have answered", MONDAY)

    assert claimed_one(outbox).id == f"{ONE}.2.1"
    assert outbox.counts()[state] == 1
    with store.read() as db:
        assert db.execute(text("SELECT why FROM outbox WHERE n = 0")).scalar_one() == "they have answered"


def test_dead_is_never_quiet_whom_to_tell_is_queued_in_the_same_breath(
    outbox: Outbox, owe: Owe, store: Store
) -> None:
    owe(ONE, 2, ping(BOARD), ping(COUNCIL))
    first, second = claim(outbox)
    tell = [ping(TOM), replace(ping(Place(PlaceKind.PERSON, "sam")), kind=NoticeKind.DEAD_LETTER)]
    told, steps = dying_at_every_step(store, lambda: outbox.dead(first, "the channel is gone", MONDAY, tell))

    assert told
    assert steps >= 4
    assert not outbox.dead(first, "the channel is gone", MONDAY, tell), "a second report queues nothing more"
    assert outbox.dead(second, "the channel is gone", MONDAY, tell)
    assert order(outbox) == [f"{ONE}.2.3", f"{ONE}.2.2"], "nobody is told the same of one change twice"


REPORTS: dict[str, Callable[[Outbox, Delivery], bool]] = {
    "sent": lambda outbox, delivery: outbox.sent(delivery, "late", MONDAY),
    "waiting": lambda outbox, delivery: outbox.waiting(delivery, MONDAY),
    "unknown": lambda outbox, delivery: outbox.unknown(delivery, MONDAY, MONDAY),
    "superseded": lambda outbox, delivery: outbox.superseded(delivery, "late", MONDAY),
    "dead": lambda outbox, delivery: outbox.dead(delivery, "late", MONDAY, [ping(TOM)]),
}


@pytest.mark.parametrize("report", REPORTS)
def test_a_report_about_an_older_try_is_not_believed(
    outbox: Outbox, owe: Owe, store: Store, report: str
) -> None:
    owe(ONE, 2, card())
    older = claimed_one(outbox)
    outbox.recover(MONDAY, until=MONDAY)
    newer = claimed_one(outbox)
    before = everything(store)

    assert not REPORTS[report](outbox, older)
    assert everything(store) == before
    assert REPORTS[report](outbox, newer)


@pytest.mark.parametrize("report", REPORTS)
def test_a_report_counts_once(outbox: Outbox, owe: Owe, store: Store, report: str) -> None:
    owe(ONE, 2, card())
    delivery = claimed_one(outbox)
    assert REPORTS[report](outbox, delivery)
    before = everything(store)

    for other in REPORTS.values():
        assert not other(outbox, delivery)
    assert everything(store) == before


# ---- starting again --------------------------------------------------------------------------------


def test_what_was_on_its_way_when_the_sender_died_is_unknown(outbox: Outbox, owe: Owe, store: Store) -> None:
    owe(ONE, 2, ping(BOARD), ping(COUNCIL), ping(TOM))
    claim(outbox)
    reborn = Outbox(store, Chance("reborn"))

    assert claim(reborn) == []
    assert reborn.recover(MONDAY + 61 * MINUTE, until=MONDAY + 62 * MINUTE) == 3
    assert reborn.recover(MONDAY + 61 * MINUTE, until=MONDAY + 62 * MINUTE) == 0
    assert claim(reborn, minutes=61) == []
    again = claim(reborn, minutes=62)
    assert {delivery.was for delivery in again} == {State.UNKNOWN}
    assert {delivery.landing for delivery in again} == {MONDAY + 61 * MINUTE}


def test_recovery_can_leave_the_tries_of_living_replicas_alone(outbox: Outbox, owe: Owe) -> None:
    owe(ONE, 2, ping(BOARD))
    claim(outbox, minutes=60)
    owe(ONE, 3, ping(COUNCIL))
    claim(outbox, minutes=70)
    cutoff = MONDAY + 65 * MINUTE

    assert outbox.recover(MONDAY + 71 * MINUTE, MONDAY + 71 * MINUTE, started_before=cutoff) == 1
    assert claimed_one(outbox, minutes=80).notice.place == BOARD


def test_recovery_finds_what_was_begun_by_a_clock_that_has_gone_back_since(outbox: Outbox, owe: Owe) -> None:
    """Where replicas share the outbox nobody else would ever take it up before that hour comes again."""
    owe(ONE, 2, ping(BOARD))
    outbox.claim(MONDAY + 120 * MINUTE, 1)

    cutoff = MONDAY - MINUTE
    assert outbox.recover(MONDAY, MONDAY, started_before=cutoff) == 1


def test_a_claim_that_dies_has_taken_nothing(outbox: Outbox, owe: Owe, store: Store) -> None:
    owe(ONE, 2, card(), ping(COUNCIL))
    owe(ONE, 3, card())
    taken, _ = dying_at_every_step(store, lambda: claim(outbox))

    assert len(taken) == 2


def test_senders_side_by_side_never_take_the_same_notice_or_the_same_place(owe: Owe, store: Store) -> None:
    for seq in range(2, 12):
        owe(ONE, seq, *(ping(place) for place in (BOARD, COUNCIL, TOM)))
    total, seen = 30, list[str]()

    def send(name: str) -> None:
        mine = Outbox(store, Chance(name))
        idle = 0
        while idle < 3 and len(seen) < total:
            taken = mine.claim(MONDAY + 60 * MINUTE, 2)
            idle = 0 if taken else idle + 1
            for delivery in taken:
                assert mine.sent(delivery, delivery.id, MONDAY)
                seen.append(delivery.id)

    with ThreadPoolExecutor(4) as senders:
        list(senders.map(send, "abcd"))
    send("last")

    assert len(seen) == total
    assert len(set(seen)) == total
    for place in range(3):
        there = [at for at in seen if at.endswith(f".{place}")]
        assert there == sorted(there, key=lambda at: int(at.split(".")[1]))


# ---- what it costs ---------------------------------------------------------------------------------


def test_what_is_over_and_done_with_costs_nothing(owe: Owe, store: Store) -> None:
    """The questions asked at every turn look at the indexes of what is owed, not at the whole table."""
    asked = {
        "outbox_open": "SELECT min(place) FROM outbox WHERE finished_at IS NULL AND place > 'a'",
        "outbox_sending": "SELECT place FROM outbox WHERE state = 'sending'",
    }
    on_sqlite = store.dialect == "sqlite"
    with store.read() as db:
        if not on_sqlite:
            db.execute(text("SET LOCAL enable_seqscan = off"))
        for index, statement in asked.items():
            explain = "EXPLAIN QUERY PLAN " if on_sqlite else "EXPLAIN "
            assert index in " ".join(str(row) for row in db.execute(text(explain + statement)))

"""Several concerns, one ping: what is merged, what is not, and that the one row owes them all."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import text

from concerns.model import Ref
from concerns.notice import Notice, Place, PlaceKind
from concerns.notice import NoticeKind as K
from concerns.reference import make
from storage.engine import Store
from storage.ledger import Ledger
from storage.outbox import Delivery, Outbox, State
from storage.queue import queue
from tests.ladders import MONDAY
from tests.storage.rows import dying_at_every_step
from tests.storage.test_outbox import BOARD, COUNCIL, MINUTE, TOM, claim, claimed_one, ping
from tests.worlds import a_concern

MANY = tuple(make(n) for n in range(25))
ONE, TWO, THREE = MANY[:3]
SAM = Place(PlaceKind.PERSON, "sam")

Owe = Callable[..., None]


@pytest.fixture
def owe(ledger: Ledger, store: Store) -> Owe:
    """Concerns on record with their cards posted, and a hand that owes: `owe(ref, seq, notices…)`."""
    for ref in MANY:
        ledger.change(None, replace(a_concern(), ref=ref), MONDAY)
    with store.write() as db:
        db.execute(text("DELETE FROM outbox"))
        for ref in MANY:
            for place in (BOARD, COUNCIL):
                row = {"ref": ref, "place": str(place), "id": "c"}
                db.execute(text("INSERT INTO cards (ref, place, message_id) VALUES (:ref, :place, :id)"), row)

    def owed(ref: Ref, seq: int, *notices: Notice, minutes: int = 0) -> None:
        with store.write() as db:
            queue(db, [(ref, seq, [replace(n, ref=ref) for n in notices])], MONDAY + minutes * MINUTE)

    return owed


def together(delivery: Delivery) -> list[Ref]:
    """The concerns one delivery speaks of."""
    return [delivery.notice.ref, *(part.ref for part in delivery.notice.along)]


def all_of(outbox: Outbox) -> list[list[Ref]]:
    """What goes out, message by message, when each sending succeeds at once."""
    said = []
    while taken := claim(outbox):
        for delivery in taken:
            assert outbox.sent(delivery, "m", MONDAY)
            said.append(together(delivery))
    return said


def test_what_several_concerns_say_alike_in_one_place_at_one_instant_is_said_once(
    outbox: Outbox, owe: Owe
) -> None:
    for ref in (ONE, TWO, THREE):
        owe(ref, 2, ping())
    delivery = claimed_one(outbox)

    assert together(delivery) == [ONE, TWO, THREE]
    assert delivery.notice == replace(
        ping(), ref=ONE, along=(replace(ping(), ref=TWO), replace(ping(), ref=THREE))
    )
    assert outbox.sent(delivery, "m1", MONDAY)
    assert claim(outbox) == []
    counts = outbox.counts()
    assert (counts[State.SENT], counts[State.SUPERSEDED]) == (1, 2)


def test_the_reason_says_with_which_it_was_said(outbox: Outbox, owe: Owe, store: Store) -> None:
    owe(ONE, 2, ping())
    owe(TWO, 2, ping())
    outbox.sent(claimed_one(outbox), "m1", MONDAY)

    with store.read() as db:
        why = db.execute(text("SELECT why FROM outbox WHERE ref = :ref"), {"ref": TWO}).scalar_one()
    assert why == f"said together with {ONE}.2.0"


def test_with_very_many_another_ping_follows(outbox: Outbox, owe: Owe) -> None:
    for ref in MANY:
        owe(ref, 2, ping())

    assert [len(said) for said in all_of(outbox)] == [20, 5]


APART: dict[str, Notice] = {
    "another place": ping(COUNCIL),
    "another kind": ping(kind=K.REMINDED),
    "urgent": ping(urgent=True),
}


@pytest.mark.parametrize("apart", APART)
def test_what_differs_is_said_by_itself(outbox: Outbox, owe: Owe, apart: str) -> None:
    owe(ONE, 2, ping())
    owe(TWO, 2, APART[apart])

    assert sorted(all_of(outbox)) == [[ONE], [TWO]]


def test_another_instant_is_said_by_itself(outbox: Outbox, owe: Owe) -> None:
    owe(ONE, 2, ping())
    owe(TWO, 2, ping(), minutes=1)

    assert all_of(outbox) == [[ONE], [TWO]]


@pytest.mark.parametrize("kind", [K.CARD, K.DIGEST, K.ANSWERED, K.RING_THEM])
def test_cards_digests_and_what_one_person_did_are_never_merged(outbox: Outbox, owe: Owe, kind: K) -> None:
    owe(ONE, 2, ping(kind=kind))
    owe(TWO, 2, ping(kind=kind))

    assert all_of(outbox) == [[ONE], [TWO]]


def test_what_a_concern_has_to_say_before_is_said_before(outbox: Outbox, owe: Owe) -> None:
    owe(ONE, 2, ping())
    owe(TWO, 2, ping(kind=K.REMINDED), ping())

    assert all_of(outbox) == [[ONE], [TWO], [TWO]]


def test_a_card_that_only_shows_the_latest_need_not_go_first_but_a_first_card_must(
    outbox: Outbox, owe: Owe, store: Store
) -> None:
    owe(ONE, 2, ping())
    owe(TWO, 2, ping(kind=K.CARD), ping())
    owe(THREE, 2, ping(kind=K.CARD), ping())
    with store.write() as db:
        db.execute(text("DELETE FROM cards WHERE ref = :ref"), {"ref": THREE})

    assert all_of(outbox) == [[ONE, TWO], [TWO], [THREE], [THREE]]


def test_what_was_tried_before_gathers_nobody(outbox: Outbox, owe: Owe) -> None:
    owe(ONE, 2, ping())
    outbox.waiting(claimed_one(outbox), until=MONDAY)
    owe(TWO, 2, ping())

    assert all_of(outbox) == [[ONE], [TWO]]


def test_a_retry_still_owes_them_all_and_holds_back_what_they_say_next(outbox: Outbox, owe: Owe) -> None:
    owe(ONE, 2, ping())
    owe(TWO, 2, ping())
    owe(TWO, 3, ping(kind=K.REMINDED), minutes=1)
    outbox.unknown(claimed_one(outbox), MONDAY, until=MONDAY + 90 * MINUTE)
    assert claim(outbox, minutes=70) == [], "what comes after waits until the fate of the first is known"

    again = claimed_one(outbox, minutes=90)
    assert together(again) == [ONE, TWO]
    outbox.sent(again, "m1", MONDAY)
    assert together(claimed_one(outbox, minutes=90)) == [TWO]


def test_a_sender_that_dies_leaves_them_together(outbox: Outbox, owe: Owe) -> None:
    owe(ONE, 2, ping())
    owe(TWO, 2, ping())
    claim(outbox)
    outbox.recover(MONDAY, until=MONDAY)

    assert together(claimed_one(outbox)) == [ONE, TWO]


def test_each_step_of_it_is_one_transaction(outbox: Outbox, owe: Owe, store: Store) -> None:
    for ref in (ONE, TWO, THREE):
        owe(ref, 2, ping())
    (delivery,), _ = dying_at_every_step(store, lambda: claim(outbox))
    tell = [replace(ping(TOM), ref=ref) for ref in (ONE, TWO, THREE)]
    dying_at_every_step(store, lambda: outbox.dead(delivery, "the channel is gone", MONDAY, tell))

    assert all_of(outbox) == [[ONE, TWO, THREE]]


def test_when_it_dies_each_part_is_told_under_its_own_change(outbox: Outbox, owe: Owe, store: Store) -> None:
    """Whoever is told the same of that change anyway is not told it twice."""
    owe(ONE, 2, ping())
    owe(TWO, 4, ping(), ping(TOM))
    board = next(one for one in claim(outbox) if one.notice.place == BOARD)
    assert together(board) == [ONE, TWO]
    tell = [replace(ping(place), ref=ref) for ref in (ONE, TWO) for place in (TOM, SAM)]
    assert outbox.dead(board, "the channel is gone", MONDAY, tell)

    with store.read() as db:
        rows = db.execute(text("SELECT ref, seq, n, place FROM outbox ORDER BY ref, seq, n")).all()
    assert [tuple(row) for row in rows] == [
        (ONE, 2, 0, "channel:board"),
        (ONE, 2, 1, "person:tom"),
        (ONE, 2, 2, "person:sam"),
        (TWO, 4, 0, "channel:board"),
        (TWO, 4, 1, "person:tom"),
        (TWO, 4, 2, "person:sam"),
    ]

"""Which openings were served: once each, whoever dies on the way, whoever else is at it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from concerns.model import Ref
from concerns.notice import Notice, NoticeKind, Place, PlaceKind
from concerns.reference import make
from storage.digests import Digests, Round
from storage.engine import Store
from storage.ledger import Ledger
from storage.outbox import Outbox, State
from tests.ladders import MONDAY
from tests.partnership import COUNCIL, RIVERSIDE
from tests.storage.rows import dying_at_every_step, forge, statements
from tests.worlds import a_concern

TOMORROW = MONDAY + timedelta(days=1)
REF = Ref(make(7))


@pytest.fixture
def digests(store: Store, ledger: Ledger) -> Digests:
    """Nothing served yet, one concern on record, and nothing owed."""
    ledger.change(None, replace(a_concern(), ref=REF), MONDAY)
    with store.write() as db:
        db.execute(text("DELETE FROM outbox"))
    return Digests(store)


def told(person: str = "tom") -> Notice:
    """What waits on one person."""
    return Notice(Place(PlaceKind.PERSON, person), NoticeKind.DIGEST, REF, turn=1, urgent=False)


def opened(*people: str) -> Round:
    """The council's opening, and who is told something at it."""
    return Round(COUNCIL, TOMORROW, tuple((told(person), 2) for person in people))


def test_an_agency_seen_for_the_first_time_begins_now(digests: Digests) -> None:
    assert digests.served([COUNCIL], MONDAY) == {COUNCIL: MONDAY}
    assert digests.served([COUNCIL, RIVERSIDE], TOMORROW) == {COUNCIL: MONDAY, RIVERSIDE: TOMORROW}
    assert digests.served([], TOMORROW) == {}


def test_known_agencies_are_only_looked_up(digests: Digests, store: Store) -> None:
    digests.served([COUNCIL, RIVERSIDE], MONDAY)
    with statements(store) as heard:
        digests.served([COUNCIL, RIVERSIDE], TOMORROW)

    assert [statement.split()[0] for statement in heard if not statement.startswith("BEGIN")] == ["SELECT"]


def test_an_opening_is_served_once(digests: Digests, outbox: Outbox) -> None:
    digests.served([COUNCIL], MONDAY)

    assert digests.serve([opened("tom", "grace")], TOMORROW) == 2
    assert digests.serve([opened("tom", "grace")], TOMORROW) == 0
    assert digests.served([COUNCIL], TOMORROW) == {COUNCIL: TOMORROW}
    assert outbox.counts()[State.PENDING] == 2


def test_an_opening_at_which_nothing_waits_is_served_too(digests: Digests, outbox: Outbox) -> None:
    digests.served([COUNCIL], MONDAY)

    assert digests.serve([opened()], TOMORROW) == 0
    assert digests.served([COUNCIL], TOMORROW) == {COUNCIL: TOMORROW}
    assert outbox.counts()[State.PENDING] == 0


def test_a_process_that_dies_has_neither_said_it_nor_noted_it(
    digests: Digests, outbox: Outbox, store: Store
) -> None:
    digests.served([COUNCIL], MONDAY)
    sent, steps = dying_at_every_step(store, lambda: digests.serve([opened("tom", "grace")], TOMORROW))

    assert (sent, steps > 5) == (2, True)
    assert outbox.counts()[State.PENDING] == 2


def test_replicas_side_by_side_serve_it_once(digests: Digests, outbox: Outbox) -> None:
    digests.served([COUNCIL], MONDAY)
    with ThreadPoolExecutor(4) as replicas:
        served = list(replicas.map(lambda _: digests.serve([opened("tom")], TOMORROW), range(4)))

    assert sorted(served) == [0, 0, 0, 1]
    assert outbox.counts()[State.PENDING] == 1


def test_it_is_numbered_on_from_what_the_change_owes_already(
    digests: Digests, ledger: Ledger, outbox: Outbox
) -> None:
    other = Ref(make(8))
    changed = ledger.change(None, replace(a_concern(), ref=other), MONDAY)
    owed = outbox.counts()[State.PENDING]
    digests.served([COUNCIL], MONDAY)
    about = replace(told(), ref=other)

    digests.serve([Round(COUNCIL, TOMORROW, ((about, 2), (replace(about, turn=2), 2)))], TOMORROW)

    assert changed is not None
    assert outbox.counts()[State.PENDING] == owed + 2


def test_a_concern_that_cannot_be_read_stands_in_nobodys_way(
    digests: Digests, ledger: Ledger, store_url: str
) -> None:
    ledger.change(None, replace(a_concern(), ref=Ref(make(8))), MONDAY)
    forge(store_url, "UPDATE concerns SET snapshot = :snapshot WHERE ref = :ref", snapshot=b"{}", ref=REF)

    assert [concern.ref for concern in digests.open_concerns()] == [make(8)]

"""Writers in each other's way on PostgreSQL: what can wait does, and who must give way begins again."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, text

from concerns import events as e
from concerns.notice import NoticeKind
from storage.engine import Store, open_store
from storage.errors import Collided
from storage.ledger import Changed, Ledger
from storage.outbox import Outbox
from tests.ladders import MONDAY
from tests.worlds import REF, a_concern, a_contact


@pytest.fixture
def store(postgresql_url: str) -> Iterator[Store]:
    """PostgreSQL: SQLite lets in one writer at a time, so none is ever chosen to give way."""
    opened = open_store(postgresql_url)
    yield opened
    opened.close()


class InTheWay:
    """Something in a change that PostgreSQL undoes, so many times."""

    def __init__(self, code: str, times: int) -> None:
        self._undo = text(f"DO $$ BEGIN RAISE EXCEPTION 'give way' USING ERRCODE = '{code}'; END $$")
        self.times = times

    def __call__(self, db: Connection) -> None:
        """Part of the transaction."""
        self.times -= 1
        if self.times >= 0:
            db.execute(self._undo)


@pytest.mark.parametrize("code", ["40P01", "40001"])
def test_a_change_that_had_to_give_way_is_made_anew_and_once(ledger: Ledger, code: str) -> None:
    ledger.change(None, a_concern(), MONDAY)

    changed = ledger.change(REF, a_contact(MONDAY), MONDAY, "slack-1", InTheWay(code, 2))

    assert isinstance(changed, Changed)
    assert sum(isinstance(event, e.ContactLogged) for event in ledger.history(REF)) == 1
    assert ledger.check() == []


def test_one_that_must_always_give_way_is_told_calmly_and_leaves_nothing(ledger: Ledger) -> None:
    ledger.change(None, a_concern(), MONDAY)
    before = ledger.history(REF)

    with pytest.raises(Collided, match=r"^The database is busy with something else\.$"):
        ledger.change(REF, a_contact(MONDAY), MONDAY, "slack-1", InTheWay("40P01", 99))
    assert ledger.history(REF) == before


def test_a_first_card_is_reported_while_its_concern_is_being_changed(ledger: Ledger, outbox: Outbox) -> None:
    """Its row refers to the concern; waiting for the change would hold up delivery, and may never end."""
    ledger.change(None, a_concern(), MONDAY)
    card = next(one for one in outbox.claim(MONDAY, 100) if one.notice.kind is NoticeKind.CARD)
    reported: list[bool] = []

    ledger.change(
        REF,
        a_contact(MONDAY),
        MONDAY,
        also=lambda db: reported.append(outbox.sent(card, "m1", MONDAY)),
    )

    assert reported == [True]
    assert outbox.card(REF, card.notice.place) == "m1"

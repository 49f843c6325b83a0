"""What stands open, read without a key or a rule."""

from dataclasses import replace

from concerns import commands as c
from concerns.model import Ref
from storage.engine import Store
from storage.ledger import Ledger
from storage.listing import listing
from tests.ladders import MONDAY
from tests.partnership import AMIRA
from tests.worlds import REF, a_concern, words

CLOSED = Ref("C-0000-0000")


def test_open_concerns_are_listed_as_the_ledger_has_them_and_closed_ones_are_not(
    ledger: Ledger, store: Store
) -> None:
    assert listing(store, open_only=True) == ()
    ledger.change(None, a_concern(), MONDAY)
    ledger.change(None, replace(a_concern(), ref=CLOSED), MONDAY)
    ledger.change(CLOSED, c.Withdraw(by=AMIRA, words=words(reason="It was a misunderstanding.")), MONDAY)

    assert [concern.ref for concern in listing(store, open_only=True)] == [REF]
    assert listing(store, open_only=True) == ledger.listing(open_only=True)
    assert len(ledger.listing()) == 2

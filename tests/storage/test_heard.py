"""How far a door has heard: one mark each, found again after a restart."""

from datetime import timedelta

from storage.engine import Store
from storage.heard import Heard, Mark
from tests.ladders import MONDAY


def test_a_door_never_opened_has_no_mark(store: Store) -> None:
    assert Heard(store).of("telegram:1") is None


def test_the_last_mark_counts_and_each_door_has_its_own(store: Store) -> None:
    heard = Heard(store)
    heard.put("telegram:1", Mark(2**40, MONDAY))
    heard.put("telegram:2", Mark(5, MONDAY))
    heard.put("telegram:1", Mark(7, MONDAY + timedelta(hours=1)))

    assert Heard(store).of("telegram:1") == Mark(7, MONDAY + timedelta(hours=1))
    assert Heard(store).of("telegram:2") == Mark(5, MONDAY)

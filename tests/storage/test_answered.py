"""Requests that changed no concern: each counts once, for every replica, until nobody can send it again."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from storage.answered import KEPT, Answered
from storage.engine import Store, open_store
from tests.ladders import MONDAY
from tests.storage.rows import Broken


def test_a_request_is_known_from_the_first_time_it_was_answered(store: Store) -> None:
    answered = Answered(store)

    assert not answered.before("slack:riverside:1")
    assert answered.note("slack:riverside:1", MONDAY)
    assert answered.before("slack:riverside:1")
    assert not answered.before("slack:council:1")


def test_said_twice_it_is_new_only_once(store: Store) -> None:
    answered = Answered(store)

    assert [answered.note("r1", MONDAY) for _ in range(2)] == [True, False]


def test_a_replica_knows_what_another_has_answered(store: Store, store_url: str) -> None:
    Answered(store).note("r1", MONDAY)
    other = open_store(store_url)

    assert Answered(other).before("r1")
    other.close()


def test_of_many_who_note_it_at_once_one_is_first(store: Store) -> None:
    def note(_: int) -> bool:
        return Answered(store).note("r1", MONDAY)

    with ThreadPoolExecutor(8) as many:
        assert sorted(many.map(note, range(8)))[-2:] == [False, True]


@pytest.mark.parametrize("late", [False, True])
def test_it_is_forgotten_after_a_day_and_not_before(store: Store, late: bool) -> None:
    answered = Answered(store)
    answered.note("r1", MONDAY)

    gone = answered.sweep(MONDAY + KEPT + (MONDAY.resolution if late else 0 * KEPT))

    assert gone == int(late)
    assert answered.before("r1") is not late


def test_taken_with_what_it_led_to_it_stands_or_falls_with_that(store: Store) -> None:
    answered = Answered(store)

    def undone() -> None:
        with store.write() as db:
            assert answered.take("r1", MONDAY, db)
            raise Broken

    with pytest.raises(Broken):
        undone()
    assert not answered.before("r1")

    with store.write() as db:
        assert answered.take("r1", MONDAY, db)
        assert not answered.take("r1", MONDAY, db)
    assert answered.before("r1")

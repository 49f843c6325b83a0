"""Writers of one process go in the order they came."""

from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from storage.errors import NotSaved
from storage.turns import Turns
from tests.storage.lines import WatchedLine


def test_turns_go_in_the_order_people_came() -> None:
    turns, order, line = Turns(patience=10), list[int](), WatchedLine()
    turns._line = line

    def take(number: int) -> None:
        with turns.take():
            order.append(number)

    with ThreadPoolExecutor(5) as people:
        waiting: list[Future[None]] = []
        with turns.take():
            line.joined()
            for number in range(5):
                waiting.append(people.submit(take, number))
                line.joined()
        for done in waiting:
            done.result()

    assert order == [0, 1, 2, 3, 4]


def test_patience_ends_calmly_and_the_queue_goes_on_without_the_impatient() -> None:
    turns = Turns(patience=0)
    with turns.take(), ThreadPoolExecutor(1) as people:
        with pytest.raises(NotSaved, match="busy"):
            people.submit(turns.take().__enter__).result()
        assert len(turns._line) == 1

    with turns.take():
        pass


def test_whoever_fails_in_their_turn_still_gives_it_up() -> None:
    turns = Turns(patience=0)
    with pytest.raises(RuntimeError), turns.take():
        raise RuntimeError

    with turns.take():
        pass

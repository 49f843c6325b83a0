"""A process killed at any commit: nothing is lost, nothing called twice, nothing repeated unmarked."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from concerns.commands import Command
from concerns.model import Ref
from concerns.notice import NoticeKind as K
from storage.ledger import Changed, Repeated
from tests.ladders import london, ruled
from tests.partnership import CHANNELS, DIRECTORY, NADIA
from tests.reminders.house import House, fresh_house
from tests.reminders.mortal import End, Killed, Life, mortal
from tests.reminders.platforms import repeats
from tests.stores import Databases
from tests.worlds import REF, a_concern, an_answer

JOINT = "riverside-council"
# One channel on Slack is enough, with people on both platforms, and makes the story short.
FEW = ruled(directory=replace(DIRECTORY, channels=tuple(ch for ch in CHANNELS if ch.id == JOINT)))
PLACES = (JOINT, *(person.id for person in DIRECTORY.people))


@dataclass(frozen=True)
class Told:
    """What remains of a story: the record, what people heard place by place, and the card as it stands."""

    record: list[tuple[object, ...]]
    heard: dict[str, list[tuple[str, ...]]]
    card: tuple[str, ...]


class Telling:
    """The story of one concern: raised, lapsed, lapsed, answered. Killed, it goes on in a new process."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.deaths = 0

    def tell(self, life: Life) -> Told:
        """People whose request was cut off make it again, as platforms do."""
        house = self.house
        self._begin(life)
        self._surely(lambda: self._ask(None, a_concern(), "first"))
        self._surely(house.deliver)
        for due in ("Tue 1 Dec 2026 17:00", "Wed 2 Dec 2026 17:00"):
            house.now = london(due)
            self._surely(house.look)
            self._surely(house.deliver)
        house.now = london("Thu 3 Dec 2026 10:00")
        self._surely(lambda: self._ask(REF, an_answer(NADIA), "second"))
        self._surely(house.settle)
        assert house.ledger.check() == []
        card, *more = [post for post in house.seen(JOINT) if post.message.title == K.CARD]
        assert more == []
        return Told(self._record(), {place: self._heard(place) for place in PLACES}, card.shows.lines)

    def _begin(self, life: Life) -> None:
        house = self.house
        house.open_store = mortal(life)
        house.slack.alive = house.telegram.alive = life.go_on
        house.start()

    def _surely(self, step: Callable[[], object]) -> None:
        try:
            step()
        except Killed:
            self.deaths += 1
            self._begin(Life.without_end())
            self.house.settle()
            step()

    def _ask(self, ref: Ref | None, command: Command, request: str) -> None:
        outcome = self.house.ledger.change(ref, command, self.house.now, request)
        assert isinstance(outcome, Changed | Repeated)

    def _record(self) -> list[tuple[object, ...]]:
        names = ("tier", "due", "acknowledge_due", "reminders", "acceptance_due", "late")
        history = self.house.ledger.history(REF)
        return [(type(event).__name__, *(getattr(event, name, None) for name in names)) for event in history]

    def _heard(self, place: str) -> list[tuple[str, ...]]:
        """What people were told; a copy counts once, and every copy but one must say that it may be one."""
        seen: dict[str, tuple[str, ...]] = {}
        for post in self.house.seen(place):
            assert post.marker not in seen or repeats(post.message), f"{post} is said twice"
            seen.setdefault(post.marker, (post.message.title, *post.message.lines[-4:]))
        return [said for said in seen.values() if said[0] != K.CARD]


def test_the_story_when_nobody_is_killed(databases: Databases) -> None:
    """What the stories below are compared with, so that they cannot all agree on nothing."""
    with fresh_house(databases, FEW) as house:
        told = Telling(house).tell(Life.without_end())

    assert told.heard["tom"] == [(K.CALLED, REF, "turn 1", "times 0", "stage called")]
    assert [said[:3] for said in told.heard[JOINT]] == [
        (K.CALLED, REF, "turn 1"),
        (K.CALLED, REF, "turn 2"),
        (K.CALLED, REF, "turn 3"),
        (K.ANSWERED, REF, "turn 4"),
    ]
    assert [line[0] for line in told.record].count("Lapsed") == 2
    assert told.card == (REF, "turn 4", "times 0", "stage answered")


@pytest.mark.parametrize("end", End)
def test_a_process_may_die_at_any_commit(end: End, databases: Databases) -> None:
    """Whichever commit it is: the same record, the same messages, and the same card as if it had lived."""
    whole = Life.without_end()
    with fresh_house(databases, FEW) as house:
        lived = Telling(house).tell(whole)

    for last in range(1, whole.commits + 1):
        with fresh_house(databases, FEW) as house:
            telling = Telling(house)
            assert telling.tell(Life(last, end)) == lived, f"killed {end} commit {last}"
        assert telling.deaths == 1
        markers = [post.marker for post in house.slack.posts]
        assert len(markers) == len(set(markers)), "where there is a history there is no repeat at all"
        assert not any(repeats(post.message) for post in house.slack.posts)

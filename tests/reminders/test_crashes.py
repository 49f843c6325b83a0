"""A process killed at any commit restarts with nothing lost, nothing called twice, nothing repeated unmarked."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from concerns.commands import Command
from concerns.model import Ref
from concerns.notice import NoticeKind as K
from storage.ledger import Changed, Repeated
from tests.ladders import london, ruled
from tests.partnership import CHANNELS, DIRECTORY, NADIA
from tests.reminders.fakes import House, repeats
from tests.reminders.mortal import End, Killed, Life, mortal
from tests.worlds import REF, a_concern, an_answer

JOINT, COUNCIL_OWN = "riverside-council", "council-escalations"
# One channel on each platform is enough, and makes the story short.
FEW = ruled(
    directory=replace(DIRECTORY, channels=tuple(ch for ch in CHANNELS if ch.id in {JOINT, COUNCIL_OWN}))
)
PLACES = (JOINT, COUNCIL_OWN, *(person.id for person in DIRECTORY.people))


class Telling:
    """The story of one concern: raised, lapsed, lapsed, answered. Killed, it goes on in a new process."""

    def __init__(self, url: str, folder: Path, life: Life) -> None:
        self.house = House(url, folder, rules=FEW)
        self.deaths = 0
        self._begin(life)

    def tell(self) -> "Telling":
        """People whose request was cut off make it again, as platforms do."""
        house = self.house
        self._surely(lambda: self._ask(None, a_concern(), "first"))
        self._surely(house.deliver)
        for due in ("Tue 1 Dec 2026 17:00", "Wed 2 Dec 2026 17:00"):
            house.now = london(due)
            self._surely(lambda: house.sweep.run())
            self._surely(house.deliver)
        self._surely(lambda: self._ask(REF, an_answer(NADIA), "second"))
        self._surely(house.settle)
        house.store.close()
        return self

    def record(self) -> list[tuple[object, ...]]:
        """What the ledger holds: each event with the windows it opened."""
        names = ("tier", "due", "acknowledge_due", "reminders", "acceptance_due", "late")
        history = self.house.ledger.history(REF)
        return [(type(event).__name__, *(getattr(event, name, None) for name in names)) for event in history]

    def heard(self, place: str) -> list[tuple[str, ...]]:
        """What people in a place were told, a repeat left out when it says that it may be one."""
        seen: dict[str, tuple[str, ...]] = {}
        for post in self.house.seen(place):
            assert post.marker not in seen or repeats(post.message), f"{post} is said twice"
            said = (post.message.title, *post.message.lines[-4:])
            seen.setdefault(post.marker, said)
        return [said for said in seen.values() if said[0] != K.CARD]

    def _begin(self, life: Life) -> None:
        house = self.house
        house.store.close()
        house.open_store = mortal(life)
        house.slack.alive = house.telegram.alive = life.go_on
        house.start()

    def _ask(self, ref: Ref | None, command: Command, request: str) -> None:
        outcome = self.house.ledger.change(ref, command, self.house.now, request)
        assert isinstance(outcome, Changed | Repeated)

    def _surely(self, step: Callable[[], object]) -> None:
        try:
            step()
        except Killed:
            self.deaths += 1
            self._begin(Life.without_end())
            self.house.settle()
            step()


@pytest.mark.parametrize("end", End)
def test_a_process_may_die_at_any_commit(end: End, sqlite_template: Path, tmp_path: Path) -> None:
    """Whichever commit it is: the same record, the same messages, and the same card as if it had lived."""

    def telling(number: int, life: Life) -> Telling:
        folder = tmp_path / str(number)
        folder.mkdir()
        shutil.copy(sqlite_template, folder / "baton.db")
        return Telling(f"sqlite:///{folder / 'baton.db'}", folder, life).tell()

    whole = Life.without_end()
    lived = telling(0, whole)
    assert lived.deaths == 0
    assert lived.heard("tom") == [(K.CALLED, REF, "turn 1", "times 0", "stage called")]
    assert [said[:3] for said in lived.heard(JOINT)] == [
        (K.CALLED, REF, "turn 1"),
        (K.CALLED, REF, "turn 2"),
        (K.CALLED, REF, "turn 3"),
        (K.ANSWERED, REF, "turn 4"),
    ]

    for last in range(1, whole.commits + 1):
        died = telling(last, Life(last, end))
        assert died.deaths == 1, last
        assert died.record() == lived.record(), last
        assert died.house.ledger.check() == [], last
        assert {place: died.heard(place) for place in PLACES} == {
            place: lived.heard(place) for place in PLACES
        }, last
        for place in (JOINT, COUNCIL_OWN):
            cards = [post for post in died.house.seen(place) if post.message.title == K.CARD]
            assert cards[-1].shows.lines[-4:] == lived.house.seen(place)[0].shows.lines, last
        assert not any(repeats(post.message) for post in died.house.slack.posts), last
        markers = [post.marker for post in died.house.slack.posts]
        assert len(markers) == len(set(markers)), last

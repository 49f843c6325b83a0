"""A house in a storm: people act, windows lapse, platforms misbehave, places die, the process is killed.

Everything follows from one seed. What happened is judged elsewhere, from what people saw and from the ledger.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

from concerns import commands as c
from concerns.model import Concern, Ref, Stage
from concerns.notice import Place
from concerns.people import PersonId
from concerns.reference import make
from tests.ladders import MONDAY
from tests.partnership import AMIRA, DIRECTORY
from tests.reminders.house import House
from tests.reminders.judge import Judge
from tests.reminders.mortal import End, Killed, Life, mortal
from tests.reminders.platforms import Fault, Lost, Vanished, Wait
from tests.storage.chance import Chance
from tests.worlds import a_concern, a_contact, a_dispute, an_answer

T = TypeVar("T")

LAG = timedelta(seconds=5)
"""How long a post takes to show in Slack's history."""
MORTAL_PLACES = ("riverside-council", "riverside-escalations", "council-escalations", "joel", "tom", "grace")


class Dice:
    """Chance that follows from the seed."""

    def __init__(self, name: str) -> None:
        self._chance = Chance(name)

    def below(self, limit: int) -> int:
        """A number from 0 up to, not including, the limit."""
        return int.from_bytes(self._chance(4), "big") % limit

    def one_in(self, times: int) -> bool:
        """True once in so many times."""
        return self.below(times) == 0

    def pick(self, options: Sequence[T]) -> T:
        """One of these."""
        return options[self.below(len(options))]


class Storm:
    """Forty steps of weather over at most three concerns, then a calm in which everything must settle."""

    def __init__(self, seed: int, house: House) -> None:
        self.seed = seed
        self.dice = Dice(f"storm {seed}")
        self.house = house
        self.house.slack.lag = LAG
        self.refs: list[Ref] = []
        self.killed: list[datetime] = []
        self.died: set[str] = set()
        for messenger in (self.house.slack, self.house.telegram):
            messenger.choose = self._weather

    def blow(self, steps: int = 40) -> House:
        """Let it rage, then calm down. Raises AssertionError when it does not come to rest."""
        self._new_life()
        options: tuple[Callable[[], object], ...] = (
            self._somebody_acts,
            self._somebody_acts,
            self._deliver,
            self._deliver,
            self._sweep,
            self._a_while_passes,
            self._the_next_window_ends,
            self._a_place_dies_or_lives,
        )
        for step in range(steps):
            self.house.forward(milliseconds=1 + self.dice.below(1000))
            try:
                options[self.dice.below(len(options)) if step else 0]()
            except Killed:
                self.killed.append(self.house.now)
                self._new_life()
        self._calm()
        return self.house

    # ---- steps -------------------------------------------------------------------------------------

    def _somebody_acts(self) -> None:
        if not self.refs or (len(self.refs) < 3 and self.dice.one_in(3)):
            self._raised()
            # Two of one instant fall due together, as long as nobody says anything.
            if len(self.refs) < 3 and self.dice.one_in(2):
                self._raised()
            return
        ref = self.dice.pick(self.refs)
        concern = self.house.ledger.load(ref)
        if concern is not None:
            self.house.ledger.change(ref, self._said(concern), self.house.now)

    def _raised(self) -> None:
        # Known before it is tried: a process may die after the commit and before it says so.
        self.refs.append(make(1000 + len(self.refs)))
        danger = self.dice.one_in(4)
        self.house.ledger.change(None, replace(a_concern(danger=danger), ref=self.refs[-1]), self.house.now)

    def _said(self, concern: Concern) -> c.Command:
        call = concern.call
        seated = DIRECTORY.holders(call.challenged if call else None) or (AMIRA,)
        other: PersonId = self.dice.pick(seated)
        options: list[c.Command]
        match concern.stage:
            case Stage.ANSWERED:
                options = [c.Accept(by=AMIRA), a_dispute(), a_dispute()]
            case Stage.AGREED | Stage.CLOSED:
                options = [c.Reopen(by=AMIRA), a_contact(MONDAY)]
            case _:
                options = [
                    c.Acknowledge(by=other),
                    c.Release(by=other),
                    a_contact(MONDAY),
                    an_answer(other),
                    c.Escalate(by=AMIRA),
                ]
        return self.dice.pick(options)

    def _deliver(self) -> None:
        self.house.deliver()

    def _sweep(self) -> None:
        self.house.look()

    def _a_while_passes(self) -> None:
        self.house.forward(seconds=self.dice.below(120))

    def _the_next_window_ends(self) -> None:
        due = self.house.ledger.next_due()
        if due is not None and due > self.house.now:
            self.house.forward(seconds=(due - self.house.now).total_seconds())

    def _a_place_dies_or_lives(self) -> None:
        place = self.dice.pick(MORTAL_PLACES)
        for messenger in (self.house.slack, self.house.telegram):
            if place in self.died:
                messenger.revive(place)
            elif self.dice.one_in(2):
                return
            else:
                messenger.kill(place)
        self.died ^= {place}

    # ---- weather -----------------------------------------------------------------------------------

    def _weather(self, verb: str, place: Place) -> Fault | None:
        """One call in three goes wrong; some take seconds, in which other things go on."""
        if self.dice.one_in(5):
            self.house.forward(seconds=self.dice.below(10))
        match self.dice.below(15):
            case 0:
                return Wait(timedelta(seconds=1 + self.dice.below(60)))
            case 1 | 2:
                return Lost(accepted=True, later=timedelta(seconds=self.dice.below(9)))
            case 3 | 4:
                return Lost(accepted=False)
            case 5 if verb == "edit":
                return Vanished()
            case _:
                return None

    def _new_life(self) -> None:
        """A process that will be killed a few dozen commits from now."""
        self._live(Life(3 + self.dice.below(60), self.dice.pick(tuple(End))))

    def _live(self, life: Life) -> None:
        house = self.house.forward(milliseconds=1)
        house.open_store = mortal(life)
        for messenger in (house.slack, house.telegram):
            messenger.reborn(life.go_on)
        house.start()

    def _calm(self) -> None:
        self._live(Life.without_end())
        for messenger in (self.house.slack, self.house.telegram):
            messenger.choose = lambda verb, place: None
            for place in self.died:
                messenger.revive(place)
        self.house.settle(rounds=200)


def flaws(seed: int, house: House) -> list[str]:
    """What is wrong with the history of this storm over this house."""
    storm = Storm(seed, house)
    try:
        storm.blow()
    except AssertionError as never:
        return [f"it never comes to rest: {never}"]
    platforms = (house.slack, house.telegram)
    return Judge(house.ledger, house.rules, storm.refs, platforms, house.now, storm.killed).flaws()

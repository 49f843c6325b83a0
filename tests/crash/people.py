"""People who speak through the desk without a pause, and note down what they asked and what was saved.

A request that was cut off is made again by the next life, under the same id, as platforms do.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from pathlib import Path

from bot.house import House
from concerns.model import Concern, Stage
from concerns.people import PersonId
from handlers.scene import Asker
from storage.errors import NotSaved
from tests.crash.chats import Journal
from tests.crash.clock import Clock
from tests.crash.dice import Dice

OPEN = 6
"""How many concerns are kept open: lapses all the time, and still a quick sweep."""

RAISE: dict[str, object] = {
    "strand": "adult",
    "agency": "council",
    "ground": ["threshold"],
    "wanted": "An enquiry, this week.",
}
"""What is filled in beside the mark."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A command a person gave: a line under its mark as request id, or a form filled in.

    `event` is what it leads to in the record; its words carry the `mark`, which stands nowhere else.
    """

    mark: str
    person: str
    event: str
    line: str = ""
    form: str = ""
    answers: dict[str, object] = field(default_factory=dict)


class Office:
    """The desk, and two journals: what was asked, and what the desk then said was saved."""

    def __init__(self, house: House, folder: Path, done: Callable[[], object]) -> None:
        self.house = house
        self._asked = Journal(folder / "asked.jsonl")
        self._answered = Journal(folder / "answered.jsonl")
        self._done = done

    def asked(self) -> list[Asked]:
        """Everything asked in earlier lives."""
        return [Asked(**entry) for entry in self._asked.kept]

    def answered(self) -> dict[str, bool]:
        """By their marks, the commands that were answered in earlier lives, and whether they were saved."""
        return {entry["mark"]: entry["saved"] for entry in self._answered.kept}

    def ask(self, asked: Asked) -> None:
        """Give a command, known before it is given."""
        self._asked.keep(asdict(asked))
        self._give(asked)

    def ask_again(self) -> None:
        """Give once more what was cut off, under the same id, as platforms do."""
        answered = self.answered()
        for asked in self.asked():
            if asked.mark not in answered:
                self._give(asked)

    def close(self) -> None:
        """Let go of the journals."""
        self._asked.close()
        self._answered.close()

    def _give(self, asked: Asked) -> None:
        desk, asker = self.house.desk, Asker(PersonId(asked.person))
        if asked.line:
            reply = desk.say(asker, asked.line, asked.mark)
        else:
            reply = desk.submit(asker, asked.form, asked.answers)
        saved = reply.message is not None and reply.error is None
        self._answered.keep({"mark": asked.mark, "saved": saved})
        if saved:
            self._done()


class Talker:
    """Somebody who does what can be done next, on behalf of whoever may."""

    def __init__(self, office: Office, clock: Clock, name: str) -> None:
        self._office = office
        self._clock = clock
        self._name = name
        self._dice = Dice(name)
        self._count = 0

    def talk(self) -> None:
        """Until the process ends; time passes meanwhile."""
        while True:
            with suppress(NotSaved):  # a busy machine
                self._wait() if self._dice.one_in(3) else self._speak()

    def _speak(self) -> None:
        self._count += 1
        asked = self._next(f"{self._name}/{self._count}")
        if asked:
            self._office.ask(asked)

    def _wait(self) -> None:
        """Until something is due, a few minutes, or far too long."""
        due = self._office.house.ledger.next_due()
        self._clock.move(timedelta(minutes=self._dice.below(10)), to=due)
        if self._dice.one_in(10):
            self._clock.move(timedelta(minutes=self._dice.below(3 * 24 * 60)))

    def _next(self, mark: str) -> Asked | None:
        concerns = self._office.house.ledger.listing(open_only=True)
        if len(concerns) < OPEN:
            return self._raise(mark)
        concern = self._dice.pick(concerns)
        event, person, words = self._dice.pick(tuple(self._said(concern)))
        return Asked(mark, person, event, f"{words.replace('REF', concern.ref)} {mark}")

    def _raise(self, mark: str) -> Asked | None:
        desk, asker = self._office.house.desk, Asker(PersonId("amira"))
        danger = desk.say(asker, "/concern raise").form
        page = desk.submit(asker, danger.id, {"danger": "no"}).form if danger else None
        return (
            Asked(mark, "amira", "Raised", form=page.id, answers=RAISE | {"decision": mark}) if page else None
        )

    def _said(self, concern: Concern) -> Iterator[tuple[str, str, str]]:
        """What fits now: the event it leads to, who says it, and the line."""
        rules = self._office.house.laws.rules(concern.pathway)
        seat = concern.call.challenged if concern.call else None
        called = next(iter(rules.directory.holders(seat)), "amira")
        yield "ContactLogged", "amira", "/contact REF made phone no_answer"
        match concern.stage:
            case Stage.CALLED | Stage.ACKNOWLEDGED:
                yield "Acknowledged", called, "/concern ack REF"
                yield "Answered", called, "/concern answer REF agreed_plan_with_actions"
                yield "NoteAdded", called, "/concern note REF"
            case Stage.ANSWERED:
                yield "Accepted", "amira", "/concern accept REF reservation"
                yield "Disputed", "amira", "/concern dispute REF"
                yield "Withdrawn", "amira", "/concern withdraw REF"
            case Stage.AGREED:
                yield "Reopened", "amira", "/concern reopen REF"

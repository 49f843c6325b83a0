"""A rehearsed ladder in words: what each lane of its picture says, and the whole of it for a screen reader.

It words what it is handed and decides nothing; who is called when was settled in `concerns.rehearsal`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from concerns.calendar import Calendar
from concerns.pathway import Tier, Urgent
from concerns.rehearsal import Step, What
from concerns.rules import Rules
from concerns.window import Window
from views.labels import capital

NOT_SIGNED_OFF = "Not signed off locally yet: treat the windows as a starting point."


@dataclass(frozen=True, slots=True)
class Run:
    """One call and what became of it: reminders, then a lapse, then perhaps the question whether to move up.

    The last call of a rehearsal has not lapsed: there the walk stops, and the ladder would go on.
    """

    start: datetime
    due: datetime
    tier: int
    again: int = 0
    acknowledge_due: datetime | None = None
    reminded: tuple[datetime, ...] = ()
    lapsed: bool = False
    ask_due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Lane:
    """One tier of the picture; the top one has a second lane, for its calls made again."""

    name: str
    lines: tuple[str, ...]
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A walked ladder, to be told and drawn. `urgent` holds the windows where it is an urgent one."""

    rules: Rules
    steps: tuple[Step, ...]
    urgent: Urgent | None = None

    @property
    def heading(self) -> str:
        """Which ladder this is."""
        return f"{self.rules.pathway.name}, version {self.rules.pathway.version}"

    @property
    def about(self) -> str:
        """What is shown, from when."""
        nation = self.rules.pathway.nation.replace("-", " ").title()
        start = moment(self.steps[0].at, self.rules.calendar)
        return f"What happens if nobody ever answers, from {start}. Local times of {nation}."

    @property
    def banners(self) -> tuple[str, ...]:
        """What must not be overlooked."""
        pathway, urgent = self.rules.pathway, self.urgent
        enters = urgent.enter_at if urgent else 0
        danger = f"Immediate danger: it enters at {pathway.tier_word} {enters}." if enters else ""
        return tuple(filter(None, (danger, "" if pathway.approved_by else NOT_SIGNED_OFF)))

    @property
    def ending(self) -> str:
        """What no picture can show: it would go on."""
        repeat = self._repeat
        every = str(repeat.unit) if repeat.count == 1 else str(repeat)
        return f"So it goes on, every {every}, until somebody answers. Silence never closes anything."

    @property
    def source(self) -> str:
        """Where the windows come from, if the pathway says so."""
        source = self.rules.pathway.source
        return f"Source: {source}" if source else ""

    def lanes(self) -> tuple[Lane, ...]:
        """A lane for each tier that is called, from the foot upwards, and one for the top called again."""
        runs = _runs(self.steps)
        first = tuple(self._lane(run) for run in runs if not run.again)
        return *first, self._again(tuple(run for run in runs if run.again))

    def words(self) -> str:
        """The whole ladder in sentences."""
        lanes = (sentence for lane in self.lanes() for sentence in (f"{lane.name}.", *lane.lines))
        said = (f"{self.heading}.", self.about, *self.banners, *lanes, self.ending, self.source)
        return " ".join(filter(None, said))

    # ------------------------------------------------------------------ one lane

    def _lane(self, run: Run) -> Lane:
        tier = self.rules.pathway.tier(run.tier)
        return Lane(f"{self._word(tier.number)}, {tier.name}", tuple(self._told(run, tier)), (run,))

    def _again(self, runs: tuple[Run, ...]) -> Lane:
        top = self.rules.pathway.top
        return Lane(f"{self._word(top)}, called again", tuple(map(self._repeated, runs)), runs)

    def _told(self, run: Run, tier: Tier) -> Iterator[str]:
        windows = self.urgent or tier
        yield f"Called {self._moment(run.start, self.steps[0].at)}."
        if run.acknowledge_due and windows.acknowledge:
            yield f"Acknowledge by {self._moment(run.acknowledge_due, run.start)} ({windows.acknowledge})."
        sooner = ", sooner if safety needs it" if tier.or_sooner else ""
        yield f"Answer by {self._moment(run.due, run.start)} ({windows.answer}{sooner})."
        if run.ask_due:
            moves = f"it moves up by itself {self._moment(run.ask_due, run.start)}"
            yield f"Then the raising side is asked; {moves}."

    def _repeated(self, run: Run) -> str:
        start = self._moment(run.start, self.steps[0].at)
        return f"Again {start}, answer by {self._moment(run.due, run.start)}."

    def _word(self, number: int) -> str:
        return f"{capital(self.rules.pathway.tier_word)} {number}"

    @property
    def _repeat(self) -> Window:
        return self.urgent.repeat if self.urgent else self.rules.pathway.repeat

    def _moment(self, instant: datetime, seen: datetime) -> str:
        return moment(instant, self.rules.calendar, seen)


def rehearsal(rules: Rules, steps: Sequence[Step], *, urgent: bool = False) -> Rehearsal:
    """The walk of `concerns.rehearsal.rehearse`, ready to be told. Raises ValueError without a step."""
    if not steps:
        raise ValueError("a rehearsal begins with a call")
    return Rehearsal(rules, tuple(steps), rules.pathway.urgent if urgent else None)


def _runs(steps: Sequence[Step]) -> tuple[Run, ...]:
    """The steps by the call they happened to."""
    begins = [at for at, step in enumerate(steps) if step.what in {What.CALLED, What.CALLED_AGAIN}]
    return tuple(_run(steps[at:until]) for at, until in zip(begins, [*begins[1:], len(steps)], strict=True))


def _run(steps: Sequence[Step]) -> Run:
    called, *later = steps
    lapsed = [step for step in later if step.what is What.LAPSED]
    return Run(
        start=called.at,
        due=called.call.due,
        tier=called.call.tier,
        again=called.call.again,
        acknowledge_due=called.acknowledge_due,
        reminded=tuple(step.at for step in later if step.what is What.REMINDED),
        lapsed=bool(lapsed),
        ask_due=lapsed[0].ask_due if lapsed else None,
    )


def moment(instant: datetime, calendar: Calendar, seen: datetime | None = None) -> str:
    """Such as "Tue 1 Dec 2026, 17:00"; without the year when it is that of `seen`."""
    local = calendar.local(instant)
    year = "" if seen and calendar.local(seen).year == local.year else f" {local.year}"
    return f"{local:%a} {local.day} {local:%b}{year}, {clock(local)}"


def clock(local: datetime) -> str:
    """Hours and minutes, seconds where there are any, and which of the two when the hour comes twice."""
    shown = f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"
    twice = local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset()
    return f"{shown} {local:%Z}" if twice else shown

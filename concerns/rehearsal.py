"""A ladder walked as if nobody ever answered, with the real rules and people who are made up.

It jumps from one due instant to the next; it never reads a clock, a directory or a database.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from concerns import events as e
from concerns.calendar import KNOWN_YEARS, Calendar
from concerns.commands import Raise
from concerns.decide import catch_up, decide
from concerns.directory import Directory
from concerns.evolve import evolve, fold
from concerns.model import Call, Concern, Ground, Ref, Words
from concerns.pathway import Pathway
from concerns.people import Agency, AgencyId, AgencyKind, Channel, ChannelId, Person, PersonId, Seat, Seating
from concerns.rules import Refused, Rules

TIMES_AGAIN = 3
"""How often the top tier is called again before a rehearsal stops (design 9)."""

MOST_STEPS = 50_000
"""A ladder with more steps than this is taken for a slip; a month of reminders every minute fits in."""

RAISING = AgencyId("raising")
CHALLENGED = AgencyId("challenged")
_BOARD = AgencyId("board")


class BadRehearsal(ValueError):
    """A ladder that cannot be walked as asked; its text is the sentence for people."""


class What(StrEnum):
    """What a step is; the order is the order at one instant (design 9)."""

    ACKNOWLEDGEMENT_LAPSED = "acknowledgement_lapsed"
    REMINDED = "reminded"
    LAPSED = "lapsed"
    CALLED = "called"
    CALLED_AGAIN = "called_again"


_STEPS: dict[type[e.Event], What] = {
    e.AcknowledgementLapsed: What.ACKNOWLEDGEMENT_LAPSED,
    e.Reminded: What.REMINDED,
    e.Lapsed: What.LAPSED,
    e.Called: What.CALLED,
    e.CalledAgain: What.CALLED_AGAIN,
}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens, and the call it happens to; instants are aware UTC.

    `ask_due` is when a lapse moves up by itself, where a person is asked first.
    """

    at: datetime
    what: What
    call: Call
    ask_due: datetime | None = None

    @property
    def acknowledge_due(self) -> datetime | None:
        """None also for a call made again: nobody is asked to acknowledge twice."""
        return None if self.call.again else self.call.acknowledge_due


def rehearsal_rules(pathway: Pathway, calendar: Calendar) -> Rules:
    """The rules with a directory in which every seat is held and each agency has a channel."""
    return Rules(pathway, calendar, _everybody(pathway), digest="")


def rehearse(rules: Rules, start: datetime, *, urgent: bool = False) -> Iterator[Step]:
    """Every step in time order, from the first call at `start` to the third time the top is called again.

    Raises `BadRehearsal` when the ladder has no urgent tier to enter at, has no end in sight, or leaves
    the years bank holidays are known for.
    """
    if urgent and rules.pathway.urgent is None:
        raise BadRehearsal("This pathway has no [urgent] table; add one, or leave out --urgent.")
    for count, step in enumerate(_walk(rules, start, urgent)):
        if count >= MOST_STEPS:
            raise BadRehearsal(f"This ladder takes more than {MOST_STEPS:,} steps; lengthen what repeats.")
        if step.call.due.year not in KNOWN_YEARS:
            raise BadRehearsal(f"This ladder runs past {KNOWN_YEARS[-1]}, too far ahead for bank holidays.")
        yield step


def _walk(rules: Rules, start: datetime, urgent: bool) -> Iterator[Step]:
    opening = _raised(rules, start, urgent)
    concern = fold(None, opening[:1])
    events = opening[1:]
    while True:
        for event in events:
            concern = evolve(concern, event)
            if type(event) in _STEPS:
                yield _step(event, concern)
        if concern.due is None or _call(concern).again >= TIMES_AGAIN:
            return
        _, events = catch_up(concern, concern.due, rules)


def _raised(rules: Rules, start: datetime, urgent: bool) -> tuple[e.Event, ...]:
    raised = Raise(
        by=PersonId(RAISING),
        ref=Ref("rehearsal"),
        agency=CHALLENGED,
        strand=rules.pathway.strands[0],
        danger=urgent,
        grounds=(Ground.NO_RESPONSE,),
        words=Words({"decision": "rehearsed", "wanted": "rehearsed"}),
    )
    events = decide(None, raised, start, rules)
    if isinstance(events, Refused):
        raise BadRehearsal(events.sentence)
    return events


def _step(event: e.Event, concern: Concern) -> Step:
    ask_due = event.ask_due if isinstance(event, e.Lapsed) else None
    return Step(event.at, _STEPS[type(event)], _call(concern), ask_due)


def _call(concern: Concern) -> Call:
    if concern.call is None:
        raise AssertionError("a rehearsal begins with a call")
    return concern.call


def _everybody(pathway: Pathway) -> Directory:
    kinds = {
        RAISING: AgencyKind.PROVIDER,
        CHALLENGED: AgencyKind.COUNCIL,
        _BOARD: AgencyKind.BOARD,
    }
    return Directory(
        partnership="Rehearsal",
        coordinator=PersonId(_BOARD),
        agencies=tuple(Agency(id, id, kind) for id, kind in kinds.items()),
        people=tuple(Person(PersonId(id), id, id) for id in kinds),
        seatings=tuple(Seating(Seat(id, role), PersonId(id)) for id in kinds for role in pathway.roles()),
        channels=tuple(Channel(ChannelId(id), "rehearsal", id, id, (id,)) for id in kinds),
    )

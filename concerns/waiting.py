"""On whom a concern waits, what for, and how late it is: for lists, hints and the digest.

It grants no right and tells nobody anything; whoever is away is reached as the directory says.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import assert_never

from concerns.authority import for_challenged, for_raising
from concerns.calling import windows
from concerns.directory import Directory
from concerns.model import Call, ClockKind, Concern, Stage
from concerns.people import PersonId, Seat
from concerns.promising import time_asked_for
from concerns.rules import Rules

K = ClockKind
_AWAITED = frozenset({Stage.CALLED, Stage.ACKNOWLEDGED})


class Matter(StrEnum):
    """What somebody is waited on for."""

    ANSWER = "answer"
    EXTENSION = "extension"
    MOVE_UP = "move_up"
    REFERRAL = "referral"
    ACCEPTANCE = "acceptance"
    CHECK = "check"
    ACTION = "action"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One person a concern waits on, until `due` (aware UTC).

    `late` is by how much it is overdue, where the record still knows; `times`, how often it was asked again.
    """

    person: PersonId
    matter: Matter
    due: datetime
    late: timedelta = timedelta()
    times: int = 0

    @property
    def overdue(self) -> bool:
        """Whether its time has passed already."""
        return bool(self.late) or self.times > 0

    @property
    def pressing(self) -> tuple[bool, timedelta, datetime]:
        """Sorts the overdue first, the longest overdue of them, then the soonest due."""
        return not self.overdue, -self.late, self.due


def waits_on(person: PersonId, concern: Concern, directory: Directory) -> bool:
    """Whether this person may take the next step now: all who sit there, not only who answers for it."""
    if raising_asked(concern) and for_raising(person, concern, directory):
        return True
    return concern.stage in _AWAITED and for_challenged(person, concern, directory)


def raising_asked(concern: Concern) -> bool:
    """Whether the next step is one of the raising side."""
    match concern.stage:
        case Stage.REFERRED:
            return concern.clock(K.REFERRAL_ASK) is not None
        case Stage.CALLED | Stage.ACKNOWLEDGED:
            return concern.clock(K.ASK) is not None or time_asked_for(concern) is not None
        case Stage.ANSWERED | Stage.AGREED:
            return True
        case Stage.CLOSED:
            return False
        case _:
            assert_never(concern.stage)


def waiting(concern: Concern, rules: Rules, now: datetime) -> tuple[Waiting, ...]:
    """Whoever is accountable for the next step at `now` (aware UTC), each once, with what presses most.

    Of a seat that is whoever is reached for it first, never every deputy (design 4: one accountable a side);
    besides the raiser, whoever said that they have it, and the owners of actions. What is owed on a later day
    (a check, an action) waits on nobody before that day.
    """
    found: dict[PersonId, Waiting] = {}
    for one in sorted(
        (*_next_steps(concern, rules, now), *_owed(concern, rules, now)), key=lambda w: w.pressing
    ):
        if one.matter not in {Matter.CHECK, Matter.ACTION} or _has_come(one, rules, now):
            found.setdefault(one.person, one)
    return tuple(found.values())


def waits_for(person: PersonId, concern: Concern, rules: Rules, now: datetime) -> Waiting | None:
    """What this person is accountable for now, if for anything."""
    return next((one for one in waiting(concern, rules, now) if one.person == person), None)


def _next_steps(concern: Concern, rules: Rules, now: datetime) -> Iterable[Waiting]:
    """The next step of each side that has one."""
    directory, call = rules.directory, concern.call
    if call is not None and concern.stage in _AWAITED:
        acknowledge = concern.clock(K.ACKNOWLEDGE)
        due = acknowledge.due if acknowledge else call.due
        late = _since(_owed_since(concern, call, rules), now)
        for person in _called(concern, call, directory):
            yield Waiting(person, Matter.ANSWER, due, late)
    asked = _asked(concern) if raising_asked(concern) else None
    if asked is not None:
        matter, due = asked
        for person in _raising(concern, directory):
            yield Waiting(person, matter, due, times=concern.asked_again)


def _asked(concern: Concern) -> tuple[Matter, datetime] | None:
    """What the raising side is asked, and until when."""
    call = concern.call
    if call is not None and concern.stage in _AWAITED and time_asked_for(concern) is not None:
        return Matter.EXTENSION, call.due
    matters = {
        K.ASK: Matter.MOVE_UP,
        K.REFERRAL_ASK: Matter.REFERRAL,
        K.ACCEPTANCE: Matter.ACCEPTANCE,
        K.FOLLOW_UP: Matter.CHECK,
    }
    clock = next((clock for clock in concern.clocks if clock.kind in matters), None)
    return (matters[clock.kind], clock.due) if clock else None


def _owed(concern: Concern, rules: Rules, now: datetime) -> Iterable[Waiting]:
    """The actions that are still to be done."""
    if concern.stage is Stage.CLOSED:
        return
    for action in concern.open_actions:
        owner = rules.directory.reached(action.owner)
        if owner is not None:
            yield Waiting(owner, Matter.ACTION, action.due, _since(action.due, now))


def _has_come(one: Waiting, rules: Rules, now: datetime) -> bool:
    """Whether its day is here, by the wall clock of the pathway's nation."""
    calendar = rules.calendar
    return one.overdue or calendar.local(one.due).date() <= calendar.local(now).date()


def _called(concern: Concern, call: Call, directory: Directory) -> Iterable[PersonId]:
    """One for each seat called, the coordinator where none could be, and whoever has acknowledged it."""
    people = [_first(seat, concern, directory) for seat in (call.challenged, call.convener)]
    besides = [directory.coordinator if call.challenged is None else None, concern.acknowledged_by]
    people += [directory.reached(person) for person in besides if person is not None]
    able = (person for person in people if person and for_challenged(person, concern, directory))
    return dict.fromkeys(able)


def _first(seat: Seat | None, concern: Concern, directory: Directory) -> PersonId | None:
    """Who is reached first for the seat; never the raiser, who cannot answer their own concern."""
    sitting = directory.holders(seat)
    return next((person for person in sitting if for_challenged(person, concern, directory)), None)


def _raising(concern: Concern, directory: Directory) -> Iterable[PersonId]:
    """The raiser, and one for each seat that may speak for the raising side."""
    seats = (concern.call.raising if concern.call else None, concern.manager)
    first = (next(iter(directory.holders(seat)), None) for seat in seats)
    people = (directory.reached(concern.raiser), *first)
    return dict.fromkeys(person for person in people if person is not None)


def _since(instant: datetime | None, now: datetime) -> timedelta:
    """The time gone by since then; none when it is still to come, or there is no such instant."""
    return max(now - instant, timedelta()) if instant else timedelta()


def _owed_since(concern: Concern, call: Call, rules: Rules) -> datetime | None:
    """When what the called side owes should have come; None while it is in time."""
    if call.again:
        step = rules.pathway.tier(call.tier)
        return rules.calendar.end_of(windows(concern, step, rules)[1], call.started)
    if call.lapsed:
        return call.due
    not_acknowledged = call.acknowledgement_lapsed and concern.stage is Stage.CALLED
    return call.acknowledge_due if not_acknowledged else None

"""After agreement: the follow-up check, and taking a concern up again."""

from datetime import date, datetime, time, timedelta

from concerns import commands as c
from concerns import events as e
from concerns.authority import for_raising
from concerns.calling import call_from
from concerns.lapse import NEXT_WORKING_DAY
from concerns.model import Concern, Safer, Why
from concerns.opening import wordless
from concerns.rules import Refused, Rules

_NOT_YOURS = Refused(
    "This is for the raising side to do: the person who raised it, or the raising seat of the tier that"
    " settled it. Ask one of them."
)
_LATEST = timedelta(days=366)
"""How far ahead a check may be put off: as long as the longest window."""


def check(concern: Concern, command: c.Check, now: datetime, rules: Rules) -> tuple[e.Event, ...] | Refused:
    """Safer or partly: closed once each agency's own record has a copy. Too early: a new date. No: reopen."""
    if not for_raising(command.by, concern, rules.directory):
        return _NOT_YOURS
    match command.safer:
        case Safer.YES | Safer.PARTLY:
            refusal = _without_copies(concern, command, rules)
            return refusal or (_checked(command, now, None),)
        case Safer.TOO_EARLY:
            today = rules.calendar.local(now).date()
            if command.again_on is None or not today < command.again_on <= today + _LATEST:
                return Refused("Give the date to look again: after today, and within a year.")
            return (_checked(command, now, _opening_of(command.again_on, rules)),)
        case Safer.NO:
            return (_checked(command, now, rules.calendar.end_of(NEXT_WORKING_DAY, now)),)


def reopen(concern: Concern, command: c.Reopen, now: datetime, rules: Rules) -> tuple[e.Event, ...] | Refused:
    """The tier that settled it is called again, windows from now, history whole."""
    if not for_raising(command.by, concern, rules.directory):
        return _NOT_YOURS
    refusal = wordless(command.words, ("reason",))
    if refusal:
        return refusal
    reopened = e.Reopened(at=now, by=command.by, words=command.words)
    return reopened, *call_from(concern, concern.tier or 1, now, now, Why.CHOICE, rules, command.by)


def _opening_of(day: date, rules: Rules) -> datetime:
    """When work begins that day, or on the first worked day after it."""
    midnight = datetime.combine(day, time()).isoformat()
    return rules.calendar.next_opening(rules.calendar.parse_local(midnight))


def _checked(command: c.Check, now: datetime, next_due: datetime | None) -> e.Checked:
    return e.Checked(
        at=now,
        by=command.by,
        words=command.words,
        safer=command.safer,
        records_copied=command.records_copied,
        next_due=next_due,
    )


def _without_copies(concern: Concern, command: c.Check, rules: Rules) -> Refused | None:
    """The chat is not the record: each agency's own record needs its copy before this one closes."""
    for agency in (concern.raising, concern.challenged):
        if agency not in command.records_copied:
            name = rules.directory.name_of(agency)
            return Refused(f"Before it closes, tick that {name} has a copy on its own record.")
    return None

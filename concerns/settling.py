"""How a concern is settled: the top tier's decision, the follow-up check, and taking it up again."""

from datetime import datetime

from concerns import commands as c
from concerns import events as e
from concerns.answering import seat_of
from concerns.authority import convenes, for_challenged, for_raising, may_object
from concerns.calling import call_from
from concerns.lapse import NEXT_WORKING_DAY
from concerns.model import ClockKind, Concern, Outcome, Safer, Stage, Why
from concerns.opening import without_grounds, wordless
from concerns.people import PersonId
from concerns.promising import LONGEST
from concerns.rules import Refused, Rules

_NOT_YOURS = Refused(
    "This is for the raising side to do: the person who raised it, or its seat that was accountable when"
    " it was settled. Ask one of them."
)
_NOT_CALLED = Refused(
    "Only the seat called at the top, its deputies or the convener record a decision. Speak with one of them."
)


def decide_at_top(
    concern: Concern, command: c.Decide, now: datetime, rules: Rules
) -> tuple[e.Event, ...] | Refused:
    """The top tier records its decision, its reasons and any dissent; no wording says who was right.

    An answer that was given waits for the raising side; only whoever convenes may decide in its place.
    """
    if not for_challenged(command.by, concern, rules.directory):
        return _NOT_CALLED
    call = concern.call
    if call is None or (call.tier < rules.pathway.top and call.challenged is not None):
        return Refused("Only the top of the ladder decides. Here, answer; the raising side accepts or not.")
    if concern.stage is Stage.ANSWERED and not convenes(command.by, concern, rules.directory):
        return Refused(
            "It has been answered, and the raising side speaks next. If it does not accept, the convener can"
            " record a decision."
        )
    if not command.words.text("decision"):
        return Refused("Say what was decided.", "decision")
    dissent = bool(command.words.text("dissent"))
    return wordless(command.words, ("reasons",)) or (
        e.Decided(
            at=now,
            by=command.by,
            words=command.words,
            seat=seat_of(command.by, concern, rules.directory),
            outcome=Outcome.DECIDED_WITH_DISSENT if dissent else Outcome.DECIDED,
            follow_up_due=rules.calendar.end_of(rules.pathway.follow_up, now),
        ),
    )


def check(concern: Concern, command: c.Check, now: datetime, rules: Rules) -> tuple[e.Event, ...] | Refused:
    """Safer or partly: closed once each agency's own record has a copy. Too early: a new date. No: reopen."""
    if not for_raising(command.by, concern, rules.directory):
        return _NOT_YOURS
    match command.safer:
        case Safer.YES | Safer.PARTLY:
            refusal = _may_be_objected_to(concern, command.by, rules) or _still_owed(concern)
            refusal = refusal or _without_copies(concern, command, rules)
            return refusal or (_checked(command, now, None),)
        case Safer.TOO_EARLY:
            today = rules.calendar.local(now).date()
            if command.again_on is None or not today < command.again_on <= today + LONGEST:
                return Refused("Give the date to look again: after today, and within a year.", "again_on")
            return (_checked(command, now, rules.calendar.closing(command.again_on)),)
        case Safer.NO:
            return (_checked(command, now, rules.calendar.end_of(NEXT_WORKING_DAY, now)),)


def reopen(concern: Concern, command: c.Reopen, now: datetime, rules: Rules) -> tuple[e.Event, ...] | Refused:
    """The tier that settled it is called again, windows from now, history whole."""
    if not for_raising(command.by, concern, rules.directory):
        return _NOT_YOURS
    refusal = without_grounds(concern.grounds or command.grounds) or wordless(command.words, ("reason",))
    if refusal:
        return refusal
    by, why = command.by, Why.CHOICE
    reopened = e.Reopened(at=now, by=by, words=command.words)
    opened = () if concern.grounds else (e.Opened(at=now, by=by, why=why, grounds=command.grounds),)
    return reopened, *opened, *call_from(concern, concern.tier or 1, now, now, why, rules, by)


def _checked(command: c.Check, now: datetime, next_due: datetime | None) -> e.Checked:
    return e.Checked(
        at=now,
        by=command.by,
        words=command.words,
        safer=command.safer,
        records_copied=command.records_copied,
        next_due=next_due,
    )


def _may_be_objected_to(concern: Concern, by: PersonId, rules: Rules) -> Refused | None:
    """Closing must not take away the raiser's word about an acceptance somebody else gave."""
    if concern.clock(ClockKind.OBJECTION) is None or may_object(by, concern, rules.directory):
        return None
    return Refused(
        "Whoever raised it may still object to the acceptance. Record the check after that, or ask them to."
    )


def _still_owed(concern: Concern) -> Refused | None:
    """It closes when everything promised is done (domain 5, F12)."""
    owed = concern.open_actions
    if not owed:
        return None
    which = f"action {owed[0].number} is" if len(owed) == 1 else f"{len(owed)} actions are"
    return Refused(
        f"Before it closes, {which} still to be marked done. If it is too early, set a day to look again."
    )


def _without_copies(concern: Concern, command: c.Check, rules: Rules) -> Refused | None:
    """The chat is not the record: each agency's own record needs its copy before this one closes."""
    for agency in (concern.raising, concern.challenged):
        if agency not in command.records_copied:
            name = rules.directory.name_of(agency)
            return Refused(
                f"Before it closes, tick that {name} has a copy on its own record.", "records_copied"
            )
    return None

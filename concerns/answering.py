"""What the called side may say: acknowledge, hand back, answer; the raising side may report what it was told.

Acknowledging never stops the answer clock: "somebody said they would" is where concerns go to sleep
(design 4).
"""

from datetime import datetime

from concerns import commands as c
from concerns import events as e
from concerns.authority import for_challenged, for_raising
from concerns.directory import Directory
from concerns.model import Concern
from concerns.opening import in_future, wordless
from concerns.people import PersonId, Seat
from concerns.rules import Refused, Rules

_NOT_YOURS = Refused(
    "Only the seat that was called, its deputies or the convener can do this."
    " If you spoke with them, log a contact instead."
)
_SAY_WHEN = Refused(
    "Say when you were told; what the other side said elsewhere goes on record with its time."
)
_REPORT = ("who", "how")


def acknowledge(
    concern: Concern, command: c.Acknowledge, now: datetime, rules: Rules
) -> tuple[e.Event, ...] | Refused:
    """The acknowledge clock stops; the answer clock runs on."""
    seat = seat_of(command.by, concern, rules.directory)
    reported = not for_challenged(command.by, concern, rules.directory)
    refusal = _reporting(concern, command, now, rules) if reported else in_future(command.when, now)
    return refusal or (
        e.Acknowledged(
            at=now, by=command.by, words=command.words, seat=seat, reported=reported, when=command.when
        ),
    )


def release(
    concern: Concern, command: c.Release, now: datetime, rules: Rules
) -> tuple[e.Event, ...] | Refused:
    """Clocks as if it was never acknowledged: that due instant comes back unless it had lapsed."""
    by_whom_it_was_given = command.by == concern.acknowledged_by
    if not (for_challenged(command.by, concern, rules.directory) or by_whom_it_was_given):
        return _NOT_YOURS
    call = concern.call
    due = call.acknowledge_due if call and not (call.acknowledgement_lapsed or call.lapsed) else None
    return (e.Released(at=now, by=command.by, words=command.words, acknowledge_due=due),)


def answer(concern: Concern, command: c.Answer, now: datetime, rules: Rules) -> tuple[e.Event, ...] | Refused:
    """The calling stops; the raising side has the acceptance window to take the answer or not."""
    reported = not for_challenged(command.by, concern, rules.directory)
    refusal = _reporting(concern, command, now, rules) if reported else in_future(command.when, now)
    refusal = refusal or wordless(command.words, ("response",))
    return refusal or (
        e.Answered(
            at=now,
            by=command.by,
            words=command.words,
            seat=seat_of(command.by, concern, rules.directory),
            outcome=command.outcome,
            acceptance_due=rules.calendar.end_of(rules.pathway.acceptance, now),
            reported=reported,
            when=command.when,
        ),
    )


def seat_of(person: PersonId, concern: Concern, directory: Directory) -> Seat | None:
    """The seat of the running call this person speaks for, the challenged one before the convener's."""
    call = concern.call
    seats = (call.challenged, call.convener, call.raising) if call else ()
    return next((seat for seat in seats if directory.sits(person, seat)), None)


def _reporting(
    concern: Concern, command: c.Acknowledge | c.Answer, now: datetime, rules: Rules
) -> Refused | None:
    """Managers answer by phone: the raising side may record what it was told, by whom, when and how."""
    if not for_raising(command.by, concern, rules.directory):
        return _NOT_YOURS
    if command.when is None:
        return _SAY_WHEN
    return in_future(command.when, now) or wordless(command.words, _REPORT)

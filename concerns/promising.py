"""What the two sides promise each other: more time for an answer, and actions with an owner and a date."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from concerns import commands as c
from concerns import events as e
from concerns.authority import for_challenged, for_raising, may_read
from concerns.calling import call_from, repeats_go_on
from concerns.model import ClockKind, Concern, Why
from concerns.opening import wordless
from concerns.promise import Extension, ExtensionState
from concerns.rules import Refused, Rules

LONGEST = timedelta(days=366)
"""How far ahead anything may be put off: as long as the longest window."""

_NOT_CALLED = Refused(
    "Only the seat that was called, its deputies or the convener can ask for more time."
    " If you spoke with them, log a contact."
)
_NOT_RAISING = Refused(
    "This is for the raising side to say: the person who raised it, its seat that is accountable now, or its"
    " manager once asked. Speak with one of them."
)
_ASKED_FOR_TIME = Refused(
    "The time has ended, so more of it cannot be agreed any more. To move up now, use escalate; otherwise it"
    " moves up by itself."
)
_NOTHING_ASKED = Refused("Nothing waits for that word just now. You see where it stands with show.")


def ask_extension(
    concern: Concern, command: c.AskExtension, now: datetime, rules: Rules
) -> tuple[e.Event, ...] | Refused:
    """More time is asked for, once a call; the clock runs on until the raising side agrees (design 4)."""
    if not for_challenged(command.by, concern, rules.directory):
        return _NOT_CALLED
    call, answer = concern.call, concern.clock(ClockKind.ANSWER)
    if call is None or answer is None:
        return Refused("The time for this answer has passed already. Answer as soon as you can.")
    if call.extension is not None:
        return Refused("More time can be asked for once a call, and it has been. Answer as soon as you can.")
    refusal = wordless(command.words, ("reason",))
    if refusal:
        return refusal
    if not answer.due < command.until <= now + LONGEST:
        return Refused("Give a time after the one the answer is due at now, and within a year.", "until")
    return (e.ExtensionAsked(at=now, by=command.by, words=command.words, until=command.until),)


def agree(concern: Concern, command: c.Agree, now: datetime, rules: Rules) -> tuple[e.Event, ...] | Refused:
    """Agree to moving up, where the window has lapsed and that is asked; otherwise to more time."""
    if not for_raising(command.by, concern, rules.directory):
        return _NOT_RAISING
    call = concern.call
    if concern.clock(ClockKind.ASK) and call is not None:
        if call.extension is not None:
            # The same button was shown for more time: it must not come to mean something else.
            return _ASKED_FOR_TIME
        first, *rest = call_from(concern, call.tier + 1, now, now, Why.CHOICE, rules, command.by)
        return replace(first, words=command.words), *rest
    asked = time_asked_for(concern)
    if asked is None:
        return _NOTHING_ASKED
    until = asked.until
    if until <= now:
        return _ASKED_FOR_TIME
    return (
        e.ExtensionAgreed(
            at=now,
            by=command.by,
            words=command.words,
            due=until,
            next_reminder=repeats_go_on(concern, until, now, rules),
        ),
    )


def decline(
    concern: Concern, command: c.Decline, now: datetime, rules: Rules
) -> tuple[e.Event, ...] | Refused:
    """More time is declined: the window stays as it was. Moving up is not stopped by declining it."""
    if not for_raising(command.by, concern, rules.directory):
        return _NOT_RAISING
    if concern.clock(ClockKind.ASK):
        return Refused(
            "Nothing needs declining: it stays where it is until the time to say has passed, and then moves"
            " up by itself. If an answer came elsewhere, record it; if more time was agreed, the coordinator"
            " can retime it."
        )
    if time_asked_for(concern) is None:
        return _NOTHING_ASKED
    return (e.ExtensionDeclined(at=now, by=command.by, words=command.words),)


def set_action(
    concern: Concern, command: c.SetAction, now: datetime, rules: Rules
) -> tuple[e.Event, ...] | Refused:
    """An action has an owner of the directory, and is due at the close of business of its day."""
    if not may_read(command.by, concern, rules.directory):
        return Refused("Only those who have a part in this concern can set an action. Ask one of them.")
    if rules.directory.person(command.owner) is None:
        return Refused("Choose who is to do it from the list: somebody of the directory.", "owner")
    due = _closing(command.due, now, rules)
    if due is None:
        return Refused(
            "Give the day it is to be done by: today while work goes on, or later, within a year.", "due"
        )
    return wordless(command.words, ("what",)) or (
        e.ActionSet(
            at=now,
            by=command.by,
            words=command.words,
            number=len(concern.actions) + 1,
            owner=command.owner,
            due=due,
        ),
    )


def finish_action(
    concern: Concern, command: c.FinishAction, now: datetime, rules: Rules
) -> tuple[e.Event, ...] | Refused:
    """Done is said by its owner, by whoever covers for them, or by somebody with a part in the concern."""
    action = next((one for one in concern.open_actions if one.number == command.number), None)
    if action is None:
        return Refused("That action is done already, or there is none of that number.", "number")
    is_theirs = rules.directory.stands_in(command.by, action.owner)
    if not is_theirs and not may_read(command.by, concern, rules.directory):
        return Refused("Only its owner, or somebody with a part in this concern, can say that it is done.")
    return (e.ActionDone(at=now, by=command.by, words=command.words, number=action.number),)


def drop_action(
    concern: Concern, command: c.DropAction, now: datetime, rules: Rules
) -> tuple[e.Event, ...] | Refused:
    """What cannot be done must not be ticked as done: it is dropped, the reason on record."""
    if not may_read(command.by, concern, rules.directory):
        return Refused(
            "Only those who have a part in this concern can drop an action. Speak with one of them."
        )
    if all(action.number != command.number for action in concern.open_actions):
        return Refused("That action is not open any more, or there is none of that number.", "number")
    return wordless(command.words, ("reason",)) or (
        e.ActionDropped(at=now, by=command.by, words=command.words, number=command.number),
    )


def time_asked_for(concern: Concern) -> Extension | None:
    """The time the called side asked for, while its window runs and nobody has said anything to it."""
    extension = concern.call.extension if concern.call else None
    if extension is None or extension.state is not ExtensionState.ASKED:
        return None
    return extension if concern.clock(ClockKind.ANSWER) else None


def _closing(day: date, now: datetime, rules: Rules) -> datetime | None:
    """When that day's work ends; nothing where that has passed or is too far away."""
    today = rules.calendar.local(now).date()
    if not today <= day <= today + LONGEST:
        return None
    due = rules.calendar.closing(day)
    return due if due > now else None

"""The rules: may this be done to this concern now, and what follows?

Two laws of this file. The table below says which commands a stage allows; nothing else moves a concern on.
A refusal is a value, a calm sentence that says what to do instead, and changes nothing.
"""

from datetime import datetime
from typing import assert_never

from concerns import answering, ending, keeping, promising, raising, recording, settling
from concerns import commands as c
from concerns import events as e
from concerns.evolve import Step, steps
from concerns.lapse import lapse
from concerns.model import Concern, Stage
from concerns.opening import raise_concern, refer
from concerns.rules import Refused, Rules

__all__ = ["ALLOWED", "Refused", "Rules", "catch_up", "decide", "lapses", "not_now"]

_RECORD: frozenset[type[c.Command]] = frozenset({c.AddNote, c.Correct, c.Lapse})
_OPEN = _RECORD | {c.LogContact, c.HandOver, c.Retime}
_DOORS = frozenset({c.Withdraw, c.Redirect, c.MarkDuplicate})
_ACTIONS = frozenset({c.SetAction, c.FinishAction, c.DropAction})
_AWAITED = _OPEN | _DOORS | _ACTIONS | {c.Answer, c.Decide, c.Escalate, c.AskExtension, c.Agree, c.Decline}
ALLOWED: dict[Stage, frozenset[type[c.Command]]] = {
    Stage.REFERRED: _OPEN | _DOORS | {c.Respond, c.Escalate},
    Stage.CALLED: _AWAITED | {c.Acknowledge},
    Stage.ACKNOWLEDGED: _AWAITED | {c.Release},
    Stage.ANSWERED: _OPEN | _DOORS | _ACTIONS | {c.Accept, c.Dispute, c.Decide, c.Escalate},
    Stage.AGREED: _OPEN | _ACTIONS | {c.Check, c.Reopen, c.Dispute},
    Stage.CLOSED: _RECORD | {c.Reopen, c.HandOver},
}
"""What each stage allows. The picture in docs/walk.md is drawn from this table by a test."""

_INSTEAD = {
    Stage.REFERRED: "It is still a referral: nobody has been called. Record the response when it comes,"
    " or open the ladder with escalate.",
    Stage.CALLED: "Somebody has been called, and the answer is awaited. The called side can acknowledge or"
    " answer; the raising side can escalate or withdraw.",
    Stage.ACKNOWLEDGED: "It is acknowledged already, and the answer is still owed. The called side can"
    " answer, or hand it back with release.",
    Stage.ANSWERED: "It has been answered. The raising side accepts the answer, or disputes it.",
    Stage.AGREED: "It is agreed. Next is the follow-up check; if the worry is back, reopen it.",
    Stage.CLOSED: "It is closed. If the worry is back, reopen it.",
}

_ROUNDS = 64
"""How many consequences one look at the clock may have: a ladder has a handful, more is a defect."""


def decide(
    concern: Concern | None, command: c.Command, now: datetime, rules: Rules
) -> tuple[e.Event, ...] | Refused:
    """What this command leads to: new events, nothing, or a sentence. Changes nothing itself.

    `now` is aware UTC. Raises ValueError for an opening of a concern that exists, and for anything else
    said to one that does not.
    """
    match command:
        case c.Raise() | c.Refer():
            if concern is not None:
                raise ValueError("a concern opens once")
            if isinstance(command, c.Raise):
                return raise_concern(command, now, rules)
            return refer(command, now, rules)
        case _:
            if concern is None:
                raise ValueError("there is no such concern")
    too_early_or_late = not_now(concern.stage, type(command))
    if too_early_or_late:
        return too_early_or_late
    if isinstance(command, c.Lapse):
        return lapse(concern, now, rules)
    return _spoken(concern, command, now, rules)


def not_now(stage: Stage, command: type[c.Command]) -> Refused | None:
    """The sentence for a command this stage does not allow."""
    return None if command in ALLOWED[stage] else Refused(_INSTEAD[stage])


def catch_up(concern: Concern, now: datetime, rules: Rules) -> tuple[Concern, tuple[e.Event, ...]]:
    """The concern once the clock has said all it has to say, and what that was."""
    caught_up = lapses(concern, now, rules)
    return (caught_up[-1][1] if caught_up else concern), tuple(event for event, _ in caught_up)


def lapses(concern: Concern, now: datetime, rules: Rules) -> tuple[Step, ...]:
    """Say `Lapse` until the clock has nothing more to say. Raises RuntimeError if it never stops."""
    taken: list[Step] = []
    for _ in range(_ROUNDS):
        more = steps(concern, lapse(concern, now, rules))
        if not more:
            return tuple(taken)
        taken.extend(more)
        concern = more[-1][1]
    raise RuntimeError(f"{concern.ref}: the clock does not come to rest")


def _spoken(
    concern: Concern, command: c.LaterCommand, now: datetime, rules: Rules
) -> tuple[e.Event, ...] | Refused:
    match command:
        case c.Respond():
            return raising.respond(concern, command, now, rules)
        case c.Escalate():
            return raising.escalate(concern, command, now, rules)
        case c.Accept():
            return raising.accept(concern, command, now, rules)
        case c.Dispute():
            return raising.dispute(concern, command, now, rules)
        case c.Withdraw():
            return ending.withdraw(concern, command, now, rules)
        case c.Redirect():
            return ending.redirect(concern, command, now, rules)
        case c.MarkDuplicate():
            return ending.mark_duplicate(concern, command, now, rules)
        case c.Acknowledge():
            return answering.acknowledge(concern, command, now, rules)
        case c.Release():
            return answering.release(concern, command, now, rules)
        case c.Answer():
            return answering.answer(concern, command, now, rules)
        case c.Decide():
            return settling.decide_at_top(concern, command, now, rules)
        case c.Check():
            return settling.check(concern, command, now, rules)
        case c.Reopen():
            return settling.reopen(concern, command, now, rules)
        case c.LogContact():
            return recording.log_contact(concern, command, now, rules)
        case c.AddNote():
            return recording.add_note(concern, command, now, rules)
        case c.Correct():
            return recording.correct(concern, command, now, rules)
        case c.AskExtension():
            return promising.ask_extension(concern, command, now, rules)
        case c.Agree():
            return promising.agree(concern, command, now, rules)
        case c.Decline():
            return promising.decline(concern, command, now, rules)
        case c.SetAction():
            return promising.set_action(concern, command, now, rules)
        case c.FinishAction():
            return promising.finish_action(concern, command, now, rules)
        case c.DropAction():
            return promising.drop_action(concern, command, now, rules)
        case c.HandOver():
            return keeping.hand_over(concern, command, now, rules)
        case c.Retime():
            return keeping.retime(concern, command, now, rules)
        case _:
            assert_never(command)

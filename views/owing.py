"""What is waited for, in one line: where it stands, until when, and the next step of whoever is waited on.

It holds no name and no words, and decides nothing: on whom something waits is found out before.
"""

from typing import assert_never

from concerns.model import Clock, ClockKind, Concern, Safer, Stage
from concerns.promise import Action
from concerns.rules import Rules
from concerns.waiting import Matter, Waiting
from views.cards import urgently
from views.instants import span, when
from views.labels import CLOCKS
from views.standing import at_the_end, state


def owing(owed: Waiting, concern: Concern, rules: Rules) -> str:
    """`C-7F3K-9QMX, acknowledged, stage 2 of 4; answer due Tue 1 Dec at 17:00. Next: answer it, or …`"""
    return f"{owed_until(owed, concern, rules)}. Next: {_step(owed, concern, rules)}."


def owed_until(owed: Waiting, concern: Concern, rules: Rules) -> str:
    """The same without the next step."""
    due = f"{_due(owed, concern)} {when(owed.due, rules.calendar)}{_late(owed, concern, rules)}"
    return f"{urgently(concern)}{concern.ref}, {state(concern, rules)}; {due}"


def until(clock: Clock, concern: Concern, rules: Rules) -> str:
    """`answer due Tue 1 Dec at 17:00`; what is asked for again says when it was due."""
    is_due, again = when(clock.due, rules.calendar), "asked again"
    match clock.kind:
        case ClockKind.ANSWER if concern.call and concern.call.again:
            return f"called again {is_due}"
        case ClockKind.FOLLOW_UP if concern.safer is Safer.NO:
            return f"{again} {is_due}"
        case ClockKind.FOLLOW_UP if concern.asked_again and concern.check_due:
            return f"{again} {is_due} (the check was due {when(concern.check_due, rules.calendar)})"
        case ClockKind.ACTION if late := _asked_for_again(clock, concern):
            return f"{again} {is_due} (action {late.number} was due {when(late.due, rules.calendar)})"
        case _:
            return f"{CLOCKS[clock.kind]} {is_due}"


def _asked_for_again(clock: Clock, concern: Concern) -> Action | None:
    """The action of this clock, where its own day has passed."""
    owed = (action for action in concern.open_actions if action.times)
    return next((action for action in owed if action.ask_due == clock.due), None)


def _due(owed: Waiting, concern: Concern) -> str:
    """What happens, or is owed, at the moment that follows."""
    match owed.matter:
        case Matter.ANSWER if concern.call and concern.call.again:
            return "called again"
        case Matter.ANSWER if concern.clock(ClockKind.ACKNOWLEDGE):
            return "acknowledgement due"
        case Matter.ANSWER:
            return "answer due"
        case Matter.EXTENSION:
            return "more time is asked for; answer due"
        case Matter.MOVE_UP:
            return "moves up by itself"
        case Matter.REFERRAL:
            return "opens by itself"
        case Matter.ACCEPTANCE:
            return "asked again"
        case Matter.CHECK if owed.times or concern.safer is Safer.NO:
            return "asked again"
        case Matter.CHECK:
            return "check due"
        case Matter.ACTION:
            return "an action due"
        case _:
            assert_never(owed.matter)


def _late(owed: Waiting, concern: Concern, rules: Rules) -> str:
    """How late it is, and what; where that is not known, since when or how often it was asked for."""
    what, call = "", concern.call
    if owed.late:
        if owed.matter is Matter.ANSWER and call:
            what = "answer " if call.again or call.lapsed else "acknowledgement "
        return f" ({what}{span(int(owed.late.total_seconds()))} late)"
    if owed.matter is Matter.CHECK and owed.times and concern.check_due:
        return f" (the check was due {when(concern.check_due, rules.calendar)})"
    return f" (asked {owed.times} time{'s' * (owed.times > 1)} already)" if owed.times else ""


def _step(owed: Waiting, concern: Concern, rules: Rules) -> str:
    match owed.matter:
        case Matter.ANSWER:
            return _answering(concern, rules)
        case Matter.EXTENSION:
            return "agree to more time, or decline"
        case Matter.MOVE_UP:
            return "move it up now, or let it move up by itself"
        case Matter.REFERRAL:
            return f"open {rules.pathway.tier_word} 1, or record the response if one came"
        case Matter.ACCEPTANCE:
            return "accept the answer, or say it is not enough"
        case Matter.CHECK if concern.safer is Safer.NO:
            return "reopen it, because the person is not safer"
        case Matter.CHECK:
            return "look whether the person is safer, and record the check"
        case Matter.ACTION:
            return "do it, and record that it is done"
        case _:
            assert_never(owed.matter)


def _answering(concern: Concern, rules: Rules) -> str:
    """At the end of the ladder a decision will do as well."""
    decide = ", or record a decision" if concern.call and at_the_end(concern.call, rules) else ""
    if concern.stage is Stage.ACKNOWLEDGED:
        return f"answer it{decide}, or hand it back"
    return f"acknowledge it, then answer{decide}"

"""Who carries a concern, and until when: handed over when people change, retimed by the coordinator.

Stage, calls and history stay as they are.
"""

from datetime import datetime

from concerns import commands as c
from concerns import events as e
from concerns.authority import for_raising, may_keep
from concerns.calling import repeats_go_on
from concerns.model import ClockKind, Concern
from concerns.opening import wordless
from concerns.people import COORDINATOR
from concerns.promising import LONGEST
from concerns.rules import Refused, Rules

MOVABLE = frozenset(ClockKind) - {ClockKind.REMIND, ClockKind.ACTION, ClockKind.OBJECTION}
"""The clocks a coordinator may move: those a side waits for."""


def hand_over(
    concern: Concern, command: c.HandOver, now: datetime, rules: Rules
) -> tuple[e.Event, ...] | Refused:
    """Somebody else of the raising agency carries it from now on (domain 5, F16)."""
    if not may_keep(command.by, concern, rules.directory):
        return Refused(
            "Only the raising side hands this over, or the coordinator when somebody has left."
            " Ask one of them."
        )
    to = rules.directory.person(command.to)
    if to is None or to.agency != concern.raising:
        name = rules.directory.name_of(concern.raising)
        return Refused(f"Choose who carries it on from the list: somebody of {name}.", "to")
    if to.id == concern.raiser:
        return Refused(f"{to.name} carries it already. Nothing needs handing over.", "to")
    if to.id == command.by and not for_raising(command.by, concern, rules.directory):
        return Refused(
            "Choose somebody else: whoever looks after who carries it does not take it over themselves. You"
            " speak for your side once it moves up to you.",
            "to",
        )
    return (e.HandedOver(at=now, by=command.by, words=command.words, was=concern.raiser, to=to.id),)


def retime(concern: Concern, command: c.Retime, now: datetime, rules: Rules) -> tuple[e.Event, ...] | Refused:
    """The one way a running window moves (design 4, "Frozen"): by the coordinator, the reason on record."""
    if not rules.directory.has_role(command.by, COORDINATOR):
        return Refused(
            "Only the partnership's coordinator moves a running window. The called side can ask the raising"
            " side for more time with extend."
        )
    running = concern.clock(command.clock) if command.clock in MOVABLE else None
    if running is None:
        return Refused("That clock does not run just now. Choose one that does.", "clock")
    if not now < command.due <= now + LONGEST:
        return Refused("Give a time that is still to come, within a year.", "due")
    if command.due == running.due:
        return Refused("It is due then already. Nothing needs moving.", "due")
    answer = concern.clock(ClockKind.ANSWER)
    if command.clock is ClockKind.ACKNOWLEDGE and answer and command.due > answer.due:
        return Refused("An acknowledgement cannot be due after the answer. Move the answer first.", "due")
    return wordless(command.words, ("reason",)) or (
        e.Retimed(
            at=now,
            by=command.by,
            words=command.words,
            clock=command.clock,
            was=running.due,
            due=command.due,
            next_reminder=_next_reminder(concern, command, now, rules),
        ),
    )


def _next_reminder(concern: Concern, command: c.Retime, now: datetime, rules: Rules) -> datetime | None:
    """An urgent answer that is due later is still asked for until then."""
    if command.clock is not ClockKind.ANSWER:
        return None
    return repeats_go_on(concern, command.due, now, rules)

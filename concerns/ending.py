"""Closing a concern without an answer: withdrawn, taken to another door, or one and the same as another."""

from datetime import datetime

from concerns import commands as c
from concerns import events as e
from concerns.authority import for_raising
from concerns.model import Concern
from concerns.opening import wordless
from concerns.rules import Refused, Rules

_NOT_YOURS = Refused(
    "Only the raising side closes it: the person who raised it, or its seat that is accountable now."
    " Ask one of them."
)


def withdraw(
    concern: Concern, command: c.Withdraw, now: datetime, rules: Rules
) -> tuple[e.Event, ...] | Refused:
    """The raising side closes it, its reason on record."""
    if not for_raising(command.by, concern, rules.directory):
        return _NOT_YOURS
    return wordless(command.words, ("reason",)) or (e.Withdrawn(at=now, by=command.by, words=command.words),)


def redirect(
    concern: Concern, command: c.Redirect, now: datetime, rules: Rules
) -> tuple[e.Event, ...] | Refused:
    """It belongs at another door, and has been taken there: what was done stands in the reason."""
    if not for_raising(command.by, concern, rules.directory):
        return _NOT_YOURS
    return wordless(command.words, ("reason",)) or (
        e.Redirected(at=now, by=command.by, words=command.words, route=command.route),
    )


def mark_duplicate(
    concern: Concern, command: c.MarkDuplicate, now: datetime, rules: Rules
) -> tuple[e.Event, ...] | Refused:
    """Another concern carries the matter on; whoever asks has seen that it is open."""
    if not for_raising(command.by, concern, rules.directory):
        return _NOT_YOURS
    if command.of == concern.ref:
        return Refused("That is this same concern. Give the reference of the one that goes on.", "of")
    return (e.MarkedDuplicate(at=now, by=command.by, words=command.words, of=command.of),)

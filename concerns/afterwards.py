"""Folding what comes after a call: how it was settled, what was promised, what was put on record beside it.

The other half of `evolve`, and no more judgement than there.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import assert_never

from concerns import events as e
from concerns.clocks import rewound
from concerns.model import Clock, ClockKind, Concern, Ending, Stage
from concerns.people import Seat
from concerns.promise import Action

K = ClockKind


def settled(concern: Concern, event: e.SettlingEvent) -> Concern:
    """The concern after its answer was taken or not, after a decision, and after what is owed then."""
    match event:
        case e.AcceptanceLapsed():
            asked = turned_to(replace(concern, asked_again=event.times), event.manager)
            return rewound(asked, drop=(K.ACCEPTANCE,), add=((K.ACCEPTANCE, event.next_due),))
        case e.Accepted():
            agreed = _agreed(concern, event.follow_up_due, reservation=event.reservation)
            owed = ((K.FOLLOW_UP, event.follow_up_due), (K.OBJECTION, event.objection_due))
            return rewound(replace(agreed, clocks=()), add=owed)
        case e.ObjectionLapsed():
            return rewound(concern, drop=(K.OBJECTION,))
        case e.Decided():
            agreed = _agreed(replace(concern, outcome=event.outcome), event.follow_up_due)
            return replace(agreed, clocks=(Clock(K.FOLLOW_UP, event.follow_up_due),))
        case e.Disputed():
            return replace(
                concern,
                stage=Stage.CALLED,
                turn=concern.turn + 1,
                outcome=None,
                reservation=False,
                taken_up=concern.stage is Stage.AGREED,
                acknowledged_by=None,
                clocks=(),
            )
        case e.FollowUpLapsed():
            asked = replace(concern, asked_again=event.times)
            return rewound(asked, drop=(K.FOLLOW_UP,), add=((K.FOLLOW_UP, event.next_due),))
        case e.Checked():
            looked = replace(concern, asked_again=0, safer=event.safer, check_due=event.next_due)
            if event.next_due is None:
                return closed(looked, Ending.CHECKED)
            return rewound(looked, drop=(K.FOLLOW_UP,), add=((K.FOLLOW_UP, event.next_due),))
        case e.Reopened():
            # Only a concern that was closed has told those who hear of a closing.
            reopened = concern.reopened or concern.stage is Stage.CLOSED
            again = replace(concern, stage=Stage.CALLED, ending=None, duplicate_of=None, reservation=False)
            return replace(again, reopened=reopened, taken_up=True, safer=None)
        case e.ActionSet():
            action = Action(event.number, event.owner, event.due, event.due)
            return replace(concern, actions=(*concern.actions, action))
        case e.ActionDone():
            return _changed(concern, event.number, lambda action: replace(action, done=True))
        case e.ActionDropped():
            return _changed(concern, event.number, lambda action: replace(action, dropped=True))
        case e.ActionLapsed():
            times, next_due = event.times, event.next_due
            return _changed(concern, event.number, lambda a: replace(a, times=times, ask_due=next_due))
        case _:
            assert_never(event)


def kept(concern: Concern, event: e.KeepingEvent) -> Concern:
    """The concern after something was added to its record, put right, or handed on."""
    match event:
        case e.ContactLogged():
            more = concern.unanswered_contacts + event.unanswered
            return replace(concern, unanswered_contacts=more) if event.unanswered else concern
        case e.Withdrawn():
            return closed(concern, Ending.WITHDRAWN)
        case e.Redirected():
            return closed(concern, Ending.REDIRECTED)
        case e.MarkedDuplicate():
            return closed(replace(concern, duplicate_of=event.of), Ending.DUPLICATE)
        case e.HandedOver():
            return replace(concern, raiser=event.to, handed_over=True)
        case e.Retimed():
            return _retimed(concern, event)
        case e.NoteAdded() | e.Corrected():
            return concern
        case _:
            assert_never(event)


def _agreed(concern: Concern, check_due: datetime, *, reservation: bool = False) -> Concern:
    agreed = replace(concern, stage=Stage.AGREED, reservation=reservation, asked_again=0)
    return replace(agreed, check_due=check_due, safer=None)


def closed(concern: Concern, ending: Ending) -> Concern:
    """Over, in this way; no clock runs on."""
    return replace(concern, stage=Stage.CLOSED, ending=ending, clocks=())


def turned_to(concern: Concern, manager: Seat | None) -> Concern:
    """The raising manager was called on to speak: it may from now on, and may read what was said."""
    if manager is None:
        return concern
    return replace(concern, manager=manager, called=with_seats(concern.called, manager))


def with_seats(called: tuple[Seat, ...], *seats: Seat | None) -> tuple[Seat, ...]:
    """Every seat called so far, each once."""
    return called + tuple(seat for seat in seats if seat is not None and seat not in called)


def _changed(concern: Concern, number: int, change: Callable[[Action], Action]) -> Concern:
    actions = (change(action) if action.number == number else action for action in concern.actions)
    return replace(concern, actions=tuple(actions))


def _retimed(concern: Concern, event: e.Retimed) -> Concern:
    """The clock as the coordinator set it; an acknowledgement never outlasts the answer, nor a reminder."""
    moved = rewound(concern, drop=(event.clock,), add=((event.clock, event.due),))
    call = concern.call
    if call is None:
        return moved
    match event.clock:
        case K.ACKNOWLEDGE:
            return replace(moved, call=replace(call, acknowledge_due=event.due))
        case K.ANSWER:
            by_then = min(call.acknowledge_due, event.due) if call.acknowledge_due else None
            running = tuple(
                replace(clock, due=min(clock.due, event.due)) if clock.kind is K.ACKNOWLEDGE else clock
                for clock in moved.clocks
                if clock.kind is not K.REMIND or clock.due < event.due
            )
            asked = call.extension
            asked = asked.overtaken if asked and asked.until <= event.due else asked
            timed = replace(call, due=event.due, acknowledge_due=by_then, extension=asked)
            return rewound(replace(moved, call=timed, clocks=running), add=((K.REMIND, event.next_reminder),))
        case _:
            return moved

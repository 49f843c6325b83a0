"""Folding the record: what a concern is after one more event. No judgement here; `decide` has made it."""

from collections.abc import Iterable
from dataclasses import fields, replace
from operator import attrgetter
from typing import assert_never

from concerns import events as e
from concerns.afterwards import closed, kept, settled, turned_to, with_seats
from concerns.clocks import in_order, rewound, with_actions
from concerns.model import Call, Clock, ClockKind, Concern, Ending, Stage
from concerns.promise import Extension, ExtensionState

K = ClockKind

_OVER = frozenset({K.ACKNOWLEDGE, K.REMIND, K.ANSWER})
"""The clocks that end with a call's window."""

_BEHIND_SEQ = attrgetter(*(field.name for field in fields(Concern)[2:]))
"""Every field of a concern behind the first two, `ref` and `seq`."""

Step = tuple[e.Event, Concern]
"""Something that happened, and the concern just after it."""


def fold(concern: Concern | None, events: Iterable[e.Event]) -> Concern:
    """The concern after all these events. Raises ValueError when there is nothing to fold."""
    for event in events:
        concern = evolve(concern, event)
    if concern is None:
        raise ValueError("no events: nothing to fold")
    return concern


def steps(concern: Concern | None, events: Iterable[e.Event]) -> tuple[Step, ...]:
    """Each event with the concern as it is just after it."""
    taken: list[Step] = []
    for event in events:
        concern = evolve(concern, event)
        taken.append((event, concern))
    return tuple(taken)


def evolve(concern: Concern | None, event: e.Event) -> Concern:
    """The concern after this event. `seq` counts the events folded.

    Raises ValueError when the record does not begin with an opening, or begins twice.
    """
    if isinstance(event, e.Opening):
        if concern is not None:
            raise ValueError("a concern opens once")
        return _began(event)
    if concern is None:
        raise ValueError("a record begins with an opening")
    seq, after = concern.seq + 1, with_actions(_after(concern, event))
    # To replace a concern is the dearest thing a sweep does, so its own events count themselves; here, where
    # only the count is new, its fields are handed on as they stand.
    return after if after.seq == seq else Concern(after.ref, seq, *_BEHIND_SEQ(after))


def _began(event: e.Opening) -> Concern:
    concern = Concern(
        ref=event.ref,
        seq=1,
        stage=Stage.REFERRED,
        pathway=event.pathway,
        raiser=event.raiser,
        raising=event.raising,
        challenged=event.challenged,
        strand=event.strand,
        opened=event.at,
    )
    match event:
        case e.Referred():
            return replace(concern, clocks=(Clock(K.REFERRAL, event.due),))
        case e.Raised():
            return replace(
                concern,
                stage=Stage.CALLED,
                grounds=event.grounds,
                urgent=event.urgent,
            )


def _after(concern: Concern, event: e.LaterEvent) -> Concern:
    if isinstance(event, e.OpeningEvent):
        return _opened(concern, event)
    if isinstance(event, e.CallingEvent):
        return _while_called(concern, event)
    if isinstance(event, e.SettlingEvent):
        return settled(concern, event)
    return kept(concern, event)


def _opened(concern: Concern, event: e.OpeningEvent) -> Concern:
    match event:
        case e.Responded():
            return closed(concern, Ending.SATISFIED) if event.satisfied else concern
        case e.ReferralLapsed():
            return rewound(concern, drop=(K.REFERRAL,), add=((K.REFERRAL_ASK, event.ask_due),))
        case e.Opened():
            return replace(concern, stage=Stage.CALLED, grounds=event.grounds)
        case e.TurnedUrgent():
            return replace(concern, urgent=True)
        case _:
            assert_never(event)


def _while_called(concern: Concern, event: e.CallingEvent) -> Concern:
    """One arm for each event; the clocks that matter are named, the rest run on."""
    match event:
        case e.Called():
            return _called(concern, event)
        case e.Reminded():
            left = tuple(c for c in concern.clocks if c.kind is not K.REMIND or c.due > event.at)
            call = replace(_call(concern), reminded=_call(concern).reminded + 1)
            return rewound(replace(concern, call=call, clocks=left), add=((K.REMIND, event.next_due),))
        case e.AcknowledgementLapsed():
            call = replace(_call(concern), acknowledgement_lapsed=True)
            return rewound(replace(concern, call=call), drop=(K.ACKNOWLEDGE,))
        case e.Lapsed():
            return _lapsed(concern, event)
        case e.CalledAgain():
            # To be called again is to be reminded too: what was still to be said before is not said any more.
            call, reminded = _call(concern), _call(concern).reminded + 1
            call = replace(call, due=event.due, again=event.times, lapsed=False, reminded=reminded)
            again = replace(concern, call=call)
            return rewound(again, drop=(K.REMIND, K.ANSWER), add=((K.ANSWER, event.due),))
        case e.Acknowledged():
            held = replace(
                concern, stage=Stage.ACKNOWLEDGED, acknowledged_by=event.by, reported=event.reported
            )
            return rewound(held, drop=(K.ACKNOWLEDGE,))
        case e.Released():
            freed = replace(concern, stage=Stage.CALLED, acknowledged_by=None, reported=False)
            return rewound(freed, add=((K.ACKNOWLEDGE, event.acknowledge_due),))
        case e.Answered():
            return replace(
                concern,
                stage=Stage.ANSWERED,
                turn=concern.turn + 1,
                outcome=event.outcome,
                answered_by=None if event.reported else event.by,
                reported=event.reported,
                asked_again=0,
                clocks=(Clock(K.ACCEPTANCE, event.acceptance_due),),
            )
        case e.ExtensionAsked():
            return _extended(concern, Extension(event.until))
        case e.ExtensionAgreed():
            call = replace(_call(concern), due=event.due)
            clocks = ((K.ANSWER, event.due), (K.REMIND, event.next_reminder))
            more = rewound(replace(concern, call=call), drop=(K.ANSWER,), add=clocks)
            return _extended(more, Extension(event.due, ExtensionState.AGREED))
        case e.ExtensionDeclined():
            asked = _call(concern).extension
            declined = replace(asked, state=ExtensionState.DECLINED) if asked else None
            return _extended(concern, declined)
        case e.Skipped():
            return concern
        case _:
            assert_never(event)


def _called(concern: Concern, event: e.Called) -> Concern:
    call = Call(
        tier=event.tier,
        why=event.why,
        started=event.started,
        raising=event.raising,
        challenged=event.challenged,
        convener=event.convener,
        acknowledge_due=event.acknowledge_due,
        due=event.due,
        passed_over=event.passed_over,
        taken_up=concern.taken_up,
    )
    clocks = [Clock(K.ANSWER, event.due)]
    if event.acknowledge_due is not None:
        clocks.append(Clock(K.ACKNOWLEDGE, event.acknowledge_due))
    clocks.extend(Clock(K.REMIND, due) for due in event.reminders)
    return replace(
        concern,
        seq=concern.seq + 1,
        stage=Stage.CALLED,
        call=call,
        turn=concern.turn + 1,
        called=with_seats(concern.called, event.raising, event.challenged, event.convener),
        told=event.told or concern.told,
        taken_up=False,
        manager=None,
        climbed=concern.climbed + ((event.tier,) if event.tier not in concern.climbed else ()),
        acknowledged_by=None,
        answered_by=None,
        reported=False,
        outcome=None,
        asked_again=0,
        clocks=in_order(clocks),
    )


def _lapsed(concern: Concern, event: e.Lapsed) -> Concern:
    """What was asked for meanwhile is overtaken; only the question to the raising side may be left."""
    call = _call(concern)
    asked = call.extension.overtaken if call.extension else None
    left = [c for c in concern.clocks if c.kind not in _OVER]
    if event.ask_due is not None:
        left.append(Clock(K.ASK, event.ask_due))
    over = replace(call, lapsed=True, extension=asked)
    lapsed = replace(concern, seq=concern.seq + 1, call=over, clocks=in_order(left))
    return turned_to(lapsed, event.manager)


def _extended(concern: Concern, extension: Extension | None) -> Concern:
    return replace(concern, call=replace(_call(concern), extension=extension))


def _call(concern: Concern) -> Call:
    if concern.call is None:
        raise ValueError("no tier has been called")
    return concern.call

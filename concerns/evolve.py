"""Folding the record: what a concern is after one more event. No judgement here; `decide` has made it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import assert_never

from concerns import events as e
from concerns.model import Call, Clock, ClockKind, Concern, Ending, Stage
from concerns.people import Seat

K = ClockKind


def fold(concern: Concern | None, events: Iterable[e.Event]) -> Concern:
    """The concern after all these events. Raises ValueError when there is nothing to fold."""
    for event in events:
        concern = evolve(concern, event)
    if concern is None:
        raise ValueError("no events: nothing to fold")
    return concern


def evolve(concern: Concern | None, event: e.Event) -> Concern:
    """The concern after this event. `seq` counts the events folded.

    Raises ValueError when the record does not begin with an opening, or begins twice.
    """
    if isinstance(event, e.Opening):
        if concern is not None:
            raise ValueError("a concern opens once")
        return _opened(event)
    if concern is None:
        raise ValueError("a record begins with an opening")
    return replace(_after(concern, event), seq=concern.seq + 1)


def _opened(event: e.Opening) -> Concern:
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


def _after(concern: Concern, event: e.LaterEvent) -> Concern:  # noqa: PLR0915 - a table, one arm an event
    """One arm for each event; the clocks that matter are named, the rest run on."""
    match event:
        case e.Responded():
            return _closed(concern, Ending.SATISFIED) if event.satisfied else concern
        case e.ReferralLapsed():
            return _clocks(concern, drop=(K.REFERRAL,), add=((K.REFERRAL_ASK, event.ask_due),))
        case e.Opened():
            return replace(concern, stage=Stage.CALLED, grounds=event.grounds)
        case e.TurnedUrgent():
            return replace(concern, urgent=True)
        case e.Called():
            return _called(concern, event)
        case e.Reminded():
            kept = tuple(c for c in concern.clocks if c.kind is not K.REMIND or c.due > event.at)
            call = replace(_call(concern), reminded=_call(concern).reminded + 1)
            return _clocks(replace(concern, call=call, clocks=kept), add=((K.REMIND, event.next_due),))
        case e.AcknowledgementLapsed():
            call = replace(_call(concern), acknowledgement_lapsed=True)
            return _clocks(replace(concern, call=call), drop=(K.ACKNOWLEDGE,))
        case e.Lapsed():
            waiting = _turned_to(replace(concern, call=replace(_call(concern), lapsed=True)), event.manager)
            drop = (K.ACKNOWLEDGE, K.REMIND, K.ANSWER)
            return _clocks(waiting, drop=drop, add=((K.ASK, event.ask_due),))
        case e.CalledAgain():
            call = replace(_call(concern), due=event.due, again=event.times, lapsed=False)
            again = replace(concern, call=call)
            return _clocks(again, drop=(K.REMIND, K.ANSWER), add=((K.ANSWER, event.due),))
        case e.Acknowledged():
            held = replace(concern, stage=Stage.ACKNOWLEDGED, acknowledged_by=event.by)
            return _clocks(held, drop=(K.ACKNOWLEDGE,))
        case e.Released():
            freed = replace(concern, stage=Stage.CALLED, acknowledged_by=None)
            return _clocks(freed, add=((K.ACKNOWLEDGE, event.acknowledge_due),))
        case e.Answered():
            return replace(
                concern,
                stage=Stage.ANSWERED,
                turn=concern.turn + 1,
                outcome=event.outcome,
                asked_again=0,
                clocks=(Clock(K.ACCEPTANCE, event.acceptance_due),),
            )
        case e.AcceptanceLapsed():
            asked = _turned_to(replace(concern, asked_again=event.times), event.manager)
            return _clocks(asked, drop=(K.ACCEPTANCE,), add=((K.ACCEPTANCE, event.next_due),))
        case e.Accepted():
            return replace(
                concern,
                stage=Stage.AGREED,
                reservation=event.reservation,
                asked_again=0,
                clocks=(Clock(K.FOLLOW_UP, event.follow_up_due),),
            )
        case e.Disputed():
            return replace(
                concern,
                stage=Stage.CALLED,
                turn=concern.turn + 1,
                outcome=None,
                acknowledged_by=None,
                clocks=(),
            )
        case e.FollowUpLapsed():
            asked = replace(concern, asked_again=event.times)
            return _clocks(asked, drop=(K.FOLLOW_UP,), add=((K.FOLLOW_UP, event.next_due),))
        case e.Checked():
            if event.next_due is None:
                return _closed(concern, Ending.CHECKED)
            return replace(concern, asked_again=0, clocks=(Clock(K.FOLLOW_UP, event.next_due),))
        case e.Reopened():
            # Only a concern that was closed has told those who hear of a closing.
            reopened = concern.reopened or concern.stage is Stage.CLOSED
            return replace(concern, stage=Stage.CALLED, ending=None, reservation=False, reopened=reopened)
        case e.ContactLogged():
            return replace(concern, unanswered_contacts=concern.unanswered_contacts + event.unanswered)
        case e.Withdrawn():
            return _closed(concern, Ending.WITHDRAWN)
        case e.Skipped() | e.NoteAdded():
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
    )
    clocks = [Clock(K.ANSWER, event.due)]
    if event.acknowledge_due is not None:
        clocks.append(Clock(K.ACKNOWLEDGE, event.acknowledge_due))
    clocks.extend(Clock(K.REMIND, due) for due in event.reminders)
    return replace(
        concern,
        stage=Stage.CALLED,
        call=call,
        turn=concern.turn + 1,
        called=_with(concern.called, event.raising, event.challenged, event.convener),
        manager=None,
        climbed=concern.climbed + ((event.tier,) if event.tier not in concern.climbed else ()),
        acknowledged_by=None,
        outcome=None,
        asked_again=0,
        clocks=_sorted(clocks),
    )


def _turned_to(concern: Concern, manager: Seat | None) -> Concern:
    """The raising manager was called on to speak: it may from now on, and may read what was said."""
    if manager is None:
        return concern
    return replace(concern, manager=manager, called=_with(concern.called, manager))


def _with(called: tuple[Seat, ...], *seats: Seat | None) -> tuple[Seat, ...]:
    return called + tuple(seat for seat in seats if seat is not None and seat not in called)


def _closed(concern: Concern, ending: Ending) -> Concern:
    return replace(concern, stage=Stage.CLOSED, ending=ending, clocks=())


def _call(concern: Concern) -> Call:
    if concern.call is None:
        raise ValueError("no tier has been called")
    return concern.call


def _clocks(
    concern: Concern,
    *,
    drop: tuple[ClockKind, ...] = (),
    add: tuple[tuple[ClockKind, datetime | None], ...] = (),
) -> Concern:
    kept = [clock for clock in concern.clocks if clock.kind not in drop]
    kept.extend(Clock(kind, due) for kind, due in add if due is not None)
    return replace(concern, clocks=_sorted(kept))


def _sorted(clocks: Iterable[Clock]) -> tuple[Clock, ...]:
    return tuple(sorted(clocks, key=lambda clock: (clock.due, clock.kind.order)))

"""What the clock does by itself: it looks at the first clock that has run out, and may stay silent."""

from datetime import datetime
from typing import assert_never

from concerns import events as e
from concerns.authority import raising_manager
from concerns.calling import call_from, can_be_called, counts_from, next_repeat, repeat_window
from concerns.model import Call, Clock, ClockKind, Concern, Ground, Why
from concerns.pathway import OnLapse, OnReferralLapse
from concerns.people import Seat
from concerns.rules import Rules
from concerns.window import Unit, Window

NEXT_WORKING_DAY = Window(1, Unit.WORKING_DAY)


def lapse(concern: Concern, now: datetime, rules: Rules) -> tuple[e.Event, ...]:
    """The consequence of the first clock that has run out; nothing when none has.

    A reminder of a window that has itself run out is not worth sending: the lapse says more.
    """
    ended = [clock for clock in concern.clocks if clock.due <= now]
    answer_is_late = any(clock.kind is ClockKind.ANSWER for clock in ended)
    for clock in ended:
        if clock.kind is not ClockKind.REMIND or not answer_is_late:
            return _consequence(concern, clock, now, rules)
    return ()


def _consequence(concern: Concern, clock: Clock, now: datetime, rules: Rules) -> tuple[e.Event, ...]:
    tier = concern.tier or 0
    match clock.kind:
        case ClockKind.ACKNOWLEDGE:
            return (e.AcknowledgementLapsed(at=now, tier=tier, due=clock.due),)
        case ClockKind.REMIND:
            return (_reminded(concern, clock, now, rules),)
        case ClockKind.ANSWER:
            return _answer_lapsed(concern, clock, now, rules)
        case ClockKind.ASK:
            return call_from(concern, tier + 1, now, clock.due, Why.NO_ANSWER_IN_TIME, rules)
        case ClockKind.REFERRAL:
            return _referral_lapsed(concern, clock, now, rules)
        case ClockKind.REFERRAL_ASK:
            return _opened(concern, clock, now, rules)
        case ClockKind.ACCEPTANCE:
            return (_acceptance_lapsed(concern, clock, now, rules),)
        case ClockKind.FOLLOW_UP:
            next_due = _again(NEXT_WORKING_DAY, clock, now, rules)
            times = concern.asked_again + 1
            return (e.FollowUpLapsed(at=now, due=clock.due, times=times, next_due=next_due),)
        case ClockKind.ACTION:
            return _action_lapsed(concern, clock, now, rules)
        case ClockKind.OBJECTION:
            return (e.ObjectionLapsed(at=now, due=clock.due),)
        case _:
            assert_never(clock.kind)


def _reminded(concern: Concern, clock: Clock, now: datetime, rules: Rules) -> e.Reminded:
    """After downtime the missed repeats are one reminder; the next counts from now."""
    tier, answer = concern.tier or 0, concern.clock(ClockKind.ANSWER)
    if answer is None:
        return e.Reminded(at=now, tier=tier)
    next_due = next_repeat(concern, tier, clock.due, answer.due, now, rules)
    return e.Reminded(at=now, tier=tier, next_due=next_due)


def _answer_lapsed(concern: Concern, clock: Clock, now: datetime, rules: Rules) -> tuple[e.Event, ...]:
    call, ask = concern.call, rules.pathway.ask
    if call is None:
        return ()
    lapsed = e.Lapsed(at=now, tier=call.tier, due=clock.due)
    if call.tier >= rules.pathway.top and _changed_hands(concern, call, rules):
        return lapsed, *call_from(concern, call.tier, now, clock.due, Why.NO_ANSWER_IN_TIME, rules)
    if call.tier >= rules.pathway.top:
        repeat = repeat_window(concern, call.tier, rules)
        since, late = counts_from(repeat, clock.due, now, rules)
        due = rules.calendar.end_of(repeat, since)
        return lapsed, e.CalledAgain(at=now, tier=call.tier, times=call.again + 1, due=due, late=late)
    if rules.pathway.on_lapse is OnLapse.ASK and ask is not None:
        manager = raising_manager(concern, rules.pathway)
        ask_due = _again(ask, clock, now, rules)
        return (e.Lapsed(at=now, tier=call.tier, due=clock.due, ask_due=ask_due, manager=manager),)
    return lapsed, *call_from(concern, call.tier + 1, now, clock.due, Why.NO_ANSWER_IN_TIME, rules)


def _changed_hands(concern: Concern, call: Call, rules: Rules) -> bool:
    """Whether the top seat was filled after the coordinator was called for it, or emptied after its call."""
    seat = Seat(concern.challenged, rules.pathway.tier(rules.pathway.top).challenged)
    return can_be_called(seat, concern, rules.directory) is (call.challenged is None)


def _referral_lapsed(concern: Concern, clock: Clock, now: datetime, rules: Rules) -> tuple[e.Event, ...]:
    referral = rules.pathway.referral
    if referral.on_lapse is OnReferralLapse.OPEN:
        lapsed = e.ReferralLapsed(at=now, due=clock.due, ask_due=None)
        return lapsed, *_opened(concern, clock, now, rules)
    ask_due = _again(referral.answer, clock, now, rules)
    return (e.ReferralLapsed(at=now, due=clock.due, ask_due=ask_due),)


def _opened(concern: Concern, clock: Clock, now: datetime, rules: Rules) -> tuple[e.Event, ...]:
    opened = e.Opened(at=now, why=Why.NO_ANSWER_IN_TIME, grounds=(Ground.NO_RESPONSE,))
    # A referral put on record after its time was over lapsed then; nobody was late before it was here.
    since = max(clock.due, concern.opened)
    return opened, *call_from(concern, 1, now, since, Why.NO_ANSWER_IN_TIME, rules)


def _action_lapsed(concern: Concern, clock: Clock, now: datetime, rules: Rules) -> tuple[e.Event, ...]:
    """A late action is asked for again every working day (design 4)."""
    next_due = _again(NEXT_WORKING_DAY, clock, now, rules)
    late = next(action for action in concern.open_actions if action.ask_due == clock.due)
    times = late.times + 1
    return (e.ActionLapsed(at=now, number=late.number, due=late.due, times=times, next_due=next_due),)


def _acceptance_lapsed(concern: Concern, clock: Clock, now: datetime, rules: Rules) -> e.AcceptanceLapsed:
    """The raiser is asked first; from the second time on the raising manager is called on too."""
    times = concern.asked_again + 1
    manager = raising_manager(concern, rules.pathway) if times > 1 else None
    next_due = _again(rules.pathway.acceptance, clock, now, rules)
    return e.AcceptanceLapsed(at=now, due=clock.due, times=times, next_due=next_due, manager=manager)


def _again(window: Window, clock: Clock, now: datetime, rules: Rules) -> datetime:
    """When to ask once more: from the lapse, or from now when that is long past."""
    since, _ = counts_from(window, clock.due, now, rules)
    return rules.calendar.end_of(window, since)

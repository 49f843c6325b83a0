"""Calling a tier: which seats, from when the windows count, and when they end.

Due instants are fixed here, once; nothing later moves them (design 4, "Frozen").
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from concerns import events as e
from concerns.authority import raising_manager
from concerns.directory import Directory
from concerns.model import ClockKind, Concern, Why
from concerns.pathway import Tier
from concerns.people import PersonId, Seat
from concerns.rules import Rules
from concerns.window import Window

GRACE = timedelta(minutes=5)
"""How late a call may be and still count from the lapse, in the new window's kind of time (design 4)."""


def call_from(
    concern: Concern,
    tier: int,
    now: datetime,
    since: datetime,
    why: Why,
    rules: Rules,
    by: PersonId | None = None,
) -> tuple[e.Event, ...]:
    """Call this tier, or the first one above it with somebody to call; those passed over are on record.

    An agency with no channel on Baton is still called (its raising side rings it up).
    Where every tier is empty the coordinator is called as the top tier.
    """
    directory = rules.directory
    skipped: list[e.Skipped] = []
    for number in range(tier, rules.pathway.top + 1):
        step = rules.pathway.tier(number)
        seat = Seat(concern.challenged, step.challenged)
        if can_be_called(seat, concern, directory):
            return *skipped, _called(concern, step, seat, now, since, why, rules, by, skipped)
        skipped.append(e.Skipped(at=now, by=by, tier=number, empty=seat))
    top = rules.pathway.tier(rules.pathway.top)
    return *skipped, _called(concern, top, None, now, since, why, rules, by, skipped)


def next_tier(concern: Concern, tier: int, rules: Rules) -> int | None:
    """The tier that would be called after this one, as the directory stands today; None: nobody is left."""
    for number in range(tier + 1, rules.pathway.top + 1):
        seat = Seat(concern.challenged, rules.pathway.tier(number).challenged)
        if can_be_called(seat, concern, rules.directory):
            return number
    return None


def can_be_called(seat: Seat, concern: Concern, directory: Directory) -> bool:
    """Whether anybody there may answer, the raiser apart; an agency without a channel is always rung up."""
    if not directory.on_baton(concern.challenged):
        return True
    return any(not directory.stands_in(person, concern.raiser) for person in directory.holders(seat))


def _called(
    concern: Concern,
    step: Tier,
    challenged: Seat | None,
    now: datetime,
    since: datetime,
    why: Why,
    rules: Rules,
    by: PersonId | None,
    skipped: Sequence[e.Skipped],
) -> e.Called:
    acknowledge, answer = windows(concern, step, rules)
    started, late = counts_from(answer, since, now, rules)
    due = rules.calendar.end_of(answer, started)
    return e.Called(
        at=now,
        by=by,
        tier=step.number,
        why=why,
        started=started,
        raising=Seat(concern.raising, step.raising) if step.number > 1 else None,
        challenged=challenged,
        convener=rules.directory.convener(step.convener),
        acknowledge_due=_acknowledge_due(acknowledge, started, due, now, rules),
        due=due,
        reminders=_reminders(concern, step, answer, started, due, now, rules),
        late=late,
        told=raising_manager(concern, rules.pathway),
        passed_over=tuple(one.tier for one in skipped),
    )


def counts_from(window: Window, since: datetime, now: datetime, rules: Rules) -> tuple[datetime, int]:
    """The instant a window opened by a lapse counts from, and how late (seconds) when that is now.

    A window that would already be over counts from now too: nobody is passed by who was never asked.
    """
    in_time = rules.calendar.lateness(window, since, now) <= GRACE
    if in_time and rules.calendar.end_of(window, since) > now:
        return since, 0
    return now, int((now - since).total_seconds())


def _acknowledge_due(
    window: Window | None, started: datetime, due: datetime, now: datetime, rules: Rules
) -> datetime | None:
    """When an acknowledgement is due, never later than the answer.

    Its own kind of time says whether it still counts from the lapse: nobody is late who was just asked.
    """
    if window is None:
        return None
    since, _ = counts_from(window, started, now, rules)
    return min(rules.calendar.end_of(window, since), due)


def in_urgent(concern: Concern, tier: int, rules: Rules) -> bool:
    """Whether the urgent windows hold: from the urgent tier upwards, once the concern is urgent."""
    urgent = rules.pathway.urgent
    return concern.urgent and urgent is not None and tier >= urgent.enter_at


def windows(concern: Concern, step: Tier, rules: Rules) -> tuple[Window | None, Window]:
    """The acknowledge and answer windows of a tier for this concern."""
    urgent = rules.pathway.urgent
    if urgent is not None and in_urgent(concern, step.number, rules):
        return urgent.acknowledge, urgent.answer
    return step.acknowledge, step.answer


def repeat_window(concern: Concern, tier: int, rules: Rules) -> Window:
    """How often the top tier is called again."""
    urgent = rules.pathway.urgent
    if urgent is not None and in_urgent(concern, tier, rules):
        return urgent.repeat
    return rules.pathway.repeat


def next_repeat(
    concern: Concern, tier: int, after: datetime, due: datetime, now: datetime, rules: Rules
) -> datetime | None:
    """The next urgent repeat strictly before the window ends; ordinary tiers have none.

    Repeats that have gone by are not made up for: the next one counts from now.
    """
    urgent = rules.pathway.urgent
    if urgent is None or not in_urgent(concern, tier, rules):
        return None
    instant = rules.calendar.end_of(urgent.repeat, after)
    if instant <= now:
        instant = rules.calendar.end_of(urgent.repeat, now)
    return instant if instant < due else None


def repeats_go_on(concern: Concern, due: datetime, now: datetime, rules: Rules) -> datetime | None:
    """The next urgent repeat of an answer that is due later now; None where one runs already."""
    if concern.tier is None or any(
        clock.kind is ClockKind.REMIND and clock.due < due for clock in concern.clocks
    ):
        return None
    return next_repeat(concern, concern.tier, now, due, now, rules)


def _reminders(
    concern: Concern,
    step: Tier,
    answer: Window,
    started: datetime,
    due: datetime,
    now: datetime,
    rules: Rules,
) -> tuple[datetime, ...]:
    """When to remind: shares of the answer window's own kind of time, or the first urgent repeat."""
    if in_urgent(concern, step.number, rules):
        first = next_repeat(concern, step.number, started, due, now, rules)
        return (first,) if first else ()
    instants = (rules.calendar.part_of(answer, started, due, share) for share in step.remind)
    return tuple(instant for instant in instants if instant > now)

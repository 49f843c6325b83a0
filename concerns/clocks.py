"""The running clocks of a concern, as a fold keeps them: in order, and one for each action still owed."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from concerns.model import Clock, ClockKind, Concern, Stage

BESIDE = frozenset({ClockKind.REMIND, ClockKind.ACTION, ClockKind.OBJECTION})
"""The clocks that run beside the one a stage waits for."""


def stage_clock(concern: Concern) -> Clock | None:
    """The clock of what its stage waits for; an action or an objection beside it says its own time."""
    return next((clock for clock in concern.clocks if clock.kind not in BESIDE), None)


def rewound(
    concern: Concern,
    *,
    drop: tuple[ClockKind, ...] = (),
    add: tuple[tuple[ClockKind, datetime | None], ...] = (),
) -> Concern:
    """Without the clocks of these kinds, with these others; no instant means no such clock."""
    kept = [clock for clock in concern.clocks if clock.kind not in drop]
    kept.extend(Clock(kind, due) for kind, due in add if due is not None)
    return replace(concern, clocks=in_order(kept))


def in_order(clocks: Iterable[Clock]) -> tuple[Clock, ...]:
    """The soonest first; at one instant in the order of the kinds."""
    return tuple(sorted(clocks, key=lambda clock: (clock.due, clock.kind.order)))


def with_actions(concern: Concern) -> Concern:
    """What was promised keeps its clock whatever the calls do, until it is done or the concern is closed."""
    if not concern.actions:
        return concern
    owed = () if concern.stage is Stage.CLOSED else concern.open_actions
    clocks = tuple((ClockKind.ACTION, action.ask_due) for action in owed)
    return rewound(concern, drop=(ClockKind.ACTION,), add=clocks)

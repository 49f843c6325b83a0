"""What happened while a tier was called: whom, until when, and what its windows came to."""

from dataclasses import dataclass
from datetime import datetime

from concerns.events.fact import Fact
from concerns.model import Outcome, Why
from concerns.people import Seat


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped(Fact):
    """A tier was passed over because there was nobody to call."""

    tier: int
    empty: Seat


@dataclass(frozen=True, slots=True, kw_only=True)
class Called(Fact):
    """A tier was asked to answer, on both sides. No `challenged` seat: the coordinator is called instead.

    `passed_over` are the tiers below it nobody could be called at, `told` is the raising manager's seat.

    `late` is how many seconds after the lapse that led here the call was really made, when it was too late to
    count from that lapse.
    """

    tier: int
    why: Why
    started: datetime
    raising: Seat | None
    challenged: Seat | None
    convener: Seat | None
    acknowledge_due: datetime | None
    due: datetime
    reminders: tuple[datetime, ...] = ()
    late: int = 0
    passed_over: tuple[int, ...] = ()
    told: Seat | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminded(Fact):
    """The challenged side was reminded; `next_due` is the next reminder where they repeat."""

    tier: int
    next_due: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AcknowledgementLapsed(Fact):
    """Nobody acknowledged in time: deputies are pinged and the next tier told; nothing moves up."""

    tier: int
    due: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Lapsed(Fact):
    """Nobody answered in time. With `ask_due` the raising side is asked first, its `manager` too."""

    tier: int
    due: datetime
    ask_due: datetime | None = None
    manager: Seat | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CalledAgain(Fact):
    """The top tier was called again; silence never closes anything."""

    tier: int
    times: int
    due: datetime
    late: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged(Fact):
    """The challenged side said it has it; the answer clock runs on. `reported`: told by the raising side."""

    seat: Seat | None
    reported: bool = False
    when: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Released(Fact):
    """An acknowledgement was handed back, clocks as if it was never given."""

    acknowledge_due: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered(Fact):
    """The challenged side answered; the raising side has until `acceptance_due` to take it or not."""

    seat: Seat | None
    outcome: Outcome
    acceptance_due: datetime
    reported: bool = False
    when: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionAsked(Fact):
    """The challenged side asked for time until then, once a call, with its reason."""

    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionAgreed(Fact):
    """The raising side agreed: the answer is due then, reminded of at `next_reminder` where none was left."""

    due: datetime
    next_reminder: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionDeclined(Fact):
    """The raising side declined: the window stays as it was."""

"""What has happened, in the past tense: the append-only record of a concern.

Every due instant stands in the event that opened its window and never moves (design 4, "Frozen").
`words` are sealed by the store; nothing else in an event is private.
"""

from dataclasses import dataclass
from datetime import date, datetime

from concerns.model import (
    NO_WORDS,
    Direction,
    Ground,
    Method,
    Outcome,
    Reached,
    Ref,
    Safer,
    Why,
    Words,
)
from concerns.pathway import Strand
from concerns.people import AgencyId, PersonId, Seat


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """When it was recorded (aware UTC), and by whom; nobody means the clock."""

    at: datetime
    by: PersonId | None = None
    words: Words = NO_WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Referred(Fact):
    """A referral made outside Baton was put on record; its response clock runs."""

    ref: Ref
    raiser: PersonId
    raising: AgencyId
    challenged: AgencyId
    strand: Strand
    pathway: str
    when: datetime
    how: Method
    due: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised(Fact):
    """A concern was raised; the call of its first tier follows in the same breath."""

    ref: Ref
    raiser: PersonId
    raising: AgencyId
    challenged: AgencyId
    strand: Strand
    pathway: str
    grounds: tuple[Ground, ...]
    urgent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Responded(Fact):
    """The referral was responded to; enough closes it, a challenge opens the ladder."""

    satisfied: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralLapsed(Fact):
    """No response in time. With `ask_due` the raiser is asked first; without, the ladder opens at once."""

    due: datetime
    ask_due: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened(Fact):
    """The ladder was opened under a referral; the call of a tier follows in the same breath."""

    why: Why
    grounds: tuple[Ground, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnedUrgent(Fact):
    """Somebody is in danger now: the urgent windows hold from here on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped(Fact):
    """A tier was passed over because there was nobody to call."""

    tier: int
    empty: Seat


@dataclass(frozen=True, slots=True, kw_only=True)
class Called(Fact):
    """A tier was asked to answer, on both sides. No `challenged` seat: the coordinator is called instead.

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
class AcceptanceLapsed(Fact):
    """The raising side has not said whether the answer will do; it is asked again, then its `manager`."""

    due: datetime
    times: int
    next_due: datetime
    manager: Seat | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted(Fact):
    """The raising side took the answer; a check is owed on the follow-up date."""

    reservation: bool
    follow_up_due: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Disputed(Fact):
    """The raising side said the answer is not enough; a call follows in the same breath."""

    tier: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpLapsed(Fact):
    """The check was due and nobody made it; it is asked for again each working day."""

    due: datetime
    times: int
    next_due: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked(Fact):
    """Somebody looked whether the person is safer. `next_due` sets a new date; none closes the concern."""

    safer: Safer
    records_copied: tuple[AgencyId, ...]
    next_due: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopened(Fact):
    """A settled or closed concern was taken up again; the call of a tier follows in the same breath."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactLogged(Fact):
    """A contact between professionals: when it happened (`when`) and when it was logged (`at`)."""

    direction: Direction
    method: Method
    reached: Reached
    when: datetime
    next_date: date | None = None
    was_referral: bool = False
    confirmed: bool = False
    written_follow_up: bool = False

    @property
    def unanswered(self) -> bool:
        """Whether we reached out and nobody spoke with us."""
        return self.direction is Direction.MADE and self.reached is not Reached.SPOKE


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAdded(Fact):
    """Words were added to the record."""

    evidence_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn(Fact):
    """The raising side closed it, with its reason on record."""


Opening = Referred | Raised
LaterEvent = (
    Responded
    | ReferralLapsed
    | Opened
    | TurnedUrgent
    | Skipped
    | Called
    | Reminded
    | AcknowledgementLapsed
    | Lapsed
    | CalledAgain
    | Acknowledged
    | Released
    | Answered
    | AcceptanceLapsed
    | Accepted
    | Disputed
    | FollowUpLapsed
    | Checked
    | Reopened
    | ContactLogged
    | NoteAdded
    | Withdrawn
)
Event = Opening | LaterEvent

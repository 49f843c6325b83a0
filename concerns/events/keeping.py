"""What was added to the record, put right on it, or handed on, without a tier having spoken."""

from dataclasses import dataclass
from datetime import date, datetime

from concerns.events.fact import Fact
from concerns.model import ClockKind, Direction, Method, Reached, Ref, Route
from concerns.people import PersonId


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected(Fact):
    """What entry `of` (its number in the record) should have said; the entry itself stays as it was."""

    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirected(Fact):
    """The raising side took it to the door it belongs to; it is closed here."""

    route: Route


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedDuplicate(Fact):
    """It is the same matter as another concern, which goes on; it is closed here."""

    of: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver(Fact):
    """Somebody else of the raising agency carries it now; stage, clocks and history are kept."""

    was: PersonId
    to: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Retimed(Fact):
    """The coordinator moved a running window, with the reason.

    `next_reminder` is the next urgent repeat, where none was left for an answer that is due later now.
    """

    clock: ClockKind
    was: datetime
    due: datetime
    next_reminder: datetime | None = None

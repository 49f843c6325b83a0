"""How a concern was settled, and what was owed afterwards: the check, and the actions promised."""

from dataclasses import dataclass
from datetime import datetime

from concerns.events.fact import Fact
from concerns.model import Outcome, Safer
from concerns.people import AgencyId, PersonId, Seat


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptanceLapsed(Fact):
    """The raising side has not said whether the answer will do; it is asked again, then its `manager`."""

    due: datetime
    times: int
    next_due: datetime
    manager: Seat | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted(Fact):
    """The raising side took the answer; a check is owed on the follow-up date.

    With `objection_due` it was not the raiser who spoke, and the raiser may object until then.
    """

    reservation: bool
    follow_up_due: datetime
    objection_due: datetime | None = None


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
class ObjectionLapsed(Fact):
    """Somebody else accepted for the raising side, and the raiser did not object in time."""

    due: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided(Fact):
    """The top tier recorded its decision, its reasons, and any dissent; it settles the concern."""

    seat: Seat | None
    outcome: Outcome
    follow_up_due: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionSet(Fact):
    """Somebody was named to do something by then. Numbers count from 1 and are never used twice."""

    number: int
    owner: PersonId
    due: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionDone(Fact):
    """What was promised has been done."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionDropped(Fact):
    """What was promised is not to be done any more, or by somebody else; why is on record."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionLapsed(Fact):
    """An action was due and is not marked done; it is asked for again each working day."""

    number: int
    due: datetime
    times: int
    next_due: datetime

"""How a concern came onto the record and up to the first rung of its ladder."""

from dataclasses import dataclass
from datetime import datetime

from concerns.events.fact import Fact
from concerns.model import Ground, Method, Ref, Why
from concerns.pathway import Strand
from concerns.people import AgencyId, PersonId


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

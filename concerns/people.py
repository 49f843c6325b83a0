"""Who there is: agencies, people, seats, channels; `concerns.directory` answers questions about them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from concerns.calendar import Span

PersonId = NewType("PersonId", str)
AgencyId = NewType("AgencyId", str)
ChannelId = NewType("ChannelId", str)

COORDINATOR = "coordinator"
AUDITOR = "auditor"
DIRECTORY_OWNER = "directory_owner"


class AgencyKind(StrEnum):
    """What sort of body an agency is; only `board` changes a rule (it may hold the convener's seat)."""

    COUNCIL = "council"
    HEALTH = "health"
    POLICE = "police"
    SCHOOL = "school"
    PROVIDER = "provider"
    VOLUNTARY = "voluntary"
    BOARD = "board"


@dataclass(frozen=True, slots=True)
class Agency:
    """One organisation of the partnership. Its own hours set its digest and cover, never a due instant."""

    id: AgencyId
    name: str
    kind: AgencyKind
    hours: tuple[tuple[Span, ...], ...] | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """One account on one platform (platform, workspace or "telegram", user id); never a name or an e-mail."""

    platform: str
    workspace: str
    user: str

    def __str__(self) -> str:
        if self.platform == self.workspace:
            return f"{self.platform}:{self.user}"
        return f"{self.platform}:{self.workspace}:{self.user}"

    @classmethod
    def read(cls, text: str) -> "Identity | None":
        """The account written so; None for what is none."""
        parts = text.split(":")
        return cls(parts[0], *parts[-2:]) if len(parts) in {2, 3} else None

    @property
    def on_its_own(self) -> bool:
        """Whether no organisation looks after it (Telegram): nobody there takes it from whoever leaves."""
        return self.platform == self.workspace

    def beside(self, other: "Identity") -> bool:
        """Whether both are in one place: one workspace of one platform."""
        return (self.platform, self.workspace) == (other.platform, other.workspace)


@dataclass(frozen=True, slots=True)
class Person:
    """A professional in the directory. `roles` are those that need no seat (coordinator, auditor …)."""

    id: PersonId
    name: str
    agency: AgencyId
    roles: tuple[str, ...] = ()
    identities: tuple[Identity, ...] = ()
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Seat:
    """A role in an agency. People change, seats stay."""

    agency: AgencyId
    role: str


@dataclass(frozen=True, slots=True)
class Seating:
    """Who holds a seat today, and who stands in; either may belong to another agency."""

    seat: Seat
    holder: PersonId | None
    deputies: tuple[PersonId, ...] = ()

    @property
    def everyone(self) -> tuple[PersonId, ...]:
        """The holder first, then the deputies."""
        return ((self.holder,) if self.holder else ()) + self.deputies


@dataclass(frozen=True, slots=True)
class Cover:
    """A person is away from `start` until `end` (aware UTC); nobody standing in means their deputies do."""

    person: PersonId
    start: datetime
    end: datetime
    stand_in: PersonId | None = None


@dataclass(frozen=True, slots=True)
class Channel:
    """A shared place on a platform. `trust` (0, 1, 2) says what it may carry; no tiers listed means all."""

    id: ChannelId
    platform: str
    workspace: str
    address: str
    agencies: tuple[AgencyId, ...]
    tiers: tuple[int, ...] = ()
    trust: int = 0
    name: str = ""

    @property
    def carries(self) -> int:
        """The trust it is given: none where no organisation looks after it (Telegram), whatever is listed."""
        return 0 if self.platform == self.workspace else self.trust


@dataclass(frozen=True, slots=True)
class Workspace:
    """One installation of a platform's app."""

    name: str
    platform: str

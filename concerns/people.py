"""Who there is: agencies, people, seats, channels, and the directory that answers questions about them.

Authority comes from this directory only, never from who can see a channel.
Nothing here reads a file, a database or a clock.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
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


_REMEMBERED = 4096
"""Of how many groups of agencies a directory remembers the channels they share."""


@dataclass(frozen=True, slots=True)
class Directory:
    """Everybody and every place of one partnership, as it stands today; `covers` are those running now."""

    partnership: str
    coordinator: PersonId | None
    agencies: tuple[Agency, ...]
    people: tuple[Person, ...]
    seatings: tuple[Seating, ...]
    channels: tuple[Channel, ...]
    workspaces: tuple[Workspace, ...] = ()
    covers: tuple[Cover, ...] = ()
    _people: Mapping[PersonId, Person] = field(init=False, repr=False, compare=False)
    _agencies: Mapping[AgencyId, Agency] = field(init=False, repr=False, compare=False)
    _seatings: Mapping[Seat, Seating] = field(init=False, repr=False, compare=False)
    _channels: Mapping[ChannelId, Channel] = field(init=False, repr=False, compare=False)
    _accounts: Mapping[Identity, PersonId] = field(init=False, repr=False, compare=False)
    _away: Mapping[PersonId, PersonId | None] = field(init=False, repr=False, compare=False)
    _held: Mapping[Seat, tuple[PersonId, ...]] = field(init=False, repr=False, compare=False)
    _boards: tuple[Agency, ...] = field(init=False, repr=False, compare=False)
    _told: frozenset[AgencyId] = field(init=False, repr=False, compare=False)
    _shared: dict[tuple[frozenset[AgencyId], int], tuple[Channel, ...]] = field(
        init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "_people", {person.id: person for person in self.people})
        put(self, "_agencies", {agency.id: agency for agency in self.agencies})
        put(self, "_seatings", {seating.seat: seating for seating in self.seatings})
        put(self, "_channels", {channel.id: channel for channel in self.channels})
        put(self, "_accounts", {account: p.id for p in self.people for account in p.identities})
        put(self, "_away", {cover.person: cover.stand_in for cover in self.covers})
        # A sweep asks the same of one directory thousands of times: what never changes is found once.
        put(self, "_held", {seating.seat: self._present(seating) for seating in self.seatings})
        put(self, "_boards", tuple(agency for agency in self.agencies if agency.kind is AgencyKind.BOARD))
        put(self, "_told", frozenset(id for channel in self.channels for id in channel.agencies))
        put(self, "_shared", {})

    def covered(self, covers: Iterable[Cover]) -> "Directory":
        """The same directory while these covers run."""
        return replace(self, covers=tuple(covers))

    def enrolled(self, accounts: Iterable[tuple[Identity, PersonId]]) -> "Directory":
        """The same directory with these accounts bound as well, of people it lists.

        An account the directory names itself stays whose it is there.
        """
        more: dict[PersonId, tuple[Identity, ...]] = {}
        for account, person in accounts:
            if person in self._people and account not in self._accounts:
                more[person] = (*more.get(person, ()), account)
        if not more:
            return self
        people = (replace(one, identities=one.identities + more.get(one.id, ())) for one in self.people)
        return replace(self, people=tuple(people))

    def person(self, id: PersonId) -> Person | None:
        """The person with this id, if the directory still lists one."""
        return self._people.get(id)

    def agency(self, id: AgencyId) -> Agency | None:
        """The agency with this id."""
        return self._agencies.get(id)

    def channel(self, id: ChannelId) -> Channel | None:
        """The channel with this id (ours, not the platform's address)."""
        return self._channels.get(id)

    def whose(self, account: Identity) -> PersonId | None:
        """The person bound to a platform account, or None for a stranger."""
        return self._accounts.get(account)

    def name_of(self, id: PersonId | AgencyId | None) -> str:
        """A name to show in private; the bare id when the directory no longer lists it."""
        found = self._people.get(PersonId(id or "")) or self._agencies.get(AgencyId(id or ""))
        return found.name if found else str(id or "")

    def seating(self, seat: Seat | None) -> Seating | None:
        """Who sits there."""
        return self._seatings.get(seat) if seat else None

    def holders(self, seat: Seat | None) -> tuple[PersonId, ...]:
        """Whom to call, of those the directory still lists: the holder, then the deputies.

        Whoever is away is left out, and whoever stands in for them takes their place.
        """
        return self._held.get(seat, ()) if seat else ()

    def _present(self, seating: Seating) -> tuple[PersonId, ...]:
        present = (self.reached(id) for id in seating.everyone)
        return tuple(dict.fromkeys(id for id in present if id is not None and id in self._people))

    def reached(self, person: PersonId) -> PersonId | None:
        """Who is spoken to for this person now: themselves, or while they are away whoever stands in."""
        if person not in self._away:
            return person if person in self._people else None
        stand_in = self._away[person]
        return stand_in if stand_in in self._people and stand_in not in self._away else None

    def stands_in(self, person: PersonId, other: PersonId | None) -> bool:
        """Whether this person may act for the other one: it is themselves, or they stand in for them now."""
        return person == other or (other is not None and self._away.get(other) == person)

    def sits(self, person: PersonId, seat: Seat | None) -> bool:
        """Whether this person may act for the seat today; being away takes nobody's right."""
        seating = self.seating(seat)
        if seating is None or person not in self._people:
            return False
        return any(self.stands_in(person, id) for id in seating.everyone)

    def seats_of(self, person: PersonId) -> tuple[Seat, ...]:
        """Every seat this person holds, deputises for, or covers today."""
        return tuple(seating.seat for seating in self.seatings if self.sits(person, seating.seat))

    def boards(self) -> tuple[Agency, ...]:
        """The agencies of kind `board`."""
        return self._boards

    def convener(self, role: str | None) -> Seat | None:
        """The seat of this role in a board, preferring one somebody holds."""
        seats = [Seat(board.id, role) for board in self.boards()] if role else []
        held = [seat for seat in seats if self.holders(seat)]
        return next(iter(held or seats), None)

    def shared(self, parties: Iterable[AgencyId], tier: int) -> tuple[Channel, ...]:
        """The channels a notice about these parties and this tier may go to (design 6).

        Every agency of the channel must be party to the concern, and the channel must carry the tier.
        """
        party = frozenset(parties)
        found = self._shared.get((party, tier))
        if found is None:
            found = tuple(
                channel
                for channel in self.channels
                if channel.agencies
                and party.issuperset(channel.agencies)
                and (not channel.tiers or tier in channel.tiers)
            )
            if len(self._shared) >= _REMEMBERED:
                self._shared.clear()
            self._shared[party, tier] = found
        return found

    def on_baton(self, agency: AgencyId) -> bool:
        """Whether this agency has any channel; one without is rung up by the raising side instead."""
        return agency in self._told

    def has_role(self, person: PersonId, role: str) -> bool:
        """Whether the directory gives this person a role that needs no seat.

        The named coordinator counts, and whoever stands in for them.
        """
        found = self._people.get(person)
        named = role == COORDINATOR and self.stands_in(person, self.coordinator)
        return named or (found is not None and role in found.roles)

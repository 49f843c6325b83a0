"""The directory: the answers to every question about who there is, as it stands today.

Authority comes from this directory only, never from who can see a channel.
Nothing here reads a file, a database or a clock.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from concerns.people import (
    COORDINATOR,
    Agency,
    AgencyId,
    AgencyKind,
    Channel,
    ChannelId,
    Cover,
    Identity,
    Person,
    PersonId,
    Seat,
    Seating,
    Workspace,
)

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

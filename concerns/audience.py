"""Who hears of a concern: the channels and people of its two sides, as the directory stands today.

It chooses places and people only; what they are told is the notices' matter.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from concerns.authority import parties, raising_manager, raising_people
from concerns.calling import next_tier
from concerns.model import Call, Concern, Stage
from concerns.people import AgencyId, Channel, PersonId, Seat
from concerns.rules import Rules


@dataclass(frozen=True, slots=True)
class Audience:
    """The audience of a concern as it stands; nobody is in it for being near."""

    concern: Concern
    rules: Rules

    def cards(self) -> Iterable[Channel]:
        """Every channel that carries the live card: those of the tiers called so far.

        An agency once told keeps its card true, also after a later tier has no part for it.
        """
        found: dict[str, Channel] = {}
        for tier in self.concern.climbed or (1,):
            for channel in self._shared(tier, once_told=True):
                found.setdefault(channel.id, channel)
        return found.values()

    def channels(self) -> tuple[Channel, ...]:
        """The channels of the tier now called; of tier 1 while nobody has been."""
        return self._shared(self.concern.tier or 1)

    def covers(self, agency: AgencyId) -> bool:
        """Whether one of those channels is this agency's too."""
        return any(agency in channel.agencies for channel in self.channels())

    def on_baton(self) -> bool:
        """Whether the challenged agency has any channel at all; one that has none is rung up."""
        return self.rules.directory.on_baton(self.concern.challenged)

    def reached(self, person: PersonId) -> PersonId:
        """Who is spoken to for this person; one away with nobody standing in reads it when they are back."""
        return self.rules.directory.reached(person) or person

    def raising(self) -> tuple[PersonId, ...]:
        """The one who answers for the raising side now."""
        return raising_people(self.concern, self.rules.directory)[:1]

    def raiser_unless(self, by: PersonId | None) -> tuple[PersonId, ...]:
        """The raiser, unless it was they who spoke."""
        return () if by == self.reached(self.concern.raiser) else (self.concern.raiser,)

    def manager(self) -> tuple[PersonId, ...]:
        """Whoever holds the raising seat of tier 2: the raiser's own line."""
        return self.holder(raising_manager(self.concern, self.rules.pathway))

    def coordinator(self) -> tuple[PersonId, ...]:
        """The partnership's coordinator; where nobody is reached for them, the raising side hears too."""
        named = self.rules.directory.coordinator
        if named is None:
            return self.raising()
        reached = self.rules.directory.reached(named)
        return (reached,) if reached else (named, *self.raising())

    def raiser(self) -> tuple[PersonId, ...]:
        """The raiser; where nobody is reached for them, their own line and the coordinator hear of it too."""
        raiser = self.concern.raiser
        reached = self.rules.directory.reached(raiser)
        return (reached,) if reached else (raiser, *self.raising(), *self.manager(), *self.coordinator())

    def awaited(self) -> tuple[PersonId, ...]:
        """Everybody who may speak for the side called; the coordinator where nobody sits there.

        Not for an agency that is rung up: its people need not be listed.
        """
        call = self.concern.call
        nobody = call is not None and (call.challenged is None or self.on_baton())
        return self.seated() or (self.coordinator() if nobody else ())

    def seated(self) -> tuple[PersonId, ...]:
        """The holder and deputies of the challenged seat called."""
        return self.rules.directory.holders(self.concern.call.challenged if self.concern.call else None)

    def holder(self, seat: Seat | None) -> tuple[PersonId, ...]:
        """Whoever holds the seat, or the first deputy where nobody does."""
        return self.rules.directory.holders(seat)[:1]

    def next_challenged(self, call: Call) -> Seat | None:
        """The challenged seat that would be called next; None where nobody is above."""
        above = next_tier(self.concern, call.tier, self.rules)
        return Seat(self.concern.challenged, self.rules.pathway.tier(above).challenged) if above else None

    def _shared(self, tier: int, *, once_told: bool = False) -> tuple[Channel, ...]:
        """The channels of this tier; with `once_told` also those of agencies that were party before."""
        board, concern = self.rules.pathway.board, self.concern
        was_closed = concern.stage is Stage.CLOSED or (once_told and concern.reopened)
        told_at = 0 if board.told_on_close and was_closed else board.told_at
        party = parties(concern, self.rules.directory, tier, told_at)
        before = (seat.agency for seat in concern.called) if once_told else ()
        return self.rules.directory.shared(party.union(before), tier)

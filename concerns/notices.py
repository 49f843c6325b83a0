"""What must be announced, and where: every change of a concern turned into notices, in the same breath.

Channels are chosen by `Directory.shared`; where a side has no channel its seat is told privately and the
coordinator hears of it. Nothing here names a person's words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, assert_never

from concerns import events as e
from concerns.authority import parties, raising_manager, raising_people
from concerns.evolve import evolve
from concerns.model import Call, Concern, Stage
from concerns.notice import Notice, NoticeKind, Place, PlaceKind, still_true
from concerns.people import AgencyId, Channel, PersonId, Seat
from concerns.rules import Rules

__all__ = ["Notice", "NoticeKind", "Place", "PlaceKind", "announce", "still_true"]

K = NoticeKind


def announce(before: Concern | None, events: Sequence[e.Event], rules: Rules) -> tuple[Notice, ...]:
    """All notices of one change, in the order they should arrive: the live cards first, then what is said."""
    if not events:
        return ()
    concern = before
    said: list[Notice] = []
    for event in events:
        concern = evolve(concern, event)
        said.extend(_Said(concern, rules).about(event))
    if concern is None:
        return ()
    cards = (
        Notice(_channel(c), K.CARD, concern.ref, concern.turn, concern.urgent)
        for c in _carded(concern, rules)
    )
    return *cards, *dict.fromkeys(said)


def _carded(concern: Concern, rules: Rules) -> Iterable[Channel]:
    """Every channel that carries this concern's live card: those of the tiers called so far."""
    found: dict[str, Channel] = {}
    for tier in concern.climbed or (1,):
        for channel in _shared(concern, tier, rules):
            found.setdefault(channel.id, channel)
    return found.values()


def _shared(concern: Concern, tier: int, rules: Rules) -> tuple[Channel, ...]:
    board = rules.pathway.board
    at_close = board.told_on_close and concern.stage is Stage.CLOSED
    told_at = 0 if at_close else board.told_at
    return rules.directory.shared(parties(concern, rules.directory, tier, told_at), tier)


def _channel(channel: Channel) -> Place:
    return Place(PlaceKind.CHANNEL, channel.id)


def _privately(people: Iterable[PersonId]) -> tuple[Place, ...]:
    return tuple(Place(PlaceKind.PERSON, person) for person in dict.fromkeys(people))


@dataclass(frozen=True, slots=True)
class _Said:
    """What is said about one event, the concern being as it is just after it."""

    concern: Concern
    rules: Rules

    def about(self, event: e.Event) -> Iterable[Notice]:
        """The notices of one event; the live card is added once for the whole change."""
        match event:
            case e.Called():
                return self._called(event)
            case e.CalledAgain():
                return self._called_again(event)
            case e.Reminded():
                return *self._to_called(K.REMINDED), *self._rung_up()
            case e.AcknowledgementLapsed():
                return self._acknowledgement_lapsed()
            case e.Lapsed():
                return self._asked(event) if event.ask_due else ()
            case e.Acknowledged():
                return self._to(self._raising(), K.ACKNOWLEDGED)
            case e.Released():
                return *self._to_called(K.RELEASED), *self._to(self._raising(), K.RELEASED)
            case e.Answered():
                raisers = (self.concern.raiser, *self._raising())
                return *self._in_channels(K.ANSWERED, self._seats("raising")), *self._to(raisers, K.ANSWERED)
            case e.AcceptanceLapsed():
                return self._acceptance_lapsed(event)
            case e.Accepted():
                return *self._to_called(K.ACCEPTED), *self._to(self._raiser_unless(event.by), K.ACCEPTED)
            case e.FollowUpLapsed():
                late = self._coordinator() if event.times > 1 else ()
                people = (self.concern.raiser, *self._raising(), *late)
                return self._to(people, K.CHECK_DUE, times=event.times)
            case e.ReferralLapsed():
                return self._to((self.concern.raiser,), K.REFERRAL_LAPSED) if event.ask_due else ()
            case e.Skipped():
                return self._to(self._coordinator(), K.SKIPPED, tier=event.tier, mentions=(event.empty,))
            case e.ContactLogged():
                return self._contact_logged(event)
            case e.Withdrawn():
                return self._closed(event.by)
            case e.Checked():
                return self._closed(event.by) if event.next_due is None else ()
            case (
                e.Referred()
                | e.Raised()
                | e.Responded()
                | e.Opened()
                | e.TurnedUrgent()
                | e.Disputed()
                | e.Reopened()
                | e.NoteAdded()
            ):
                return ()
            case _:
                assert_never(event)

    def _called(self, event: e.Called) -> Iterable[Notice]:
        """The seats called, the raising side that answers for it, and whoever must step in for a missing channel."""
        people = self._holder(event.challenged) + self._holder(event.convener)
        yield from self._in_channels(
            K.CALLED, (event.challenged, event.raising, event.convener), late=event.late
        )
        yield from self._to(people, K.CALLED, late=event.late)
        if event.challenged is None:
            yield from self._to(self._coordinator(), K.COORDINATOR_CALLED, late=event.late)
        told = [*self._raising(), self.concern.raiser, *self._manager_at_opening(event)]
        yield from self._to((p for p in told if p != event.by), K.RAISING_TOLD, late=event.late)
        yield from self._uncovered(event.challenged)

    def _called_again(self, event: e.CalledAgain) -> Iterable[Notice]:
        call = self._call()
        seats = (call.challenged, call.convener)
        yield from self._in_channels(K.CALLED_AGAIN, seats, times=event.times, late=event.late)
        holders = self._holder(call.challenged) + self._holder(call.convener)
        people = holders if call.challenged else (*holders, *self._coordinator())
        yield from self._to(people, K.CALLED_AGAIN, times=event.times, late=event.late)
        yield from self._uncovered(call.challenged)

    def _to_called(self, kind: NoticeKind) -> Iterable[Notice]:
        """To the channels, and privately only where the called side has none."""
        yield from self._in_channels(kind, self._seats("challenged"))
        by_name = self.concern.call is not None and self.concern.call.challenged is None
        if by_name or not self._covers(self.concern.challenged):
            yield from self._to(self._awaited(), kind)

    def _closed(self, by: PersonId | None) -> Iterable[Notice]:
        yield from self._to_called(K.CLOSED)
        yield from self._to(self._raiser_unless(by), K.CLOSED)

    def _acknowledgement_lapsed(self) -> Iterable[Notice]:
        """The deputies are pinged and the next tier is told; nothing moves up (design 4)."""
        call = self._call()
        above = self._next_challenged(call)
        yield from self._in_channels(K.ACKNOWLEDGEMENT_LAPSED, (call.challenged, above))
        yield from self._to(self._awaited(), K.ACKNOWLEDGEMENT_LAPSED)
        yield from self._to(self._holder(above), K.NEXT_TIER_TOLD)
        yield from self._rung_up()

    def _asked(self, event: e.Lapsed) -> Iterable[Notice]:
        """With `on_lapse = "ask"`: the next tier is pinged, the raising side is asked whether to move up now."""
        above = self._next_challenged(self._call())
        yield from self._in_channels(K.LAPSED_ASK, (above,), due=event.ask_due)
        asked = (self.concern.raiser, *self._raising(), *self._manager())
        yield from self._to(asked, K.LAPSED_ASK, due=event.ask_due)

    def _acceptance_lapsed(self, event: e.AcceptanceLapsed) -> Iterable[Notice]:
        """First the raiser, then the raising manager, then both with the coordinator each time (design 4)."""
        manager = self._raising() + self._manager()
        match event.times:
            case 1:
                people: tuple[PersonId, ...] = (self.concern.raiser,)
            case 2:
                people = manager
            case _:
                people = (self.concern.raiser, *manager, *self._coordinator())
        return self._to(people, K.ACCEPTANCE_DUE, times=event.times)

    def _contact_logged(self, event: e.ContactLogged) -> Iterable[Notice]:
        """After so many unanswered contacts the ladder is offered, once (domain 5, F1)."""
        enough = self.concern.unanswered_contacts == self.rules.pathway.referral.contacts
        if self.concern.stage is Stage.REFERRED and event.unanswered and enough:
            return self._to(
                (self.concern.raiser,), K.CONTACTS_UNANSWERED, times=self.concern.unanswered_contacts
            )
        return ()

    def _uncovered(self, challenged: Seat | None) -> Iterable[Notice]:
        """A side without a channel: its seat privately and the coordinator told, or the raising side rings it up."""
        concern, directory = self.concern, self.rules.directory
        yield from self._rung_up()
        if not directory.on_baton(concern.challenged):
            return
        if not self._covers(concern.challenged):
            yield from self._to(directory.holders(challenged), K.CALLED)
            yield from self._to(self._coordinator(), K.NO_CHANNEL)
        elif not self._covers(concern.raising):
            yield from self._to(self._coordinator(), K.NO_CHANNEL)

    def _rung_up(self) -> Iterable[Notice]:
        """An agency that is not on Baton hears nothing of us: the raising side rings it up."""
        if not self.rules.directory.on_baton(self.concern.challenged):
            yield from self._to(self._raising(), K.RING_THEM)

    def _awaited(self) -> tuple[PersonId, ...]:
        """Everybody who may speak for the side called; the coordinator where no seat could be."""
        call = self.concern.call
        if call is None:
            return ()
        return self.rules.directory.holders(call.challenged) if call.challenged else self._coordinator()

    def _raiser_unless(self, by: PersonId | None) -> tuple[PersonId, ...]:
        return () if by == self.concern.raiser else (self.concern.raiser,)

    def _covers(self, agency: AgencyId) -> bool:
        return any(agency in channel.agencies for channel in _shared(self.concern, self._tier(), self.rules))

    def _in_channels(
        self,
        kind: NoticeKind,
        seats: Iterable[Seat | None],
        *,
        late: int = 0,
        times: int = 0,
        due: datetime | None = None,
    ) -> Iterable[Notice]:
        mentions = tuple(dict.fromkeys(seat for seat in seats if seat is not None))
        for channel in _shared(self.concern, self._tier(), self.rules):
            yield self._notice(_channel(channel), kind, mentions, late, times, due)

    def _to(
        self,
        people: Iterable[PersonId],
        kind: NoticeKind,
        *,
        late: int = 0,
        times: int = 0,
        due: datetime | None = None,
        tier: int | None = None,
        mentions: tuple[Seat, ...] = (),
    ) -> Iterable[Notice]:
        for place in _privately(people):
            notice = self._notice(place, kind, mentions, late, times, due)
            yield replace(notice, tier=tier) if tier else notice

    def _notice(
        self,
        place: Place,
        kind: NoticeKind,
        mentions: tuple[Seat, ...],
        late: int,
        times: int,
        due: datetime | None,
    ) -> Notice:
        concern, call = self.concern, self.concern.call
        awaited = call is not None and concern.stage in {Stage.CALLED, Stage.ACKNOWLEDGED}
        return Notice(
            place=place,
            kind=kind,
            ref=concern.ref,
            turn=concern.turn,
            urgent=concern.urgent,
            tier=concern.tier,
            mentions=mentions,
            due=due or (call.due if call and awaited else concern.due),
            acknowledge_due=call.acknowledge_due if call and awaited else None,
            why=call.why if call else None,
            late=late,
            times=times,
        )

    def _call(self) -> Call:
        if self.concern.call is None:
            raise ValueError(f"{self.concern.ref}: no tier has been called")
        return self.concern.call

    def _tier(self) -> int:
        return self.concern.tier or 1

    def _raising(self) -> tuple[PersonId, ...]:
        """The one who answers for the raising side now."""
        return raising_people(self.concern, self.rules.directory)[:1]

    def _holder(self, seat: Seat | None) -> tuple[PersonId, ...]:
        return self.rules.directory.holders(seat)[:1]

    def _coordinator(self) -> tuple[PersonId, ...]:
        """The partnership's coordinator; where none is named, the raising side hears of it instead."""
        named = self.rules.directory.coordinator
        return (named,) if named else self._raising()

    def _manager(self) -> tuple[PersonId, ...]:
        """Whoever holds the raising seat of tier 2: the raiser's own line."""
        return self._holder(raising_manager(self.concern, self.rules.pathway))

    def _manager_at_opening(self, event: e.Called) -> tuple[PersonId, ...]:
        """Who will have to speak next on the raising side is told when the ladder opens, not after."""
        return self._manager() if event.tier == 1 else ()

    def _next_challenged(self, call: Call) -> Seat | None:
        if call.tier >= self.rules.pathway.top:
            return None
        return Seat(self.concern.challenged, self.rules.pathway.tier(call.tier + 1).challenged)

    def _seats(self, side: Literal["raising", "challenged"]) -> tuple[Seat | None, ...]:
        call = self.concern.call
        if call is None:
            return ()
        return (call.raising,) if side == "raising" else (call.challenged,)

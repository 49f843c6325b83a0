"""What must be announced: every change of a concern turned into notices, in the same breath.

Where a side has no channel its seat is told privately and the coordinator hears of it.
Nothing here names a person's words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from concerns import events as e
from concerns.audience import Audience
from concerns.evolve import evolve
from concerns.model import Call, Concern, Stage
from concerns.notice import Notice, NoticeKind, Place, PlaceKind, still_true
from concerns.people import Channel, PersonId, Seat
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
        said.extend(_Said(concern, Audience(concern, rules)).about(event))
    if concern is None:
        return ()
    cards = (
        Notice(_channel(channel), K.CARD, concern.ref, concern.turn, concern.urgent)
        for channel in Audience(concern, rules).cards()
    )
    return *cards, *dict.fromkeys(said)


def _channel(channel: Channel) -> Place:
    return Place(PlaceKind.CHANNEL, channel.id)


def _privately(people: Iterable[PersonId]) -> tuple[Place, ...]:
    return tuple(Place(PlaceKind.PERSON, person) for person in dict.fromkeys(people))


@dataclass(frozen=True, slots=True)
class _Said:
    """What is said about one event, the concern being as it is just after it."""

    concern: Concern
    audience: Audience

    def about(self, event: e.Event) -> Iterable[Notice]:
        """The notices of one event; the live card is added once for the whole change."""
        audience, raiser = self.audience, self.concern.raiser
        match event:
            case e.Called():
                return self._called(event)
            case e.CalledAgain():
                return self._called_again(event)
            case e.Reminded():
                return *self._to_called(K.REMINDED, times=self._call().reminded), *self._rung_up()
            case e.AcknowledgementLapsed():
                return self._acknowledgement_lapsed()
            case e.Lapsed():
                return self._asked(event) if event.ask_due else ()
            case e.Acknowledged():
                return *self._to(audience.raising(), K.ACKNOWLEDGED), *self._reported(event, K.ACKNOWLEDGED)
            case e.Released():
                return *self._to_called(K.RELEASED), *self._to(audience.raising(), K.RELEASED)
            case e.Answered():
                return *self._answered(), *self._reported(event, K.ANSWERED)
            case e.AcceptanceLapsed():
                return self._acceptance_lapsed(event)
            case e.Accepted():
                return *self._to_called(K.ACCEPTED), *self._to(audience.raiser_unless(event.by), K.ACCEPTED)
            case e.FollowUpLapsed():
                late = audience.coordinator() if event.times > 1 else ()
                return self._to((raiser, *audience.raising(), *late), K.CHECK_DUE, times=event.times)
            case e.ReferralLapsed():
                return self._to((raiser,), K.REFERRAL_LAPSED) if event.ask_due else ()
            case e.Skipped():
                return self._to(audience.coordinator(), K.SKIPPED, tier=event.tier, mentions=(event.empty,))
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
        """The seats called, the raising side that answers for it, and whoever stands in for a channel."""
        audience, late = self.audience, event.late
        seats = (event.challenged, event.raising, event.convener)
        yield from self._in_channels(K.CALLED, seats, late=late)
        people = audience.holder(event.challenged) + audience.holder(event.convener)
        yield from self._to(people, K.CALLED, late=late)
        if event.challenged is None:
            yield from self._to(audience.coordinator(), K.COORDINATOR_CALLED, late=late)
        # Who will have to speak next on the raising side is told when the ladder opens, not after.
        manager = audience.manager() if self.concern.climbed == (event.tier,) else ()
        told = (*audience.raising(), self.concern.raiser, *manager)
        yield from self._to((person for person in told if person != event.by), K.RAISING_TOLD, late=late)
        yield from self._uncovered(K.CALLED, late=late)

    def _called_again(self, event: e.CalledAgain) -> Iterable[Notice]:
        call, audience = self._call(), self.audience
        times, late = event.times, event.late
        yield from self._in_channels(K.CALLED_AGAIN, (call.challenged, call.convener), times=times, late=late)
        people = audience.awaited()[:1] + audience.holder(call.convener)
        yield from self._to(people, K.CALLED_AGAIN, times=times, late=late)
        yield from self._uncovered(K.CALLED_AGAIN, times=times, late=late)

    def _to_called(self, kind: NoticeKind, *, times: int = 0) -> Iterable[Notice]:
        """To the channels, and privately where they do not reach whoever is called."""
        seat = self.concern.call.challenged if self.concern.call else None
        yield from self._in_channels(kind, (seat,), times=times)
        if seat is None or not self.audience.covers(seat.agency):
            yield from self._to(self.audience.awaited(), kind, times=times)

    def _reported(self, event: e.Acknowledged | e.Answered, kind: NoticeKind) -> Iterable[Notice]:
        """What the raising side reported, the called side hears of, so that it can put it right."""
        if event.reported:
            yield from self._to(self.audience.awaited()[:1], kind)

    def _closed(self, by: PersonId | None) -> Iterable[Notice]:
        yield from self._to_called(K.CLOSED)
        yield from self._to(self.audience.raiser_unless(by), K.CLOSED)

    def _answered(self) -> Iterable[Notice]:
        yield from self._in_channels(K.ANSWERED, (self._call().raising,))
        yield from self._to((self.concern.raiser, *self.audience.raising()), K.ANSWERED)

    def _acknowledgement_lapsed(self) -> Iterable[Notice]:
        """The deputies are pinged and the next tier is told; nothing moves up (design 4)."""
        call, audience = self._call(), self.audience
        above = audience.next_challenged(call)
        yield from self._in_channels(K.ACKNOWLEDGEMENT_LAPSED, (call.challenged, above))
        yield from self._to(audience.awaited(), K.ACKNOWLEDGEMENT_LAPSED)
        yield from self._to(audience.holder(above), K.NEXT_TIER_TOLD)
        yield from self._rung_up()

    def _asked(self, event: e.Lapsed) -> Iterable[Notice]:
        """With `on_lapse = "ask"`: the next tier is pinged, the raising side asked whether to move up now."""
        audience = self.audience
        above = audience.next_challenged(self._call())
        yield from self._in_channels(K.LAPSED_ASK, (above,), due=event.ask_due)
        asked = (self.concern.raiser, *audience.raising(), *audience.manager())
        yield from self._to(asked, K.LAPSED_ASK, due=event.ask_due)
        yield from self._to(audience.holder(above), K.NEXT_TIER_TOLD, due=event.ask_due)

    def _acceptance_lapsed(self, event: e.AcceptanceLapsed) -> Iterable[Notice]:
        """First the raiser, then the raising manager, then both with the coordinator each time (design 4)."""
        raiser, audience = self.concern.raiser, self.audience
        manager = audience.raising() + audience.manager()
        match event.times:
            case 1:
                people: tuple[PersonId, ...] = (raiser,)
            case 2:
                people = manager
            case _:
                people = (raiser, *manager, *audience.coordinator())
        return self._to(people, K.ACCEPTANCE_DUE, times=event.times)

    def _contact_logged(self, event: e.ContactLogged) -> Iterable[Notice]:
        """After so many unanswered contacts the ladder is offered, once (domain 5, F1)."""
        missed = self.concern.unanswered_contacts
        enough = missed == self.audience.rules.pathway.referral.contacts
        if self.concern.stage is Stage.REFERRED and event.unanswered and enough:
            return self._to((self.concern.raiser,), K.CONTACTS_UNANSWERED, times=missed)
        return ()

    def _uncovered(self, kind: NoticeKind, *, times: int = 0, late: int = 0) -> Iterable[Notice]:
        """Where no channel reaches a side: its seat privately and the coordinator, or a telephone call."""
        concern, audience = self.concern, self.audience
        if not audience.on_baton():
            yield from self._rung_up()
        elif not audience.covers(concern.challenged):
            yield from self._to(audience.seated(), kind, times=times, late=late)
            yield from self._to(audience.coordinator(), K.NO_CHANNEL)
        elif not audience.covers(concern.raising):
            yield from self._to(audience.coordinator(), K.NO_CHANNEL)

    def _rung_up(self) -> Iterable[Notice]:
        """An agency that is not on Baton hears nothing of us: the raising side rings it up."""
        if not self.audience.on_baton():
            yield from self._to(self.audience.raising(), K.RING_THEM)

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
        for channel in self.audience.channels():
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

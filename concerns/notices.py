"""What must be announced: every change of a concern turned into notices, in the same breath.

Where a side has no channel its seat is told privately and the coordinator hears of it.
Nothing here names a person's words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from concerns import events as e
from concerns.audience import Audience
from concerns.evolve import Step, steps
from concerns.model import Concern, Safer, Stage
from concerns.notice import Notice, NoticeKind, Place, PlaceKind, still_true
from concerns.people import PersonId
from concerns.rules import Rules
from concerns.telling import Telling, channel_place, once

__all__ = ["Notice", "NoticeKind", "Place", "PlaceKind", "announce", "announced", "still_true"]

K = NoticeKind


def announce(before: Concern | None, events: Sequence[e.Event], rules: Rules) -> tuple[Notice, ...]:
    """All notices of one change, in the order they should arrive: the live cards first, then what is said."""
    return announced(steps(before, events), rules)


def announced(taken: Sequence[Step], rules: Rules) -> tuple[Notice, ...]:
    """The same for a change whose steps are known already."""
    if not taken:
        return ()
    said: list[Notice] = []
    for event, after in taken:
        said.extend(_Said(Telling(after, Audience(after, rules))).about(event))
    concern, said = taken[-1][1], once(said)
    cards = (
        Notice(channel_place(channel), K.CARD, concern.ref, concern.turn, concern.urgent)
        for channel in Audience(concern, rules).cards()
    )
    return *cards, *dict.fromkeys(said)


@dataclass(frozen=True, slots=True)
class _Said:
    """What is said about one event, the concern being as it is just after it."""

    tell: Telling

    @property
    def concern(self) -> Concern:
        """The concern, after the event."""
        return self.tell.concern

    @property
    def audience(self) -> Audience:
        """Who hears of it."""
        return self.tell.audience

    def about(self, event: e.Event) -> Iterable[Notice]:
        """The notices of one event; the live card is added once for the whole change."""
        if isinstance(event, e.CallingEvent):
            return self._calling(event)
        if isinstance(event, e.SettlingEvent):
            return self._settling(event)
        if isinstance(event, e.KeepingEvent):
            return self._keeping(event)
        if isinstance(event, e.ReferralLapsed) and event.ask_due:
            return self.tell.to(self.audience.raiser(), K.REFERRAL_LAPSED)
        # An opening is told by the call that follows in the same breath; a referral, by the cards.
        return ()

    def _calling(self, event: e.CallingEvent) -> Iterable[Notice]:
        tell, audience = self.tell, self.audience
        match event:
            case e.Called():
                return self._called(event)
            case e.CalledAgain():
                return self._called_again(event)
            case e.Reminded():
                return *tell.to_called(K.REMINDED, times=tell.call.reminded), *tell.rung_up()
            case e.AcknowledgementLapsed():
                return self._acknowledgement_lapsed()
            case e.Lapsed():
                return self._asked(event) if event.ask_due else ()
            case e.Acknowledged():
                return *tell.to(audience.raising(), K.ACKNOWLEDGED), *self._reported(event, K.ACKNOWLEDGED)
            case e.Released():
                return *tell.to_called(K.RELEASED), *tell.to(audience.raising(), K.RELEASED)
            case e.Answered():
                return *self._answered(), *self._reported(event, K.ANSWERED)
            case e.Skipped():
                return tell.to(audience.coordinator(), K.SKIPPED, tier=event.tier, mentions=(event.empty,))
            case e.ExtensionAsked():
                return self._extension_asked(event)
            case e.ExtensionAgreed():
                return tell.to_called(K.EXTENSION_AGREED)
            case e.ExtensionDeclined():
                return tell.to_called(K.EXTENSION_DECLINED)
            case _:
                assert_never(event)

    def _settling(self, event: e.SettlingEvent) -> Iterable[Notice]:
        match event:
            case e.AcceptanceLapsed():
                return self._acceptance_lapsed(event)
            case e.Accepted():
                return self._accepted(event)
            case e.Decided():
                return self._decided(event)
            case e.FollowUpLapsed():
                late = self.audience.coordinator() if event.times > 1 else ()
                people = (self.concern.raiser, *self.audience.raising(), *late)
                return self.tell.to(people, K.CHECK_DUE, times=event.times)
            case e.Checked():
                return self._checked(event)
            case e.ActionSet() | e.ActionLapsed() | e.ActionDropped():
                return self._action(event)
            case e.Disputed() | e.Reopened() | e.ObjectionLapsed() | e.ActionDone():
                # A call follows, or the cards say it.
                return ()
            case _:
                assert_never(event)

    def _keeping(self, event: e.KeepingEvent) -> Iterable[Notice]:
        raising = (self.concern.raiser, *self.audience.raising())
        match event:
            case e.ContactLogged():
                return self._contact_logged(event)
            case e.Withdrawn() | e.Redirected() | e.MarkedDuplicate():
                return self._closed(event.by)
            case e.Corrected():
                return self._to_others((*raising, *self.audience.awaited()[:1]), event.by, K.CORRECTED)
            case e.HandedOver():
                called = self.audience.awaited()[:1] if self.concern.call else ()
                return self._to_others((event.to, event.was, *called), event.by, K.HANDED_OVER)
            case e.Retimed():
                told = (*self.tell.to_called(K.RETIMED), *self._to_others(raising, event.by, K.RETIMED))
                return (replace(notice, clock=event.clock) for notice in told)
            case e.NoteAdded():
                return ()
            case _:
                assert_never(event)

    def _to_others(
        self, people: Iterable[PersonId], by: PersonId | None, kind: NoticeKind, *, action: int = 0
    ) -> Iterable[Notice]:
        """Privately to these people, but not to whoever has just said it."""
        return self.tell.to((person for person in people if person != by), kind, action=action)

    def _called(self, event: e.Called) -> Iterable[Notice]:
        """The seats called, the raising side that answers for it, and whoever stands in for a channel."""
        audience, late = self.audience, event.late
        seats = (event.challenged, event.raising, event.convener)
        yield from self.tell.in_channels(K.CALLED, seats, late=late)
        people = audience.holder(event.challenged) + audience.holder(event.convener)
        yield from self.tell.to(people, K.CALLED, late=late)
        if event.challenged is None:
            yield from self.tell.to(audience.coordinator(), K.COORDINATOR_CALLED, late=late)
        # Who will have to speak next on the raising side is told when the ladder opens, not after.
        manager = audience.manager() if self.concern.climbed == (event.tier,) else ()
        told = (*audience.raising(), self.concern.raiser, *manager)
        yield from self.tell.to((person for person in told if person != event.by), K.RAISING_TOLD, late=late)
        yield from self._uncovered(K.CALLED, late=late)

    def _called_again(self, event: e.CalledAgain) -> Iterable[Notice]:
        call, audience = self.tell.call, self.audience
        times, late = event.times, event.late
        yield from self.tell.in_channels(
            K.CALLED_AGAIN, (call.challenged, call.convener), times=times, late=late
        )
        people = audience.awaited()[:1] + audience.holder(call.convener)
        yield from self.tell.to(people, K.CALLED_AGAIN, times=times, late=late)
        yield from self._uncovered(K.CALLED_AGAIN, times=times, late=late)

    def _reported(self, event: e.Acknowledged | e.Answered, kind: NoticeKind) -> Iterable[Notice]:
        """What the raising side reported, the called side hears of, so that it can put it right."""
        if event.reported:
            yield from self.tell.to(self.audience.awaited()[:1], kind)

    def _closed(self, by: PersonId | None) -> Iterable[Notice]:
        yield from self.tell.to_called(K.CLOSED)
        yield from self.tell.to(self.audience.raiser_unless(by), K.CLOSED)

    def _answered(self) -> Iterable[Notice]:
        yield from self.tell.in_channels(K.ANSWERED, (self.tell.call.raising,))
        yield from self.tell.to((self.concern.raiser, *self.audience.raising()), K.ANSWERED)

    def _accepted(self, event: e.Accepted) -> Iterable[Notice]:
        """A raiser for whom somebody else accepted hears of it, and until when they may object."""
        yield from self.tell.to_called(K.ACCEPTED)
        yield from self.tell.to(self.audience.raiser_unless(event.by), K.ACCEPTED)

    def _checked(self, event: e.Checked) -> Iterable[Notice]:
        """Closed, or not over: that the person is not safer, both sides hear."""
        if event.next_due is None:
            yield from self._closed(event.by)
        elif event.safer is Safer.NO:
            yield from self.tell.to_called(K.NOT_SAFER)
            raising = (*self.audience.raiser(), *self.audience.raising())
            yield from self._to_others(raising, event.by, K.NOT_SAFER)

    def _decided(self, event: e.Decided) -> Iterable[Notice]:
        yield from self.tell.to_called(K.DECIDED)
        raising = (self.concern.raiser, *self.audience.raising())
        yield from self._to_others(raising, event.by, K.DECIDED)

    def _extension_asked(self, event: e.ExtensionAsked) -> Iterable[Notice]:
        """The raising side is asked; at most once a call (design 4)."""
        yield from self.tell.in_channels(K.EXTENSION_ASKED, (self.tell.call.raising,), due=event.until)
        asked = (self.concern.raiser, *self.audience.raising())
        yield from self.tell.to(asked, K.EXTENSION_ASKED, due=event.until)

    def _action(self, event: e.ActionSet | e.ActionLapsed | e.ActionDropped) -> Iterable[Notice]:
        """Its owner is told; once it is late the raising side too, from the second time the coordinator."""
        if isinstance(event, e.ActionSet):
            owner = () if event.owner == event.by else (event.owner,)
            return self.tell.to(owner, K.ACTION_SET, due=event.due, action=event.number)
        owners = tuple(one.owner for one in self.concern.actions if one.number == event.number)
        if isinstance(event, e.ActionDropped):
            return self._to_others(owners, event.by, K.ACTION_DROPPED, action=event.number)
        late = self.audience.coordinator() if event.times > 1 else ()
        people = (*owners, *self.audience.raising(), *late)
        return self.tell.to(people, K.ACTION_DUE, times=event.times, due=event.due, action=event.number)

    def _acknowledgement_lapsed(self) -> Iterable[Notice]:
        """The deputies are pinged and the next tier is told; nothing moves up (design 4)."""
        call, audience = self.tell.call, self.audience
        above = audience.next_challenged(call)
        yield from self.tell.in_channels(K.ACKNOWLEDGEMENT_LAPSED, (call.challenged, above))
        yield from self.tell.to(audience.awaited(), K.ACKNOWLEDGEMENT_LAPSED)
        # Nobody is told the same twice in one breath: a deputy who sits above as well has been asked already.
        next_up = (person for person in audience.holder(above) if person not in audience.awaited())
        yield from self.tell.to(next_up, K.NEXT_TIER_TOLD)
        yield from self.tell.rung_up()

    def _asked(self, event: e.Lapsed) -> Iterable[Notice]:
        """With `on_lapse = "ask"`: the next tier is pinged, the raising side asked whether to move up now."""
        audience = self.audience
        above = audience.next_challenged(self.tell.call)
        yield from self.tell.in_channels(K.LAPSED_ASK, (above,), due=event.ask_due)
        asked = (self.concern.raiser, *audience.raising(), *audience.manager())
        yield from self.tell.to(asked, K.LAPSED_ASK, due=event.ask_due)
        yield from self.tell.to(audience.holder(above), K.NEXT_TIER_TOLD, due=event.ask_due)

    def _acceptance_lapsed(self, event: e.AcceptanceLapsed) -> Iterable[Notice]:
        """First the raiser, then the raising manager, then both with the coordinator each time (design 4)."""
        raiser, audience = self.concern.raiser, self.audience
        manager = audience.raising() + audience.manager()
        match event.times:
            case 1:
                people = audience.raiser()
            case 2:
                people = manager
            case _:
                people = (raiser, *manager, *audience.coordinator())
        return self.tell.to(people, K.ACCEPTANCE_DUE, times=event.times)

    def _contact_logged(self, event: e.ContactLogged) -> Iterable[Notice]:
        """After so many unanswered contacts the ladder is offered, once (domain 5, F1)."""
        missed = self.concern.unanswered_contacts
        enough = missed == self.audience.rules.pathway.referral.contacts
        if self.concern.stage is Stage.REFERRED and event.unanswered and enough:
            return self.tell.to(self.audience.raiser(), K.CONTACTS_UNANSWERED, times=missed)
        return ()

    def _uncovered(self, kind: NoticeKind, *, times: int = 0, late: int = 0) -> Iterable[Notice]:
        """Where no channel reaches a side: its seat privately and the coordinator, or a telephone call."""
        concern, audience = self.concern, self.audience
        if not audience.on_baton():
            yield from self.tell.rung_up()
        elif not audience.covers(concern.challenged):
            yield from self.tell.to(audience.seated(), kind, times=times, late=late)
            yield from self.tell.to(audience.coordinator(), K.NO_CHANNEL)
        elif not audience.covers(concern.raising):
            yield from self.tell.to(audience.coordinator(), K.NO_CHANNEL)

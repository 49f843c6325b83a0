"""Turning what is to be said into notices: to the channels, to people, to the side that was called.

It knows where things are said and never what happened; that is `notices`' matter.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from concerns.audience import Audience
from concerns.clocks import stage_clock
from concerns.model import Call, Concern, Stage
from concerns.notice import Notice, NoticeKind, Place, PlaceKind
from concerns.people import Channel, PersonId, Seat

_AWAITED = frozenset({Stage.CALLED, Stage.ACKNOWLEDGED})


def channel_place(channel: Channel) -> Place:
    """Where a channel is told."""
    return Place(PlaceKind.CHANNEL, channel.id)


def once(said: list[Notice]) -> list[Notice]:
    """Without what another notice of the same breath and place says too.

    A missed acknowledgement says more than a reminder, a call to the coordinator more than each seat passed
    over, and one ping names every action that is late.
    """
    called = {notice.place for notice in said if notice.kind is NoticeKind.COORDINATOR_CALLED}
    pressed = {notice.place for notice in said if notice.kind is NoticeKind.ACKNOWLEDGEMENT_LAPSED}
    late: set[Place] = set()
    kept: list[Notice] = []
    for notice in said:
        if notice.kind is NoticeKind.REMINDED and notice.place in pressed:
            continue
        if notice.kind is NoticeKind.SKIPPED and notice.place in called:
            continue
        if notice.kind is NoticeKind.ACTION_DUE:
            if notice.place in late:
                continue
            late.add(notice.place)
        kept.append(notice)
    return kept


@dataclass(frozen=True, slots=True)
class Telling:
    """Notices about one concern, as it is just after what happened."""

    concern: Concern
    audience: Audience

    @property
    def call(self) -> Call:
        """The running call. Raises ValueError where no tier has been called."""
        if self.concern.call is None:
            raise ValueError(f"{self.concern.ref}: no tier has been called")
        return self.concern.call

    def in_channels(
        self,
        kind: NoticeKind,
        seats: Iterable[Seat | None],
        *,
        late: int = 0,
        times: int = 0,
        due: datetime | None = None,
    ) -> Iterable[Notice]:
        """In the channels of the tier now called, mentioning these seats."""
        mentions = tuple(dict.fromkeys(seat for seat in seats if seat is not None))
        for channel in self.audience.channels():
            yield self._notice(channel_place(channel), kind, mentions, late, times, due)

    def to(
        self,
        people: Iterable[PersonId],
        kind: NoticeKind,
        *,
        late: int = 0,
        times: int = 0,
        due: datetime | None = None,
        tier: int | None = None,
        action: int = 0,
        mentions: tuple[Seat, ...] = (),
    ) -> Iterable[Notice]:
        """Privately to each of these people, or whoever stands in for them, once."""
        for person in dict.fromkeys(map(self.audience.reached, people)):
            notice = self._notice(Place(PlaceKind.PERSON, person), kind, mentions, late, times, due)
            yield replace(notice, tier=tier or notice.tier, action=action) if tier or action else notice

    def to_called(self, kind: NoticeKind, *, times: int = 0) -> Iterable[Notice]:
        """To the channels, and privately where they do not reach whoever is called."""
        seat = self.concern.call.challenged if self.concern.call else None
        yield from self.in_channels(kind, (seat,), times=times)
        if seat is None or not self.audience.covers(seat.agency):
            yield from self.to(self.audience.awaited(), kind, times=times)

    def rung_up(self) -> Iterable[Notice]:
        """An agency that is not on Baton hears nothing of us: the raising side rings it up."""
        if not self.audience.on_baton():
            yield from self.to(self.audience.raising(), NoticeKind.RING_THEM)

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
        awaited = call is not None and concern.stage in _AWAITED
        if due is None:
            waits = call if call and awaited else stage_clock(concern)
            due = waits.due if waits else None
        return Notice(
            place=place,
            kind=kind,
            ref=concern.ref,
            turn=concern.turn,
            urgent=concern.urgent,
            tier=concern.tier,
            mentions=mentions,
            due=due,
            acknowledge_due=call.acknowledge_due if call and awaited else None,
            why=call.why if call else None,
            late=late,
            times=times,
        )

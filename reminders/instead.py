"""Whom to tell when a place cannot be reached: a notice that dies is never quiet (design 7).

It sends nothing and remembers nothing. A chain ends by itself: a channel's people, or a person's channel, and
the coordinator's letter; where that cannot be delivered, whoever answers for the raising side gets it.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import assert_never

from concerns.audience import Audience
from concerns.authority import parties
from concerns.model import Concern
from concerns.notice import Notice, NoticeKind, Place, PlaceKind
from concerns.people import Channel, ChannelId, PersonId
from concerns.rules import Rules

IN_CHANNELS = frozenset(
    {
        NoticeKind.CARD,
        NoticeKind.CALLED,
        NoticeKind.CALLED_AGAIN,
        NoticeKind.REMINDED,
        NoticeKind.ACKNOWLEDGEMENT_LAPSED,
        NoticeKind.LAPSED_ASK,
        NoticeKind.RELEASED,
        NoticeKind.ANSWERED,
        NoticeKind.ACCEPTED,
        NoticeKind.CLOSED,
    }
)
"""What a concern's channels are told anyway. The other kinds go to people, and to a channel only instead."""


def instead(notice: Notice, concern: Concern, rules: Rules) -> tuple[Notice, ...]:
    """The same notice to others, then a letter to the coordinator; instead of that, one to the raising side.

    From a channel it goes privately to the holders and deputies of the seats it named; from a person to the
    next channel of that person's agency, one that has not been told already. A digest is nobody else's to
    read: what it lists was called and reminded of by itself.
    """
    audience = Audience(concern, rules)
    if notice.kind is NoticeKind.DEAD_LETTER:
        return tuple(_letters(notice, audience.raising()))
    letters = tuple(_letters(notice, audience.coordinator()))
    return letters if notice.kind is NoticeKind.DIGEST else (*_others(notice, concern, rules), *letters)


def _others(notice: Notice, concern: Concern, rules: Rules) -> Iterable[Notice]:
    match notice.place.kind:
        case PlaceKind.CHANNEL:
            # A card says nothing its ping does not, and what stood in for a private chat goes no further.
            if notice.kind is NoticeKind.CARD or _stood_in(notice, concern, rules):
                return
            people = (person for seat in notice.mentions for person in rules.directory.holders(seat))
            for person in dict.fromkeys(people):
                yield replace(notice, place=Place(PlaceKind.PERSON, person))
        case PlaceKind.PERSON:
            person_id = PersonId(notice.place.id)
            mine = tuple(seat for seat in rules.directory.seats_of(person_id) if seat in concern.called)
            for channel in _next_channel(notice, concern, rules):
                place = Place(PlaceKind.CHANNEL, channel.id)
                yield replace(notice, place=place, mentions=notice.mentions or mine)
        case PlaceKind.ACCOUNT:
            # No concern is spoken of to an account that may be nobody's.
            return
        case _:
            assert_never(notice.place.kind)


def _stood_in(notice: Notice, concern: Concern, rules: Rules) -> bool:
    """Whether this channel was told only because a person could not be."""
    if notice.kind not in IN_CHANNELS:
        return True
    channel = rules.directory.channel(ChannelId(notice.place.id))
    return channel is not None and channel not in Audience(concern, rules).channels()


def _next_channel(notice: Notice, concern: Concern, rules: Rules) -> tuple[Channel, ...]:
    """The channel of that person's agency that fewest others share; every agency in it is party already."""
    person = rules.directory.person(PersonId(notice.place.id))
    if person is None:
        return ()
    told = Audience(concern, rules).channels() if notice.kind in IN_CHANNELS else ()
    party = parties(concern, rules.directory, concern.tier or 1, rules.pathway.board.told_at)
    left = [
        channel
        for channel in rules.directory.channels
        if person.agency in channel.agencies and party.issuperset(channel.agencies) and channel not in told
    ]
    return tuple(sorted(left, key=lambda channel: len(channel.agencies))[:1])


def _letters(notice: Notice, people: Iterable[PersonId]) -> Iterable[Notice]:
    """To these people; not where it has just failed."""
    for person in people:
        place = Place(PlaceKind.PERSON, person)
        if place != notice.place:
            yield replace(notice, place=place, kind=NoticeKind.DEAD_LETTER)

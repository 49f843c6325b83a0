"""Whom to tell when a place cannot be reached: a notice that dies is never quiet (design 7).

It sends nothing and remembers nothing. A chain ends by itself: a channel's people, or a person's channel, then
the coordinator's letter, which is not chased further.
"""

from collections.abc import Iterable
from dataclasses import replace

from concerns.authority import parties, raising_people
from concerns.model import Concern
from concerns.notice import Notice, NoticeKind, Place, PlaceKind
from concerns.people import AgencyId, Channel, ChannelId, PersonId, Seat
from concerns.rules import Rules

_IN_CHANNELS = frozenset(
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
"""What the channels of a concern are told anyway; the other kinds go to people, and to a channel only instead."""


def instead(notice: Notice, concern: Concern, rules: Rules) -> tuple[Notice, ...]:
    """The same notice to others, then a letter to the coordinator; nothing for a letter that dies itself.

    From a channel it goes privately to the holders and deputies of the seats it named; from a person to the next
    channel of that person's agency which has not been told already.
    """
    if notice.kind is NoticeKind.DEAD_LETTER:
        return ()
    match notice.place.kind:
        case PlaceKind.CHANNEL:
            others = tuple(_to_people(notice, concern, rules))
        case PlaceKind.PERSON:
            others = tuple(_to_channel(notice, concern, rules))
    return *others, *_letters(notice, concern, rules)


def _to_people(notice: Notice, concern: Concern, rules: Rules) -> Iterable[Notice]:
    """A card has no words of its own to pass on, and what stood in for somebody's private chat goes no further."""
    channel = rules.directory.channel(ChannelId(notice.place.id))
    stood_in = notice.kind not in _IN_CHANNELS or (channel and channel not in _announced(concern, rules))
    if notice.kind is NoticeKind.CARD or stood_in:
        return
    people = (person for seat in notice.mentions for person in rules.directory.holders(seat))
    for person in dict.fromkeys(people):
        yield replace(notice, place=Place(PlaceKind.PERSON, person))


def _to_channel(notice: Notice, concern: Concern, rules: Rules) -> Iterable[Notice]:
    person = rules.directory.person(PersonId(notice.place.id))
    if person is None:
        return
    told = _announced(concern, rules) if notice.kind in _IN_CHANNELS else ()
    party = _parties(concern, rules)
    open_to = [
        channel
        for channel in rules.directory.channels
        if person.agency in channel.agencies and party.issuperset(channel.agencies) and channel not in told
    ]
    for channel in sorted(open_to, key=lambda channel: len(channel.agencies))[:1]:
        seats = _seats(person.id, concern, rules)
        yield replace(notice, place=Place(PlaceKind.CHANNEL, channel.id), mentions=notice.mentions or seats)


def _letters(notice: Notice, concern: Concern, rules: Rules) -> Iterable[Notice]:
    """To the coordinator, or where none is named to the raising side; not where it has just failed."""
    named = rules.directory.coordinator
    for person in (named,) if named else raising_people(concern, rules.directory):
        place = Place(PlaceKind.PERSON, person)
        if place != notice.place:
            yield replace(notice, place=place, kind=NoticeKind.DEAD_LETTER)


def _announced(concern: Concern, rules: Rules) -> tuple[Channel, ...]:
    return rules.directory.shared(_parties(concern, rules), concern.tier or 1)


def _parties(concern: Concern, rules: Rules) -> frozenset[AgencyId]:
    return parties(concern, rules.directory, concern.tier or 1, rules.pathway.board.told_at)


def _seats(person: PersonId, concern: Concern, rules: Rules) -> tuple[Seat, ...]:
    """The seats this person has in the concern, so that the channel knows who should hear of it."""
    return tuple(seat for seat in rules.directory.seats_of(person) if seat in concern.called)

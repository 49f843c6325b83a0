"""Channels that cannot be relied on as the directory has them, and who is told of it.

It looks at no platform: the doors say what they see.
"""

from collections.abc import Collection

from concerns.deciders import stewards
from concerns.directory import Directory
from concerns.model import Ref
from concerns.notice import Notice, NoticeKind, Place, PlaceKind
from concerns.people import ChannelId


def troubled(
    closed: Collection[ChannelId], crowded: Collection[ChannelId], directory: Directory
) -> tuple[Notice, ...]:
    """One message to everybody who looks after the whole, about all of these; none for none (threat T21).

    In a closed channel nothing can be said; a crowded one is read by somebody the directory does not know.
    """
    found = [(NoticeKind.CHANNEL_CLOSED, id) for id in sorted(closed)]
    found += [(NoticeKind.CHANNEL_CROWDED, id) for id in sorted(crowded)]
    if not found:
        return ()
    return tuple(_told(Place(PlaceKind.PERSON, person), found) for person in stewards(directory))


def _told(place: Place, found: Collection[tuple[NoticeKind, ChannelId]]) -> Notice:
    (kind, id), *rest = found
    along = tuple(Notice(place, other, Ref(one), 0, urgent=False) for other, one in rest)
    return Notice(place, kind, Ref(id), 0, urgent=False, along=along)

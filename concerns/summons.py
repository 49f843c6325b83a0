"""One private message about everything that waits on a person: the morning's digest, and what cover hands on.

It says what waits; who is told, and when, is its callers' matter.
"""

from collections.abc import Sequence
from dataclasses import replace

from concerns.model import Concern
from concerns.notice import Notice, NoticeKind, Place, PlaceKind
from concerns.people import PersonId
from concerns.waiting import Waiting

Found = tuple[Waiting, Concern]
"""What waits on somebody, and the concern it is about."""

Told = tuple[Notice, int]
"""A notice, and the `seq` of the concern it is queued under."""


def summons(person: PersonId, found: Sequence[Found]) -> Told:
    """One message about everything found, under the concern that presses most. ValueError for nothing."""
    if not found:
        raise ValueError("nothing waits")
    place = Place(PlaceKind.PERSON, person)
    ordered = [concern for _, concern in sorted(found, key=_pressing)]
    first, *rest = (
        Notice(place, NoticeKind.DIGEST, c.ref, c.turn, urgent=False, tier=c.tier) for c in ordered
    )
    return replace(first, along=tuple(rest)), ordered[0].seq


def _pressing(found: Found) -> tuple[object, ...]:
    one, concern = found
    return *one.pressing, concern.opened, concern.ref

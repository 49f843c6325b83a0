"""What a cover leads to, before it is put in force: who is asked meanwhile, and what nobody is left for.

It looks, and changes nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from concerns.directory import Directory
from concerns.people import Cover, PersonId, Seat
from concerns.summons import Found, Told, summons
from concerns.waiting import waiting
from handlers.mine import waiting_on
from handlers.scene import Scene
from handlers.steps import seen_by
from views.absence import Absence
from views.record import mine


def spoken_of(scene: Scene, cover: Cover) -> Absence:
    """All there is to say of it to whoever sets it; a cover that is over already leads to nothing."""
    person, own = cover.person, cover.person == scene.person
    others = scene.record.away(scene.now)
    seen = seen_by(person, scene.record, open_only=True)
    listing = (waiting_on(person, concern, rules, scene.now) for concern, rules in seen)
    waits = [one for one in listing if one.on_me]
    listed = mine(waits, scene.now) if waits and own else None
    meanwhile = _Meanwhile(cover, max(cover.start, scene.now), scene.directory, others)
    raised = [concern.ref for concern, _ in seen if concern.raiser == person]
    return Absence(
        cover=cover,
        by=scene.person,
        now=scene.now,
        rules=scene.rules,
        instead=tuple(meanwhile.instead()),
        empty=tuple(meanwhile.empty()),
        raised=() if meanwhile.looked_after() else raised,
        both=[one for one in others if one.person == cover.stand_in and _overlap(one, cover)],
        mine=listed.lines if listed else [one.concern.ref for one in waits],
        buttons=listed.buttons if listed else (),
        slash=scene.slash,
    )


def handed_on(scene: Scene, cover: Cover) -> tuple[Told, ...]:
    """One message to each person on whom something waits from this moment that did not before.

    A cover that begins later is told of in the digest of its first morning.
    """
    if not cover.start <= scene.now < cover.end:
        return ()
    others = [one for one in scene.directory.covers if one.person != cover.person]
    found: dict[PersonId, list[Found]] = {}
    for concern in scene.record.listing(open_only=True):
        rules = scene.record.rules(concern.pathway)
        under = replace(rules, directory=rules.directory.covered((*others, cover)))
        before = {one.person for one in waiting(concern, rules, scene.now)}
        for one in waiting(concern, under, scene.now):
            if one.person not in before:
                found.setdefault(one.person, []).append((one, concern))
    return tuple(summons(person, waits) for person, waits in found.items())


@dataclass(frozen=True, slots=True)
class _Meanwhile:
    """The directory from `begins` on, while the cover runs beside all others that are `set`."""

    cover: Cover
    begins: datetime
    directory: Directory
    set: tuple[Cover, ...]

    def instead(self) -> Iterable[tuple[Seat | None, PersonId]]:
        """Who comes first in each part that was theirs to answer for."""
        before, after = self._at(self.begins, without=True), self._at(self.begins)
        for part in self._parts():
            first = _first(part, after)
            if first is not None and _first(part, before) == self.cover.person:
                yield part, first

    def empty(self) -> Iterable[tuple[Seat | None, datetime]]:
        """From when nobody is left in a part of theirs; others may leave after them."""
        later = sorted(one.start for one in self.set if self.begins < one.start < self.cover.end)
        for part in self._parts():
            instants = (self.begins, *later)
            since = next((i for i in instants if _first(part, self._at(i)) is None), None)
            if since is not None:
                yield part, since

    def looked_after(self) -> bool:
        """Whether somebody is spoken to in their own place."""
        return self._at(self.begins).reached(self.cover.person) is not None

    def _parts(self) -> list[Seat | None]:
        """Their seats; no seat stands for the coordinator's part."""
        person, directory = self.cover.person, self.directory
        seats = [seating.seat for seating in directory.seatings if person in seating.everyone]
        return [*seats, *([None] if person == directory.coordinator else [])]

    def _at(self, instant: datetime, *, without: bool = False) -> Directory:
        others = tuple(one for one in self.set if one.person != self.cover.person)
        covers = others if without else (*others, self.cover)
        return self.directory.covered(one for one in covers if one.start <= instant < one.end)


def _overlap(one: Cover, other: Cover) -> bool:
    return one.start < other.end and other.start < one.end


def _first(part: Seat | None, directory: Directory) -> PersonId | None:
    """Whom it falls to first, if to anybody."""
    if part is not None:
        return next(iter(directory.holders(part)), None)
    return directory.reached(directory.coordinator) if directory.coordinator else None

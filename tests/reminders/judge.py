"""What is wrong with a history? It looks only at what people saw on the platforms, and at the ledger.

It knows nothing of how sending works, so that it cannot share a mistake with it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from concerns import events as e
from concerns.evolve import evolve, fold
from concerns.model import Concern, Ref
from concerns.notice import Notice, NoticeKind, Place, PlaceKind, still_true
from concerns.notices import announce
from concerns.rules import Rules
from storage.ledger import Ledger
from tests.partnership import SAM
from tests.reminders.platforms import Dies, FakeMessenger, Lost, Post, parts_in, plainly, repeats

Key = tuple[str, ...]
MOMENT = timedelta(minutes=1)
"""A run is over in less."""


@dataclass(frozen=True)
class Owed:
    """A notice the ledger says was to be given, and when."""

    notice: Notice
    at: datetime

    @property
    def key(self) -> Key:
        """What people can tell it by."""
        notice = self.notice
        return (notice.place.id, notice.kind, notice.ref, f"turn {notice.turn}", f"times {notice.times}")


def _keys(post: Post) -> list[Key]:
    """What a post says: one key for each concern it speaks of."""
    said = parts_in(post.message)
    return [(post.place.id, post.message.title, ref, turn, times) for ref, turn, times, _ in said]


def _key(post: Post) -> Key:
    return _keys(post)[0]


def _is_shared(post: Post) -> bool:
    """Whether it speaks of several concerns: then it stands in no thread, and waits for no card."""
    return len(_keys(post)) > 1


class Judge:
    """Reads one history. `flaws` is empty when every promise was kept.

    `killed` is when the process died: each time may have cut off what it had just learned.
    """

    def __init__(
        self,
        ledger: Ledger,
        rules: Rules,
        refs: Iterable[Ref],
        platforms: Iterable[FakeMessenger],
        now: datetime,
        killed: Sequence[datetime],
    ) -> None:
        self.rules = rules
        self.platforms = tuple(platforms)
        self.now = now
        self.killed = tuple(killed)
        self.posts = sorted((post for p in self.platforms for post in p.posts), key=lambda post: post.asked)
        self.records = {ref: events for ref in refs if (events := ledger.history(ref))}
        self.finally_ = {ref: fold(None, events) for ref, events in self.records.items()}
        self.owed = [owed for events in self.records.values() for owed in self._owed(events)]
        self.ledger = ledger

    def flaws(self) -> list[str]:
        """Every promise that was broken, in words."""
        return [
            *self.ledger.check(),
            *self._recorded_twice(),
            *self._overdue(),
            *self._lost(),
            *self._repeated(),
            *self._said_twice(),
            *self._untrue(),
            *self._out_of_order(),
            *self._cards(),
            *self._died_quietly(),
            *self._pressed_on(),
        ]

    # ---- the record --------------------------------------------------------------------------------

    def _owed(self, events: tuple[e.Event, ...]) -> Iterator[Owed]:
        """Everything that was to be announced; one change is what was recorded at one instant."""
        concern: Concern | None = None
        for at, group in groupby(events, key=lambda event: event.at):
            change = tuple(group)
            yield from (Owed(notice, at) for notice in announce(concern, change, self.rules))
            concern = fold(concern, change)

    def _then(self, ref: Ref, at: datetime) -> Concern | None:
        concern: Concern | None = None
        for event in self.records[ref]:
            if event.at <= at:
                concern = evolve(concern, event)
        return concern

    def _stayed_true(self, owed: Owed) -> bool:
        """Whether it was true whenever anybody looked: something may be so, not so, and so again."""
        concern: Concern | None = None
        for at, group in groupby(self.records[owed.notice.ref], key=lambda event: event.at):
            concern = fold(concern, tuple(group))
            if at >= owed.at and not still_true(owed.notice, concern):
                return False
        return True

    def _recorded_twice(self) -> Iterator[str]:
        for ref, events in self.records.items():
            ended = Counter((x.tier, x.due) for x in events if isinstance(x, e.Lapsed))
            yield from (
                f"{ref}: a window of tier {tier} lapsed twice" for (tier, _), n in ended.items() if n > 1
            )

    def _overdue(self) -> Iterator[str]:
        for ref, concern in self.finally_.items():
            if concern.due is not None and concern.due <= self.now:
                yield f"{ref}: a window has ended and nothing follows"

    # ---- what people saw ---------------------------------------------------------------------------

    def _died(self, place: str, since: datetime) -> bool:
        """Whether this place could not be reached at some time since then."""
        return any(
            isinstance(fault, Dies) and where == place and at >= since
            for platform in self.platforms
            for _, where, fault, at in platform.met
        )

    def _lost(self) -> Iterator[str]:
        """What stayed true to the end must have been said, unless the place could not be reached."""
        seen = Counter({key: len(set(markers)) for key, markers in self._markers().items()})
        wanted: Counter[Key] = Counter()
        for owed in self.owed:
            notice = owed.notice
            said = notice.kind is not NoticeKind.CARD and self._stayed_true(owed)
            wanted[owed.key] += said and not self._died(notice.place.id, owed.at)
        yield from (f"{key}: lost" for key, count in wanted.items() if seen[key] < count)

    def _markers(self) -> dict[Key, list[str]]:
        markers: dict[Key, list[str]] = {}
        for post in self.posts:
            for key in _keys(post):
                markers.setdefault(key, []).append(post.marker)
        return markers

    def _repeated(self) -> Iterator[str]:
        """Of the copies of one message at most one is unmarked; where it can be found there is only one."""
        for platform in self.platforms:
            copies: dict[str, list[Post]] = {}
            for post in platform.posts:
                copies.setdefault(post.marker, []).append(post)
            for same in copies.values():
                if sum(not repeats(post.message) for post in same) > 1:
                    yield f"{_key(same[0])}: repeated without saying so"
                elif len(same) > 1 and platform.can_find and not self._hard_to_find(platform, same[0].place):
                    yield f"{_key(same[0])}: repeated where it could be seen"

    def _hard_to_find(self, platform: FakeMessenger, place: Place) -> bool:
        """Look-ups there failed so often that a marked repeat was the better choice."""
        failed = sum(
            verb == "find" and where == place.id and isinstance(fault, Lost)
            for verb, where, fault, _ in platform.met
        )
        return failed + len(self.killed) >= 4

    def _said_twice(self) -> Iterator[str]:
        """Each notice of the record is one message. More are for those told instead of a dead place."""
        due = Counter(owed.key for owed in self.owed)
        for key, markers in self._markers().items():
            _, kind, ref, *_ = key
            fallen_to = kind == NoticeKind.DEAD_LETTER or any(
                other.kind == kind and other.ref == ref and self._died(other.place.id, owed.at)
                for owed in self.owed
                for other in [owed.notice]
            )
            if len(set(markers)) > due[key] and kind != NoticeKind.CARD and not fallen_to:
                yield f"{key}: said {len(set(markers))} times for {due[key]}"

    def _untrue(self) -> Iterator[str]:
        """When it was sent, was it so?"""
        known = {owed.key: owed.notice for owed in self.owed}
        for post in self.posts:
            for key in _keys(post):
                notice = known.get(key)
                then = self._then(notice.ref, post.asked) if notice else None
                if notice and then and not still_true(notice, then):
                    yield f"{key}: said when it was no longer true"

    def _out_of_order(self) -> Iterator[str]:
        """In each channel the card of a concern comes first, and what is said comes as it happened."""
        happened: dict[Key, list[int]] = {}
        for place_in_time, owed in enumerate(self.owed):
            happened.setdefault(owed.key, []).append(place_in_time)
        last: dict[tuple[str, str], int] = {}
        carded: set[tuple[str, str]] = set()
        told: set[tuple[str, Key]] = set()
        for post, key in [(one, key) for one in self.posts for key in _keys(one)]:
            where = (key[0], key[2])
            if key[1] == NoticeKind.CARD:
                carded.add(where)
            elif key in happened and post.place.kind is PlaceKind.CHANNEL and (post.marker, key) not in told:
                told.add((post.marker, key))
                left = [turn for turn in happened[key] if turn >= last.get(where, 0)]
                if not left:
                    yield f"{key}: out of order"
                last[where] = min(left, default=last.get(where, 0))
                lost_sight = self._lost_sight(post.place, Ref(key[2]))
                if where not in carded and not _is_shared(post) and not lost_sight:
                    yield f"{key}: before its card"

    # ---- cards, deaths, manners --------------------------------------------------------------------

    def _cards(self) -> Iterator[str]:
        """One card for each concern and channel, showing how things are, heading the thread."""
        newest = {o.notice.place.id + o.notice.ref: o for o in self.owed if o.notice.kind is NoticeKind.CARD}
        for owed in newest.values():
            place, ref = owed.notice.place, owed.notice.ref
            mine = [p for p in self.posts if p.place == place and ref in p.message.lines]
            cards = [post for post in mine if post.message.title == NoticeKind.CARD]
            if not self._died(place.id, owed.at):
                shown = plainly(owed.notice, self.finally_[ref], self.rules, False, "")
                if not cards or cards[-1].shows.lines[-4:] != shown.lines:
                    yield f"{place} {ref}: the card does not show how things are"
            unmarked = [card for card in cards if not card.gone and not repeats(card.message)]
            lost_sight = self._lost_sight(place, ref)
            if len(unmarked) > 1 and not (lost_sight or self._stubborn(place)):
                yield f"{place} {ref}: more than one card"
            ids = {card.id for card in cards}
            for post in mine:
                headed = post.message.title == NoticeKind.CARD or post.thread in ids
                if not headed and not _is_shared(post) and not lost_sight:
                    yield f"{_key(post)}: not in its thread"

    def _lost_sight(self, place: Place, ref: Ref) -> bool:
        """A card of unknown fate in a channel that then dies is never found; the next one is posted anew."""
        return self._died(place.id, self.records[ref][0].at)

    def _stubborn(self, place: Place) -> bool:
        """Whether edits there failed so often that a new card was the better choice."""
        failed = sum(
            verb == "edit" and where == place.id and not isinstance(fault, Dies)
            for platform in self.platforms
            for verb, where, fault, _ in platform.met
        )
        return failed + len(self.killed) >= 4

    def _died_quietly(self) -> Iterator[str]:
        """The coordinator hears of every death; what a channel could not be told, its people are."""
        letters = [
            p.asked for p in self.posts if p.place.id == SAM and p.message.title == NoticeKind.DEAD_LETTER
        ]
        for platform in self.platforms:
            for verb, where, fault, at in platform.met:
                cut_off = any(at <= killed <= at + MOMENT for killed in self.killed)
                since = self._told_since(where, at)
                if isinstance(fault, Dies) and not cut_off and not any(asked >= since for asked in letters):
                    yield f"{where}: died quietly ({verb})"
        seen = self._markers()
        for owed in self.owed:
            notice = owed.notice
            said = owed.key in seen or notice.kind is NoticeKind.CARD or not self._stayed_true(owed)
            if notice.place.kind is PlaceKind.PERSON or said:
                continue
            for person in (p for seat in notice.mentions for p in self.rules.directory.holders(seat)):
                if (person, *owed.key[1:]) not in seen and not self._died(person, owed.at):
                    yield f"{owed.key}: nobody told {person} instead"

    def _told_since(self, place: str, at: datetime) -> datetime:
        """The last change of a concern that was to be said there by then; one letter a change is enough."""
        last: dict[Ref, datetime] = {}
        for owed in self.owed:
            if owed.notice.place.id == place and owed.at <= at:
                last[owed.notice.ref] = owed.at
        return min(last.values(), default=at)

    def _pressed_on(self) -> Iterator[str]:
        for platform in self.platforms:
            yield from (f"{place}: called although it had asked to wait" for place in platform.pressed_on)

"""Pretend platforms: they keep what they were told, and misbehave on command."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from concerns.model import Concern
from concerns.notice import Notice, NoticeKind, Place
from concerns.rules import Rules
from reminders.messenger import Dead, Gone, Unknown, Waiting
from views.digest import Part
from views.parts import Message


@dataclass(frozen=True)
class Wait:
    """The platform refuses for now and says how long."""

    time: timedelta


@dataclass(frozen=True)
class Lost:
    """No answer comes; the platform took the message, or did not, or takes it some time later."""

    accepted: bool
    later: timedelta = timedelta()


@dataclass(frozen=True)
class Slow:
    """The answer comes when the gate is opened."""

    gate: asyncio.Event


@dataclass(frozen=True)
class Dies:
    """The place cannot be spoken in."""

    why: str = "the channel was archived"
    locked_out: bool = False


@dataclass(frozen=True)
class Vanished:
    """The message to edit was deleted."""


Fault = Wait | Lost | Slow | Dies | Vanished


@dataclass
class Post:
    """A message as the people of a place see it; `at` is when it appeared, `asked` when it was sent."""

    id: str
    place: Place
    message: Message
    marker: str
    thread: str | None
    asked: datetime
    at: datetime
    gone: bool = False
    edits: list[tuple[datetime, Message]] = field(default_factory=list)

    @property
    def shows(self) -> Message:
        """What it says now."""
        return self.edits[-1][1] if self.edits else self.message


class FakeMessenger:
    """A platform that keeps what it was told. `faults` are met first come, first served, place by place.

    History shows a post only after `lag`. `calls` holds every call, when it came and where to; `pressed_on`
    the places called although they had asked to wait, `met` what went wrong. Where it has a history it asks
    each verb to wait by itself, as Slack does, and lets nobody edit or
    look up before that. `alive` raises when the process that calls is dead.
    """

    def __init__(
        self,
        name: str,
        clock: Callable[[], datetime],
        *,
        can_find: bool,
        pace: float = 0.0,
        lag: timedelta = timedelta(),
    ) -> None:
        self.name = name
        self.can_find = can_find
        self.pace = pace
        self.lag = lag
        self.posts: list[Post] = []
        self.calls: list[tuple[str, str, datetime]] = []
        self.closed_until: dict[tuple[str, str], datetime] = {}
        self.pressed_on: list[str] = []
        self.met: list[tuple[str, str, Fault, datetime]] = []
        self.alive: Callable[[], None] = lambda: None
        self._clock = clock
        self._faults: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self._dead: dict[str, Dies] = {}
        self.choose: Callable[[str, Place], Fault | None] = self._next

    def reborn(self, alive: Callable[[], None]) -> None:
        """Another process calls from now on; it cannot know which places are to rest, and may ask once."""
        self.alive = alive
        self.closed_until.clear()

    def will(self, place: str, *faults: Fault) -> None:
        """What goes wrong with the next calls about this place."""
        self._faults[place].extend(faults)

    def kill(self, place: str, why: str = "the channel was archived") -> None:
        """From now on nothing can be said there."""
        self._dead[place] = Dies(why)

    def revive(self, place: str) -> None:
        """The place can be spoken in again."""
        del self._dead[place]

    def seen(self, place: str) -> list[Post]:
        """What people find in a place, oldest first."""
        return [post for post in self.posts if post.place.id == place and not post.gone]

    async def post(self, place: Place, message: Message, *, marker: str, thread: str | None) -> str:
        asked, later = self._clock(), timedelta()
        fault = await self._meet("post", place)
        if isinstance(fault, Lost):
            if not fault.accepted:
                raise Unknown
            later = fault.later
        at = self._clock() + later
        new = Post(f"{self.name}-{len(self.posts) + 1}", place, message, marker, thread, asked, at)
        self.posts.append(new)
        if isinstance(fault, Lost):
            raise Unknown
        return new.id

    async def edit(self, place: Place, message_id: str, message: Message) -> None:
        fault = await self._meet("edit", place)
        if isinstance(fault, Lost) and not fault.accepted:
            raise Unknown
        found = next((post for post in self.posts if post.id == message_id and not post.gone), None)
        if found is None:
            raise Gone
        if isinstance(fault, Vanished):
            found.gone = True
            raise Gone
        if found.shows != message:
            found.edits.append((self._clock(), message))
        if isinstance(fault, Lost):
            raise Unknown

    async def find(self, place: Place, marker: str, since: datetime, thread: str | None) -> str | None:
        assert self.can_find, f"{self.name} has no history to look in"
        if isinstance(await self._meet("find", place), Lost):
            raise Unknown
        visible = self._clock() - self.lag
        shown = (post for post in self.seen(place.id) if since <= post.at <= visible)
        return next((post.id for post in shown if post.marker == marker), None)

    async def _meet(self, verb: str, place: Place) -> Fault | None:
        self.alive()
        now = self._clock()
        elsewhere = self.can_find and verb != "post"
        closed = (place.id, verb if elsewhere else "")
        left = self.closed_until.get(closed, now) - now
        if elsewhere and left > timedelta():
            raise Waiting(left, elsewhere=True)
        fault = self.spoils(verb, place, closed[1])
        match fault:
            case Wait(time):
                raise Waiting(time, elsewhere=elsewhere)
            case Dies(why, locked_out):
                raise Dead(why, locked_out=locked_out)
            case Slow(gate):
                await gate.wait()
        return fault

    def spoils(self, verb: str, place: Place, closing: str) -> Fault | None:
        """What goes wrong with this call, put on record; `closing` is what a place that must rest refuses."""
        now, closed = self._clock(), (place.id, closing)
        self.calls.append((verb, place.id, now))
        if now < self.closed_until.get(closed, now):
            self.pressed_on.append(place.id)
        fault = self._dead.get(place.id) or self.choose(verb, place)
        if fault is not None:
            self.met.append((verb, place.id, fault, now))
        if isinstance(fault, Wait):
            self.closed_until[closed] = now + fault.time
        return fault

    def _next(self, verb: str, place: Place) -> Fault | None:
        waiting = self._faults[place.id]
        return waiting.popleft() if waiting else None


def plainly(
    notice: Notice, concern: Concern, rules: Rules, repeat: bool, code: str, parts: Sequence[Part] = ()
) -> Message:
    """A message a test can read back: the kind, and of each part what was known when it was sent."""
    said = [(part.notice, part.concern) for part in parts] or [(notice, concern)]
    lines = tuple(line for one in said for line in _plain_lines(*one))
    return Message(title=notice.kind, lines=(f"possible repeat {code}", *lines) if repeat else lines)


def _plain_lines(notice: Notice, concern: Concern) -> tuple[str, str, str, str]:
    turn = concern.turn if notice.kind is NoticeKind.CARD else notice.turn
    return concern.ref, f"turn {turn}", f"times {notice.times}", f"stage {concern.stage}"


def parts_in(message: Message) -> list[tuple[str, ...]]:
    """What a plain message says, part by part."""
    lines = message.lines[repeats(message) :]
    return [lines[start : start + 4] for start in range(0, len(lines), 4)]


def repeats(message: Message) -> bool:
    """Whether people can see that they may have read this before."""
    return message.lines[0].startswith("possible repeat")


def kinds(posts: list[Post]) -> list[str]:
    """What each post is about."""
    return [post.message.title for post in posts]

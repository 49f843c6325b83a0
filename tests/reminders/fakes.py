"""Two pretend platforms that misbehave on command, a house around a real database, and time moved by hand.

The house can be switched off and on again: what it starts with then is what stands in the database.
"""

import asyncio
import logging
import shutil
from collections import defaultdict, deque
from collections.abc import Callable, Coroutine
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import event

from concerns.commands import Command
from concerns.model import Concern, Ref
from concerns.notice import Notice, NoticeKind, Place, PlaceKind
from concerns.people import ChannelId, Directory, PersonId
from concerns.rules import Refused, Rules
from reminders.delivery import Delivery
from reminders.heartbeat import Heartbeat
from reminders.messenger import Dead, Gone, Messenger, Unknown, Waiting
from reminders.sending import Patience, Render
from reminders.sweep import Sweep
from storage.directory import Pathways
from storage.engine import Store, open_store
from storage.ledger import Changed, Ledger
from storage.outbox import Outbox
from storage.vault import Vault, make_key_file
from tests.ladders import MONDAY, RULES
from tests.storage.chance import Chance
from views.parts import Message

T = TypeVar("T")

# ---- platforms -------------------------------------------------------------------------------------


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
    the places called although they had asked to wait, `met` what went wrong. `alive` raises when the process
    that calls is dead.
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
        self.closed_until: dict[str, datetime] = {}
        self.pressed_on: list[str] = []
        self.met: list[tuple[str, str, Fault, datetime]] = []
        self.alive: Callable[[], None] = lambda: None
        self._clock = clock
        self._faults: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self._dead: dict[str, Dies] = {}
        self.choose: Callable[[str, Place], Fault | None] = self._next

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

    async def find(self, place: Place, marker: str, since: datetime) -> str | None:
        assert self.can_find, f"{self.name} has no history to look in"
        if isinstance(await self._meet("find", place), Lost):
            raise Unknown
        visible = self._clock() - self.lag
        shown = (post for post in self.seen(place.id) if since <= post.at <= visible)
        return next((post.id for post in shown if post.marker == marker), None)

    async def _meet(self, verb: str, place: Place) -> Fault | None:
        self.alive()
        now = self._clock()
        self.calls.append((verb, place.id, now))
        if now < self.closed_until.get(place.id, now):
            self.pressed_on.append(place.id)
        fault = self._dead.get(place.id) or self.choose(verb, place)
        if fault is not None:
            self.met.append((verb, place.id, fault, now))
        match fault:
            case Wait(time):
                self.closed_until[place.id] = now + time
                raise Waiting(time)
            case Dies(why):
                raise Dead(why)
            case Slow(gate):
                await gate.wait()
        return fault

    def _next(self, verb: str, place: Place) -> Fault | None:
        waiting = self._faults[place.id]
        return waiting.popleft() if waiting else None


def plainly(notice: Notice, concern: Concern, rules: Rules, repeat: bool, code: str) -> Message:
    """A message a test can read back: the kind, and what was known when it was sent."""
    turn = concern.turn if notice.kind is NoticeKind.CARD else notice.turn
    lines = (concern.ref, f"turn {turn}", f"times {notice.times}", f"stage {concern.stage}")
    return Message(title=notice.kind, lines=(f"possible repeat {code}", *lines) if repeat else lines)


def repeats(message: Message) -> bool:
    """Whether people can see that they may have read this before."""
    return message.lines[0].startswith("possible repeat")


def kinds(posts: list[Post]) -> list[str]:
    """What each post is about."""
    return [post.message.title for post in posts]


# ---- a loop without threads ------------------------------------------------------------------------


class _Inline(ThreadPoolExecutor):
    """Does at once what would be done in a thread, so that every run is the same."""

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except BaseException as error:  # noqa: BLE001 -- an executor hands on whatever was raised
            future.set_exception(error)
        return future


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run this on a fresh loop in which nothing happens by chance."""
    with asyncio.Runner() as runner:
        runner.get_loop().set_default_executor(_Inline(1))
        return runner.run(work)


async def until(condition: Callable[[], bool]) -> None:
    """Let everything else run until the condition holds."""
    for _ in range(10_000):
        if condition():
            return
        await asyncio.sleep(0)
    raise AssertionError("it never came to pass")


# ---- the house -------------------------------------------------------------------------------------


@cache
def quick_store(url: str) -> Store:
    """The real store, but it never waits for the disk: what these tests kill is a process, not the power.

    One for each address, closed and used again, because SQLAlchemy learns its statements anew for every one.
    """
    store = open_store(url)
    if store.dialect == "sqlite":
        event.listen(
            store._engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF")
        )
    return store


HASTE = Patience(look=timedelta(seconds=20), repeat=timedelta(seconds=10))


def fresh_start(template: Path, folder: Path) -> None:
    """An empty folder with an empty database, where another one may have been."""
    for left in folder.iterdir():
        left.unlink()
    shutil.copy(template, folder / "baton.db")


class House:
    """The reminders over a real database, with a Slack that has a history and a Telegram that has none."""

    def __init__(self, url: str, folder: Path, rules: Rules = RULES, patience: Patience = HASTE) -> None:
        self.url = url
        self.now = MONDAY
        self.monotonic = 0.0
        self.rules = rules
        self.patience = patience
        self.lanes = 8
        self.render: Render = plainly
        self.slack = FakeMessenger("slack", self.clock, can_find=True)
        self.telegram = FakeMessenger("telegram", self.clock, can_find=False)
        self.cut_off: set[str] = set()
        self.log = logging.getLogger("baton.test")
        self.open_store: Callable[[str], Store] = quick_store
        self.poisoned: Callable[[], object] = lambda: None
        self._key = folder / "root.key"
        self._chance = Chance("house")
        make_key_file(self._key, self._chance)
        self.start()
        Pathways(self.store).keep(rules.digest, rules.pathway.name, rules.pathway.version, "{}", MONDAY)

    def clock(self) -> datetime:
        """The one clock of the house; it moves when told to."""
        return self.now

    def start(self) -> None:
        """A process begins: fresh objects, and nothing known but what stands in the database."""
        self.store = self.open_store(self.url)
        self.vault = Vault(self._key, self._chance)
        self.ledger = Ledger(self.store, self.vault, self.rules_of, lambda strand: self.rules.digest)
        self.outbox = Outbox(self.store, self._chance)
        self.sweep = Sweep(self.ledger, self.clock, self.log, Heartbeat(lambda: self.monotonic), batch=50)
        self.delivery = Delivery(
            self.outbox,
            self.ledger,
            self.rules_of,
            self.messenger,
            self.render,
            self.clock,
            self.log,
            Heartbeat(lambda: self.monotonic),
            self.patience,
            lanes=self.lanes,
        )

    def restart(self) -> None:
        """The process is gone; another one begins."""
        self.store.close()
        self.start()

    def rules_of(self, digest: str) -> Rules:
        """The rules of the one pathway there is."""
        self.poisoned()
        return {self.rules.digest: self.rules}[digest]

    @property
    def directory(self) -> Directory:
        """Who there is."""
        return self.rules.directory

    def messenger(self, place: Place) -> Messenger | None:
        """The platform a place is on."""
        if place.id in self.cut_off:
            return None
        if place.kind is PlaceKind.CHANNEL:
            channel = self.directory.channel(ChannelId(place.id))
            platform = channel.platform if channel else ""
        else:
            person = self.directory.person(PersonId(place.id))
            platform = person.identities[0].platform if person and person.identities else ""
        return {"slack": self.slack, "telegram": self.telegram}.get(platform)

    def hear(self, *commands: Command, ref: Ref | None = None) -> Changed:
        """Put these on record, now; none may be refused. An opening needs no reference."""
        outcome: object = None
        for command in commands:
            outcome = self.ledger.change(ref, command, self.now)
            assert not isinstance(outcome, Refused), outcome.sentence
        assert isinstance(outcome, Changed)
        return outcome

    def forward(self, **time: float) -> "House":
        """So much time passes; nobody looks at the clock meanwhile."""
        self.now += timedelta(**time)
        self.monotonic += timedelta(**time).total_seconds()
        return self

    def look(self) -> int:
        """Let the clock speak to whatever is due now."""
        return self.sweep.run()

    def deliver(self) -> int:
        """Send everything that may be sent now."""
        return run(self.delivery.run())

    def settle(self, rounds: int = 40, seconds: float = 15) -> None:
        """Let time pass in small steps, sweeping and delivering, until nothing is owed."""
        for _ in range(rounds):
            self.sweep.run()
            self.deliver()
            if self.outbox.next_wake() is None:
                return
            self.forward(seconds=seconds)
        raise AssertionError(f"still owed: {self.outbox.counts()}")

    def seen(self, place: str) -> list[Post]:
        """What people find in a place, on whichever platform it is."""
        return self.slack.seen(place) + self.telegram.seen(place)

    def said(self, place: str) -> list[str]:
        """What the posts in a place are about, without the live card."""
        return [kind for kind in kinds(self.seen(place)) if kind != NoticeKind.CARD]

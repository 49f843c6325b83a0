"""The playground's world: one house, two pretend platforms, and a clock that stands still unless moved.

Everything goes through the same desk, sweep and delivery as on a real platform.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path

from bot.files import LoadedPathway
from bot.house import House, open_house
from bot.playground.chat import Chat, Post
from bot.playground.database import Database, DatabaseFile
from bot.playground.messenger import PlaygroundMessenger
from concerns.calendar import Calendar
from concerns.directory import Directory
from concerns.notice import Place, PlaceKind
from concerns.people import Channel, ChannelId, Person, PersonId
from concerns.window import Window
from handlers.answers import Given
from handlers.danger import DANGER_FORM
from handlers.scene import Asker, Reply
from reminders.delivery import Delivery
from reminders.digest import Digest
from reminders.heartbeat import Heartbeat
from reminders.housekeeping import Housekeeping
from reminders.letters import Letters
from reminders.patience import Patience
from reminders.sweep import Sweep
from reminders.ticks import Ticks
from reminders.watchdog import Watchdog
from storage.digests import Digests
from storage.errors import NotSaved
from storage.vault import make_key_file
from views.pings import render

TELEGRAM = "telegram"
BEGINNING = "2026-11-30T10:00"
"""A fresh world begins on a Monday morning, London time (design 9)."""

DATABASE, KEY, JOURNAL, RESETTING = "baton.db", "words.key", "chat.jsonl", "resetting"

AT_ONCE = Patience(look=timedelta(0), repeat=timedelta(0), lease=timedelta(0))
"""The clock may stand still for ever, so nothing waits for it to pass."""

log = logging.getLogger("baton.playground")


class NoSuchId(Exception):
    """An id nobody has: a person, a channel, a message, a button."""


class World:
    """A whole partnership to play with, kept in one folder. One caller at a time: `web` sees to that.

    Only the record may be kept elsewhere, in the `database` handed in.
    """

    def __init__(
        self,
        folder: Path,
        random_bytes: Callable[[int], bytes],
        standard: LoadedPathway,
        partnership: Directory,
        database: Database | None = None,
    ) -> None:
        self._folder = folder
        self._database = database or DatabaseFile(folder / DATABASE)
        self._random = random_bytes
        self._standard = standard
        self._partnership = partnership
        self._open()

    @property
    def directory(self) -> Directory:
        """Everybody in it."""
        return self._partnership

    @property
    def calendar(self) -> Calendar:
        """The pathway's calendar, which the clock is read by."""
        return self._standard.calendar

    @property
    def now(self) -> datetime:
        """What time it is pretended to be."""
        return self.chat.now

    # ------------------------------------------------------------------ what a person does

    def say(self, person: str, place: str, text: str) -> Reply:
        """A typed line, in a channel or in `"private"`."""
        asker = self._asker(person, None if place == "private" else self.channel(place))
        if place != "private" and not text.strip().startswith("/"):
            return Reply()  # people talk among themselves in a channel; Baton does not listen
        return self._whispered(person, self.house.desk.say(asker, text))

    def press(self, person: str, message: str, button: int) -> Reply:
        """A button of a message this person sees."""
        who, post = self.person(person), self.chat.get(message)
        hidden = post is None or (post.place.kind is PlaceKind.PERSON and post.place.id != who.id)
        if post is None or hidden or not 0 <= button < len(post.message.buttons):
            raise NoSuchId(f"no button {button} of message {message}")
        token = post.message.buttons[button].token
        return self._whispered(person, self.house.desk.press(Asker(who.id), token))

    def submit(self, person: str, form: str, answers: Given) -> Reply:
        """A form filled in."""
        asker = self._asker(person, None)
        if not self._is_open(form, asker):
            raise NoSuchId("this form is no longer open; please start again with the command")
        return self._whispered(person, self.house.desk.submit(asker, form, answers))

    async def settle(self) -> None:
        """Let the clock speak and everything be delivered, until nothing is left to do."""
        await self._ticks.idle()

    async def begin(self) -> None:
        """Do what a stop or a kill left undone, then tick."""
        try:
            await self.settle()
        except NotSaved as trouble:
            log.warning("Not everything could be made good at once: %s", trouble.reason)
        self._ticks.start()

    async def end(self) -> None:
        """Tick no more, and let go of the files."""
        await self._ticks.stop()
        self._close()

    async def forward(self, by: str, moved: Callable[[], None]) -> None:
        """Move the clock by a window, or to the next thing due. Raises BadWindow for what is neither."""
        await self.settle()
        goal = await asyncio.to_thread(self._goal, by)
        await self.forward_to(goal, moved)

    async def forward_to(self, goal: datetime, moved: Callable[[], None]) -> None:
        """Move the clock to an instant by way of everything due before it; `moved` is called at each stop."""
        while (stop := await asyncio.to_thread(self._next_stop)) and self.now < stop <= goal:
            await self._stop_at(stop, moved)
        await self._stop_at(goal, moved)

    async def reset(self) -> None:
        """Throw this world away and begin a fresh one; a kill on the way is made good at the next start."""
        await self.end()
        await asyncio.to_thread(self._begin_afresh)
        await self.begin()

    # ------------------------------------------------------------------ what a person sees

    def person(self, id: str) -> Person:
        """The person of this id."""
        found = self._partnership.person(PersonId(id))
        if found is None:
            raise NoSuchId(f"no person {id[:40]}")
        return found

    def channel(self, id: str) -> Channel:
        """The channel of this id."""
        found = self._partnership.channel(ChannelId(id))
        if found is None:
            raise NoSuchId(f"no channel {id[:40]}")
        return found

    def in_channel(self, id: str) -> tuple[Post, ...]:
        """What stands in a channel, oldest first."""
        return self.chat.in_place(Place(PlaceKind.CHANNEL, self.channel(id).id))

    def in_private(self, id: str) -> tuple[Post, ...]:
        """What stands in a person's private chat with the bot, oldest first."""
        return self.chat.in_place(Place(PlaceKind.PERSON, self.person(id).id))

    def reasons(self) -> tuple[str, ...]:
        """Why the house is not ready, if it is not."""
        return self._watchdog.reasons()

    def numbers(self) -> dict[str, float]:
        """The watchdog's counters."""
        return self._watchdog.numbers()

    # ------------------------------------------------------------------ how it is put together

    def _open(self) -> None:
        folder = self._folder
        folder.mkdir(parents=True, exist_ok=True)
        if not self._database.begun() or (folder / RESETTING).exists():
            # Only a fresh world gets a key: a new one beside old words would hide that they cannot be opened.
            self._database.clear()
            for name in (KEY, JOURNAL, RESETTING):
                (folder / name).unlink(missing_ok=True)
            make_key_file(folder / KEY, self._random)
        self.chat = Chat(folder / JOURNAL, self.calendar.parse_local(BEGINNING))
        with ExitStack() as unless_opened:
            unless_opened.callback(self.chat.close)
            self.house = open_house(
                self._database.url, folder / KEY, (self._standard,), lambda: self.chat.now
            )
            unless_opened.pop_all()
        self._wind_up(self.house)

    def _wind_up(self, house: House) -> None:
        """Everybody takes their seats, and the clock is listened to."""
        if house.directories.current() != self._partnership:
            house.directories.apply(self._partnership, self.now, "playground")
        messenger = PlaygroundMessenger(self.chat)
        sweep = Sweep(house.ledger, house.clock, log, Heartbeat(time.monotonic))
        delivery = Delivery(
            house.outbox,
            house.ledger,
            house.laws.rules,
            lambda _place: messenger,
            render,
            house.clock,
            log,
            Heartbeat(time.monotonic),
            patience=AT_ONCE,
            letters=Letters(house.enrolments, house.laws.today, house.clock),
        )
        self._digest = Digest(Digests(house.store), house.laws.rules, house.laws.today, house.clock)
        housekeeping = Housekeeping(house.chores, house.clock)
        self._ticks = Ticks(sweep, self._digest, delivery, housekeeping, log)
        self._watchdog = Watchdog(
            house.store, house.ledger, house.outbox, house.vault, sweep, delivery, house.clock
        )

    def _begin_afresh(self) -> None:
        (self._folder / RESETTING).touch()
        self._open()

    def _close(self) -> None:
        self.house.close()
        self.chat.close()

    def _asker(self, person: str, channel: Channel | None) -> Asker:
        overheard = channel is not None and channel.platform == TELEGRAM
        return Asker(self.person(person).id, overheard)

    def _whispered(self, person: str, reply: Reply) -> Reply:
        """A private reply also stands in the person's private chat, for as long as the playground runs."""
        place = Place(PlaceKind.PERSON, person)
        for message in (*reply.aside, *((reply.message,) if reply.message else ())):
            self.chat.whisper(place, message)
        return reply

    async def _stop_at(self, instant: datetime, moved: Callable[[], None]) -> None:
        await asyncio.to_thread(self.chat.move_clock, max(instant, self.now))
        await self.settle()
        moved()

    def _next_stop(self) -> datetime | None:
        """The next due instant, or the opening of an agency before it; None when nothing is open.

        What is still due after it was looked at is a concern the rules failed on: it holds up no clock.
        """
        due = self.house.ledger.next_due()
        opening = self._digest.next_opening() if due and due > self.now else None
        return min(due, opening) if due and opening else due

    def _goal(self, by: str) -> datetime:
        if by == "next":
            return self.house.ledger.next_due() or self.now
        return self.calendar.end_of(Window.parse(by), self.now)

    def _is_open(self, form: str, asker: Asker) -> bool:
        """Whether this person has that form before them; with the database away the desk says so itself."""
        try:
            return form == DANGER_FORM or bool(asker.person and self.house.drafts.read(form, asker.person))
        except NotSaved:
            return True

"""One life of the house on files that outlive it: opened, worked in without a pause, killed from outside."""

import asyncio
import logging
import os
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.files import DEMO_PARTNERSHIP, load_partnership, load_pathway, shipped_pathways
from bot.house import House, open_house
from reminders.delivery import Delivery
from reminders.heartbeat import Heartbeat
from reminders.patience import Patience
from reminders.sweep import Sweep
from storage.errors import NotSaved
from storage.owner import clock_owner
from storage.vault import make_key_file
from tests.crash.chats import Chat, Chats
from tests.crash.clock import Clock
from tests.crash.people import Office, Talker
from tests.ladders import MONDAY
from views.pings import render

DATABASE, KEY = "baton.db", "words.key"
TALKERS = 3
STUCK = 200
"""So many steps of five seconds without a single try: what is left will never be sent."""
_LOG = logging.getLogger("baton.crash")


class Ground:
    """What every life starts with: read once, before the first."""

    def __init__(self, folder: Path, random_bytes: Callable[[int], bytes]) -> None:
        self.folder = folder
        self.url = f"sqlite:///{folder / DATABASE}"
        self.pathway = load_pathway(shipped_pathways()["rapid"])
        self.partnership = load_partnership(DEMO_PARTNERSHIP)
        make_key_file(folder / KEY, random_bytes)


@dataclass(frozen=True, slots=True)
class Life:
    """The house, its clock, its chats and its desk, in one process."""

    house: House
    clock: Clock
    chats: Chats
    office: Office
    sweep: Sweep
    delivery: Delivery

    async def work(self, done: Callable[[], object]) -> None:
        """Sweep and deliver side by side, for ever; others move the clock. `done` hears of what was moved."""
        await asyncio.gather(self._sweeping(done), self._delivering(done))

    async def settle(self) -> None:
        """Nobody speaks any more, and the clock only helps what waits to be looked for."""
        await asyncio.to_thread(self.sweep.run)
        silent = 0
        while self.house.outbox.next_wake() is not None and silent < STUCK:
            silent = 0 if await self.delivery.run() else silent + 1
            self.clock.move(timedelta(seconds=5))

    async def _sweeping(self, done: Callable[[], object]) -> None:
        while True:
            with suppress(NotSaved):  # a busy machine: the next round finds everything again
                if await asyncio.to_thread(self.sweep.run):
                    done()

    async def _delivering(self, done: Callable[[], object]) -> None:
        while True:
            with suppress(NotSaved):
                if await self.delivery.run():
                    done()


@contextmanager
def lived(ground: Ground, done: Callable[[], object] = lambda: None) -> Iterator[Life]:
    """A life on these files, whatever became of the one before."""
    folder = ground.folder
    with clock_owner(ground.url):
        clock, chats = Clock(folder / "clock", MONDAY), Chats(folder / "chats.jsonl", ground.partnership)
        house = open_house(ground.url, folder / KEY, (ground.pathway,), clock)
        if house.directories.current() != ground.partnership:
            house.directories.apply(ground.partnership, clock(), "crash")
        office = Office(house, folder, done)
        sweep = Sweep(house.ledger, clock, _LOG, Heartbeat(time.monotonic))
        yield Life(house, clock, chats, office, sweep, _delivery(house, chats, clock))
        for held in (house, chats, clock, office):
            held.close()


def _delivery(house: House, chats: Chats, clock: Callable[[], datetime]) -> Delivery:
    slack, telegram = Chat(chats, can_find=True), Chat(chats, can_find=False)
    return Delivery(
        house.outbox,
        house.ledger,
        house.laws.rules,
        lambda place: slack if chats.searchable(str(place)) else telegram,
        render,
        clock,
        _LOG,
        Heartbeat(time.monotonic),
        Patience(),
    )


def until_killed(ground: Ground, name: str, done: Callable[[], object]) -> None:
    """Work and talk for ever. A defect of ours ends the process with its trace and the code 1."""
    try:
        with lived(ground, done) as life:
            life.office.ask_again()
            for n in range(TALKERS):
                talker = Talker(life.office, clock=life.clock, name=f"{name}/{n}")
                threading.Thread(target=_surely, args=(talker.talk,), daemon=True).start()
            asyncio.run(life.work(done))
    except BaseException:  # noqa: BLE001 -- whatever it is, the parent must hear that this was no kill
        _fail()


def _surely(work: Callable[[], None]) -> None:
    try:
        work()
    except BaseException:  # noqa: BLE001 -- as above, in a thread
        _fail()


def _fail() -> None:
    traceback.print_exc()
    os._exit(1)

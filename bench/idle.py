"""What it costs when nothing is due, and how promptly a lapse is called when something is."""

import asyncio
import logging
import statistics
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.databases import Sqlite
from bench.ground import RAISED, Clock, fill, house
from bot.house import House
from concerns.notice import Place
from reminders.delivery import Delivery
from reminders.digest import Digest
from reminders.heartbeat import Heartbeat
from reminders.housekeeping import Housekeeping
from reminders.patience import Patience
from reminders.sweep import Sweep
from reminders.ticks import Ticks
from storage.digests import Digests
from views.parts import Message
from views.pings import render

FLAT = 2.0
"""A tick over 100,000 open concerns may cost at most this many times one over 100."""
PROMPT = 2.0
"""A lapse is called within this many seconds of its due instant."""
_LOG = logging.getLogger("bench")


def ticks(folder: Path, sizes: tuple[int, ...]) -> dict[int, float]:
    """Microseconds of one tick with nothing due, by how many concerns are open; medians of 400."""
    found = {}
    for size in sizes:
        clock = Clock(RAISED)
        with house(Sqlite(folder).empty("idle"), folder, clock) as place:
            fill(place, size)
            sweep = Sweep(place.ledger, clock, _LOG, Heartbeat(time.monotonic))
            took = []
            for _ in range(400):
                started = time.perf_counter()
                sweep.run()
                took.append((time.perf_counter() - started) * 1e6)
            found[size] = statistics.median(took)
    return found


class Arrivals:
    """A messenger that only notes when something arrived."""

    can_find = True
    pace = 0.0

    def __init__(self) -> None:
        self.first = 0.0
        self.arrived = asyncio.Event()

    async def post(self, place: Place, message: Message, *, marker: str, thread: str | None) -> str:
        """Note it."""
        if not self.arrived.is_set():
            self.first = time.monotonic()
            self.arrived.set()
        return marker

    async def edit(self, place: Place, message_id: str, message: Message) -> None:
        """Note it."""

    async def find(self, place: Place, marker: str, since: datetime, thread: str | None) -> str | None:
        """Nothing was lost."""
        return marker


def prompt(folder: Path) -> tuple[float, float]:
    """Seconds from a due instant to its first message on a ticking house; the share of a core it idles at."""
    with house(Sqlite(folder).empty("prompt"), folder, Clock(RAISED)) as place:
        fill(place, 1)
        due = place.ledger.next_due()
        if due is None:
            raise RuntimeError("nothing is due")
        return asyncio.run(_prompt(place, due))


async def _prompt(place: House, due: datetime) -> tuple[float, float]:
    lead = timedelta(seconds=6.5)
    begun, monotonic = datetime.now(UTC), time.monotonic()

    def clock() -> datetime:
        return due - lead + (datetime.now(UTC) - begun)

    arrivals = Arrivals()
    delivery = Delivery(
        place.outbox,
        place.ledger,
        place.laws.rules,
        lambda _place: arrivals,
        render,
        clock,
        _LOG,
        Heartbeat(time.monotonic),
        Patience(),
    )
    sweep = Sweep(place.ledger, clock, _LOG, Heartbeat(time.monotonic))
    digest = Digest(Digests(place.store), place.laws.rules, place.laws.today, clock)
    bell = Ticks(sweep, digest, delivery, Housekeeping(place.chores, clock), _LOG)
    bell.start()
    await asyncio.sleep(1)
    busy = time.process_time()
    await asyncio.sleep(5)
    idle = (time.process_time() - busy) / 5
    await arrivals.arrived.wait()
    await bell.stop()
    return arrivals.first - monotonic - lead.total_seconds(), idle

"""Sweeping concerns that are all due at once, through the rules, against one APScheduler job per deadline."""

import asyncio
import logging
import statistics
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from bench import peer
from bench.databases import Database
from bench.ground import RAISED, Clock, fill, house
from bot.house import settle_memory
from reminders.heartbeat import Heartbeat
from reminders.sweep import Sweep

GOAL = 3.0
"""At least this many times the concerns a second of APScheduler's store (the issue's own figure)."""
STALL = 0.050
"""The event loop may not go unserved for longer than this many seconds while the sweep runs."""


OPENED = 2
"""A concern just raised has two events; what the sweep writes comes after."""


class Result:
    """Concerns a second of each, and the longest stall seen beside ours."""

    def __init__(self, ours: list[float], threads: list[float], in_loop: list[float], stall: float) -> None:
        self.ours = statistics.median(ours)
        self.threads = statistics.median(threads)
        self.in_loop = statistics.median(in_loop)
        self.stall = stall


def race(database: Database, folder: Path, count: int, runs: int, say: Callable[[str], None]) -> Result:
    """Fill one database, copy it for every run, and take turns: ours, threads, asyncio."""
    clock = Clock(RAISED)
    say(f"{database.name}: raising {count:,} concerns, all due at one instant …")
    with house(database.empty("filled"), folder, clock) as place:
        fill(place, count)
        clock.now = place.ledger.next_due() or RAISED
    ours, threads, in_loop, stalls = [], [], [], []
    for run in range(runs):
        say(f"Run {run + 1} of {runs}: the sweep, then APScheduler with threads, then in the event loop …")
        address = database.copy("filled", "ours")
        took, stall = _ours(address, folder, clock)
        rows = _written(database, address)
        if len(rows) != count:
            raise RuntimeError(f"{len(rows)} of {count} concerns were swept")
        ours.append(count / took)
        stalls.append(stall)
        threads.append(count / peer.threads(database, database.copy("filled", "threads"), rows))
        in_loop.append(count / peer.in_loop(database, database.copy("filled", "loop"), rows))
    return Result(ours, threads, in_loop, max(stalls))


def _ours(address: str, folder: Path, clock: Clock) -> tuple[float, float]:
    with house(address, folder, clock) as place:
        sweep = Sweep(place.ledger, clock, logging.getLogger("bench"), Heartbeat(time.monotonic))
        settle_memory()
        return asyncio.run(_watched(sweep))


def _written(database: Database, address: str) -> peer.Rows:
    """Every row the sweep wrote, by reference, for the peer to write the same."""
    db = database.connect(address)
    after = f"WHERE seq > {OPENED}"
    columns = "ref, seq, stage, tier, urgent, next_due, changed_at, head, snapshot"
    # Every statement below is made of our own names and one number.
    index = db.execute(f"SELECT {columns} FROM concerns {after}").fetchall()  # noqa: S608 -- as above
    events, notices = defaultdict(list), defaultdict(list)
    for row in db.execute(f"SELECT * FROM events {after}"):  # noqa: S608 -- as above
        events[row[0]].append(row)
    for row in db.execute(f"SELECT * FROM outbox {after}"):  # noqa: S608 -- as above
        notices[row[0]].append(row)
    db.close()
    return {row[0]: (row[1:], events[row[0]], notices[row[0]]) for row in index}


async def _watched(sweep: Sweep) -> tuple[float, float]:
    """How long the sweep took in its thread, and the longest time the loop went unserved meanwhile."""
    worst, stop = 0.0, asyncio.Event()

    async def watch() -> None:
        nonlocal worst
        last = time.perf_counter()
        while not stop.is_set():
            await asyncio.sleep(0.001)
            now = time.perf_counter()
            worst, last = max(worst, now - last - 0.001), now

    watcher = asyncio.create_task(watch())
    await asyncio.sleep(0.05)
    worst = 0.0
    started = time.perf_counter()
    await asyncio.to_thread(sweep.run)
    took = time.perf_counter() - started
    stop.set()
    await watcher
    return took, worst

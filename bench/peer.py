"""The peer: APScheduler 3.11, one date job per deadline in its own SQLAlchemy store, the very same rows.

The jobs write what our sweep wrote, row for row, with plain sqlite3 (kinder to the peer than any library),
one transaction per job, WAL and synchronous=FULL as ours. The job store has its own file, as its manual
shows.
"""

import asyncio
import pickle
import sqlite3
import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.date import DateTrigger

Rows = dict[str, tuple[tuple[Any, ...], Sequence[tuple[Any, ...]], Sequence[tuple[Any, ...]]]]
"""By reference: the index row's new values, the event rows, the outbox rows."""

_MOVE = (
    "UPDATE concerns SET seq=?, stage=?, tier=?, urgent=?, next_due=?, changed_at=?, head=?, snapshot=?"
    " WHERE ref=?"
)


class Race:
    """What the job functions share: a job can only name a function of a module."""

    rows: Rows
    path: Path
    left: int
    done: threading.Event
    lock = threading.Lock()
    local = threading.local()


def fire(ref: str) -> None:
    """One job: advance one concern in one transaction."""
    db = _connection()
    index, events, notices = Race.rows[ref]
    db.execute("BEGIN IMMEDIATE")
    db.execute(_MOVE, (*index, ref))
    db.executemany("INSERT INTO events VALUES (?,?,?,?,?,?,?,?)", events)
    marks = ",".join("?" * len(notices[0]))
    db.executemany(f"INSERT INTO outbox VALUES ({marks})", notices)  # noqa: S608 -- only question marks
    db.execute("COMMIT")
    with Race.lock:
        Race.left -= 1
        if not Race.left:
            Race.done.set()


def threads(database: Path, rows: Rows) -> float:
    """Seconds until the last job has committed, with APScheduler's thread pool."""
    _prepare(database, rows)
    store = _store(database, rows)
    scheduler = BackgroundScheduler(
        jobstores={"default": store}, executors={"default": ThreadPoolExecutor(10)}, timezone=UTC
    )
    started = time.perf_counter()
    scheduler.start()
    Race.done.wait()
    took = time.perf_counter() - started
    scheduler.shutdown()
    return took


def in_loop(database: Path, rows: Rows) -> float:
    """The same with its asyncio form, whose store works in the event loop."""
    _prepare(database, rows)
    store = _store(database, rows)

    async def run() -> float:
        scheduler = AsyncIOScheduler(jobstores={"default": store}, timezone=UTC)
        started = time.perf_counter()
        scheduler.start()
        await asyncio.to_thread(Race.done.wait)
        took = time.perf_counter() - started
        scheduler.shutdown()
        await asyncio.sleep(0.05)
        return took

    return asyncio.run(run())


def _prepare(database: Path, rows: Rows) -> None:
    Race.rows, Race.path, Race.left, Race.done = rows, database, len(rows), threading.Event()


def _connection() -> sqlite3.Connection:
    if getattr(Race.local, "path", None) != Race.path:
        db = sqlite3.connect(Race.path, isolation_level=None, timeout=60)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            db.execute(f"PRAGMA {pragma}")
        Race.local.db, Race.local.path = db, Race.path
    held: sqlite3.Connection = Race.local.db
    return held


def _store(database: Path, rows: Rows) -> SQLAlchemyJobStore:
    """A store that holds one due job per concern, put there quickly and outside every clock."""
    template = BackgroundScheduler(timezone=UTC)
    template.start(paused=True)
    when = datetime.now(UTC)
    state = template.add_job(fire, "date", run_date=when, args=["x"], misfire_grace_time=None).__getstate__()
    template.shutdown()
    state["trigger"], state["next_run_time"] = DateTrigger(when, UTC), when
    store = SQLAlchemyJobStore(url=f"sqlite:///{database}.jobs")
    store.jobs_t.create(store.engine, True)
    held = []
    for ref in rows:
        state["id"], state["args"] = ref, (ref,)
        blob = pickle.dumps(state, pickle.HIGHEST_PROTOCOL)
        held.append({"id": ref, "next_run_time": when.timestamp(), "job_state": blob})
    with store.engine.begin() as db:
        db.execute(store.jobs_t.insert(), held)
    return store

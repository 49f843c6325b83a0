"""The peer: APScheduler 3.11, one date job per deadline in its own SQLAlchemy store, the very same rows.

The jobs write what our sweep wrote, row for row, with the plain driver (kinder to the peer than any library),
one transaction per job, waiting for the disk as ours does. The job store has a database of its own, as its
manual shows.
"""

import asyncio
import pickle
import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.date import DateTrigger

from bench.databases import Connection, Database

Rows = dict[str, tuple[tuple[Any, ...], Sequence[tuple[Any, ...]], Sequence[tuple[Any, ...]]]]
"""By reference: the index row's new values, the event rows, the outbox rows."""

_MOVE = (
    "UPDATE concerns SET seq=?, stage=?, tier=?, urgent=?, next_due=?, changed_at=?, head=?, snapshot=?"
    " WHERE ref=?"
)
_TELL = "INSERT INTO events VALUES (?,?,?,?,?,?,?,?)"
_QUEUE = "INSERT INTO outbox VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"


class Race:
    """What the job functions share: a job can only name a function of a module."""

    rows: Rows
    database: Database
    address: str
    left: int
    done: threading.Event
    lock = threading.Lock()
    local = threading.local()
    connections: list[Connection]


def fire(ref: str) -> None:
    """One job: advance one concern in one transaction."""
    db = _connection()
    index, events, notices = Race.rows[ref]
    db.execute(Race.database.begin)
    db.execute(_marked(_MOVE), (*index, ref))
    db.cursor().executemany(_marked(_TELL), events)
    db.cursor().executemany(_marked(_QUEUE), notices)
    db.execute("COMMIT")
    with Race.lock:
        Race.left -= 1
        if not Race.left:
            Race.done.set()


def threads(database: Database, address: str, rows: Rows) -> float:
    """Seconds until the last job has committed, with APScheduler's thread pool."""
    _prepare(database, address, rows)
    store = _store(database, rows)
    scheduler = BackgroundScheduler(
        jobstores={"default": store}, executors={"default": ThreadPoolExecutor(10)}, timezone=UTC
    )
    started = time.perf_counter()
    scheduler.start()
    Race.done.wait()
    took = time.perf_counter() - started
    scheduler.shutdown()
    _let_go()
    return took


def in_loop(database: Database, address: str, rows: Rows) -> float:
    """The same with its asyncio form, whose store works in the event loop."""
    _prepare(database, address, rows)
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

    took = asyncio.run(run())
    _let_go()
    return took


def _prepare(database: Database, address: str, rows: Rows) -> None:
    Race.database, Race.address, Race.rows = database, address, rows
    Race.left, Race.done, Race.connections = len(rows), threading.Event(), []
    Race.local = threading.local()


def _let_go() -> None:
    for db in Race.connections:
        db.close()


def _connection() -> Connection:
    if not hasattr(Race.local, "db"):
        Race.local.db = Race.database.connect(Race.address)
        with Race.lock:
            Race.connections.append(Race.local.db)
    held: Connection = Race.local.db
    return held


def _marked(statement: str) -> str:
    return statement.replace("?", Race.database.mark)


def _store(database: Database, rows: Rows) -> SQLAlchemyJobStore:
    """A store that holds one due job per concern, put there quickly and outside every clock."""
    template = BackgroundScheduler(timezone=UTC)
    template.start(paused=True)
    when = datetime.now(UTC)
    state = template.add_job(fire, "date", run_date=when, args=["x"], misfire_grace_time=None).__getstate__()
    template.shutdown()
    state["trigger"], state["next_run_time"] = DateTrigger(when, UTC), when
    store = SQLAlchemyJobStore(url=database.empty("jobs"))
    store.jobs_t.create(store.engine, True)
    held = []
    for ref in rows:
        state["id"], state["args"] = ref, (ref,)
        blob = pickle.dumps(state, pickle.HIGHEST_PROTOCOL)
        held.append({"id": ref, "next_run_time": when.timestamp(), "job_state": blob})
    with store.engine.begin() as db:
        db.execute(store.jobs_t.insert(), held)
    return store

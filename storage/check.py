"""`baton db check`: every concern rebuilt from its events and compared with the index. It mends nothing.

The digests are over the stored, sealed bytes, so it needs no key.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from operator import itemgetter

from sqlalchemy import Connection, RowMapping, func, select

from concerns.evolve import fold
from concerns.model import Concern
from storage.codec import concern_codec, decode_event
from storage.engine import Store
from storage.errors import Unreadable
from storage.record import digest, index_columns
from storage.tables import concerns, events, micros

_BATCH = 500


def check(store: Store, progress: Callable[[int, int], None] | None = None) -> list[str]:
    """A sentence for everything that differs; nothing when the record is whole.

    `progress` is told how many concerns have been looked at, of how many.
    """
    with store.read() as db:
        total, found = db.scalar(select(func.count()).select_from(concerns)) or 0, _strays(db)
        done = 0
        for rows in _batches(db):
            told = _told(db, [row["ref"] for row in rows])
            for row in rows:
                found += [f"{row['ref']}: {what}" for what in _differences(row, told.get(row["ref"], []))]
            done += len(rows)
            if progress:
                progress(done, total)
    return found


def _strays(db: Connection) -> list[str]:
    stray = select(events.c.ref).distinct().outerjoin(concerns).where(concerns.c.ref.is_(None))
    found = db.scalars(stray.order_by(events.c.ref))
    return [f"{ref}: there are events, but the concern is missing from the index." for ref in found]


def _batches(db: Connection) -> Iterator[Sequence[RowMapping]]:
    some = select(concerns).order_by(concerns.c.ref).limit(_BATCH)
    last = ""
    while rows := db.execute(some.where(concerns.c.ref > last)).mappings().all():
        yield rows
        last = rows[-1]["ref"]


def _told(db: Connection, refs: Sequence[str]) -> dict[str, list[RowMapping]]:
    wanted = select(events).where(events.c.ref.in_(refs)).order_by(events.c.ref, events.c.seq)
    return {ref: list(lines) for ref, lines in groupby(db.execute(wanted).mappings(), itemgetter("ref"))}


def _differences(row: RowMapping, lines: Sequence[RowMapping]) -> Iterable[str]:
    """What is wrong with one concern. A broken chain is not rebuilt: it would only repeat the complaint."""
    broken = list(_chain(row, lines))
    if broken:
        return broken
    try:
        rebuilt = fold(None, (decode_event(e["kind"], e["at"], e["by"], e["body"]) for e in lines))
        kept = concern_codec.decode(row["snapshot"])
    except (Unreadable, ValueError) as error:
        return [f"{error}."]
    return list(_against_index(row, kept, rebuilt))


def _chain(row: RowMapping, lines: Sequence[RowMapping]) -> Iterator[str]:
    head = b""
    for seq, line in enumerate(lines, start=1):
        if line["seq"] != seq:
            yield f"event {seq} is missing."
            return
        told = (line["kind"], micros(line["at"]), line["by"], line["body"], line["sealed"])
        head = digest(head, row["ref"], seq, *told)
        if head != line["digest"]:
            yield f"event {seq} is not as it was written."
            return
    if len(lines) < row["seq"]:
        yield f"events {len(lines) + 1} to {row['seq']} are missing."
    elif len(lines) > row["seq"]:
        yield f"the index knows {row['seq']} events, the record has {len(lines)}."
    elif head != row["head"]:
        yield "the index names another last event."


def _against_index(row: RowMapping, kept: Concern, rebuilt: Concern) -> Iterator[str]:
    for name, told in index_columns(rebuilt).items():
        kept_there = micros(row[name]) if isinstance(row[name], datetime) else row[name]
        if kept_there != told:
            yield f"the index and the events differ in {name}."
    if kept != rebuilt:
        yield "the snapshot is not what its events add up to."

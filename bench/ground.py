"""The ground of every race: a real store with many concerns, all called and due at one instant."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from bot.files import DEMO_PARTNERSHIP, LoadedPathway, load_partnership, load_pathway, shipped_pathways
from bot.files.stored import loaded
from bot.house import House, open_house
from concerns import reference
from concerns.commands import Raise
from concerns.decide import decide
from concerns.evolve import fold
from concerns.model import Ground, Ref, Words
from concerns.notices import announce
from concerns.pathway import Strand
from concerns.people import AgencyId, PersonId
from concerns.rules import Refused, Rules
from storage.record import Change, write
from storage.vault import make_key_file

RAISED = datetime(2026, 11, 30, 10, tzinfo=UTC)
"""A Monday morning; tier 1 of the rapid ladder is due the next day at 17:00."""


@dataclass
class Clock:
    """A clock that is set."""

    now: datetime

    def __call__(self) -> datetime:
        """What it is set to."""
        return self.now


@contextmanager
def house(address: str, folder: Path, clock: Clock) -> Iterator[House]:
    """The house over this database, its key in the folder; an empty one gets the demo's partnership."""
    key = folder / "words.key"
    if not key.exists():
        make_key_file(key, secrets.token_bytes)
    opened = open_house(address, key, (_ladder(),), clock)
    if not opened.directories.current().people:
        opened.directories.apply(load_partnership(DEMO_PARTNERSHIP), clock.now, "bench")
    try:
        yield opened
    finally:
        opened.close()


def _ladder() -> LoadedPathway:
    """The rapid ladder with one clock a tier: the first thing due is a lapse that calls the next tier."""
    rapid = load_pathway(shipped_pathways()["rapid"])
    tiers = tuple(replace(tier, acknowledge=None, remind=()) for tier in rapid.pathway.tiers)
    return loaded(replace(rapid.pathway, tiers=tiers), rapid.calendar)


def fill(place: House, count: int) -> None:
    """Raise so many at once; their notices are taken as sent, so that only what follows counts."""
    rules = place.laws.rules(place.laws.digest(Strand.ADULT))
    for start in range(0, count, 1000):
        changes = [_raised(reference.make(n), rules) for n in range(start, min(start + 1000, count))]
        with place.store.write() as db:
            write(db, changes, RAISED, place.vault)
    with place.store.write() as db:
        db.exec_driver_sql("UPDATE outbox SET state = 'sent', finished_at = created_at")


def _raised(ref: Ref, rules: Rules) -> Change:
    command = Raise(
        by=PersonId("amira"),
        ref=ref,
        agency=AgencyId("council"),
        strand=Strand.ADULT,
        danger=False,
        grounds=(Ground.NO_RESPONSE,),
        words=Words({"decision": "No answer to the referral.", "wanted": "A visit this week."}),
    )
    events = decide(None, command, RAISED, rules)
    if isinstance(events, Refused):
        raise TypeError(events.sentence)
    return Change(None, fold(None, events), events, announce(None, events, rules))

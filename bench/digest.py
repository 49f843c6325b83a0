"""The morning digest of a whole region: all agencies open at one instant, every concern waits on somebody."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.databases import Database
from bench.ground import RAISED, Clock, house
from bot.house import House, settle_memory
from concerns import reference
from concerns.commands import Answer, Command, Raise
from concerns.decide import decide
from concerns.directory import Directory
from concerns.events import Event
from concerns.evolve import fold
from concerns.model import Ground, Outcome, Ref, Words
from concerns.notices import announce
from concerns.pathway import Strand
from concerns.people import Agency, AgencyId, AgencyKind, Person, PersonId, Seat, Seating
from concerns.rules import Refused, Rules
from reminders.digest import Digest
from storage.digests import Digests
from storage.record import Change, write

GOAL = 10.0
"""Seconds in which the digests of 500 agencies over 10,000 open concerns must be queued (the issue's own)."""

_ROLE = "practitioner"


def race(
    database: Database, folder: Path, agencies: int, count: int, say: Callable[[str], None]
) -> tuple[float, int]:
    """Seconds from the opening to the last notice queued, and how many messages that makes."""
    say(f"{database.name}: {agencies:,} agencies, {count:,} open concerns, and the night before …")
    clock = Clock(RAISED)
    with house(database.empty("morning"), folder, clock) as place:
        place.directories.apply(_region(agencies), clock.now, "bench")
        _fill(place, agencies, count)
        digest = Digest(Digests(place.store), place.laws.rules, place.laws.today, clock)
        digest.run()  # its first look only notes that every agency begins now
        clock.now = digest.next_opening() or RAISED
        settle_memory()
        started = time.perf_counter()
        said = digest.run()
        return time.perf_counter() - started, said


def _region(agencies: int) -> Directory:
    """Agencies of one practitioner and one deputy each, all with the pathway's own hours."""
    numbers = range(agencies)
    return Directory(
        partnership="A region",
        coordinator=PersonId("p0"),
        agencies=tuple(Agency(AgencyId(f"a{n}"), f"Agency {n}", AgencyKind.PROVIDER) for n in numbers),
        people=tuple(
            Person(PersonId(f"{p}{n}"), f"{p} {n}", AgencyId(f"a{n}")) for n in numbers for p in "pd"
        ),
        seatings=tuple(
            Seating(Seat(AgencyId(f"a{n}"), _ROLE), PersonId(f"p{n}"), (PersonId(f"d{n}"),)) for n in numbers
        ),
        channels=(),
    )


def _fill(place: House, agencies: int, count: int) -> None:
    """Half of the concerns wait for an answer, half for a word on the answer; nothing else is owed."""
    rules = place.laws.rules(place.laws.digest(Strand.ADULT))
    for start in range(0, count, 1000):
        changes = [_lived(n, agencies, rules) for n in range(start, min(start + 1000, count))]
        with place.store.write() as db:
            write(db, changes, RAISED, place.vault)
    with place.store.write() as db:
        db.exec_driver_sql("UPDATE outbox SET state = 'sent', finished_at = created_at")


def _lived(n: int, agencies: int, rules: Rules) -> Change:
    events: tuple[Event, ...] = ()
    for command in _said(n, agencies):
        decided = decide(fold(None, events) if events else None, command, RAISED, rules)
        if isinstance(decided, Refused):
            raise TypeError(decided.sentence)
        events += decided
    return Change(None, fold(None, events), events, announce(None, events, rules))


def _said(n: int, agencies: int) -> Iterator[Command]:
    ours, theirs = n % agencies, (n + 1 + n // agencies) % agencies
    words = Words({"decision": "No answer to the referral.", "wanted": "A visit this week."})
    yield Raise(
        by=PersonId(f"p{ours}"),
        ref=Ref(reference.make(n)),
        agency=AgencyId(f"a{theirs}"),
        strand=Strand.ADULT,
        danger=False,
        grounds=(Ground.NO_RESPONSE,),
        words=words,
    )
    if n % 2:
        said = Words({"response": "A visit on Thursday."})
        yield Answer(by=PersonId(f"p{theirs}"), outcome=Outcome.PLAN_WITH_ACTIONS, when=None, words=said)

"""The ledger: the one transaction in which anything happens to a concern, and what can be read of it.

It decides nothing: `concerns.decide` does, inside the transaction, on the state the transaction holds.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TypeVar

from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from concerns.commands import Command, Lapse, Opening
from concerns.decide import catch_up, decide
from concerns.events import Event
from concerns.evolve import steps
from concerns.model import Concern, Ref
from concerns.notices import Notice, announced
from concerns.pathway import Strand
from concerns.rules import Refused, Rules
from storage import check, lapses
from storage.answered import Answered
from storage.bulk import Bulk
from storage.codec import concern_codec
from storage.engine import Store
from storage.errors import Collided, NoSuchConcern, RefTaken
from storage.history import carried_by, history
from storage.lapses import Swept
from storage.listing import listing
from storage.look import Look
from storage.record import Change, Entry, write
from storage.tables import concerns, micros, requests
from storage.vault import Sealed, Vault

_T = TypeVar("_T")
_TRIES = 3

_c = concerns.c
_SNAPSHOT = Look(select(_c.snapshot).where(_c.ref == bindparam("of")))
# Held still until the transaction ends; rows that refer to it may come meanwhile.
_HELD = select(_c.snapshot, _c.head, _c.data_key).where(_c.ref == bindparam("of"))
_HOLD = Look(_HELD.with_for_update(key_share=True))
_SEEN = Look(select(requests.c.ref).where(requests.c.id == bindparam("request")))
_NOTE = Bulk(insert(requests), ("id", "ref", "seq", "at"))

# Whoever acts on a concern has just looked at it: the same bytes are the same concern.
_decoded = lru_cache(maxsize=256)(concern_codec.decode)


@dataclass(frozen=True, slots=True)
class Changed:
    """It is on record: the concern as it stands now, what the command led to, and what will be announced."""

    concern: Concern
    events: tuple[Event, ...]
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class Repeated:
    """The platform sent this request before; it had its effect then, on this concern."""

    ref: Ref


class Ledger:
    """`rules` finds a pathway version's rules by its digest; `today`, the digest new concerns open under.

    `answered` are the requests that changed no concern.
    """

    def __init__(
        self,
        store: Store,
        vault: Vault,
        rules: Callable[[str], Rules],
        today: Callable[[Strand], str],
    ) -> None:
        self._store = store
        self._vault = vault
        self._rules = rules
        self._today = today
        self.answered = Answered(store)

    def change(
        self,
        ref: Ref | None,
        command: Command,
        now: datetime,
        request: str = "",
        also: Callable[[Connection], None] | None = None,
        rules: Callable[[str], Rules] | None = None,
    ) -> Changed | Refused | Repeated:
        """Do what the command asks, in one transaction with its notices, its request id and `also`.

        An opening names its own reference, so `ref` is None. `rules` are those whoever asks has seen, where
        they may not change on the way. Raises `RefTaken` (draw another),
        `NoSuchConcern`, `NotSaved`, and `VaultLocked` when words cannot be sealed; nothing has happened then.
        """
        try:
            return self._surely(
                lambda db: self._change(db, ref, command, now, request, also, rules or self._rules)
            )
        except IntegrityError:
            # Two at once: whoever came second finds what the first has put on record.
            known = self._repeated(request) if request else None
            if known is not None:
                return known
            if isinstance(command, Opening) and self.load(command.ref) is not None:
                raise RefTaken(command.ref) from None
            raise

    def _change(
        self,
        db: Connection,
        ref: Ref | None,
        command: Command,
        now: datetime,
        request: str,
        also: Callable[[Connection], None] | None,
        rules_of: Callable[[str], Rules],
    ) -> Changed | Refused | Repeated:
        before = None if ref is None else _locked(db, ref)
        if request and (known := _seen(db, request)) is not None:
            return known
        concern = before.concern if before else None
        rules = rules_of(concern.pathway if concern else self._today(_strand(command)))
        caught_up, lapsed = _caught_up(concern, command, now, rules)
        decided = decide(caught_up, command, now, rules)
        if isinstance(decided, Refused):
            return decided
        events = lapsed + decided
        if concern is not None and not events:
            return Changed(concern, (), ())
        taken = steps(concern, events)
        after = taken[-1][1]
        change = Change(before, after, events, announced(taken, rules))
        write(db, (change,), now, self._vault)
        if request:
            _NOTE.run(db, [{"id": request, "ref": after.ref, "seq": after.seq, "at": micros(now)}])
        if also is not None:
            also(db)
        return Changed(after, decided, change.notices)

    def lapse(
        self, now: datetime, limit: int, only: Collection[Ref] | None = None, skip: Collection[Ref] = ()
    ) -> Swept:
        """Let the clock speak to up to `limit` concerns that are due, in one transaction: all or none.

        Any exception undoes the batch; run it again one by one with `only`, and `skip` the one that fails.
        """
        with self._store.write() as db:
            changes = lapses.due_changes(db, now, limit, self._rules, only, skip)
            write(db, changes, now, self._vault)
        return Swept(tuple(c.concern.ref for c in changes), tuple(n for c in changes for n in c.notices))

    def overdue(self, now: datetime, limit: int, skip: Collection[Ref] = ()) -> tuple[Ref, ...]:
        """Whom a `lapse` of this limit would look at; none is read, so one that cannot be is named too."""
        with self._store.read() as db:
            return lapses.overdue(db, now, limit, skip)

    def next_due(self) -> datetime | None:
        """The soonest instant at which any concern's clock has something to do."""
        with self._store.read() as db:
            return lapses.next_due(db)

    def load(self, ref: Ref) -> Concern | None:
        """The concern as it stands, without its words."""
        row = self._store.glance(_SNAPSHOT, of=ref)
        return None if row is None else _decoded(row[0])

    def listing(self, *, open_only: bool = False) -> tuple[Concern, ...]:
        """Every concern, or every one that is not closed, in the order they were opened."""
        return listing(self._store, open_only=open_only)

    def history(self, ref: Ref) -> tuple[Event, ...]:
        """What happened, in order, with its words. Words that cannot be opened come as locked ones."""
        with self._store.read() as db:
            return history(db, self._vault, ref)

    def carried_by(self, ref: Ref) -> tuple[Ref, ...]:
        """The closed concerns this one was said to carry on, as their duplicate."""
        with self._store.read() as db:
            return carried_by(db, ref)

    def forget(self, ref: Ref) -> None:
        """Destroy the key of a concern's words, for good. Clocks, notices and digests stay whole."""
        with self._store.write() as db:
            if db.execute(update(concerns).where(concerns.c.ref == ref).values(data_key=None)).rowcount == 0:
                raise NoSuchConcern(ref)
        self._store.empty_log()

    def check(self, progress: Callable[[int, int], None] | None = None) -> list[str]:
        """Rebuild every concern from its events and compare: a sentence for everything that differs."""
        return check.check(self._store, progress)

    def _surely(self, work: Callable[[Connection], _T]) -> _T:
        """Do it, anew when another writer was in the way: all of it was undone, so it decides afresh."""
        for _ in range(_TRIES - 1):
            try:
                with self._store.write() as db:
                    return work(db)
            except Collided:
                continue
        with self._store.write() as db:
            return work(db)

    def _repeated(self, request: str) -> Repeated | None:
        with self._store.read() as db:
            return _seen(db, request)


def _locked(db: Connection, ref: Ref) -> Entry:
    row = _HOLD.within(db, of=ref)
    if row is None:
        raise NoSuchConcern(ref)
    snapshot, head, key = row
    return Entry(_decoded(snapshot), head, None if key is None else Sealed(key))


def _caught_up(
    concern: Concern | None, command: Command, now: datetime, rules: Rules
) -> tuple[Concern | None, tuple[Event, ...]]:
    """A window that ended before this was said goes on record first, even if the sweep has not come by."""
    if concern is None or isinstance(command, Lapse):
        return concern, ()
    return catch_up(concern, now, rules)


def _seen(db: Connection, request: str) -> Repeated | None:
    row = _SEEN.within(db, request=request)
    return None if row is None else Repeated(Ref(row[0]))


def _strand(command: Command) -> Strand:
    if not isinstance(command, Opening):
        raise NoSuchConcern("only an opening needs no reference")
    return command.strand

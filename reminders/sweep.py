"""Letting the clock speak: every concern that is due is looked at, in batches, until none is left.

It decides nothing and sends nothing. A concern the rules fail on never stands in the way of another.
"""

from collections.abc import Callable, Collection
from datetime import datetime
from logging import Logger

from concerns.model import Ref
from reminders.heartbeat import Heartbeat
from storage.errors import NotSaved
from storage.ledger import Ledger

BATCH = 500
"""How many concerns share one transaction; one that fails costs so many single ones, once."""


class Sweep:
    """One look at the clock. `aside` names the concerns the rules failed on; each run tries them again, last."""

    def __init__(
        self, ledger: Ledger, clock: Callable[[], datetime], log: Logger, heart: Heartbeat, batch: int = BATCH
    ) -> None:
        self._ledger = ledger
        self._clock = clock
        self._log = log
        self._batch = batch
        self.heart = heart
        self.aside: tuple[Ref, ...] = ()

    def run(self) -> int:
        """Move on every concern that is due; how many that were. Blocks, so call it in a thread.

        Raises `NotSaved` when the database cannot be used just now: nothing is lost, the next run finds it all.
        """
        moved = 0
        due = self._ledger.next_due()
        if due is not None and due <= self._clock():
            tried_before = self.aside
            moved = self._all() + sum(self._alone(ref) for ref in tried_before)
        self.heart.beat()
        return moved

    def _all(self) -> int:
        """Batch after batch, without those put aside."""
        moved = 0
        while True:
            count = self._attempt(self._batch, skip=self.aside)
            if count is None:
                moved += sum(self._alone(ref) for ref in self._overdue())
            else:
                moved += count
                self.heart.beat()
                if count < self._batch:
                    return moved

    def _overdue(self) -> tuple[Ref, ...]:
        """Which concerns the batch that failed was made of."""
        now = self._clock()
        due = ((c.due, c.ref) for c in self._ledger.listing(open_only=True) if c.due is not None)
        waiting = sorted((due, ref) for due, ref in due if due <= now and ref not in self.aside)
        return tuple(ref for _, ref in waiting[: self._batch])

    def _alone(self, ref: Ref) -> int:
        count = self._attempt(1, only=(ref,))
        if count is None:
            if ref not in self.aside:
                self._log.error("%s is put aside until it can be looked at; the rest goes on", ref)
                self.aside = (*self.aside, ref)
            return 0
        if ref in self.aside:
            self.aside = tuple(other for other in self.aside if other != ref)
        return count

    def _attempt(
        self, limit: int, only: Collection[Ref] | None = None, skip: Collection[Ref] = ()
    ) -> int | None:
        """How many concerns were moved on in one transaction; None when it failed and nothing happened."""
        try:
            return self._ledger.lapse(self._clock(), limit, only=only, skip=skip).count
        except NotSaved:
            raise
        except Exception as error:  # noqa: BLE001 -- one of the house's two: a defect met by one concern stops no other
            self._log.error("The clock failed on %s: %s", only[0] if only else "a batch", type(error).__name__)
            return None

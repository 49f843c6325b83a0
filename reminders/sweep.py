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

BATCH = 1000
"""How many concerns share one transaction; one that fails costs so many single ones, once."""


class Sweep:
    """One look at the clock. The rules failed on the concerns `aside`; each run tries them again, last."""

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

        Raises `NotSaved` when the database cannot be used just now; the next run finds everything again.
        """
        tried_before = self.aside
        due = self._ledger.next_due()
        moved = self._batches() if due is not None and due <= self._clock() else 0
        moved += sum(self._alone(ref) for ref in tried_before)
        self.heart.beat()
        return moved

    def _batches(self) -> int:
        """Batch after batch, without those put aside; one that fails is gone through one by one."""
        moved = 0
        while True:
            outcome = self._attempt(self._batch, skip=self.aside)
            if isinstance(outcome, int):
                moved += outcome
            elif overdue := self._ledger.overdue(self._clock(), self._batch, skip=self.aside):
                moved += sum(self._alone(ref) for ref in overdue)
            else:
                self._log.error("A batch fails and no concern in it does: %s", type(outcome).__name__)
                return moved
            if outcome in range(self._batch):
                return moved
            self.heart.beat()

    def _alone(self, ref: Ref) -> int:
        outcome = self._attempt(1, only=(ref,))
        if isinstance(outcome, int):
            self.aside = tuple(other for other in self.aside if other != ref)
            return outcome
        if ref not in self.aside:
            self._log.error("%s is put aside, the rest goes on: %s", ref, type(outcome).__name__)
            self.aside = (*self.aside, ref)
        return 0

    def _attempt(
        self, limit: int, only: Collection[Ref] | None = None, skip: Collection[Ref] = ()
    ) -> int | Exception:
        """How many concerns were moved on, in one transaction; or what failed, and nothing has happened."""
        try:
            return self._ledger.lapse(self._clock(), limit, only=only, skip=skip).count
        except NotSaved:
            raise
        except Exception as defect:  # noqa: BLE001 -- one of the house's two: it stands around one concern
            return defect

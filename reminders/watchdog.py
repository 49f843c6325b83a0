"""Behind `/readyz`: is somebody still listening for lapses, and is what must be said being said?

It looks and never mends. Its sentences name references at most, never a person and never a word.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from reminders.delivery import Delivery
from reminders.sweep import Sweep
from storage.engine import Store
from storage.errors import NotSaved
from storage.ledger import Ledger
from storage.outbox import Outbox
from storage.vault import Vault

SILENT = 15.0
"""Seconds without a sweep, or without a look at the outbox, that are too many."""
OVERDUE = timedelta(seconds=60)
"""How late a lapse may be called before somebody should look."""
UNSAID = timedelta(minutes=5)
"""How long a notice may wait before somebody should look."""


class Watchdog:
    """Asked as often as anybody likes; every answer is fresh."""

    def __init__(
        self,
        store: Store,
        ledger: Ledger,
        outbox: Outbox,
        vault: Vault,
        sweep: Sweep,
        delivery: Delivery,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._ledger = ledger
        self._outbox = outbox
        self._vault = vault
        self._sweep = sweep
        self._delivery = delivery
        self._clock = clock

    def reasons(self) -> tuple[str, ...]:
        """Why the house should not be relied on just now, as calm sentences; none when all is well."""
        return tuple(self._asleep()) + tuple(self._in_store())

    def numbers(self) -> dict[str, float]:
        """The same in figures, for `/metrics`. Raises `NotSaved` when the database cannot be read."""
        now = self._clock()
        counts = {f"notices_{state}": float(count) for state, count in self._outbox.counts().items()}
        return counts | {
            "notices_unheard": float(self._delivery.unheard),
            "oldest_notice_seconds": _since(self._outbox.oldest_pending(), now),
            "overdue_seconds": _since(self._ledger.next_due(), now),
            "concerns_put_aside": float(len(self._sweep.aside)),
            "sweep_age_seconds": self._sweep.heart.age(),
            "delivery_age_seconds": self._delivery.heart.age(),
        }

    def _asleep(self) -> Iterable[str]:
        if (age := self._sweep.heart.age()) > SILENT:
            yield f"Nobody has looked for lapses for {age:.0f} seconds."
        if (age := self._delivery.heart.age()) > SILENT:
            yield f"Nobody has looked for notices to send for {age:.0f} seconds."
        if aside := self._sweep.aside:
            yield f"The rules failed on {', '.join(aside)}; the clock runs on for all others."
        if unheard := self._delivery.unheard:
            yield f"Notices that reached nobody since the start: {unheard}. The log names them."

    def _in_store(self) -> Iterable[str]:
        if self._vault.locked:
            yield self._vault.locked
        if trouble := self._store.writable():
            yield trouble
            return
        try:
            yield from self._late()
        except NotSaved as lost:
            yield lost.reason

    def _late(self) -> Iterable[str]:
        now = self._clock()
        due, oldest = self._ledger.next_due(), self._outbox.oldest_pending()
        if due is not None and now - due > OVERDUE:
            yield f"A window ended at {due:%H:%M on %d %B} (UTC) and nobody has been called yet."
        if oldest is not None and now - oldest > UNSAID:
            yield f"A notice has been waiting to be sent since {oldest:%H:%M on %d %B} (UTC)."


def _since(instant: datetime | None, now: datetime) -> float:
    """Seconds since an instant; 0 when there is none, or it is still to come."""
    return max(0.0, (now - instant).total_seconds()) if instant else 0.0

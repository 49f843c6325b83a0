"""How long delivery waits for what: values only, nothing here waits."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait before a post of unknown fate is looked for (`look`), or said again (`repeat`) where
    it cannot be.

    Each further try waits twice as long, up to `most`. `post` is the longest the platform may take over one
    try, half of it over a look-up; `lease` the longest a try may take in all: where replicas share the
    outbox, whoever has not reported by then is taken for dead. After `tries` a look-up that keeps failing, or
    a card that cannot be edited, no longer holds a notice back.
    """

    look: timedelta = timedelta(seconds=20)
    repeat: timedelta = timedelta(seconds=10)
    most: timedelta = timedelta(minutes=5)
    post: timedelta = timedelta(seconds=30)
    lease: timedelta = timedelta(seconds=60)
    tries: int = 4

    def before(self, attempt: int, *, can_find: bool) -> timedelta:
        """How long to wait after this many attempts."""
        first = self.look if can_find else self.repeat
        return min(first * (1 << min(attempt - 1, 16)), self.most)

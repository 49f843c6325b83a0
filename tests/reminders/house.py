"""The reminders around a real database and two pretend platforms; time is moved by hand.

The house can be switched off and on again: what it starts with then is what stands in the database.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from concerns.commands import Command
from concerns.directory import Directory
from concerns.model import Ref
from concerns.notice import NoticeKind, Place, PlaceKind
from concerns.people import ChannelId, PersonId
from concerns.rules import Refused, Rules
from reminders.delivery import Delivery
from reminders.digest import Digest
from reminders.heartbeat import Heartbeat
from reminders.housekeeping import Housekeeping
from reminders.messenger import Messenger
from reminders.patience import Patience
from reminders.sending import Render
from reminders.sweep import Sweep
from storage.digests import Digests
from storage.directory import Pathways
from storage.drafts import Drafts
from storage.engine import Store
from storage.ledger import Changed, Ledger
from storage.outbox import Outbox
from storage.vault import Vault, make_key_file
from tests.ladders import MONDAY, RULES
from tests.reminders.loops import run
from tests.reminders.platforms import FakeMessenger, Post, kinds, plainly
from tests.storage.chance import Chance
from tests.stores import Databases, hurried


def quick_store(url: str) -> Store:
    """The real store, but it never waits for the disk."""
    return Store(hurried(url))


HASTE = Patience(look=timedelta(seconds=20), repeat=timedelta(seconds=10), lease=timedelta(0))
"""Short waits; and whoever starts knows that it is alone, so what was on its way is nobody's."""


class House:
    """The reminders over a real database, with a Slack that has a history and a Telegram that has none."""

    def __init__(self, url: str, folder: Path, rules: Rules = RULES, patience: Patience = HASTE) -> None:
        self.url = url
        self.now = MONDAY
        self.monotonic = 0.0
        self.rules = rules
        self.patience = patience
        self.lanes = 8
        self.render: Render = plainly
        self.slack = FakeMessenger("slack", self.clock, can_find=True)
        self.telegram = FakeMessenger("telegram", self.clock, can_find=False)
        self.cut_off: set[str] = set()
        self.log = logging.getLogger("baton.test")
        self.open_store: Callable[[str], Store] = quick_store
        self.poisoned: Callable[[], object] = lambda: None
        self._key = folder / "root.key"
        self._chance = Chance("house")
        make_key_file(self._key, self._chance)
        self.start()
        Pathways(self.store).keep(rules.digest, rules.pathway.name, rules.pathway.version, "{}", MONDAY)

    def clock(self) -> datetime:
        """The one clock of the house; it moves when told to."""
        return self.now

    def start(self) -> None:
        """A process begins: fresh objects, and nothing known but what stands in the database."""
        self.store = self.open_store(self.url)
        self.vault = Vault(self._key, self._chance)
        self.ledger = Ledger(self.store, self.vault, self.rules_of, lambda strand: self.rules.digest)
        self.outbox = Outbox(self.store, self._chance)
        self.sweep = Sweep(self.ledger, self.clock, self.log, Heartbeat(lambda: self.monotonic), batch=50)
        self.digest = Digest(Digests(self.store), self.rules_of, lambda: self.rules, self.clock)
        self.housekeeping = Housekeeping((Drafts(self.store, self.vault).sweep,), self.clock)
        self.delivery = Delivery(
            self.outbox,
            self.ledger,
            self.rules_of,
            self.messenger,
            self.render,
            self.clock,
            self.log,
            Heartbeat(lambda: self.monotonic),
            self.patience,
            lanes=self.lanes,
        )

    def restart(self) -> None:
        """The process is gone; another one begins."""
        self.start()

    def rules_of(self, digest: str) -> Rules:
        """The rules of the one pathway there is."""
        self.poisoned()
        return {self.rules.digest: self.rules}[digest]

    @property
    def directory(self) -> Directory:
        """Who there is."""
        return self.rules.directory

    def messenger(self, place: Place) -> Messenger | None:
        """The platform a place is on."""
        if place.id in self.cut_off:
            return None
        if place.kind is PlaceKind.CHANNEL:
            channel = self.directory.channel(ChannelId(place.id))
            platform = channel.platform if channel else ""
        else:
            person = self.directory.person(PersonId(place.id))
            platform = person.identities[0].platform if person and person.identities else ""
        return {"slack": self.slack, "telegram": self.telegram}.get(platform)

    def hear(self, *commands: Command, ref: Ref | None = None) -> Changed:
        """Put these on record, now; none may be refused. An opening needs no reference."""
        outcome: object = None
        for command in commands:
            outcome = self.ledger.change(ref, command, self.now)
            assert not isinstance(outcome, Refused), outcome.sentence
        assert isinstance(outcome, Changed)
        return outcome

    def forward(self, **time: float) -> "House":
        """So much time passes; nobody looks at the clock meanwhile."""
        self.now += timedelta(**time)
        self.monotonic += timedelta(**time).total_seconds()
        return self

    def look(self) -> int:
        """Let the clock speak to whatever is due now."""
        return self.sweep.run()

    def deliver(self) -> int:
        """Send everything that may be sent now."""
        return run(self.delivery.run())

    def settle(self, rounds: int = 40, seconds: float = 15) -> None:
        """Let time pass in small steps, sweeping and delivering, until nothing is owed."""
        for _ in range(rounds):
            self.sweep.run()
            self.deliver()
            if self.outbox.next_wake() is None:
                return
            self.forward(seconds=seconds)
        raise AssertionError(f"still owed: {self.outbox.counts()}")

    def seen(self, place: str) -> list[Post]:
        """What people find in a place, on whichever platform it is."""
        return self.slack.seen(place) + self.telegram.seen(place)

    def said(self, place: str) -> list[str]:
        """What the posts in a place are about, without the live card."""
        return [kind for kind in kinds(self.seen(place)) if kind != NoticeKind.CARD]


@contextmanager
def fresh_house(databases: Databases, rules: Rules = RULES, patience: Patience = HASTE) -> Iterator[House]:
    """A house over an empty database of its own."""
    with databases.lend() as url, TemporaryDirectory() as folder:
        house = House(url, Path(folder), rules, patience)
        try:
            yield house
        finally:
            house.store.close()

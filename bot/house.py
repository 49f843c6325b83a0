"""The composition root: the one place where time, ids and chance come from, and where the rooms are joined.

Importing it does nothing; `open_house` opens the store, brings its schema up to date, and wires everything.
"""

import gc
import secrets
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.files import LoadedPathway, pathway_from_body
from concerns import reference
from concerns.model import Ref
from concerns.pathway import Strand
from concerns.people import Directory
from concerns.rules import Rules
from handlers.desk import Desk
from storage.directory import Directories, Pathways
from storage.drafts import Drafts
from storage.engine import Store, open_store
from storage.errors import NotSaved
from storage.ledger import Ledger
from storage.migrate import upgrade
from storage.outbox import Outbox
from storage.vault import Vault

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Now, aware UTC."""
    return datetime.now(UTC)


def settle_memory() -> None:
    """Take all that is loaded by now out of the garbage collector's sight; called once, before serving.

    A full collection walks every object of every library and holds up the event loop meanwhile: 80 ms were
    measured during a sweep, under 10 without.
    """
    gc.collect()
    gc.freeze()


class Chance:
    """Fresh references and tokens from the system's own randomness."""

    def ref(self) -> Ref:
        """A random reference; the ledger notices the rare one that is taken."""
        return reference.make(secrets.randbelow(reference.SPACE))

    def token(self) -> str:
        """An id nobody can guess."""
        return secrets.token_urlsafe(18)


class Laws:
    """Which pathway version a new concern opens under, and the rules of every version ever used."""

    def __init__(
        self, pathways: Pathways, directories: Directories, current: Iterable[LoadedPathway]
    ) -> None:
        self._pathways = pathways
        self._directories = directories
        self._current = tuple(current)
        self._known = {version.digest: version for version in self._current}
        self._directory = directories.current()

    def keep(self, now: datetime) -> None:
        """Store the versions in force, so that a concern can name them for life."""
        for version in self._current:
            pathway = version.pathway
            self._pathways.keep(version.digest, pathway.name, pathway.version, version.body, now)

    def rules(self, digest: str) -> Rules:
        """The rules of a version, with today's directory. Raises KeyError for one never stored."""
        version = self._known.get(digest)
        if version is None:
            body = self._pathways.body(digest)
            if body is None:
                raise KeyError(digest)
            version = self._known[digest] = pathway_from_body(body)
        return Rules(version.pathway, version.calendar, self._todays_directory(), digest)

    def digest(self, strand: Strand) -> str:
        """The version a new concern of this strand opens under; the first where no pathway covers it."""
        for version in self._current:
            if strand in version.pathway.strands:
                return version.digest
        return self._current[0].digest

    def today(self) -> Rules:
        """The rules shown where no concern is spoken of."""
        return self.rules(self._current[0].digest)

    def _todays_directory(self) -> Directory:
        """Today's directory; with the database away the last one seen: the emergency text must still come."""
        try:
            self._directory = self._directories.current()
        except NotSaved:
            return self._directory
        return self._directory


@dataclass(frozen=True, slots=True)
class House:
    """The rooms, joined. The doors bring their own messengers."""

    store: Store
    vault: Vault
    ledger: Ledger
    outbox: Outbox
    drafts: Drafts
    directories: Directories
    laws: Laws
    desk: Desk
    clock: Clock

    def close(self) -> None:
        """Let go of the database."""
        self.store.close()


def open_house(
    url: str, key_file: Path, pathways: Iterable[LoadedPathway], clock: Clock, prefix: str = ""
) -> House:
    """Open the database at `url`, upgrade its schema, and join the rooms around it.

    Raises `BadStore`, `BadKey` and `NotSaved`, each with a sentence that names the fix.
    """
    vault = Vault(key_file, secrets.token_bytes)
    store = open_store(url)
    with ExitStack() as unless_joined:
        unless_joined.callback(store.close)
        house = _joined(store, vault, pathways, clock, prefix)
        unless_joined.pop_all()
    return house


def _joined(
    store: Store, vault: Vault, pathways: Iterable[LoadedPathway], clock: Clock, prefix: str
) -> House:
    upgrade(store)
    directories = Directories(store)
    laws = Laws(Pathways(store), directories, pathways)
    laws.keep(clock())
    ledger = Ledger(store, vault, laws.rules, laws.digest)
    drafts = Drafts(store, vault)
    emergency = laws.today().pathway.emergency
    desk = Desk(ledger, drafts, laws.rules, laws.today, clock, Chance(), prefix, emergency)
    outbox = Outbox(store, secrets.token_bytes)
    return House(store, vault, ledger, outbox, drafts, directories, laws, desk, clock)

"""The composition root: the one place where time, ids and chance come from, and where the rooms are joined.

Importing it does nothing; `open_house` opens the store, brings its schema up to date, and wires everything.
"""

import gc
import secrets
from collections.abc import Callable, Collection, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bot.files import LoadedPathway
from bot.laws import Laws
from concerns import enrolment, reference
from concerns.channels import troubled
from concerns.model import Ref
from concerns.people import ChannelId
from handlers.desk import Desk
from handlers.reading import Reading
from storage.alarms import Alarms
from storage.answered import Answered
from storage.covers import Covers
from storage.dialogs import Dialogs
from storage.directory import Directories, Pathways
from storage.drafts import Drafts
from storage.engine import Store, open_store
from storage.enrolments import Enrolments
from storage.ledger import Ledger
from storage.migrate import upgrade
from storage.moved import Moves
from storage.outbox import Outbox
from storage.record import prove
from storage.requests import forget_old
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

    def code(self) -> str:
        """A one-time code nobody can guess."""
        return enrolment.code(secrets.randbelow(enrolment.CODES))


@dataclass(slots=True)
class Invites:
    """Where a one-time code is opened with one tap; nowhere, until the bot's name on Telegram is known."""

    bot: str = ""

    def link(self, code: str) -> str:
        """The deep link for this code, or nothing."""
        return f"https://t.me/{self.bot}?start={code}" if self.bot else ""


@dataclass(frozen=True, slots=True)
class House:
    """The rooms, joined. The doors bring their own messengers."""

    store: Store
    vault: Vault
    ledger: Ledger
    outbox: Outbox
    drafts: Drafts
    directories: Directories
    covers: Covers
    enrolments: Enrolments
    moves: Moves
    alarms: Alarms
    laws: Laws
    desk: Desk
    clock: Clock
    invites: Invites

    @property
    def chores(self) -> tuple[Callable[[datetime], object], ...]:
        """What housekeeping destroys by the hour: half-filled forms, and requests too old to come again.

        And whoever looks after the directory is reminded of accounts to be confirmed again.
        """
        store = self.store
        forms = self.drafts.sweep, Dialogs(store).sweep
        return *forms, Answered(store).sweep, partial(forget_old, store), self._remind

    def _remind(self, now: datetime) -> None:
        self.enrolments.remind(self.laws.today().directory, now)

    def channel_moved(self, channel: ChannelId, new: str) -> None:
        """A platform has this channel at another address, whichever the partnership file names.

        Raises `NotSaved`.
        """
        if filed := self.directories.current().channel(channel):
            self.moves.note(channel, filed.address, new, self.clock())

    def channels_troubled(self, closed: Collection[ChannelId], crowded: Collection[ChannelId]) -> bool:
        """Nothing can be said in some channels, or strangers read them: whoever looks after it is told.

        False where they were told just that within the hour, and are not told again. Raises `NotSaved`.
        """
        return self.alarms.note(troubled(closed, crowded, self.desk.directory), self.clock())

    def close(self) -> None:
        """Let go of the database."""
        self.store.close()


def open_house(
    url: str, key_file: Path, pathways: Iterable[LoadedPathway], clock: Clock, prefix: str = ""
) -> House:
    """Open the database at `url`, upgrade its schema, and join the rooms around it.

    With another key than the record's the vault stays locked: clocks and notices run without it.
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
    with store.read() as db:
        prove(vault, db)
    directories, covers, moves = Directories(store), Covers(store), Moves(store)
    enrolments = Enrolments(store)
    laws = Laws(Pathways(store), directories, covers, enrolments, moves, pathways, clock)
    laws.keep(clock())
    ledger = Ledger(store, vault, laws.rules, laws.digest)
    drafts = Drafts(store, vault)
    emergency = tuple(dict.fromkeys(rules.pathway.emergency for rules in laws.in_force()))
    invites = Invites()
    kept = ledger, drafts, covers, enrolments
    record = Reading(*kept, laws.rules, laws.in_force, clock, f"/{prefix}", invites.link)
    desk = Desk(record, Chance(), emergency)
    outbox = Outbox(store, secrets.token_bytes)
    return House(
        store,
        vault,
        ledger,
        outbox,
        drafts,
        directories,
        covers,
        enrolments,
        moves,
        Alarms(store),
        laws,
        desk,
        clock,
        invites,
    )

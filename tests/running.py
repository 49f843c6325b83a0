"""A whole running Baton for a story: its house, its web server, its one concern, and a clock in hand.

It knows no platform: what people do there is said in each platform's own room.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import uvicorn

from bot.files import load_pathway, shipped_pathways
from bot.house import House, open_house
from bot.serving import Bot
from concerns.directory import Directory
from concerns.model import Concern, Stage
from storage.vault import make_key_file
from tests.ladders import MONDAY, london
from tests.storage.chance import Chance

_MOST_TURNS = 400


class Hand:
    """A clock that stands still unless moved."""

    def __init__(self) -> None:
        self.now = MONDAY

    def __call__(self) -> datetime:
        return self.now


@dataclass(kw_only=True)
class Running:
    """A bot that is served, and how time passes for it. `ref` is the concern's, once there is one."""

    house: House
    bot: Bot
    clock: Hand
    ref: str = ""

    async def settle(self) -> None:
        """All that people did is handled, and everything owed is said, each place at its own pace."""
        await self.heard()
        for _ in range(_MOST_TURNS):
            await self.bot.ticks.idle()
            wake = self.house.outbox.next_wake()
            if wake is None:
                return
            self.clock.now = max(self.clock.now + timedelta(seconds=1), wake)
        raise AssertionError("something is never said")

    async def heard(self) -> None:
        """All that has come in is handled."""
        for front in self.bot.fronts:
            await front.settle()
        if self.bot.telegram:
            await self.bot.telegram.settle()

    async def until(self, when: str) -> None:
        """From one due thing to the next, up to this moment."""
        end = london(when)
        while (due := self.house.ledger.next_due()) and due <= end:
            self.clock.now = max(self.clock.now, due)
            await self.settle()
        self.clock.now = max(self.clock.now, end)
        await self.settle()

    @property
    def concern(self) -> Concern:
        """The one there is."""
        (concern,) = self.house.ledger.listing()
        return concern

    def stage(self) -> Stage:
        """Where it stands."""
        return self.concern.stage

    @property
    def directory(self) -> Directory:
        """The partnership as it was applied."""
        return self.house.directories.current()


def as_it_is(directory: Directory) -> Directory:
    """Nobody differs."""
    return directory


@contextmanager
def opened(url: str, folder: Path, clock: Hand, directory: Directory) -> Iterator[House]:
    """A house with the standard ladder and this partnership."""
    make_key_file(folder / "words.key", Chance("root"))
    house = open_house(url, folder / "words.key", [load_pathway(shipped_pathways()["standard"])], clock)
    try:
        house.directories.apply(directory, clock(), "a test")
        yield house
    finally:
        house.close()


def port() -> tuple[socket.socket, str]:
    """A place to be served at, and its address."""
    listening = socket.create_server(("127.0.0.1", 0))
    return listening, f"http://127.0.0.1:{listening.getsockname()[1]}"


@asynccontextmanager
async def served(bot: Bot, listening: socket.socket) -> AsyncIterator[None]:
    """The bot's own web server, which starts and stops everything else."""
    server = uvicorn.Server(uvicorn.Config(bot.app(), log_config=None, lifespan="on"))
    serving = asyncio.create_task(server._serve([listening]))
    try:
        yield
    finally:
        server.should_exit = True
        await serving

"""The playground's application inside this process, spoken to as if over the network.

Its event loop runs only while it is asked something, so nothing happens between two questions.
"""

import asyncio
import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path

import httpx
from sqlalchemy import select

from bot.files import DEMO_PARTNERSHIP, load_partnership, load_pathway, shipped_pathways
from bot.playground.database import Database
from bot.playground.web import Web
from bot.playground.world import World
from storage.engine import Store
from storage.tables import pathways
from tests.playground.outsider import Outsider
from tests.stores import Databases, hurried

# Read once: every test opens a world of its own.
_standard = cache(lambda: load_pathway(shipped_pathways()["standard"]))
_partnership = cache(lambda: load_partnership(DEMO_PARTNERSHIP))


class Lent:
    """A database the tests lend, for a world to keep its record in."""

    def __init__(self, url: str, empty: Callable[[str], None]) -> None:
        self.url = url
        self._empty = empty

    def begun(self) -> bool:
        """Whether a pathway is in force there."""
        store = Store(hurried(self.url))
        with store.read() as db:
            begun = db.execute(select(pathways.c.digest).limit(1)).first() is not None
        store.close()
        return begun

    def clear(self) -> None:
        """Empty it."""
        self._empty(self.url)


class Inside(httpx.BaseTransport):
    """A world in a folder behind its own web application. Close it, or the folder stays in use."""

    def __init__(self, folder: Path, database: Database | None = None) -> None:
        self.folder = folder
        self._runner = asyncio.Runner()
        self.world = World(folder, secrets.token_bytes, _standard(), _partnership(), database)
        app = Web(self.world).app()
        self._life = app.router.lifespan_context(app)
        self._door = httpx.ASGITransport(app)
        self._closed = False
        self._runner.run(self._life.__aenter__())
        self.outsider = Outsider(httpx.Client(transport=self, base_url="http://playground"))

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """One question and its answer; a defect of ours comes out as the exception it is."""
        return self._runner.run(self._answer(request))

    def together(self, *bodies: tuple[str, object]) -> list[httpx.Response]:
        """Several posts at the same moment, and the answer to each; no body means a look."""

        async def all_at_once() -> list[httpx.Response]:
            requests = (
                httpx.Request("GET" if body is None else "POST", f"http://playground{path}", json=body)
                for path, body in bodies
            )
            return list(await asyncio.gather(*map(self._answer, requests)))

        return self._runner.run(all_at_once())

    def calmly(self, path: str, body: object) -> httpx.Response:
        """The answer as the network sees it, when the application fails."""
        self._door.raise_app_exceptions = False
        return self.outsider.http.post(path, json=body)

    def close(self) -> None:
        """Stop as the server would when asked to: nothing new is begun. Once is enough."""
        if not self._closed:
            self._closed = True
            self._runner.run(self._stop())
            self._runner.close()

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        response = await self._door.handle_async_request(request)
        content = await response.aread()
        return httpx.Response(
            response.status_code, headers=response.headers, content=content, request=request
        )

    async def _stop(self) -> None:
        await self._life.__aexit__(None, None, None)


Open = Callable[[], Inside]
"""Opens the playground of a folder; again after it was closed."""


@contextmanager
def opening(folder: Path, database: Database | None = None) -> Iterator[Open]:
    """A way to open the playground in this folder; what is left open is closed."""
    with ExitStack() as left_open:

        def another() -> Inside:
            inside = Inside(folder, database)
            left_open.callback(inside.close)
            return inside

        yield another


@contextmanager
def fresh_playground(databases: Databases, folder: Path) -> Iterator[Open]:
    """A way to open a playground in this folder, its record in a database that is lent."""
    with databases.lend() as url, opening(folder, Lent(url, databases.empty)) as another:
        yield another

"""The playground's application inside this process, spoken to as if over the network.

Its event loop runs only while it is asked something, so nothing happens between two questions.
"""

import asyncio
import secrets
from functools import cache
from pathlib import Path

import httpx

from bot.files import DEMO_PARTNERSHIP, load_partnership, load_pathway, shipped_pathways
from bot.playground.web import Web
from bot.playground.world import World
from tests.playground.outsider import Outsider

# Read once: every test opens a world of its own.
_standard = cache(lambda: load_pathway(shipped_pathways()["standard"]))
_partnership = cache(lambda: load_partnership(DEMO_PARTNERSHIP))


class Inside(httpx.BaseTransport):
    """A world in a folder behind its own web application. Close it, or the folder stays in use."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._runner = asyncio.Runner()
        self.world = World(folder, secrets.token_bytes, _standard(), _partnership())
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

"""The fake Slack on a local port: its Web API, sockets, response URLs and uploads, in a thread of its own.

It works beside any event loop and any process. Whatever goes wrong was asked for by a rule.
"""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from queue import SimpleQueue
from typing import Any, TypeVar

from aiohttp import web

from tests.chat.faults import Broken, Busy, Dropped, Garbled, Silent, Weather, accepts
from tests.slack.fake.api import Api
from tests.slack.fake.faults import Call, Fault, Says
from tests.slack.fake.sockets import Sockets
from tests.slack.fake.views import Views
from tests.slack.fake.workspace import Clock, Json, Refused, Said, Workspace

T = TypeVar("T")

USES, LIFE = 5, timedelta(minutes=30)
"""How often, and how long, a response URL may be used."""


@dataclass
class ResponseUrl:
    """A URL that came along with an interaction; `answers` is what was sent to it."""

    workspace: Workspace
    channel: str
    user: str
    until: datetime
    answers: list[Json]


class FakeSlack:
    """Every workspace there is. `calls` holds every Web API call as it came in, refused or not; `silences`
    the method of each that is left without an answer, as soon as it is; `redirected` sends whoever posts to
    one response URL on to another.

    `url` is where it listens while it is served; the root of the Web API is `url` and `/api/`.
    """

    def __init__(self, clock: Clock, *names: str) -> None:
        self.clock = clock
        self.weather: Weather[Call, Fault] = Weather()
        self.workspaces = {
            name: Workspace(name, clock, n) for n, name in enumerate(names or ("riverside",), 1)
        }
        self.views = {name: Views(space) for name, space in self.workspaces.items()}
        self.apis = {
            name: Api(space, self.views[name], lambda: self.url) for name, space in self.workspaces.items()
        }
        self.sockets = Sockets()
        self.responses: dict[str, ResponseUrl] = {}
        self.redirected: dict[str, str] = {}
        self.calls: list[Call] = []
        self.refusals: list[tuple[str, str, tuple[str, ...]]] = []
        self.silences: SimpleQueue[str] = SimpleQueue()
        self.url = ""
        self._closing: asyncio.Event | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._numbers = count(1)

    @property
    def only(self) -> Workspace:
        """The one workspace, where there is one."""
        (space,) = self.workspaces.values()
        return space

    @property
    def api_url(self) -> str:
        """The root of its Web API."""
        return f"{self.url}/api/"

    def called(self, method: str) -> list[Call]:
        """Every call of this method so far."""
        return [call for call in self.calls if call.method == method]

    def response_url(self, workspace: Workspace, channel: str, user: str) -> str:
        """A fresh one."""
        id = f"{workspace.team}-{next(self._numbers)}"
        self.responses[id] = ResponseUrl(workspace, channel, user, self.clock() + LIFE, [])
        return f"{self.url}/response/{id}"

    def do(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        """Run this where Slack runs: `.result()` from a thread, `asyncio.wrap_future` on another loop."""
        assert self._loop is not None, "it is not being served"
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    # ---- HTTP --------------------------------------------------------------------------------------

    async def run(self, ready: Callable[[], None], stop: asyncio.Event) -> None:
        """Listen on a free port until told to stop."""
        self._loop, self._closing = asyncio.get_running_loop(), stop
        app = web.Application(client_max_size=8 << 20)
        app.router.add_route("*", "/api/{method}", self._method)
        app.router.add_post("/response/{id}", self._response)
        app.router.add_post("/upload/{workspace}/{id}", self._upload)
        app.router.add_get("/socket/{workspace}/{ticket}", self._socket)
        runner = web.AppRunner(app, shutdown_timeout=0)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = runner.addresses[0][1]
        self.url = f"http://127.0.0.1:{port}"
        ready()
        await stop.wait()
        await self.sockets.close()
        await runner.cleanup()

    async def _method(self, request: web.Request) -> web.StreamResponse:
        token, args = await _arguments(request)
        method = request.match_info["method"]
        if method == "apps.connections.open":
            return self._connection(token)
        space = next((one for one in self.workspaces.values() if one.bot_token == token), None)
        if space is None:
            return web.json_response({"ok": False, "error": "invalid_auth" if token else "not_authed"})
        call = Call(space.name, method, args, self.clock())
        self.calls.append(call)
        fault = self.weather.choose(call)
        later = getattr(fault, "later", timedelta())
        answer = self._answer(call, later) if accepts(fault) else {"ok": False, "error": "internal_error"}
        headers = {"X-OAuth-Scopes": space.scopes}
        return await self._spoilt(request, fault, answer, headers)

    def _answer(self, call: Call, later: timedelta) -> Json:
        space = self.workspaces[call.workspace]
        try:
            if space.revoked:
                raise Refused("token_revoked")
            return {"ok": True} | self.apis[call.workspace].call(call.method, call.args, later)
        except Refused as refused:
            self.refusals.append((call.method, refused.error, refused.why))
            said = {"ok": False, "error": refused.error}
            return said | ({"response_metadata": {"messages": list(refused.why)}} if refused.why else {})

    async def _spoilt(
        self, request: web.Request, fault: Fault | None, answer: Json, headers: dict[str, str]
    ) -> web.StreamResponse:
        match fault:
            case None:
                return web.json_response(answer, headers=headers)
            case Busy(seconds):
                wait = {} if seconds is None else {"Retry-After": str(seconds)}
                return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=wait)
            case Broken(status=status):
                return web.Response(text="<html>Server Error</html>", content_type="text/html", status=status)
            case Garbled(body=body, kind=kind):
                return web.Response(body=body, content_type=kind)
            case Says(error):
                return web.json_response({"ok": False, "error": error}, headers=headers)
            case Silent():
                assert self._closing is not None
                self.silences.put(request.match_info["method"])
                await self._closing.wait()
            case Dropped():
                pass
        if isinstance(request.transport, asyncio.Transport):
            request.transport.abort()
        return web.Response()

    def _connection(self, token: str) -> web.Response:
        space = next((one for one in self.workspaces.values() if one.app_token == token), None)
        if space is None or space.revoked:
            return web.json_response({"ok": False, "error": "invalid_auth"})
        ticket = self.sockets.ticket(space.name)
        url = f"{self.url.replace('http', 'ws', 1)}/socket/{space.name}/{ticket}"
        return web.json_response({"ok": True, "url": url})

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        return await self.sockets.serve(
            request, request.match_info["workspace"], request.match_info["ticket"]
        )

    async def _response(self, request: web.Request) -> web.Response:
        id = request.match_info["id"]
        if id in self.redirected:
            raise web.HTTPTemporaryRedirect(f"{self.url}/response/{self.redirected[id]}")
        found = self.responses.get(id)
        if found is None or self.clock() > found.until or len(found.answers) >= USES:
            return web.json_response({"ok": False, "error": "used_url"}, status=404)
        answer = await request.json()
        found.answers.append(answer)
        if not answer.get("delete_original") and (answer.get("text") or answer.get("blocks")):
            aloud = answer.get("response_type") == "in_channel"
            said = found.workspace.say(found.channel, answer | {"user": "" if aloud else found.user})
            said.thread = ""
        return web.Response(text="ok")

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        """Where a file is sent; for the weather its name is "upload"."""
        workspace = request.match_info["workspace"]
        fault = self.weather.choose(Call(workspace, "upload", {}, self.clock()))
        if accepts(fault):
            self.views[workspace].files.take(request.match_info["id"], await request.read())
        return await self._spoilt(request, fault, {"ok": True}, {})

    def everything_said(self) -> Iterator[Said]:
        """Every message of every workspace."""
        return (said for space in self.workspaces.values() for said in space.said)


async def _arguments(request: web.Request) -> tuple[str, Json]:
    args: Json = dict(request.query)
    if request.content_type == "application/json":
        args |= await request.json()
    elif request.method == "POST":
        args |= {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    bearer = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return str(args.pop("token", "") or bearer), args


@contextmanager
def serving(slack: FakeSlack) -> Iterator[FakeSlack]:
    """Serve it in a thread of its own, and leave nothing running."""
    begun, stop = threading.Event(), asyncio.Event()
    thread = threading.Thread(target=lambda: asyncio.run(slack.run(begun.set, stop)), name="fake Slack")
    thread.start()
    assert begun.wait(30), "the fake Slack did not start"
    try:
        yield slack
    finally:
        slack.do(_set(stop)).result(30)
        thread.join(30)


async def _set(stop: asyncio.Event) -> None:
    stop.set()

"""The playground's web server: its page, its JSON (design 9), and a stream that says what has changed.

One caller at a time reaches the world; an answer is given once delivery is idle. Whoever watches need not
wait for a turn, except while one world is taken down and the next put up.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from json import dumps
from pathlib import Path

from prometheus_client import CollectorRegistry, Gauge, generate_latest
from pydantic import JsonValue
from sse_starlette import EventSourceResponse
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.files import DEMO_PARTNERSHIP, load_partnership, load_pathway, shipped_pathways
from bot.playground.guard import LARGEST, TROUBLES, Guard, read_body
from bot.playground.shapes import (
    Body,
    Forward,
    Json,
    Play,
    Press,
    Say,
    Submit,
    hints_shape,
    instant,
    messages_shape,
    reply_shape,
    world_shape,
)
from bot.playground.situations import SITUATIONS, Actor, Stuck
from bot.playground.world import NoSuchId, World
from concerns.people import PersonId
from concerns.window import BadWindow
from handlers.hints import hints
from handlers.picture import picture
from handlers.scene import Asker, Reply
from storage.errors import NotSaved
from views.ladder import ladder_svg, ladder_words

STATIC = Path(__file__).parent / "static"


class Changes:
    """Tells every open page that something has changed."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[str]] = set()

    def tell(self, what: Json) -> None:
        """Wake every listener; one that lags needs only the newest news."""
        for queue in self._listeners:
            if queue.full():
                queue.get_nowait()
            queue.put_nowait(dumps(what))

    async def listen(self) -> AsyncIterator[dict[str, str]]:
        """What changes from now on."""
        queue: asyncio.Queue[str] = asyncio.Queue(1)
        self._listeners.add(queue)
        try:
            while True:
                yield {"event": "changed", "data": await queue.get()}
        finally:
            self._listeners.discard(queue)


class Web:
    """The routes, over one world."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._turn = asyncio.Lock()
        self._watching = asyncio.Lock()
        self._changes = Changes()

    def app(self) -> Starlette:
        """The ASGI application."""
        api = {
            "/api/say": self.say,
            "/api/press": self.press,
            "/api/submit": self.submit,
            "/api/clock": self.clock,
            "/api/reset": self.reset,
            "/api/situation": self.situation,
        }
        return Starlette(
            routes=[
                Route("/", self.page),
                Route("/api/world", self.world),
                Route("/api/channels/{id}/messages", self.channel),
                Route("/api/people/{id}/messages", self.person),
                Route("/api/hints", self.hints),
                Route("/api/ladder", self.ladder),
                Route("/api/stream", self.stream),
                *(Route(path, endpoint, methods=["POST"]) for path, endpoint in api.items()),
                Route("/healthz", self.healthz),
                Route("/readyz", self.readyz),
                Route("/metrics", self.metrics),
                Mount("/", StaticFiles(directory=STATIC)),
            ],
            middleware=[Middleware(Guard)],
            exception_handlers=TROUBLES,
            lifespan=self.lifespan,
        )

    @asynccontextmanager
    async def lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        """What a stop or a kill left undone is done first."""
        async with self._turn:
            await self._world.begin()
        yield
        async with self._turn, self._watching:
            await self._world.end()

    # ------------------------------------------------------------------ looking

    async def page(self, _request: Request) -> Response:
        """The page itself."""
        return FileResponse(STATIC / "index.html")

    async def world(self, _request: Request) -> Response:
        """Everybody and everything."""
        return JSONResponse(await self._look(lambda: world_shape(self._world)))

    async def channel(self, request: Request) -> Response:
        """What stands in a channel."""
        id, world = request.path_params["id"], self._world
        return JSONResponse(await self._look(lambda: messages_shape(world.in_channel(id), world)))

    async def person(self, request: Request) -> Response:
        """What stands in a person's private chat."""
        id, world = request.path_params["id"], self._world
        return JSONResponse(await self._look(lambda: messages_shape(world.in_private(id), world)))

    async def hints(self, request: Request) -> Response:
        """Completions of the line being typed."""
        query, world = request.query_params, self._world
        asker = Asker(world.person(query.get("as", "")).id)
        text = query.get("text", "")[:LARGEST]
        return JSONResponse(await self._look(lambda: hints_shape(hints(world.house.desk, asker, text))))

    async def ladder(self, request: Request) -> Response:
        """The picture of one concern's ladder, and the same in words."""
        query = request.query_params
        return JSONResponse(await self._look(lambda: self._ladder(query.get("as", ""), query.get("ref", ""))))

    async def stream(self, _request: Request) -> Response:
        """Server-sent events: what has changed, as it changes."""
        return EventSourceResponse(self._changes.listen())

    # ------------------------------------------------------------------ doing

    async def say(self, request: Request) -> Response:
        """A typed line."""
        body = await read_body(request, Say)
        return await self._do(body.person, lambda: self._world.say(body.person, body.place, body.text))

    async def press(self, request: Request) -> Response:
        """A button."""
        body = await read_body(request, Press)
        return await self._do(body.person, lambda: self._world.press(body.person, body.message, body.button))

    async def submit(self, request: Request) -> Response:
        """A form."""
        body = await read_body(request, Submit)
        return await self._do(body.person, lambda: self._world.submit(body.person, body.form, body.answers))

    async def clock(self, request: Request) -> Response:
        """Move the clock; every due instant on the way is visited."""
        body, error = await read_body(request, Forward), None
        async with self._turn:
            try:
                await self._world.forward(body.forward, self._tell)
            except BadWindow as refusal:
                error = str(refusal)
        return JSONResponse({"now": instant(self._world.now, self._world), "error": error})

    async def reset(self, request: Request) -> Response:
        """A fresh world."""
        await read_body(request, Body)
        async with self._turn, self._watching:
            await self._world.reset()
            self._tell()
        return JSONResponse({"now": instant(self._world.now, self._world), "error": None})

    async def situation(self, request: Request) -> Response:
        """Play a situation up to where a person can take over."""
        body = await read_body(request, Play)
        story = SITUATIONS.get(body.name)
        if story is None:
            raise NoSuchId(f"no situation {body.name[:40]}")
        ref, error = None, None
        async with self._turn:
            try:
                ref = await story.play(Actor(self._world, self._tell))
            except Stuck as why:
                error = f"The situation stopped before its end: {why}"
            self._tell()
        return JSONResponse({"now": instant(self._world.now, self._world), "ref": ref, "error": error})

    # ------------------------------------------------------------------ watching

    async def healthz(self, _request: Request) -> Response:
        """The process is up."""
        return PlainTextResponse("ok\n")

    async def readyz(self, _request: Request) -> Response:
        """Whether it can do its work; 503 with the reasons when not."""
        async with self._watching:
            reasons = await asyncio.to_thread(self._world.reasons)
        status = 503 if reasons else 200
        return JSONResponse({"ready": not reasons, "reasons": list(reasons)}, status_code=status)

    async def metrics(self, _request: Request) -> Response:
        """The watchdog's numbers, for Prometheus."""
        async with self._watching:
            numbers = await asyncio.to_thread(self._world.numbers)
        registry = CollectorRegistry()
        for name, value in numbers.items():
            Gauge(f"baton_{name}", name.replace("_", " "), registry=registry).set(value)
        return Response(generate_latest(registry), media_type="text/plain; version=0.0.4")

    # ------------------------------------------------------------------ how

    async def _look(self, look: Callable[[], JsonValue]) -> JsonValue:
        async with self._turn:
            return await asyncio.to_thread(look)

    async def _do(self, person: str, act: Callable[[], Reply]) -> Response:
        async with self._turn:
            reply = await asyncio.to_thread(act)
            answer = reply_shape(reply, self._world, person)
            await self._settle()
            self._tell()
        return JSONResponse(answer)

    async def _settle(self) -> None:
        """Deliver. What cannot be delivered now stays owed, and `/readyz` says why."""
        try:
            await self._world.settle()
        except (NotSaved, OSError):
            return

    def _ladder(self, person: str, ref: str) -> Json:
        desk, who = self._world.house.desk, self._world.person(person)
        concern = desk.find(PersonId(who.id), ref)
        if concern is None:
            raise NoSuchId("no such concern is open to this person")
        ladder = picture(desk.record, concern, self._world.now)
        return {"svg": ladder_svg(ladder), "lines": list(ladder_words(ladder))}

    def _tell(self) -> None:
        self._changes.tell({"now": instant(self._world.now, self._world)})


def world_in(folder: Path) -> World:
    """The world kept in this folder, or a fresh one."""
    standard = load_pathway(shipped_pathways()["standard"])
    return World(folder, secrets.token_bytes, standard, load_partnership(DEMO_PARTNERSHIP))

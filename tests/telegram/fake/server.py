"""The pretend Bot API on a local port, in a thread of its own.

How a test uses it, with `tests/telegram/conftest.py`'s fixtures `clock` and `telegram`:

    telegram.chats.enrol(101, "Grace")            # a person; chat id 101 is their private chat
    telegram.chats.make_group(-1001, 101, 102)    # a supergroup with Baton and these people in it
    grace = telegram.hand(101)                    # what a person does
    grace.say("/concern mine")                    # in private; grace.say("/concern", chat=-1001) in a group
    grace.start("CODE")                           # opens t.me/baton_bot?start=CODE
    (said,) = telegram.chats.heard(101)           # what Baton said there: text, entities, keyboard, labels
    grace.press(said, "Acknowledge")              # a callback query; returns its id
    telegram.api.answers[id]                      # how Baton answered it
    telegram.weather.will("sendMessage", Dropped(accepted=True), chat=101)
    telegram.revoked = True                       # 401 from now on
    telegram.updates.again(update)                # repeats; .reorder() turns what waits round
    telegram.hook()                               # sends what waits to the webhook that was set: the statuses

`bot_of(telegram)` (in tests/telegram/world.py) is a real python-telegram-bot `Bot` that talks to it.
It works beside any event loop. Whatever goes wrong was asked for by a rule.
"""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from queue import SimpleQueue
from typing import Any, TypeVar

from aiohttp import ClientError, ClientSession, web

from tests.chat.faults import Broken, Garbled, Silent
from tests.telegram.fake.chats import Clock, Json
from tests.telegram.fake.core import Answer, Telegram
from tests.telegram.fake.faults import Fault
from tests.telegram.fake.hands import Hand
from tests.telegram.fake.updates import Hook
from tests.telegram.fake.wire import read

T = TypeVar("T")


class FakeTelegram(Telegram):
    """`url` is where it listens while it is served: what `BATON_TELEGRAM_API_URL` would say.

    `silences` holds the method of each call that is left without an answer, as soon as it is.
    """

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self.url = ""
        self.silences: SimpleQueue[str] = SimpleQueue()
        self._closing: asyncio.Event | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def hand(self, user: int) -> Hand:
        """What this person does."""
        return Hand(self, user)

    def hook(self) -> list[int]:
        """Send what waits to the webhook, in order; the statuses it answered (0: no answer)."""
        return self.do(self._push()).result(60)

    def do(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        """Run this where Telegram runs: `.result()` from a thread, `asyncio.wrap_future` on another loop."""
        assert self._loop is not None, "it is not being served"
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    async def run(self, ready: Callable[[], None], stop: asyncio.Event) -> None:
        """Listen on a free port until told to stop."""
        self._loop, self._closing = asyncio.get_running_loop(), stop
        self.updates.on_loop(self._loop)
        app = web.Application(client_max_size=16 << 20)
        app.router.add_route("*", "/bot{token}/{method}", self._method)
        runner = web.AppRunner(app, shutdown_timeout=0)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        ready()
        await stop.wait()
        self.updates.hang_up()
        await runner.cleanup()

    async def _method(self, request: web.Request) -> web.StreamResponse:
        token, method = request.match_info["token"], request.match_info["method"]
        args = await _arguments(request)
        if method == "getUpdates":
            status, said = await self.poll(token, args)
            return web.json_response(said, status=status)
        answer, fault = self.take(token, method, args)
        return await self._spoilt(request, fault, answer)

    async def _spoilt(self, request: web.Request, fault: Fault | None, answer: Answer) -> web.StreamResponse:
        match fault:
            case None:
                return web.json_response(answer[1], status=answer[0])
            case Broken(status=status):
                return web.Response(text="<html>Bad Gateway</html>", content_type="text/html", status=status)
            case Garbled(body=body):
                return web.Response(body=body, content_type="application/json")
            case Silent():
                assert self._closing is not None
                self.silences.put(request.match_info["method"])
                await self._closing.wait()
        if isinstance(request.transport, asyncio.Transport):
            request.transport.abort()
        return web.Response()

    async def _push(self) -> list[int]:
        async with ClientSession() as session:
            return await self.updates.push(lambda hook, update: _posted(session, hook, update))


async def _posted(session: ClientSession, hook: Hook, update: Json) -> int:
    secret = {"X-Telegram-Bot-Api-Secret-Token": hook.secret} if hook.secret else {}
    try:
        async with session.post(hook.url, json=update, headers=secret) as answer:
            return answer.status
    except ClientError:
        return 0


async def _arguments(request: web.Request) -> Json:
    args: Json = dict(request.query)
    if request.content_type == "application/json":
        return {**args, **await request.json()}
    for name, value in (await request.post()).items():
        args[name] = value.file.read() if isinstance(value, web.FileField) else value
    return read(args)


@contextmanager
def serving(telegram: FakeTelegram) -> Iterator[FakeTelegram]:
    """Serve it in a thread of its own, and leave nothing running."""
    begun, stop = threading.Event(), asyncio.Event()
    run = telegram.run(begun.set, stop)
    thread = threading.Thread(target=lambda: asyncio.run(run), name="fake Telegram")
    thread.start()
    assert begun.wait(30), "the fake Telegram did not start"
    try:
        yield telegram
    finally:
        telegram.do(_set(stop)).result(30)
        thread.join(30)


async def _set(stop: asyncio.Event) -> None:
    stop.set()

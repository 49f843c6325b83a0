"""The heartbeat: rung while all is well, silent while it is not, and never in anybody's way."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

import pytest
from aiohttp import web

from bot.pulse import Pulse

LOG = logging.getLogger("baton.test")


async def well() -> tuple[str, ...]:
    return ()


async def ill() -> tuple[str, ...]:
    return ("Nobody has looked for lapses for 20 seconds.",)


def rung(story: Callable[[str], Awaitable[None]], status: int = 200) -> list[web.BaseRequest]:
    """What reached the address while the story was lived."""
    heard: list[web.BaseRequest] = []

    async def hear(request: web.BaseRequest) -> web.StreamResponse:
        heard.append(request)
        return web.Response(status=status)

    async def lived() -> None:
        runner = web.ServerRunner(web.Server(hear))
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        await story(f"http://127.0.0.1:{runner.addresses[0][1]}/baton")
        await runner.cleanup()

    asyncio.run(asyncio.wait_for(lived(), 30))
    return heard


@pytest.mark.parametrize("status", [200, 500])
def test_while_all_is_well_the_address_is_rung_and_nothing_is_sent_with_it(status: int) -> None:
    (request,) = rung(lambda url: Pulse(url, well, LOG).beat(), status)

    assert (request.method, request.path, request.query_string) == ("GET", "/baton", "")
    assert not request.can_read_body


def test_while_it_is_not_the_address_is_not_rung() -> None:
    assert rung(lambda url: Pulse(url, ill, LOG).beat()) == []


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/baton", "http://[bad", "http://no.such.host.invalid/"])
def test_an_address_that_does_not_answer_is_logged_and_no_more(
    url: str, caplog: pytest.LogCaptureFixture
) -> None:
    asyncio.run(asyncio.wait_for(Pulse(url, well, LOG).beat(), 30))

    assert "The heartbeat address could not be rung" in caplog.text
    assert url not in caplog.text

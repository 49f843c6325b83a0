"""What a running bot shows over HTTP, and that trouble of its own is told without a word of what it was."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import httpx
from starlette.applications import Starlette

from bot.web import Numbers, Reasons, Web
from storage.errors import NotSaved


async def well() -> tuple[str, ...]:
    return ()


async def ill() -> tuple[str, ...]:
    return ("Nobody has looked for lapses for 20 seconds.",)


async def broken() -> tuple[str, ...]:
    raise RuntimeError("a private word")


@asynccontextmanager
async def nothing(_app: Starlette) -> AsyncIterator[None]:
    yield


def shown(path: str, reasons: Reasons = well, numbers: Numbers = dict) -> httpx.Response:
    """What is answered at this path."""

    async def asked() -> httpx.Response:
        transport = httpx.ASGITransport(Web(reasons, numbers, {}).app(nothing), raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://baton") as http:
            return await http.get(path)

    return asyncio.run(asked())


def test_the_process_is_up_whatever_else_is_wrong() -> None:
    answer = shown("/healthz", ill)

    assert (answer.status_code, answer.text) == (200, "ok\n")


def test_where_all_is_well_it_may_be_relied_on() -> None:
    answer = shown("/readyz")

    assert (answer.status_code, answer.json()) == (200, {"ready": True, "reasons": []})
    assert answer.headers["cache-control"] == "no-store"


def test_where_it_is_not_every_reason_is_told() -> None:
    answer = shown("/readyz", ill)

    assert answer.status_code == 503
    assert answer.json()["reasons"] == ["Nobody has looked for lapses for 20 seconds."]


def test_the_numbers_are_for_prometheus() -> None:
    answer = shown("/metrics", numbers=lambda: {"overdue_seconds": 3.0})

    assert "baton_overdue_seconds 3.0" in answer.text


def test_numbers_that_cannot_be_read_are_a_503_with_the_reason() -> None:
    def away() -> Mapping[str, float]:
        raise NotSaved("The database cannot be reached.")

    answer = shown("/metrics", numbers=away)

    assert (answer.status_code, answer.text) == (503, "The database cannot be reached.\n")


def test_a_defect_is_told_calmly_and_without_a_word_of_it() -> None:
    answer = shown("/readyz", broken)

    assert answer.status_code == 500
    assert answer.text == "Something went wrong on Baton's side.\n"


def test_slack_is_only_posted_to() -> None:
    assert shown("/slack/riverside/events").status_code == 405

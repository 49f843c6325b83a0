"""What a running bot shows over HTTP: is it up, can it do its work, its numbers, and the platforms' entrance.

No name, no word and no token stands in any of them.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager

from prometheus_client import CollectorRegistry, Gauge, generate_latest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.slack.intake import Intake
from bot.telegram.webhook import Webhook
from storage.errors import NotSaved

Reasons = Callable[[], Awaitable[tuple[str, ...]]]
Numbers = Callable[[], Mapping[str, float]]
Lifespan = Callable[[Starlette], AbstractAsyncContextManager[None]]

_HEADERS = {"cache-control": "no-store", "x-content-type-options": "nosniff"}


class Web:
    """`reasons` says why not to rely on it, `numbers` blocks, `slack` is each workspace's entrance."""

    def __init__(
        self,
        reasons: Reasons,
        numbers: Numbers,
        slack: Mapping[str, Intake],
        telegram: Webhook | None = None,
    ) -> None:
        self._reasons = reasons
        self._numbers = numbers
        self._slack = slack
        self._telegram = telegram

    def app(self, lifespan: Lifespan) -> Starlette:
        """The ASGI application."""
        return Starlette(
            routes=[
                Route("/healthz", self.healthz),
                Route("/readyz", self.readyz),
                Route("/metrics", self.metrics),
                Route("/slack/{workspace}/events", self.slack, methods=["POST"]),
                Route("/telegram", self.telegram, methods=["POST"]),
            ],
            exception_handlers={Exception: _our_fault},
            lifespan=lifespan,
        )

    async def healthz(self, _request: Request) -> Response:
        """The process is up."""
        return PlainTextResponse("ok\n", headers=_HEADERS)

    async def readyz(self, _request: Request) -> Response:
        """Whether it can do its work; 503 with the reasons when not."""
        reasons = await self._reasons()
        body = {"ready": not reasons, "reasons": list(reasons)}
        return JSONResponse(body, status_code=503 if reasons else 200, headers=_HEADERS)

    async def metrics(self, _request: Request) -> Response:
        """The watchdog's numbers, for Prometheus."""
        try:
            numbers = await asyncio.to_thread(self._numbers)
        except NotSaved as lost:
            return PlainTextResponse(f"{lost.reason}\n", 503, headers=_HEADERS)
        registry = CollectorRegistry()
        for name, value in numbers.items():
            Gauge(f"baton_{name}", name.replace("_", " "), registry=registry).set(value)
        return Response(generate_latest(registry), media_type="text/plain; version=0.0.4", headers=_HEADERS)

    async def slack(self, request: Request) -> Response:
        """Slack rings; only workspaces that are not served by a socket have an entrance."""
        intake = self._slack.get(request.path_params["workspace"])
        if intake is None:
            return PlainTextResponse("No Slack workspace is served here.\n", 404)
        return await intake.answer(request)

    async def telegram(self, request: Request) -> Response:
        """Telegram rings; where Baton asks Telegram instead there is no entrance."""
        if self._telegram is None:
            return PlainTextResponse("Telegram does not ring here.\n", 404)
        return await self._telegram.answer(request)


async def _our_fault(_request: Request, _error: Exception) -> Response:
    return PlainTextResponse("Something went wrong on Baton's side.\n", 500)

"""What stands between the network and the playground: bodies read, headers added, every trouble said calmly.

It knows no route and no world.
"""

from collections.abc import Awaitable, Callable, Mapping
from json import dumps, loads
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.playground.world import NoSuchId
from storage.errors import NotSaved

LARGEST = 1024 * 1024
"""The largest body that is read, in bytes."""

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
}

B = TypeVar("B", bound=BaseModel)
Answering = Callable[[Request, Exception], Awaitable[Response]]


class Malformed(Exception):
    """A body that is no JSON."""


class TooLarge(Exception):
    """A body over `LARGEST`."""


class Guard:
    """Keeps the page to itself: nothing from elsewhere, nothing framed, nothing kept."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the headers to every answer."""

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = [pair for pair in message.get("headers", ()) if pair[0].decode() not in _HEADERS]
                ours = [(name.encode(), value.encode()) for name, value in _HEADERS.items()]
                message["headers"] = [*given, *ours]
            await send(message)

        await self._app(scope, receive, guarded if scope["type"] == "http" else send)


async def read_body(request: Request, shape: type[B]) -> B:
    """The body, read into its shape. Raises `Malformed`, `TooLarge` or pydantic's `ValidationError`."""
    content = b""
    async for chunk in request.stream():
        content += chunk
        if len(content) > LARGEST:
            raise TooLarge
    return shape.model_validate_json(_whole(content))


def _whole(content: bytes) -> bytes:
    """The same JSON with lone surrogates, which no store can keep, as question marks."""
    try:
        return dumps(loads(content), ensure_ascii=False).encode("utf-8", "replace")
    except (ValueError, RecursionError):
        raise Malformed from None


def _answer(sentence: str, status: int) -> Response:
    return JSONResponse({"reply": None, "error": sentence}, status_code=status)


async def _unknown(_request: Request, error: Exception) -> Response:
    return _answer(f"Not found: {error}.", 404)


async def _malformed(_request: Request, _error: Exception) -> Response:
    return _answer("That is not the JSON this needs.", 400)


async def _too_large(_request: Request, _error: Exception) -> Response:
    return _answer(f"That is more than {LARGEST // 1024**2} MiB.", 413)


async def _not_saved(_request: Request, error: Exception) -> Response:
    return _answer(f"Not saved: {error} Nothing is lost; please try again in a moment.", 503)


async def _our_fault(_request: Request, _error: Exception) -> Response:
    """The door's outermost handler: a defect of ours; nothing was half done."""
    answer = _answer("Something went wrong on Baton's side. Nothing was lost; please try again.", 500)
    # This one is given outside the guard.
    answer.headers.update(_HEADERS)
    return answer


TROUBLES: Mapping[type[Exception], Answering] = {
    NoSuchId: _unknown,
    Malformed: _malformed,
    ValidationError: _malformed,
    TooLarge: _too_large,
    NotSaved: _not_saved,
    Exception: _our_fault,
}
"""What is answered to each trouble."""

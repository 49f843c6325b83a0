"""What a platform sends us over HTTP, on its way in: whole, not too large, in time. Never looked into."""

import asyncio

from starlette.requests import ClientDisconnect, Request

LARGEST = 1024 * 1024
"""The largest body that is read, in bytes."""
PATIENCE = 10.0
"""Seconds a body may take to arrive: whoever sends it drop by drop holds nobody up (threat T6)."""

_MOST_DIGITS = 12


class Refused(Exception):
    """A request that is not let in; `status` is what it is answered with."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


async def whole(request: Request, patience: float = PATIENCE) -> bytes:
    """The body of a request. Raises `Refused` if it is over `LARGEST`, or takes longer, in seconds."""
    said = request.headers.get("content-length", "0")
    if said.isdecimal() and len(said) <= _MOST_DIGITS and int(said) > LARGEST:
        raise Refused(413, "That is more than 1 MiB.")
    content = bytearray()
    try:
        async with asyncio.timeout(patience):
            async for chunk in request.stream():
                content += chunk
                if len(content) > LARGEST:
                    raise Refused(413, "That is more than 1 MiB.")
    except TimeoutError:
        raise Refused(408, "This request did not arrive in time.") from None
    except ClientDisconnect:
        # Nobody hears this any more; but hanging up is no fault of ours, and no error for the log.
        raise Refused(400, "This request did not arrive whole.") from None
    return bytes(content)

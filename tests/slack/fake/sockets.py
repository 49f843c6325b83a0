"""Socket Mode from Slack's side: the connections it was asked for, the envelopes it sends, their answers.

Each envelope goes to one connection; what is not acknowledged in time may be sent again.
"""

import asyncio
import json
from dataclasses import dataclass, field
from itertools import count

from aiohttp import WSMsgType, web

from tests.slack.fake.workspace import Json


@dataclass
class Line:
    """One open connection of a workspace."""

    workspace: str
    socket: web.WebSocketResponse
    transport: asyncio.BaseTransport | None
    waiting: dict[str, asyncio.Future[Json]] = field(default_factory=dict)


class Sockets:
    """Every open connection. The next `unready` that are asked for are refused, and their place is gone."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.unready = 0
        self._tickets: set[str] = set()
        self._numbers = count(1)
        self._opened: asyncio.Event | None = None

    def ticket(self, workspace: str) -> str:
        """A place for one connection."""
        ticket = f"{workspace}-{next(self._numbers)}"
        self._tickets.add(ticket)
        return ticket

    def open_for(self, workspace: str) -> list[Line]:
        """The connections this workspace's app has open."""
        return [line for line in self.lines if line.workspace == workspace]

    async def connected(self, workspace: str) -> Line:
        """The newest connection of a workspace, as soon as there is one."""
        while not self.open_for(workspace):
            if self._opened is None:
                self._opened = asyncio.Event()
            self._opened.clear()
            await self._opened.wait()
        return self.open_for(workspace)[-1]

    async def serve(self, request: web.Request, workspace: str, ticket: str) -> web.StreamResponse:
        """One connection, from its greeting to its end."""
        if ticket not in self._tickets:
            return web.Response(status=404)
        self._tickets.discard(ticket)
        if self.unready:
            self.unready -= 1
            return web.Response(status=503)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        line = Line(workspace, socket, request.transport)
        await socket.send_json({"type": "hello", "num_connections": len(self.open_for(workspace)) + 1})
        self.lines.append(line)
        if self._opened is not None:
            self._opened.set()
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._heard(line, message.data)
        finally:
            self.lines.remove(line)
        return socket

    async def send(
        self, workspace: str, kind: str, payload: Json, patience: float, attempt: int | None = None
    ) -> Json | None:
        """Send one envelope and wait so many seconds; None when nobody acknowledged it."""
        line = await self.connected(workspace)
        id = f"envelope-{next(self._numbers)}"
        envelope = {"type": kind, "envelope_id": id, "payload": payload, "accepts_response_payload": True}
        if attempt is not None:
            envelope |= {"retry_attempt": attempt, "retry_reason": "timeout"}
        answer: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        line.waiting[id] = answer
        await line.socket.send_json(envelope)
        try:
            async with asyncio.timeout(patience):
                return await answer
        except TimeoutError:
            return None
        finally:
            del line.waiting[id]

    async def drop(self, workspace: str) -> None:
        """Cut every connection of a workspace, without a word."""
        for line in self.open_for(workspace):
            if isinstance(line.transport, asyncio.Transport):
                line.transport.abort()

    async def refresh(self, workspace: str, reason: str = "refresh_requested") -> None:
        """Ask the app to connect anew, as Slack does now and then."""
        for line in self.open_for(workspace):
            await line.socket.send_json({"type": "disconnect", "reason": reason})

    async def close(self) -> None:
        """End every connection."""
        for line in list(self.lines):
            await line.socket.close()

    def _heard(self, line: Line, words: str) -> None:
        said = json.loads(words)
        waiting = line.waiting.get(said.get("envelope_id", ""))
        if waiting is not None and not waiting.done():
            waiting.set_result(said.get("payload") or {})

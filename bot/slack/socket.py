"""Baton rings Slack: one connection by which everything comes, so that no public address is needed.

The SDK keeps it up; what comes twice over it is noticed by the door.
"""

import asyncio

from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

_PING = 5.0
"""Seconds between two looks at the connection, and before it is tried again."""
_ANEW = 30.0
"""Seconds between two looks whether Slack must be asked for another address; it takes few such questions."""


class Socket:
    """Of one workspace. Started and stopped on the event loop the door runs on."""

    def __init__(self, app: AsyncApp, app_token: str) -> None:
        self._app = app
        self._app_token = app_token
        self._client: SocketModeClient | None = None
        self._connecting: asyncio.Task[None] | None = None
        self._renewing: asyncio.Task[None] | None = None
        self._at_work: set[asyncio.Task[object]] = set()

    async def start(self) -> None:
        """Connect, however long it takes; nobody waits for it."""
        client = SocketModeClient(self._app_token, web_client=self._app.client, ping_interval=_PING)
        client.socket_mode_request_listeners.append(self._hear)
        self._client = client
        self._connecting = asyncio.create_task(client.connect())  # type: ignore[no-untyped-call]  # the SDK names no types
        self._renewing = asyncio.create_task(_renew(client))

    async def stop(self) -> None:
        """Answer what has come, then hang up; what comes meanwhile Slack sends again."""
        if self._client is None or self._connecting is None or self._renewing is None:
            return
        client, self._client = self._client, None
        client.socket_mode_request_listeners.clear()
        while self._at_work:
            await asyncio.gather(*self._at_work, return_exceptions=True)
        self._connecting.cancel()
        self._renewing.cancel()
        await client.close()  # type: ignore[no-untyped-call]  # the SDK names no types
        tasks = (client.message_processor, client.current_session_monitor, client.message_receiver)
        ending = (self._connecting, self._renewing, *(task for task in tasks if task is not None))
        await asyncio.gather(*ending, return_exceptions=True)

    async def connected(self) -> bool:
        """Whether Slack can reach us just now."""
        return self._client is not None and await self._client.is_connected()

    async def _hear(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        """Answered under the same name it came by, once the door has answered."""
        task = asyncio.current_task()
        if task is not None:
            self._at_work.add(task)
            task.add_done_callback(self._at_work.discard)
        response = await run_async_bolt_app(self._app, request)
        await send_async_response(client, request, response, 0.0)


async def _renew(client: SocketModeClient) -> None:
    """Without a connection the SDK tries one address for ever, and Slack gives out each for a single try."""
    while True:
        await asyncio.sleep(_ANEW)
        if not await client.is_connected():
            client.wss_uri = None

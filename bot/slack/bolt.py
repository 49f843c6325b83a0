"""Slack's own framework in front of a door: what comes, by socket or by HTTP, it brings to the door at once.

Who may do what is asked of the directory, never of Bolt; signatures are checked before it, in `intake`.
"""

from collections.abc import Awaitable, Callable

from slack_bolt.async_app import AsyncApp
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.slack.door import Door, StillAtWork
from bot.slack.requests import Malformed, read

ASKED = "baton_asked"
"""Where `intake` leaves what it has read in a request's context."""


class _ToTheDoor(AsyncMiddleware):
    """First of Bolt's middlewares and, but for one question, the last: an answer follows the commit."""

    def __init__(self, door: Door) -> None:
        self._door = door

    async def async_process(
        self, *, req: AsyncBoltRequest, resp: BoltResponse, next: Callable[[], Awaitable[BoltResponse]]
    ) -> BoltResponse:
        """What the door answers. Bolt goes on with what Slack asks while the address is set up."""
        if req.body.get("type") == "url_verification":
            await next()
            return resp
        try:
            asked = req.context.get(ASKED) or read(req.body)
            return BoltResponse(status=200, body=(await self._door.hear(asked) if asked else {}) or "")
        except Malformed:
            return BoltResponse(status=400, body="That is none of Slack's payloads.\n")
        except StillAtWork:
            # Over a socket nothing is acknowledged then; either way Slack does not take it for done.
            return BoltResponse(status=503, body="")


def bolt_app(door: Door) -> AsyncApp:
    """The app of one workspace. Nothing may reach it over HTTP that `Intake` has not let in."""
    return AsyncApp(
        # Bolt gives the logger of this name a level of its own, so it must be none of ours.
        name="slack_bolt.baton",
        client=door.client,
        before_authorize=_ToTheDoor(door),
        process_before_response=True,
        request_verification_enabled=False,
        ssl_check_enabled=False,
        # The door leaves out what bots say, its own included.
        ignoring_self_events_enabled=False,
        attaching_function_token_enabled=False,
    )

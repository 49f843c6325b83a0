"""Slack's own framework in front of a door: it sorts what comes, by socket or by HTTP, and calls the door.

An answer follows the commit (`process_before_response`), and signatures are checked before it, in `intake`.
"""

import re

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.door import Door, StillAtWork
from bot.slack.limits import Json

_EVERYTHING = re.compile("")


def bolt_app(door: Door) -> AsyncApp:
    """The app of one workspace. Nothing may reach it over HTTP that `Intake` has not let in."""

    async def authorize() -> AuthorizeResult:
        """Known since the start, so that no request waits for Slack to say it once more."""
        known = door.installations.known.get(door.workspace)
        return AuthorizeResult(
            enterprise_id=known.enterprise if known else None,
            team_id=known.team if known else None,
            bot_user_id=known.bot_user if known else None,
            bot_id=known.bot if known else None,
            bot_token=door.client.token,
        )

    async def listen(body: Json) -> BoltResponse:
        try:
            return BoltResponse(status=200, body=await door.hear(body) or "")
        except StillAtWork:
            # Over a socket nothing is acknowledged then; either way Slack does not take it for done.
            return BoltResponse(status=503, body="")

    # Without a token of its own: Bolt would ask Slack who it is in the middle of the first request.
    client = AsyncWebClient(base_url=door.client.base_url, timeout=door.client.timeout, retry_handlers=[])
    app = AsyncApp(
        name="baton",
        client=client,
        authorize=authorize,
        process_before_response=True,
        request_verification_enabled=False,
        ssl_check_enabled=False,
        # The door leaves out what bots say, its own included.
        ignoring_self_events_enabled=False,
    )
    for sort in (app.command, app.action, app.view, app.shortcut, app.event):
        sort(_EVERYTHING)(listen)
    return app

"""What became of a call to Slack: every failure of its SDK as one of the four ways a messenger can say no.

It calls nothing and never shows what Slack said: an answer may hold a token or a message.
"""

from datetime import timedelta

from aiohttp import ClientConnectorError, ClientError, ConnectionTimeoutError
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from reminders.messenger import Dead, Gone, Unknown, Waiting

SHORTLY = timedelta(seconds=10)
"""When to try again where nothing was sent and Slack did not say how long to wait."""
_UNSAID = timedelta(seconds=30)
"""How long to leave a method alone that is called too often, where Slack does not say."""
_MOST_DIGITS = 9
"""Of the seconds to wait; whoever says more than a lifetime has not said how long."""
_MOVING = timedelta(minutes=5)
"""How long to leave a workspace alone that is being moved."""

_BUSY = frozenset({"ratelimited", "rate_limited"})
_MOVED = frozenset({"team_added_to_org", "org_login_required"})
_AMBIGUOUS = frozenset({"internal_error", "fatal_error", "request_timeout", "service_unavailable"})
_GONE = frozenset(
    {
        "message_not_found",
        "cant_update_message",
        "cant_delete_message",
        "edit_window_closed",
        "thread_not_found",
        "invalid_thread_ts",
        "cannot_reply_to_message",
        "restricted_action_thread_locked",
        "restricted_action_non_threadable_channel",
    }
)
"""The message to edit, or to reply to, is no longer there or no longer ours, or takes no replies any more."""

_ACCESS = "Slack no longer accepts this workspace's token; Baton must be installed there again"
_PERSON = "Slack has no active account with this id; the account in the directory needs a look"
_SHAPE = "Slack refuses a message of this shape; this is a fault of Baton's, please report it"
_POSTING = "this workspace does not let Baton post here; its administrators can allow it"
_WHY: dict[str, str] = {
    "channel_not_found": (
        "Slack does not know this channel under its id, or Baton is not in it; its address in the directory "
        "may need changing"
    ),
    "not_in_channel": "Baton has been taken out of this channel; it needs to be invited back",
    "is_archived": "this channel is archived",
    "account_inactive": _ACCESS,
    "invalid_auth": _ACCESS,
    "not_authed": _ACCESS,
    "token_expired": _ACCESS,
    "token_revoked": _ACCESS,
    "team_access_not_granted": _ACCESS,
    "missing_scope": "Baton lacks a permission in this workspace; compare it with `baton manifest`",
    "no_permission": "Baton lacks a permission in this workspace; compare it with `baton manifest`",
    "cannot_dm_bot": "the account in the directory is a bot's, and cannot be written to",
    "user_disabled": "this person's Slack account has been deactivated",
    "user_not_found": _PERSON,
    "users_not_found": _PERSON,
    "user_not_visible": "Baton cannot see this person in Slack, so it cannot write to them",
    "messages_tab_disabled": "Baton's Messages tab is switched off in this workspace; it needs switching on",
    "restricted_action": _POSTING,
    "restricted_action_read_only_channel": _POSTING,
    "restricted_action_thread_only_channel": _POSTING,
    "ekm_access_denied": _POSTING,
    "access_denied": _POSTING,
    "msg_too_long": _SHAPE,
    "msg_blocks_too_long": _SHAPE,
    "no_text": _SHAPE,
    "invalid_blocks": _SHAPE,
    "invalid_blocks_format": _SHAPE,
    "invalid_arguments": _SHAPE,
}


FAILURES = (SlackClientError, ClientError, OSError, AttributeError, ValueError)
"""Everything a call of the SDK raises when it fails; the last two where an answer is no JSON it can read."""


def outcome(failure: Exception) -> Waiting | Unknown | Gone | Dead:
    """What this failure of one call means for what was to be done.

    Only what Slack surely did not do is `Waiting`, `Gone` or `Dead`. A refusal nobody has met before counts
    as `Dead`, which others hear of, because trying it again and again would be silence.
    """
    if isinstance(failure, SlackApiError) and isinstance(failure.response, AsyncSlackResponse):
        return _answered(failure.response)
    if isinstance(failure, ClientConnectorError | ConnectionTimeoutError):
        return Waiting(SHORTLY)
    return Unknown()


def code(failure: Exception) -> str:
    """What Slack calls its refusal; empty where what answered was not Slack, as a proxy in between."""
    if isinstance(failure, SlackApiError) and isinstance(failure.response, AsyncSlackResponse):
        return _code(failure.response)
    return ""


def _answered(response: AsyncSlackResponse) -> Waiting | Unknown | Gone | Dead:
    code = _code(response)
    if response.status_code == 429 or code in _BUSY:
        return Waiting(_retry_after(response))
    if code in _MOVED:
        return Waiting(_MOVING)
    if response.status_code >= 500 or not code or code in _AMBIGUOUS:
        return Unknown()
    if code in _GONE:
        return Gone()
    why = _WHY.get(code, "Slack refuses to take this message")
    return Dead(why, locked_out=why is _ACCESS)


def _code(response: AsyncSlackResponse) -> str:
    code = response.data.get("error") if isinstance(response.data, dict) else None
    return code if isinstance(code, str) else ""


def _retry_after(response: AsyncSlackResponse) -> timedelta:
    """In whole seconds, by the header."""
    said = next((value for name, value in response.headers.items() if name.lower() == "retry-after"), "")
    told = said.isascii() and said.isdigit() and len(said) <= _MOST_DIGITS
    return timedelta(seconds=int(said)) if told else _UNSAID

"""What became of a call to Telegram: every failure of the library as one of the four ways to say no.

It calls nothing and never shows what Telegram said: an answer may hold a message, and a URL the token.
"""

from datetime import timedelta

import httpx
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, RetryAfter, TelegramError

from reminders.messenger import Dead, Gone, Unknown, Waiting

SHORTLY = timedelta(seconds=10)
"""When to try again where nothing was sent and Telegram did not say how long to wait."""

FAILURES = (TelegramError, AttributeError, KeyError, TypeError, ValueError)
"""Everything a call of the library raises when it fails; all but the first where an answer makes no sense."""

_UNOPENED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)

_GONE = (
    "message to edit not found",
    "message to delete not found",
    "message can't be edited",
    "message can't be deleted",
    "message_id_invalid",
    "there is no text in the message to edit",
)
"""The message is no longer there, or no longer ours, or never was one that can be edited."""

_ACCESS = "Telegram no longer accepts Baton's token; whoever looks after the bot must set the new one"
_SHAPE = "Telegram refuses a message of this shape; this is a fault of Baton's, please report it"
_SILENCED = "Baton may not write in this group; its administrators can allow it"
_TOPIC = "this topic of the group is closed or gone; its address in the directory may need changing"
_WHY = {
    "bot was blocked by the user": "this person has blocked Baton on Telegram",
    "bot can't initiate conversation": "this person has not pressed Start with Baton on Telegram yet",
    "user is deactivated": "this person's Telegram account is closed",
    "bot was kicked": "Baton has been taken out of this group; it needs to be added again",
    "bot is not a member": "Baton is not in this group; it needs to be added again",
    "the group chat was deleted": "this group is closed",
    "group chat was deactivated": "this group is closed",
    "chat not found": (
        "Telegram does not know this chat under its number; the number in the directory may need changing"
    ),
    "peer_id_invalid": (
        "Telegram does not know this chat under its number; the number in the directory may need changing"
    ),
    "not enough rights": _SILENCED,
    "have no rights to send": _SILENCED,
    "chat_write_forbidden": _SILENCED,
    "chat_restricted": _SILENCED,
    "topic_closed": _TOPIC,
    "topic_deleted": _TOPIC,
    "message thread not found": _TOPIC,
    "message is too long": _SHAPE,
    "message text is empty": _SHAPE,
    "can't parse": _SHAPE,
    "button_data_invalid": _SHAPE,
}


def outcome(failure: Exception) -> Waiting | Unknown | Gone | Dead:
    """What this failure of one call means for what was to be done.

    Only what Telegram surely did not do is `Waiting`, `Gone` or `Dead`. A refusal nobody has met before
    counts as `Dead`, which others hear of, because trying it again and again would be silence.
    """
    match failure:
        case RetryAfter():
            # The public attribute warns of a type it will have one day; this one has had it since 22.2.
            return Waiting(failure._retry_after)
        case InvalidToken():
            return Dead(_ACCESS, locked_out=True)
        case Forbidden() | BadRequest():
            return _refused(str(failure).lower())
        case Conflict():
            return Waiting(SHORTLY)
        case _:
            return Waiting(SHORTLY) if isinstance(failure.__cause__, _UNOPENED) else Unknown()


def unchanged(failure: Exception) -> bool:
    """Whether an edit was refused because the message says just that already."""
    return isinstance(failure, BadRequest) and "message is not modified" in str(failure).lower()


def _refused(said: str) -> Gone | Dead:
    if any(words in said for words in _GONE):
        return Gone()
    why = (why for words, why in _WHY.items() if words in said)
    return Dead(next(why, "Telegram refuses to take this message"))

"""How a call's arguments travel: every value a string, structures and numbers as JSON, files beside them."""

import json
from collections.abc import Mapping

from tests.telegram.fake.chats import Json

_JSON = frozenset(
    {
        *("chat_id", "user_id", "message_id", "message_thread_id", "offset", "limit", "timeout"),
        *("entities", "caption_entities", "reply_markup", "reply_parameters", "link_preview_options"),
        *("allowed_updates", "commands", "scope", "max_connections", "drop_pending_updates", "show_alert"),
        *("protect_content", "disable_notification", "allow_sending_without_reply"),
    }
)


def read(args: Mapping[str, object]) -> Json:
    """The arguments as they were meant. Raises ValueError for what is no JSON."""
    return {name: _read(name, value) for name, value in args.items()}


def _read(name: str, value: object) -> object:
    return json.loads(value) if name in _JSON and isinstance(value, str) else value

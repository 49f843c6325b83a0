"""What Telegram answers to "what is new?", without what the library could not read.

One such update would stop it at every other one that waits behind, again and again.
"""

from typing import Any

from telegram import Update
from telegram.request import HTTPXRequest

from bot.telegram.updates import number


class Legible(HTTPXRequest):
    """An illegible update is left with its number alone, so that it is confirmed and done with."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer. Raises what the library raises for one that is no JSON."""
        said = HTTPXRequest.parse_json_payload(payload)
        if isinstance(updates := said.get("result"), list):
            said["result"] = [_legible(update) for update in updates if number(update) is not None]
        return said


def _legible(update: dict[str, Any]) -> dict[str, Any]:
    try:
        Update.de_json(update, None)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return {"update_id": update["update_id"]}
    return update

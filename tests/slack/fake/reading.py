"""What a person reads in a message of Slack: its words line by line, its buttons, and the people it mentions.

It knows the blocks Baton uses by Slack's reference, and nothing of how they are made.
"""

import re
from collections.abc import Iterator, Sequence

from tests.slack.fake.workspace import Json
from tests.slack.limits import live_texts

_MENTION = re.compile(r"<(?:@|!subteam\^)([\w-]+)>")


def lines_of(blocks: Sequence[Json]) -> list[str]:
    """The words of a message, line by line, buttons left out."""
    words = [line for block in blocks for line in "".join(_words(block)).split("\n")]
    return [line for line in words if line]


def labels_of(blocks: Sequence[Json]) -> list[str]:
    """What stands on its buttons, in order."""
    rows = [block.get("elements", ()) for block in blocks if block["type"] == "actions"]
    return [one["text"]["text"] for row in rows for one in row if one["type"] == "button"]


def tokens_of(blocks: Sequence[Json]) -> list[str]:
    """What its buttons carry, in order."""
    rows = [block.get("elements", ()) for block in blocks if block["type"] == "actions"]
    return [one.get("value", "") for row in rows for one in row if one["type"] == "button"]


def mentions_in(blocks: Sequence[Json]) -> list[str]:
    """The ids of the people and groups it calls on, in order."""
    return [id for text in live_texts(list(blocks)) for id in _MENTION.findall(text)]


def _words(block: Json) -> Iterator[str]:
    match block["type"]:
        case "actions" | "divider" | "image":
            return
        case "header" | "section":
            for text in ([block["text"]] if "text" in block else []) + list(block.get("fields", ())):
                yield text["text"] + "\n"
        case "context":
            for element in block["elements"]:
                if element["type"] != "image":
                    yield element["text"] + "\n"
        case other:
            raise AssertionError(f"nobody here can read a {other} block")

"""What Slack refuses, checked from its published limits and its SDK's own models; used by tests and the fake.

It knows nothing of how we make blocks. Lengths are counted in UTF-16 units, the larger of the two ways Slack
may count them.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

Json = Mapping[str, Any]

OPTIONS = {"static_select": 100, "multi_static_select": 100, "radio_buttons": 10, "checkboxes": 10}
IN_A_VIEW_ONLY = {"input"}
STATED = {
    "plain_text_input",
    "static_select",
    "multi_static_select",
    "radio_buttons",
    "checkboxes",
    "datepicker",
    "datetimepicker",
}
"""The elements an input may hold, of those we know."""
LONGEST_POST = 10_000
"""Characters in all blocks of a message together: Slack publishes none and refuses near 13,200."""
LARGEST_VIEW = 250_000


def faults_of_message(message: Json) -> list[str]:
    """Why Slack would refuse these arguments of `chat.postMessage` or `chat.update`, if it would."""
    text, blocks = message.get("text", ""), message.get("blocks") or []
    found = [*_length("text", text, 0, 4_000)]
    if not text and not blocks:
        found.append("no_text")
    if len(blocks) > 50:
        found.append(f"{len(blocks)} blocks in a message, more than 50")
    if _shown(blocks) > LONGEST_POST:
        found.append(f"{_shown(blocks)} characters in the blocks of a message, more than {LONGEST_POST}")
    found += [f"{block.get('type')} in a message" for block in blocks if block.get("type") in IN_A_VIEW_ONLY]
    return found + _of_blocks(blocks)


def faults_of_view(view: Json) -> list[str]:
    """Why Slack would refuse this view of `views.open`, `update`, `push` or `publish`."""
    blocks: Sequence[Json] = view.get("blocks") or []
    found = [f"{len(blocks)} blocks in a view, not 1 to 100"] if not 1 <= len(blocks) <= 100 else []
    if len(json.dumps(view, ensure_ascii=False).encode()) > LARGEST_VIEW:
        found.append("view_too_large")
    found += _length("private_metadata", view.get("private_metadata", ""), 0, 3_000)
    found += _length("callback_id", view.get("callback_id", ""), 0, 255)
    found += [
        fault for key in ("title", "submit", "close") for fault in _plain(view.get(key), f"view {key}", 24)
    ]
    asks = any(block.get("type") == "input" for block in blocks)
    if view.get("type") == "modal" and ("title" not in view or (asks and "submit" not in view)):
        found.append("a modal needs a title, and submit where it asks")
    if view.get("type") == "home" and {"title", "submit", "close"} & set(view):
        found.append("a home has no title, submit or close")
    return found + _of_blocks(blocks) + _refused_by_the_sdk(lambda: View(**view), view)


def literal_texts(value: Any) -> Iterator[str]:
    """Every text that is shown as it stands."""
    match value:
        case {"type": "plain_text" | "text", "text": str(text)}:
            yield text
        case dict():
            for inner in value.values():
                yield from literal_texts(inner)
        case list():
            for inner in value:
                yield from literal_texts(inner)


def live_texts(value: Any) -> Iterator[str]:
    """Every text Slack reads for mentions, links and marks."""
    match value:
        case {"type": "mrkdwn" | "markdown", "text": str(text)}:
            yield text
        case dict():
            for inner in value.values():
                yield from live_texts(inner)
        case list():
            for inner in value:
                yield from live_texts(inner)


# ---- blocks ----------------------------------------------------------------------------------------


def _of_blocks(blocks: Sequence[Json]) -> list[str]:
    named = Counter(block["block_id"] for block in blocks if "block_id" in block)
    found = [f"block_id {name} more than once" for name, times in named.items() if times > 1]
    for block in blocks:
        found += _of_block(block)
        found += _length("block_id", block.get("block_id", ""), 0, 255)
        found += _refused_by_the_sdk(lambda block=block: Block.parse(dict(block)), block)
    return found


def _of_block(block: Json) -> list[str]:
    match block.get("type"):
        case "header":
            return _plain(block.get("text"), "header", 150)
        case "section":
            accessory = block.get("accessory")
            return _text(block.get("text"), "section", 3_000) + (_element(accessory) if accessory else [])
        case "context":
            return _several(block, 10, lambda one: _text(one, "context", 3_000))
        case "actions":
            return _several(block, 25, _element) + _action_ids(block.get("elements", ()))
        case "divider":
            return []
        case "image":
            source = [] if set(block.get("slack_file") or {}) == {"id"} else ["an image without its file"]
            return source + _length("alt_text", block.get("alt_text"), 1, 2_000)
        case "rich_text":
            return [] if list(literal_texts(block)) else ["an empty rich_text"]
        case "input":
            return _of_input(block)
        case other:
            return [f"unknown block {other}"]


def _of_input(block: Json) -> list[str]:
    element = block.get("element") or {}
    hint = block.get("hint")
    return [
        *_plain(block.get("label"), "label", 2_000),
        *(_plain(hint, "hint", 2_000) if hint is not None else []),
        *([] if element.get("type") in STATED else [f"input of {element.get('type')}"]),
        *_element(element),
    ]


def _element(element: Json) -> list[str]:
    found = _length("action_id", element.get("action_id", ""), 0, 255)
    if "placeholder" in element:
        found += _plain(element["placeholder"], "placeholder", 150)
    match element.get("type"):
        case "button":
            found += _plain(element.get("text"), "button", 75)
            found += _length("value", element.get("value", ""), 0, 2_000)
            found += _length("accessibility_label", element.get("accessibility_label", ""), 0, 75)
            found += _of_question(element["confirm"]) if "confirm" in element else []
        case "plain_text_input":
            most = element.get("max_length", 3_000)
            found += [] if 1 <= most <= 3_000 else [f"max_length {most}"]
            found += _length("initial_value", element.get("initial_value", ""), 0, most)
        case "static_select" | "multi_static_select" | "radio_buttons" | "checkboxes" as kind:
            found += _of_choices(element, OPTIONS[kind])
        case "datepicker" if "initial_date" in element:
            found += [] if re.fullmatch(r"\d{4}-\d\d-\d\d", element["initial_date"]) else ["initial_date"]
        case "datetimepicker" if "initial_date_time" in element:
            found += (
                [] if re.fullmatch(r"\d{10}", str(element["initial_date_time"])) else ["initial_date_time"]
            )
        case "datepicker" | "datetimepicker":
            pass
        case other:
            found.append(f"unknown element {other}")
    return found


def _of_question(asked: Json) -> list[str]:
    """What is asked before a button counts."""
    limits = {"title": 100, "text": 300, "confirm": 30, "deny": 30}
    return [fault for key, most in limits.items() for fault in _plain(asked.get(key), f"confirm {key}", most)]


def _of_choices(element: Json, most: int) -> list[str]:
    options, groups = element.get("options"), element.get("option_groups")
    if (options is None) == (groups is None):
        return ["neither options nor groups, or both"]
    lists = [options] if options is not None else [group.get("options", []) for group in groups or ()]
    found = [f"{len(listed)} options, not 1 to {most}" for listed in lists if not 1 <= len(listed) <= most]
    if groups is not None:
        found += [f"{len(groups)} groups, not 1 to 100"] if not 1 <= len(groups) <= 100 else []
        found += [fault for group in groups for fault in _plain(group.get("label"), "group", 75)]
    everything = [option for listed in lists for option in listed]
    for option in everything:
        found += _plain(option.get("text"), "option", 75)
        found += _length("option value", option.get("value", ""), 1, 150)
    values = Counter(option.get("value") for option in everything)
    found += ["an option's value more than once"] if any(times > 1 for times in values.values()) else []
    chosen = element.get("initial_options", []) + [element[k] for k in ("initial_option",) if k in element]
    return found + ["an initial option that is not offered" for one in chosen if one not in everything]


# ---- texts -----------------------------------------------------------------------------------------


def _text(text: Any, where: str, most: int) -> list[str]:
    if isinstance(text, Mapping) and text.get("type") == "mrkdwn":
        return _length(where, text.get("text"), 1, most)
    return _plain(text, where, most)


def _plain(text: Any, where: str, most: int) -> list[str]:
    if text is None:
        return []
    if not isinstance(text, Mapping) or text.get("type") != "plain_text":
        return [f"{where} is no plain_text"]
    return _length(where, text.get("text"), 1, most)


def _length(where: str, text: Any, least: int, most: int) -> list[str]:
    if not isinstance(text, str):
        return [f"{where} is no text"]
    size = len(text.encode("utf-16-le", "surrogatepass")) // 2
    return [] if least <= size <= most else [f"{where} has {size} characters, not {least} to {most}"]


def _several(block: Json, most: int, check: Any) -> list[str]:
    elements = block.get("elements") or []
    found = [] if 1 <= len(elements) <= most else [f"{len(elements)} elements in {block['type']}"]
    return found + [fault for element in elements for fault in check(element)]


def _action_ids(elements: Iterable[Json]) -> list[str]:
    named = Counter(element.get("action_id") for element in elements)
    return [f"action_id {name} more than once" for name, times in named.items() if times > 1]


def _shown(blocks: Iterable[Json]) -> int:
    texts = [*literal_texts(list(blocks)), *live_texts(list(blocks))]
    return sum(len(text.encode("utf-16-le")) // 2 for text in texts)


def _refused_by_the_sdk(parse: Any, given: Json) -> list[str]:
    """The SDK's models know the same limits, and drop every key they do not know."""
    try:
        parsed = parse()
        understood = parsed.to_dict() if parsed else {}
    except (SlackObjectFormationError, TypeError, ValueError) as refusal:
        return [f"{given.get('type')}: {refusal}"]
    left = {key for key, value in given.items() if value not in ("", [], None)} - set(understood)
    return [f"{given.get('type')}: {key} is not known" for key in sorted(left)]

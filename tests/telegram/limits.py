"""Telegram's limits, counted by the book: what it would refuse, cut or silently drop of a message.

Counted anew from the Bot API's reference, apart from how `bot/telegram/limits.py` does it.
"""

from typing import Any

Json = dict[str, Any]

TEXT, CAPTION, ANSWER, ENTITIES = 4_096, 1_024, 200, 100
DATA, BUTTONS, ROW = 64, 100, 8
COMMANDS = 100
_ALONE = frozenset({"code", "pre"})
"""Marks that may not overlap another."""


def units(text: str) -> int:
    """How long it is in UTF-16, which is what offsets count in."""
    return len(text.encode("utf-16-le")) // 2


def faults_of_text(text: str, entities: list[Json], most: int = TEXT) -> list[str]:
    """Why a text with these marks would not arrive as it is."""
    found = [f"message is too long ({units(text)})"] if units(text) > most else []
    if entities and text != text.strip():
        found.append("blanks at an end are taken away, and every mark would be beside its words")
    if len(entities) > ENTITIES:
        found.append(f"{len(entities)} entities, of which only {ENTITIES} count")
    spans = [(mark["offset"], mark["offset"] + mark["length"], mark["type"]) for mark in entities]
    found += [fault for span in spans for fault in _faults_of_span(text, *span)]
    for n, (start, end, kind) in enumerate(spans):
        for begin, stop, other in spans[n + 1 :]:
            apart = stop <= start or end <= begin
            nested = (start <= begin and stop <= end) or (begin <= start and end <= stop)
            if not apart and (not nested or _ALONE & {kind, other}):
                found.append(f"{kind} and {other} overlap")
    return found


def _faults_of_span(text: str, start: int, end: int, kind: str) -> list[str]:
    data = text.encode("utf-16-le")
    if not 0 <= start < end <= len(data) // 2:
        return [f"{kind} from {start} to {end} lies beyond the text"]
    try:
        data[2 * start : 2 * end].decode("utf-16-le")
    except UnicodeDecodeError:
        return [f"{kind} cuts a character in two"]
    return []


def faults_of_keyboard(markup: Json) -> list[str]:
    """Why a keyboard would be refused."""
    rows = markup.get("inline_keyboard", [])
    buttons = [button for row in rows for button in row]
    found = [f"{len(buttons)} buttons"] if len(buttons) > BUTTONS else []
    found += [f"{len(row)} buttons in a row" for row in rows if len(row) > ROW]
    for button in buttons:
        if not button.get("text", "").strip():
            found.append("text buttons must be non-empty")
        if "url" in button:
            continue
        if not 1 <= len(button.get("callback_data", "").encode()) <= DATA:
            found.append("BUTTON_DATA_INVALID")
    return found


def faults_of_commands(commands: list[Json]) -> list[str]:
    """Why a list of commands would be refused."""
    found = [f"{len(commands)} commands"] if len(commands) > COMMANDS else []
    for one in commands:
        name, said = one["command"], one["description"]
        signs = name.replace("_", "a")
        if not (1 <= len(name) <= 32 and signs.isascii() and signs.isalnum() and name == name.lower()):
            found.append("BOT_COMMAND_INVALID")
        if not 1 <= len(said) <= 256:
            found.append("BOT_COMMAND_DESCRIPTION_INVALID")
    return found

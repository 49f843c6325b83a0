"""What Slack has room for, and how text is made to fit without losing any of it.

The numbers are those of Slack's Block Kit reference. Lengths are counted as Slack may count them at worst:
in UTF-16 units, with `&`, `<` and `>` written out. Nothing here knows what a text says.
"""

import re
from collections.abc import Iterator
from itertools import accumulate, takewhile
from typing import Any

Json = dict[str, Any]
"""A block, an element or a view, as Slack reads it."""

HEADER, SECTION = 150, 3_000
BUTTON, OPTION, VIEW_TITLE = 75, 75, 24
SURE, SURE_TITLE, SURE_BUTTON = 300, 100, 30
LABEL, INPUT = 2_000, 3_000
ALT = 2_000
OPTIONS, LISTED, BUTTONS = 100, 10, 25
"""Options of one list or group, of radio buttons and checkboxes, and buttons side by side."""
VIEW_BLOCKS, VIEW_BYTES = 100, 250_000

POST_BLOCKS, POST = 45, 2_700
"""Of 50 blocks and 4,000 characters: very long posts have been seen twice from one call."""
PIECE = 2_500
"""How much of a long text stands in one block or box: room is left for what a person adds."""

_WIDEST = len("&amp;")
_BREAK = re.compile(r"\s")


def escaped(text: str) -> str:
    """Text that Slack reads for marks, written so that it mentions nobody and links nowhere."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def size(text: str) -> int:
    """How long Slack may find it, at worst."""
    whole = escaped(text)
    return len(whole) if whole.isascii() else len(whole.encode("utf-16-le", "replace")) // 2


def fits(text: str, most: int) -> bool:
    """Whether Slack has room for it; most texts are so short that nothing need be counted."""
    return len(text) * _WIDEST <= most or size(text) <= most


def short(text: str, most: int) -> str:
    """The text, or its beginning with a mark that more was there; the caller shows the whole elsewhere."""
    return text if fits(text, most) else f"{text[: _fitting(text, most - 1)].rstrip()}…"


def pieces(text: str, most: int = PIECE) -> Iterator[str]:
    """The text in parts of at most `most`, cut behind a blank where there is one; joined, it is the text."""
    while (end := _fitting(text, most)) < len(text):
        blanks = [found.end() for found in _BREAK.finditer(text, end // 2, end)]
        lines = [blank for blank in blanks if text[blank - 1] == "\n"]
        cut = (lines or blanks or [end])[-1]
        yield text[:cut]
        text = text[cut:]
    if text:
        yield text


def literal(text: str) -> Json:
    """Text shown exactly as it stands: no marks, no mentions, no emoji codes."""
    return {"type": "plain_text", "text": text, "emoji": False}


_WRITTEN = {mark: len(escaped(mark)) for mark in "&<>"}


def _width(character: str) -> int:
    return _WRITTEN.get(character) or 1 + (character > "\uffff")


def _fitting(text: str, most: int) -> int:
    """How many characters of the text come to no more than `most`."""
    if fits(text, most):
        return len(text)
    used = accumulate(map(_width, text))
    return sum(1 for _ in takewhile(lambda so_far: so_far <= most, used))

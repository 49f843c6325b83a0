"""Text as people typed it, without what nobody can see: the same on every platform that shows it."""

import re

_INVISIBLE = re.compile(
    "[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
    # Joiners are letters' own between two that are not Latin; anywhere else they only hide a difference.
    "|(?<![^\x00-\u024f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\u024f])"
)


def plain(text: str) -> str:
    """The text without what cannot be seen and turns or hides what can: bidi overrides, zero-width marks."""
    return text if text.isascii() else _INVISIBLE.sub("", text)


def one_line(text: str) -> str:
    """The same on one line, never empty."""
    return " ".join(plain(text).split()) or "…"

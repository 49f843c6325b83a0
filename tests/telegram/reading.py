"""What people read of a post on Telegram, and what Telegram makes a link of by itself.

Written from Telegram's own rules for finding names, commands and addresses, apart from how Baton avoids them.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

Json = dict[str, Any]

_FOUND = {
    "mention": re.compile(r"(?<!\w)@[A-Za-z0-9_]{2,32}(?!\w)"),
    "bot_command": re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])"),
    "hashtag": re.compile(r"(?<!\w)#\w{1,256}"),
    "cashtag": re.compile(r"(?<!\w)\$[A-Z]{1,8}(?!\w)"),
    "email": re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+\.[A-Za-z]{2,}"),
    "url": re.compile(r"(?:(?<!\w)\w+://\S+|(?<![\w.@-])(?:[\w-]+\.)+[^\W\d_]{2,}(?!\w))"),
}


def links(text: str, entities: Iterable[Json]) -> list[tuple[str, str]]:
    """What Telegram would make a link of: nothing in code, which it leaves alone."""
    code = [(one["offset"], one["offset"] + one["length"]) for one in entities if one["type"] == "code"]
    found = []
    for kind, pattern in _FOUND.items():
        for match in pattern.finditer(text):
            start, end = units(text[: match.start()]), units(text[: match.end()])
            if not any(begin < end and start < stop for begin, stop in code):
                found.append((kind, match.group()))
    return found


def marked(text: str, entities: Iterable[Json]) -> Iterator[tuple[str, str]]:
    """Each mark, and the words it is on."""
    data = text.encode("utf-16-le")
    for one in entities:
        start, end = 2 * one["offset"], 2 * (one["offset"] + one["length"])
        yield one["type"], data[start:end].decode("utf-16-le")


def as_telegram_shows(text: str) -> str:
    """Without what Telegram takes out of every text, and with blanks for what it replaces."""
    kept = re.sub("[\r\u2028-\u202e\u0333\u033f\u030a]", "", text)
    return re.sub("[\x00-\x09\x0b-\x1f]", " ", kept)


def units(text: str) -> int:
    """How long it is in UTF-16."""
    return len(text.encode("utf-16-le")) // 2

"""What Telegram has room for, and text as Telegram will show it. Nothing here knows what a text says.

The numbers are those of the Bot API's reference; lengths are counted in UTF-16, as entities are.
"""

import re
import unicodedata

from bot.plain import plain

TEXT, CAPTION, ENTITIES = 4_096, 1_024, 100
BUTTONS, ROW, DATA = 100, 8, 64

ROOM, MARKS = 3_400, 90
"""How much of a message is filled: what goes on in another says so at both ends."""
PIECE, PIECE_MARKS = 1_600, 40
"""How much of a long line is kept in one."""
LABEL, ASIDE = 64, 300
"""How much of a button's label stands on it, and of a title where it only says what goes on."""

_SPACES = dict.fromkeys((*range(9), 9, 11, 12, *range(14, 32)), " ")
_DROPPED = dict.fromkeys((*range(0x2028, 0x202F), 0x0333, 0x033F, 0x030A))
_BREAK = re.compile(r"\s+")


def units(text: str) -> int:
    """How long it is."""
    return len(text.encode("utf-16-le")) // 2


def shown(text: str) -> str:
    """The text as it will arrive: what Telegram would take out or replace is taken out or replaced here.

    Otherwise every offset behind it would be wrong. A ring it would drop is first joined to its letter.
    """
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    lines = unicodedata.normalize("NFC", whole).replace("\r\n", "\n").replace("\r", "\n")
    return plain(lines.translate(_SPACES | _DROPPED))


def short(text: str, most: int) -> str:
    """The text, or its beginning with a mark that more was there; the caller shows the whole elsewhere."""
    if units(text) <= most:
        return text
    end = most - 1
    while units(text[:end]) > most - 1:
        end -= 1
    return f"{text[:end].rstrip()}…"


def halves(text: str) -> tuple[str, str, str]:
    """The text in two, parted at a blank of its middle half if there is one, and that blank between them."""
    middle = len(text) // 2
    blanks = [found.span() for found in _BREAK.finditer(text, middle // 2, middle + middle // 2)]
    start, end = min(blanks, key=lambda blank: abs(blank[0] - middle), default=(middle, middle))
    return text[:start], text[start:end], text[end:]

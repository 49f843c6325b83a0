"""References people can say over the phone: `C-7F3K-9QMX`, seven random symbols and a check symbol.

The alphabet leaves out I, L, O and U; what is heard as O, I or L is read as 0, 1, 1. The check symbol is a
polynomial sum over the field of 32 elements, so that one wrong symbol or two swapped ones never pass.
"""

import re

from concerns.model import Ref

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SPACE = 32**7
"""How many references there are; a number below this makes one."""

HEARD_AS = str.maketrans("OIL", "011")
"""How letters the alphabet leaves out are read."""
_AROUND = "()[]{}<>\"'`*_~#,.;:!?“”‘’«»"
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d", "-"))
_SHAPE = re.compile(r"C-?([0-9A-Z]{4})-?([0-9A-Z]{4})")
_LENGTHS = range(len("C7F3K9QMX"), len("C-7F3K-9QMX") + 1)
_LOOKS_LIKE = re.compile(r"C-[0-9A-Z]{2,8}(-[0-9A-Z]{1,8})*", re.IGNORECASE | re.ASCII)


def make(number: int) -> Ref:
    """The reference of a number from 0 up to `SPACE`; the number should be random, never a count."""
    if not 0 <= number < SPACE:
        raise ValueError("a reference has seven symbols")
    symbols = [number >> 5 * place & 31 for place in reversed(range(7))]
    text = "".join(ALPHABET[symbol] for symbol in (*symbols, _check(symbols)))
    return Ref(f"C-{text[:4]}-{text[4:]}")


def parse(text: str) -> Ref | None:
    """The reference somebody typed, in its own spelling; None when it is not one or its check fails."""
    typed = bare(text)
    if len(typed) not in _LENGTHS or not typed.isascii():
        return None
    found = _SHAPE.fullmatch(typed.upper().translate(HEARD_AS))
    if found is None:
        return None
    body = found[1] + found[2]
    symbols = [ALPHABET.find(symbol) for symbol in body]
    if min(symbols) < 0 or _check(symbols[:7]) != symbols[7]:
        return None
    return Ref(f"C-{found[1]}-{found[2]}")


def bare(text: str) -> str:
    """What was typed without the marks people put around a reference, its dashes as they are kept."""
    return text.strip().strip(_AROUND).translate(_DASHES)


def looks_like(text: str) -> bool:
    """Whether somebody meant a reference, right or wrong: it decides whether a verb stands before it."""
    return _LOOKS_LIKE.fullmatch(text) is not None


def _check(symbols: list[int]) -> int:
    total = 0
    for symbol in symbols:
        total = _doubled(total) ^ symbol
    return _doubled(total)


def _doubled(value: int) -> int:
    """Times x in the field of 32 elements, whose polynomial is x^5 + x^2 + 1."""
    value <<= 1
    return value ^ 0b100101 if value & 32 else value

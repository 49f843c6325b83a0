"""Blocks of a drawing, stacked under one another: lines of words, gaps, and pieces side by side.

It knows how to wrap, shorten and escape words for an SVG. It knows nothing of what they mean.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the drawing with its top at nought, and how tall it is."""

    markup: str
    height: float


_LETTER = 0.52  # how wide a letter of ordinary prose is for its size, in the common sans faces
_BOLD_LETTER = 0.55

# What XML cannot hold, and the marks that would turn the direction of the words after them.
_UNDRAWABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def words(
    said: str,
    x: float,
    size: float,
    width: float,
    *,
    fill: str,
    most: int = 2,
    anchor: str = "start",
    weight: int = 400,
) -> Block:
    """Lines of text, wrapped to `width` and shortened after `most` lines; empty words take no room."""
    letter = _BOLD_LETTER if weight > 500 else _LETTER
    lines = tuple(_wrap(plain(said), width / (size * letter), most))
    step = size * 1.32
    look = f'font-size="{size:g}" font-weight="{weight}" text-anchor="{anchor}" fill="{fill}"'
    drawn = (
        f'<text x="{x:g}" y="{size + step * index:.1f}" {look}>{escape(line)}</text>'
        for index, line in enumerate(lines)
    )
    return Block("".join(drawn), round(step * len(lines), 1))


def _wrap(said: str, cells: float, most: int) -> Iterator[str]:
    """Lines of at most `cells` letters; East Asian letters are as wide as two."""
    wide = any(unicodedata.east_asian_width(letter) in "WF" for letter in said)
    room = max(2, int(cells / 2 if wide else cells))
    lines = textwrap.wrap(said, room)
    yield from lines[: most - 1]
    if len(lines) == most:
        yield lines[-1]
    elif len(lines) > most:
        yield lines[most - 1][: room - 1].rstrip(" ,;:") + "…"


def plain(said: str) -> str:
    """The words on one line, without what a drawing cannot hold. They still have to be escaped."""
    return _UNDRAWABLE.sub("", " ".join(said.split()))


def gap(height: float) -> Block:
    """Room with nothing in it."""
    return Block("", height)


def beside(*blocks: Block) -> Block:
    """Blocks with their tops level; each has its own left and right already."""
    return Block("".join(block.markup for block in blocks), max(block.height for block in blocks))


def stack(blocks: Iterable[Block]) -> Block:
    """One block under the other."""
    drawn, top = "", 0.0
    for block in blocks:
        if block.markup:
            drawn += f'<g transform="translate(0 {top:g})">{block.markup}</g>'
        top = round(top + block.height, 1)
    return Block(drawn, top)

"""The signs of a rehearsal's picture: their colours, their shapes, and the legend that says what they mean.

Every sign has a shape of its own, so that nobody needs to tell colours apart. It knows no ladder and no time.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from views.drawing import Block, gap, stack, words
from views.scale import breadth

INK = "var(--ladder-ink, #1d2430)"
QUIET = "var(--ladder-quiet, #566070)"
PAPER = "var(--ladder-paper, #ffffff)"
RAIL = "var(--ladder-rail, #8a94a3)"
TRACK = "var(--ladder-track, #d9dee6)"
GLOW = "var(--ladder-glow, #fff1e6)"
BATON = "var(--ladder-baton, #c2410c)"
LATE = "var(--ladder-late, #b3123b)"
WORK = "var(--ladder-work, #e9edf3)"

SIZE = 12
"""The size of a legend's letters."""

_ONE_LINE = 10_000  # a width nothing is wrapped at


def reminders(places: Iterable[float], y: float) -> str:
    """Small arrowheads pointing at the bar; reminders that would lie on one another share one."""
    heads = "".join(f"M{x:g} {y:g}l-4 -7h8z" for x in places)
    return f'<path class="reminders" d="{heads}" fill="{INK}"/>' if heads else ""


def acknowledge(x: float, y: float) -> str:
    """A diamond: an acknowledgement was due and none came."""
    size = f"M{x:g} {y - 6:g}l6 6l-6 6l-6 -6z"
    return f'<path class="acknowledge" d="{size}" fill="{PAPER}" stroke="{INK}" stroke-width="1.5"/>'


def lapse(x: float, y: float) -> str:
    """A cross in a ring: no answer in time."""
    cross = f"M{x - 3:g} {y - 3:g}l6 6M{x + 3:g} {y - 3:g}l-6 6"
    return (
        f'<g class="lapse"><circle cx="{x:g}" cy="{y:g}" r="6.5" fill="{PAPER}" stroke="{LATE}"/>'
        f'<path d="{cross}" stroke="{LATE}" stroke-width="2"/></g>'
    )


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign as it is drawn, around a middle 12 to the right and 9 down, and what it means."""

    markup: str
    means: str


def legend(signs: Iterable[Sign], left: float, right: float) -> Block:
    """What each sign means, as many beside each other as there is room for."""
    rows: list[Block] = []
    row, x = "", left
    for sign in signs:
        wide = 32 + breadth(sign.means, SIZE) + 8
        if row and x + wide > right:
            rows.append(Block(row, 20))
            row, x = "", left
        told = stack((gap(2), words(sign.means, x + 30, SIZE, _ONE_LINE, fill=INK)))
        row += f'<g transform="translate({x:g} 0)">{sign.markup}</g>{told.markup}'
        x = round(x + wide, 1)
    return Block(f'<g class="legend">{stack((*rows, Block(row, 20))).markup}</g>', 20.0 * (len(rows) + 1))

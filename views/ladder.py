"""The ladder of one concern, as a picture and in words: who has the baton, and until when.

It draws what it is handed. It never reads a clock, a directory or a concern, and it holds no colour
of its own: a page paints the picture through CSS variables, a file on its own falls back to ink on white.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from html import escape

from views.drawing import Block, beside, gap, plain, stack, words


class RungState(StrEnum):
    """Where a rung stands in the life of the concern."""

    PAST = "past"
    NOW = "now"
    NEXT = "next"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Dial:
    """One running clock: its name, its moment in words, and the share of the window gone (0 to 1)."""

    label: str
    text: str
    fraction: float | None
    late: bool


@dataclass(frozen=True, slots=True)
class Rung:
    """One tier: who stands on either side, who convenes, what happened or will, and its clocks."""

    number: int
    name: str
    raising: str
    challenged: str
    convener: str | None
    state: RungState
    note: str
    dials: tuple[Dial, ...]


@dataclass(frozen=True, slots=True)
class Ladder:
    """The whole ladder. `foot` holds the clocks that run before any tier is called (a referral)."""

    title: str
    stage: str
    tier_word: str
    rungs: tuple[Rung, ...]
    footer: str
    foot: tuple[Dial, ...] = ()


WIDTH = 300
_LEFT, _RIGHT = 26, 274  # where words may stand: inside the rails
_FULL = 248
_MIDDLE = WIDTH / 2
_COLUMN = 118  # what one side may take of that

_ONE_LINE = 36  # letters of a clock's name and moment that fit beside each other

_INK = "var(--ladder-ink, #1d2430)"
_QUIET = "var(--ladder-quiet, #566070)"
_PAPER = "var(--ladder-paper, #ffffff)"
_RAIL = "var(--ladder-rail, #8a94a3)"
_TRACK = "var(--ladder-track, #d9dee6)"
_GLOW = "var(--ladder-glow, #fff1e6)"
_BATON = "var(--ladder-baton, #c2410c)"
_LATE = "var(--ladder-late, #b3123b)"

_STANDS = {
    RungState.PAST: "past",
    RungState.NOW: "has the baton",
    RungState.NEXT: "not called yet",
    RungState.SKIPPED: "skipped",
}


def ladder_svg(ladder: Ladder) -> str:
    """The ladder as one complete, accessible SVG, tier 1 at the bottom.

    It carries classes and CSS variables and no style element, so it can be put into a page whose
    policy allows no inline style. Names too long for the drawing are shortened there and given
    whole in the titles and the description.
    """
    climb = [_rung(rung, ladder.tier_word) for rung in sorted(ladder.rungs, key=lambda r: -r.number)]
    head = stack(_heading(ladder))
    body = stack((gap(6), *climb, _foot(ladder.foot)))
    base = stack((gap(14), words(ladder.footer, _LEFT, 12, _FULL, most=6, fill=_QUIET)))
    whole = stack((head, Block(_rails(body.height) + body.markup, body.height), base, gap(10)))
    title = escape(plain(f"Ladder of {ladder.title}"))
    said = escape(plain(" ".join(ladder_words(ladder))))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="ladder" role="img" '
        f'aria-labelledby="ladder-title" aria-describedby="ladder-desc" '
        f'viewBox="0 0 {WIDTH} {whole.height:g}" font-family="var(--ladder-font, sans-serif)">'
        f'<title id="ladder-title">{title}</title><desc id="ladder-desc">{said}</desc>'
        f'<rect class="paper" width="{WIDTH}" height="{whole.height:g}" rx="8" fill="{_PAPER}"/>'
        f"{whole.markup}</svg>"
    )


def ladder_words(ladder: Ladder) -> tuple[str, ...]:
    """The same ladder in sentences, from the foot upwards: what a screen reader is given."""
    rungs = sorted(ladder.rungs, key=lambda rung: rung.number)
    waiting = ("The baton waits at the foot of the ladder.",) if ladder.foot else ()
    said = (
        _sentence(ladder.title, ladder.stage),
        *waiting,
        *map(_dial_words, ladder.foot),
        *(_rung_words(rung, ladder.tier_word) for rung in rungs),
        _sentence(ladder.footer),
    )
    return tuple(filter(None, said))


def _rung_words(rung: Rung, tier_word: str) -> str:
    parts = (
        _sentence(f"{tier_word} {rung.number}, {rung.name}", _STANDS[rung.state]),
        _sentence("Raising side", rung.raising),
        _sentence("Challenged side", rung.challenged),
        _sentence("Convener", rung.convener or ""),
        _sentence(rung.note),
        *map(_dial_words, rung.dials),
    )
    return " ".join(filter(None, parts))


def _dial_words(dial: Dial) -> str:
    late = ", late" if dial.late else ""
    gone = "" if dial.fraction is None or dial.late else f", {_share(dial.fraction):.0%} of the time gone"
    return _sentence(dial.label, f"{dial.text}{late}{gone}")


def _sentence(first: str, *rest: str) -> str:
    """The words with one capital and one full stop, or nothing when the last of them is empty."""
    if not (rest[-1] if rest else first).strip():
        return ""
    said = ": ".join((first, *rest)).strip()
    return _capital(said) + ("" if said.endswith((".", "!", "?")) else ".")


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]


def _rung(rung: Rung, tier_word: str) -> Block:
    """One tier standing on its rung; the rung of the tier that is called is the baton itself."""
    now = rung.state is RungState.NOW
    fill = _INK if now else _QUIET
    stands = f"{_capital(tier_word)} {rung.number} · {_STANDS[rung.state]}"
    left = words(rung.raising, _LEFT, 12.5, _COLUMN, most=4, fill=fill)
    right = words(rung.challenged, _RIGHT, 12.5, _COLUMN, most=4, fill=fill, anchor="end")
    convener = f"Convener: {rung.convener}" if rung.convener else ""
    inside = stack(
        (
            gap(8),
            words(stands, _LEFT, 12, _FULL, fill=_BATON if now else _QUIET, weight=600 if now else 400),
            words(rung.name, _LEFT, 13.5, _FULL, fill=fill, weight=600),
            gap(3),
            beside(left, right),
            words(convener, _MIDDLE, 12.5, _FULL, fill=fill, anchor="middle"),
            gap(3),
            words(_capital(rung.note), _LEFT, 12, _FULL, most=3, fill=fill),
            *map(_dial, rung.dials),
            gap(9),
        )
    )
    glow = f'<rect class="glow" x="15" width="270" height="{inside.height:g}" fill="{_GLOW}"/>' if now else ""
    stand = stack((Block(glow + inside.markup, inside.height), _baton() if now else _bar(rung.state)))
    said = escape(plain(_rung_words(rung, tier_word)))
    return Block(f'<g class="rung rung-{rung.state}"><title>{said}</title>{stand.markup}</g>', stand.height)


def _foot(dials: tuple[Dial, ...]) -> Block:
    if not dials:
        return gap(16)
    waits = words("The baton waits here", _LEFT, 13.5, _FULL, fill=_BATON, weight=600)
    return stack((gap(10), waits, *map(_dial, dials), gap(9), _baton()))


def _dial(dial: Dial) -> Block:
    """A clock: its name and moment, and a bar that fills as the window goes."""
    ends = f"{dial.text}, late" if dial.late else dial.text
    fill = _LATE if dial.late else _INK
    name = words(_capital(dial.label), _LEFT, 12, _FULL, fill=_QUIET)
    if len(dial.label) + len(ends) < _ONE_LINE:
        said = beside(name, words(ends, _RIGHT, 12, _FULL, fill=fill, anchor="end", weight=600))
    else:
        said = stack((name, words(ends, _LEFT, 12, _FULL, fill=fill, weight=600)))
    late = " dial-late" if dial.late else ""
    whole = stack((gap(4), said, _gauge(dial, _LATE if dial.late else _BATON)))
    return Block(f'<g class="dial{late}">{whole.markup}</g>', whole.height)


def _gauge(dial: Dial, fill: str) -> Block:
    if dial.fraction is None:
        return gap(2)
    gone = _FULL * _share(dial.fraction)
    return Block(
        f'<rect class="track" x="{_LEFT}" y="2" width="{_FULL}" height="6" rx="3" fill="{_TRACK}"/>'
        f'<rect class="gone" x="{_LEFT}" y="2" width="{gone:.1f}" height="6" rx="3" fill="{fill}"/>',
        11,
    )


def _share(fraction: float) -> float:
    return min(1.0, max(0.0, fraction))


def _heading(ladder: Ladder) -> tuple[Block, ...]:
    left = words("Raising side", 8, 11.5, _COLUMN, fill=_QUIET, weight=600)
    right = words("Challenged side", WIDTH - 8, 11.5, _COLUMN, fill=_QUIET, anchor="end", weight=600)
    return (
        gap(6),
        words(ladder.title, 8, 15, WIDTH - 16, fill=_INK, weight=700),
        words(ladder.stage, 8, 12.5, WIDTH - 16, fill=_QUIET),
        gap(8),
        beside(left, right),
        gap(4),
    )


def _rails(height: float) -> str:
    ends = f'y="0" width="7" height="{height:g}" rx="3.5" fill="{_RAIL}"'
    return f'<rect class="rail" x="8" {ends}/><rect class="rail" x="{WIDTH - 15}" {ends}/>'


def _bar(state: RungState) -> Block:
    """A quiet rung: whole once stood on, dashed while ahead, dotted when it was stepped over."""
    dashes = {RungState.NEXT: ' stroke-dasharray="10 6"', RungState.SKIPPED: ' stroke-dasharray="2 6"'}
    line = f'x1="14" x2="{WIDTH - 14}" y1="3" y2="3" stroke="{_RAIL}" stroke-width="4"'
    return Block(f'<line class="bar" {line}{dashes.get(state, "")}/>', 6)


def _baton() -> Block:
    bands = "".join(f'<rect x="{x}" width="5" height="13" fill="{_PAPER}"/>' for x in (24, 34, 261, 271))
    stick = f'<rect x="1" width="{WIDTH - 2}" height="13" rx="6.5" fill="{_BATON}"/>'
    return Block(f'<g class="baton">{stick}{bands}</g>', 13)

"""The picture of a rehearsed ladder: time runs to the right, every tier is a step up, working time is shaded.

It draws what it is handed and works out nothing but places. It stands alone, without fonts or styles from
elsewhere, and holds no colour of its own: a page paints it through CSS variables, a file falls back to ink
on white.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from html import escape

from views.drawing import Block, beside, gap, plain, stack, words
from views.labels import capital
from views.parts import Drawing
from views.rehearsal import Lane, Rehearsal, Run
from views.scale import AXIS_SIZE, DayOff, Label, Scale, breadth
from views.signs import (
    BATON,
    GLOW,
    INK,
    PAPER,
    QUIET,
    RAIL,
    TRACK,
    WORK,
    Sign,
    acknowledge,
    lapse,
    legend,
    reminders,
)

WIDTH = 560
"""Narrow enough that its words can be read on a phone held upright, which shrinks it to its own width."""
LEFT, RIGHT = 20, 540
"""Where time begins and ends, and words with it."""

_BAR, _TALL = 9, 12  # where a lane's bar begins, and how tall it is
_MIDDLE = _BAR + _TALL / 2
_NAME, _LINE = 13, 12  # the sizes of a lane's letters
_ROWS = 8  # so many rows of names of days off, and no more
_LONGEST, _LETTERS = 380, 100  # how wide such a name may be, and of how many letters

_TOO_LONG = "Days are too narrow here to shade working time or to name days off."


def drawn(rehearsal: Rehearsal) -> Drawing:
    """The picture as one complete, accessible SVG, tier 1 at the bottom, and the same in words."""
    said = plain(rehearsal.words())
    scale = _scale(rehearsal)
    whole = stack(
        (gap(10), *_heading(rehearsal), _chart(rehearsal, scale), *_foot(rehearsal, scale), gap(14))
    )
    title = escape(plain(f"{rehearsal.heading}, rehearsed"))
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="staircase" role="img" '
        f'aria-labelledby="staircase-title" aria-describedby="staircase-desc" '
        f'width="{WIDTH}" height="{whole.height:g}" viewBox="0 0 {WIDTH} {whole.height:g}" '
        f'font-family="var(--ladder-font, sans-serif)">'
        f'<title id="staircase-title">{title}</title><desc id="staircase-desc">{escape(said)}</desc>'
        f'<rect class="paper" width="{WIDTH}" height="{whole.height:g}" fill="{PAPER}"/>'
        f"{whole.markup}</svg>"
    )
    return Drawing(svg, said)


def _scale(rehearsal: Rehearsal) -> Scale:
    """From just before the first call to just after the last window."""
    start, end = rehearsal.steps[0].at, max(step.call.due for step in rehearsal.steps)
    room: timedelta = (end - start) / 50
    return Scale(rehearsal.rules.calendar, start - room, end + room, LEFT, RIGHT)


# ---- above and below -------------------------------------------------------------------------------


def _heading(rehearsal: Rehearsal) -> Iterator[Block]:
    yield _said(rehearsal.heading, 17, weight=700, fill=INK)
    yield gap(2)
    yield _said(rehearsal.about, _NAME, fill=QUIET)
    yield gap(6)
    for banner in rehearsal.banners:
        told = words(banner, LEFT + 12, _NAME, _wrapping(RIGHT - LEFT - 24, 600), fill=INK, weight=600)
        size = f'x="{LEFT}" width="{RIGHT - LEFT}" height="{told.height + 10:g}" rx="4"'
        box = f'<rect class="banner" {size} fill="{GLOW}" stroke="{BATON}"/>'
        yield Block(box + stack((gap(4), told)).markup, told.height + 16)
    yield gap(6)


def _foot(rehearsal: Rehearsal, scale: Scale) -> Iterator[Block]:
    yield gap(12)
    runs = [run for lane in rehearsal.lanes() for run in lane.runs]
    yield legend(tuple(_signs(runs, scale)), LEFT, RIGHT)
    yield gap(8)
    yield _said(rehearsal.ending, _NAME, fill=INK)
    if not scale.work_said:
        yield _said(_TOO_LONG, _LINE, fill=QUIET)
    yield gap(2)
    yield _said(rehearsal.source, _LINE, most=6, fill=QUIET)


def _said(said: str, size: float, *, fill: str, most: int = 3, weight: int = 400) -> Block:
    width = _wrapping(RIGHT - LEFT, weight)
    return words(said, LEFT, size, width, most=most, fill=fill, weight=weight)


def _wrapping(room: float, weight: int = 400) -> float:
    """The width to wrap words at so that they fit in `room` whatever face draws them, bold ones too."""
    return room * (0.86 if weight > 500 else 0.94)


# ---- the chart -------------------------------------------------------------------------------------


def _chart(rehearsal: Rehearsal, scale: Scale) -> Block:
    """The axis above and below, and between them the lanes on shaded working time."""
    lanes, axis = rehearsal.lanes(), scale.axis()
    offs, names = _named(scale.days_off())
    climb = (_lane(lane, scale, _BAR if number else 0) for number, lane in enumerate(lanes))
    steps = stack((names, gap(6), *reversed(tuple(climb)), gap(4)))
    behind = _behind(scale, offs, axis.lines, steps.height)
    upper, lower = (_labels(row) for row in (axis.upper, axis.lower))
    return stack((upper, lower, Block(behind + steps.markup, steps.height), gap(2), lower, upper))


def _labels(row: Iterable[Label]) -> Block:
    """Labels on one line; each has its room already."""
    blocks = tuple(words(label.said, label.x, AXIS_SIZE, 10 * WIDTH, fill=QUIET) for label in row)
    return beside(*blocks) if blocks else gap(0)


def _behind(scale: Scale, offs: Iterable[tuple[DayOff, float]], lines: Iterable[float], height: float) -> str:
    """What the lanes stand on: working time shaded, days off, and a thin line for each division."""
    shade = "".join(f"M{left:g} 0H{right:g}V{height:g}H{left:g}z" for left, right in scale.work())
    thin = "".join(f"M{x:g} 0V{height:g}" for x in lines)
    days = "".join(_off(off, top, height) for off, top in offs)
    return (
        f'<path class="work" d="{shade}" fill="{WORK}"/>{days}'
        f'<path class="lines" d="{thin}" stroke="{TRACK}" stroke-width="1"/>'
        f'<path class="edge" d="M{LEFT} 0H{RIGHT}M{LEFT} {height:g}H{RIGHT}" stroke="{RAIL}"/>'
    )


def _off(off: DayOff, top: float, height: float) -> str:
    wide = max(1.0, off.right - off.left)
    return (
        f'<g class="off"><title>{escape(plain(off.said))}</title>'
        f'<rect x="{off.left:g}" y="{top:g}" width="{wide:g}" height="{height - top:g}" fill="{GLOW}"/>'
        f'<path d="M{off.left:g} {top:g}V{height:g}" stroke="{BATON}" stroke-dasharray="2 3"/></g>'
    )


def _named(offs: Sequence[DayOff]) -> tuple[list[tuple[DayOff, float]], Block]:
    """Each day off with how far down its column begins, and above the lanes their names.

    Of days whose names would meet, the earlier is named higher up; what finds no row has no name.
    """
    rows: list[list[Label]] = []
    placed: list[tuple[DayOff, int]] = []
    for off in reversed(offs):
        said = _shortened(off.said)
        label = Label(max(LEFT, min(off.left + 3, RIGHT - breadth(said, AXIS_SIZE))), said)
        free = (n for n, row in enumerate(rows) if all(label.end + 6 <= other.x for other in row))
        row = next(free, len(rows))
        placed.append((off, row))
        if row == len(rows) < _ROWS:
            rows.append([])
        if row < len(rows):
            rows[row].append(label)
    tall = stack((gap(3), *(_labels(row) for row in reversed(rows))))
    line = tall.height / max(1, len(rows))
    return [(off, round(line * max(0, len(rows) - 1 - row), 1)) for off, row in placed], tall


def _shortened(said: str) -> str:
    """A name of a day off that leaves room for others; its column says it whole."""
    said = plain(said)[:_LETTERS]
    while breadth(said, AXIS_SIZE) > _LONGEST:
        said = f"{said[:-2].rstrip()}…"
    return said


# ---- one lane --------------------------------------------------------------------------------------


def _lane(lane: Lane, scale: Scale, below: float) -> Block:
    """The bars of the calls, their words under them, and a post down to the step so far `below`."""
    x = scale.x(lane.runs[0].start)
    told = _told(lane, x)
    height = _BAR + _TALL + told.height + 12
    post = f"M{x:g} {_BAR + _TALL}V{height + below:g}"
    stands = f'<path class="post" d="{post}" stroke="{RAIL}" stroke-width="1.5"/>'
    bars = "".join(_bar(run, scale) for run in lane.runs)
    lapses = "".join(lapse(scale.x(run.due), _MIDDLE) for run in lane.runs if run.lapsed)
    said = escape(plain(" ".join((f"{lane.name}.", *lane.lines))))
    under = stack((gap(_BAR + _TALL + 4), told)).markup
    return Block(f'<g class="lane"><title>{said}</title>{stands}{bars}{lapses}{under}</g>', height)


def _told(lane: Lane, x: float) -> Block:
    """The words beside the post: on its right where they fit there, or where there is more room."""
    widest = max(breadth(lane.name, 1.1 * _NAME), *(breadth(line, _LINE) for line in lane.lines))
    right, left = RIGHT - x - 8, x - 8 - LEFT
    rightwards = right >= min(widest, left)
    at, room, anchor = (x + 8, right, "start") if rightwards else (x - 8, left, "end")
    name = words(lane.name, at, _NAME, _wrapping(room, 600), fill=INK, anchor=anchor, weight=600)
    lines = (words(line, at, _LINE, _wrapping(room), fill=INK, anchor=anchor) for line in lane.lines)
    return stack((name, *lines))


def _bar(run: Run, scale: Scale) -> str:
    """One call from beginning to due, with what happens on the way; made again, it is hollow."""
    left, right = scale.x(run.start), scale.x(run.due)
    size = f'x="{left:g}" y="{_BAR}" width="{max(2.0, right - left):g}" height="{_TALL}" rx="3"'
    look = f'fill="{PAPER}" stroke="{BATON}" stroke-width="2"' if run.again else f'fill="{BATON}"'
    drawn = f'<rect class="{"again" if run.again else "call"}" {size} {look}/>'
    if run.ask_due:
        until = scale.x(run.ask_due)
        asked = f'x="{right:g}" y="{_BAR + 1}" width="{max(2.0, until - right):g}" height="{_TALL - 2}"'
        drawn += f'<rect class="asked" {asked} fill="{PAPER}" stroke="{RAIL}" stroke-dasharray="3 3"/>'
    drawn += reminders(dict.fromkeys(map(scale.x, run.reminded)), _BAR)
    return drawn + (acknowledge(scale.x(run.acknowledge_due), _MIDDLE) if run.acknowledge_due else "")


def _signs(runs: Sequence[Run], scale: Scale) -> Iterator[Sign]:
    """The signs this picture uses."""
    swatch = 'y="3" width="24" height="12"'
    yield Sign(f'<rect {swatch} rx="3" fill="{BATON}"/>', "A call, until its answer is due")
    if any(run.acknowledge_due for run in runs):
        yield Sign(acknowledge(12, 9), "Acknowledgement due, none came")
    if any(run.reminded for run in runs):
        yield Sign(reminders((12,), 13), "Reminder")
    yield Sign(lapse(12, 9), "No answer in time")
    if any(run.ask_due for run in runs):
        asked = f'fill="{PAPER}" stroke="{RAIL}" stroke-dasharray="3 3"'
        yield Sign(f"<rect {swatch} {asked}/>", "The raising side is asked first")
    hollow = f'<rect {swatch} rx="3" fill="{PAPER}" stroke="{BATON}" stroke-width="2"/>'
    yield Sign(hollow, "Called again")
    if scale.work_said:
        shade = f'<rect {swatch} fill="{WORK}" stroke="{TRACK}"/>'
        yield Sign(shade, f"{capital(scale.work_said)}; the rest is plain")
    if scale.days_off():
        dashed = f'<path d="M0 3V15" stroke="{BATON}" stroke-dasharray="2 3"/>'
        yield Sign(f'<rect {swatch} fill="{GLOW}"/>{dashed}', "Bank holiday or closure")

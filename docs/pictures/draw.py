"""Draws the pictures of docs/slack.md: which page of Slack's, and what to press there, numbered in order.

They are drawings, no screenshots, and say so: Slack moves its furniture now and then. Run it by itself, from
the checkout: `.venv/bin/python docs/pictures/draw.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.pictures import png
from views.drawing import Block, gap, stack, words

WIDTH, SIDE, EDGE = 640, 190, 20
INK, QUIET, LINE, PALE, MARK, BAR = "#1d2430", "#566070", "#c6ccd6", "#f4f6f9", "#c2410c", "#1f3a5f"


@dataclass(frozen=True, slots=True)
class Row:
    """Something on a page: title, text, button or field; its words; and a number where it is used."""

    kind: str
    said: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """A window: where it is, the list at its side with the entry to choose, and what stands on it."""

    where: str
    entries: tuple[str, ...]
    chosen: str
    rows: tuple[Row, ...]


PAGES = {
    "create": Page(
        "api.slack.com/apps",
        ("Your Apps",),
        "Your Apps",
        (
            Row("title", "Your Apps"),
            Row("button", "Create New App", 1),
            Row("text", "Then, in the windows that open:"),
            Row("button", "From a manifest", 2),
            Row("field", "Pick a workspace: yours", 3),
            Row("field", "YAML: what baton manifest printed", 4),
            Row("button", "Create", 5),
        ),
    ),
    "app-token": Page(
        "Your app, in the browser",
        ("Basic Information", "Install App", "App Home"),
        "Basic Information",
        (
            Row("title", "App-Level Tokens"),
            Row("button", "Generate Token and Scopes", 1),
            Row("field", "Token Name: baton", 2),
            Row("button", "Add Scope", 3),
            Row("field", "connections:write", 4),
            Row("button", "Generate", 5),
            Row("field", "xapp-…   Copy", 6),
            Row("text", "It goes to BATON_SLACK_RIVERSIDE_APP_TOKEN."),
        ),
    ),
    "bot-token": Page(
        "Your app, in the browser",
        ("Basic Information", "Install App", "App Home"),
        "Install App",
        (
            Row("title", "Install App"),
            Row("button", "Install to your workspace", 1),
            Row("text", "Slack lists what Baton may do, and asks once more:"),
            Row("button", "Allow", 2),
            Row("title", "Bot User OAuth Token"),
            Row("field", "xoxb-…   Copy", 3),
            Row("text", "It goes to BATON_SLACK_RIVERSIDE_BOT_TOKEN."),
        ),
    ),
    "member": Page(
        "Slack itself",
        ("Home", "DMs", "Apps"),
        "DMs",
        (
            Row("text", "Press on a person's name or picture, anywhere."),
            Row("title", "Amira Khan"),
            Row("button", "…", 1),
            Row("button", "Copy member ID", 2),
            Row("text", "Such as U07AMK4R1. It goes into identities:"),
            Row("field", '"slack:riverside:U07AMK4R1"'),
        ),
    ),
    "channel": Page(
        "Slack itself",
        ("Home", "DMs", "Apps"),
        "Home",
        (
            Row("title", "# our-escalations"),
            Row("text", "Press on the channel's name at the top."),
            Row("button", "# our-escalations", 1),
            Row("text", "At the very end of the page About:"),
            Row("field", "Channel ID: C07RSESC1   Copy", 2),
            Row("text", "Then write in the channel itself:"),
            Row("field", "/invite @Baton", 3),
        ),
    ),
    "home": Page(
        "Slack: Apps, Baton",
        ("Home", "Messages", "About"),
        "Home",
        (
            Row("title", "1 waiting on you, 1 overdue"),
            Row("text", "C-7F3K-9QMX, called, stage 2 of 4; answer due Tue 1 Dec at 17:00 (2 hours late)."),
            Row("button", "Acknowledge"),
            Row("button", "Answer"),
            Row("title", "Begun, not sent yet"),
            Row(
                "text",
                "Raise a concern: begun Mon 30 Nov at 10:05, kept for you alone until Mon 7 Dec at 10:05.",
            ),
            Row("button", "Go on"),
            Row("title", "Cover"),
            Row("button", "Say you are away"),
            Row("title", "The pathway"),
            Row("text", "The ladder as a picture, and who holds each seat today."),
        ),
    ),
}


def drawn(page: Page) -> str:
    """The page as an SVG."""
    side = stack(_side(page))
    body = stack(block for row in page.rows for block in (_row(row), gap(12)))
    tall = max(side.height, body.height) + 24
    below = words(
        "A drawing, not a screenshot: words and places may differ a little.", EDGE, 11, 600, fill=QUIET
    )
    where = words(page.where, EDGE, 13, 560, fill="white", weight=600)
    size = f'viewBox="0 0 {WIDTH} {tall + 68:g}" font-family="sans-serif"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}>'
        f'<rect x="4" y="4" width="{WIDTH - 8}" height="{tall + 34:g}" rx="8" fill="white" stroke="{LINE}"/>'
        f'<path d="M4 38V12a8 8 0 0 1 8-8H{WIDTH - 12}a8 8 0 0 1 8 8V38z" fill="{BAR}"/>'
        f'<rect x="5" y="38" width="{SIDE}" height="{tall - 1:g}" fill="{PALE}"/>'
        f'<g transform="translate(0 12)">{where.markup}</g>'
        f'<g transform="translate(0 52)">{side.markup}{body.markup}</g>'
        f'<g transform="translate(0 {tall + 44:g})">{below.markup}</g></svg>'
    )


def _side(page: Page) -> Iterator[Block]:
    for entry in page.entries:
        here = entry == page.chosen
        box = (
            f'<rect x="12" width="{SIDE - 16}" height="26" rx="4" fill="white" stroke="{MARK}"/>'
            if here
            else ""
        )
        said = words(entry, EDGE, 13, SIDE, fill=INK if here else QUIET, weight=600 if here else 400)
        yield Block(f'{box}<g transform="translate(0 4)">{said.markup}</g>', 34)


def _row(row: Row) -> Block:
    """What stands there; what is to be used has a number at its right."""
    left = SIDE + 24
    if row.kind in {"title", "text"}:
        title = row.kind == "title"
        return words(row.said, left, 16 if title else 13, 400, fill=INK, weight=700 if title else 400)
    wide = len(row.said) * 8 + 28
    look = f'fill="{BAR}"' if row.kind == "button" else f'fill="white" stroke="{LINE}"'
    ink = "white" if row.kind == "button" else INK
    said = words(row.said, left + 14, 13, 400, fill=ink, weight=600 if row.kind == "button" else 400)
    box = f'<rect x="{left}" width="{wide}" height="28" rx="4" {look}/>'
    return Block(
        f'{box}<g transform="translate(0 5)">{said.markup}</g>{_number(row.number, left + wide)}', 28
    )


def _number(number: int, x: float) -> str:
    if not number:
        return ""
    digit = f'text-anchor="middle" font-size="13" font-weight="700" fill="white">{number}</text>'
    return f'<circle cx="{x + 22}" cy="14" r="11" fill="{MARK}"/><text x="{x + 22}" y="18.6" {digit}'


if __name__ == "__main__":
    for name, page in PAGES.items():
        (Path(__file__).parent / f"slack-{name}.png").write_bytes(png(drawn(page)))

"""A message as Slack posts: what is said stands in literal text, what may be done in buttons.

Whatever does not fit one post goes on in the next; nothing is cut. No button is coloured: Baton does not lean
towards an answer, and colour alone tells some people nothing.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.plain import one_line, plain
from bot.slack.limits import (
    BUTTON,
    BUTTONS,
    HEADER,
    POST,
    POST_BLOCKS,
    SURE,
    SURE_BUTTON,
    SURE_TITLE,
    Json,
    escaped,
    fits,
    literal,
    pieces,
    short,
    size,
)
from concerns.people import PersonId
from views.drafts import GO_ON, THROW_AWAY
from views.parts import Button, Message

_ID = re.compile(r"[A-Za-z0-9_-]{1,40}", re.ASCII)
_ABOUT_A_FORM = frozenset({GO_ON, THROW_AWAY})
_ASKED = ("title", "text", "confirm", "deny")
_GOES_ON = "It goes on below."
_ASIDE = 300
"""How much of a title stands where it only says what goes on."""


@dataclass(frozen=True, slots=True)
class Post:
    """One post: its blocks, and the `text` that notifications and screen readers show instead of them."""

    text: str
    blocks: list[Json]


def posts(
    message: Message, mention: Callable[[PersonId], str | None], *, aloud: bool = False
) -> tuple[Post, ...]:
    """A message as posts, in order: the title stands in the first, the buttons in the last.

    `mention` gives the Slack id of a person or of their user group; None where they have none here. `text` is
    the title alone, because phones show it on their lock screens; `aloud` adds the lines, for messages that
    hold no private word (what is made from a notice), because screen readers read nothing else.
    """
    blocks = [
        *heading(message.title),
        *_mentions(mention(PersonId(id)) for id in message.mentions),
        *paragraphs(said(message)),
        *actions(message.buttons),
    ]
    title, parts = short(one_line(message.title), _ASIDE), list(_packed(blocks))
    return tuple(_post(title, part, n, len(parts), aloud=aloud) for n, part in enumerate(parts, start=1))


def heading(title: str) -> list[Json]:
    """The title, on one line; one too long for a heading is the first paragraph instead."""
    line = one_line(title)
    return [{"type": "header", "text": literal(line)}] if fits(line, HEADER) else paragraphs((line,))


def beside(line: str, button: Button) -> list[Json]:
    """A line with one button at its end."""
    *first, last = paragraphs((line,))
    return [*first, last | {"accessory": _button(0, button)}]


def paragraphs(lines: Iterable[str]) -> list[Json]:
    """Lines of text, exactly as they are but for what cannot be seen; blank ones are left out."""
    text = "\n".join(line for line in map(plain, lines) if line.strip())
    return [
        {"type": "section", "text": literal(piece.strip("\n")), "expand": True}
        for piece in pieces(text)
        if piece.strip()
    ]


def said(message: Message) -> tuple[str, ...]:
    """The lines; then a picture in words, which Slack cannot draw, and what a button has no room for."""
    picture = message.drawing.words.split("\n") if message.drawing else ()
    labels = (one_line(button.label) for button in message.buttons)
    return (*message.lines, *picture, *(label for label in labels if not fits(label, BUTTON)))


def actions(buttons: Sequence[Button]) -> list[Json]:
    """The buttons, side by side; each is pressed by the name `press:<n>` and carries its token."""
    made = [_button(n, button) for n, button in enumerate(buttons)]
    rows = (made[n : n + BUTTONS] for n in range(0, len(made), BUTTONS))
    return [{"type": "actions", "elements": row} for row in rows]


def small(line: str) -> Json:
    """One line in small print."""
    return {"type": "context", "elements": [literal(line)]}


def ending(post: Post, line: str) -> Post:
    """The post with this small line at its end, where nothing goes on below it."""
    kept = [block for block in post.blocks if not _goes_on(block)]
    return replace(post, blocks=[*kept, small(line)])


def _goes_on(block: Json) -> bool:
    return block["type"] == "context" and str(block["elements"][0]["text"]).endswith(_GOES_ON)


def _button(n: int, button: Button) -> Json:
    label = one_line(button.label)
    made = {
        "type": "button",
        "text": literal(short(label, BUTTON)),
        "action_id": f"press:{n}",
        "value": button.token,
    }
    # Read aloud, one "Show" among many says nothing without its reference.
    if button.ref and button.command not in _ABOUT_A_FORM and button.ref not in label:
        spoken = f"{label}, {button.ref}"
        if fits(spoken, BUTTON):
            made["accessibility_label"] = spoken
    if button.sure:
        made["confirm"] = {
            "title": literal(short(f"{label}?", SURE_TITLE)),
            "text": literal(short(one_line(button.sure), SURE)),
            "confirm": literal(short(label, SURE_BUTTON)),
            "deny": literal("Keep it"),
            "style": "danger",
        }
    return made


def _mentions(ids: Iterable[str | None]) -> list[Json]:
    """Those called, by account; an id that is none would be read as a mark."""
    known = dict.fromkeys(id for id in ids if id and _ID.fullmatch(id))
    marks = (f"<!subteam^{id}>" if id.startswith("S") else f"<@{id}>" for id in known)
    # Counted as if its marks were written out, a piece never comes near the limit.
    return [{"type": "section", "text": {"type": "mrkdwn", "text": p}} for p in pieces(" ".join(marks))]


def _packed(blocks: list[Json]) -> Iterator[list[Json]]:
    """The blocks, post by post."""
    # Most messages fit one post, and need no counting block by block.
    text = "".join(words for block in blocks for words in _counted(block))
    if len(blocks) <= POST_BLOCKS and fits(text, POST):
        yield blocks
        return
    post: list[Json] = []
    room = POST
    for block in blocks:
        taken = sum(map(size, _counted(block)))
        if post and (len(post) == POST_BLOCKS or taken > room):
            yield post
            post, room = [], POST
        post.append(block)
        room -= taken
    yield post


def _counted(block: Json) -> list[str]:
    """The words of a block, and of what its buttons ask before they count."""
    asked = [one["confirm"] for one in block.get("elements", ()) if "confirm" in one]
    return _words(block) + [one[part]["text"] for one in asked for part in _ASKED]


def _words(block: Json) -> list[str]:
    match block:
        case {"text": {"text": str(text)}}:
            return [text]
        case {"elements": list(elements)}:
            return [one["text"]["text"] for one in elements]
        case _:
            return []


def _post(title: str, blocks: list[Json], n: int, parts: int, *, aloud: bool) -> Post:
    """One of the posts a message takes; each of several says which it is."""
    lines = [words for block in blocks if _is_said(block) for words in _words(block)] if aloud else []
    if parts > 1:
        title = f"{title}, part {n} of {parts}"
        goes_on = small(f"Part 1 of {parts}. {_GOES_ON}")
        blocks = [*blocks, goes_on] if n == 1 else [small(title), *blocks]
    return Post("\n".join(map(escaped, (title, *lines))), blocks)


def _is_said(block: Json) -> bool:
    """Whether it is a paragraph of the message: no heading, mention or button."""
    return bool(block["type"] == "section" and block["text"]["type"] == "plain_text")

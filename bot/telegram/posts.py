"""A message as Telegram posts: literal text and its marks, the buttons under it.

Whatever does not fit one post goes on in the next; nothing is cut.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from telegram import InlineKeyboardMarkup
from telegram.constants import MessageEntityType

from bot.telegram.entities import Line, Marks, Span, cut, marked, written
from bot.telegram.keyboards import keyboards, label
from bot.telegram.limits import ASIDE, CAPTION, ENTITIES, LABEL, MARKS, ROOM, short, shown, units
from concerns.people import PersonId
from views.parts import Message

_TOGETHER = 20
"""Mentions on one line."""


@dataclass(frozen=True, slots=True)
class Called:
    """Somebody with an account on Telegram: its number, and the name that is shown."""

    user: int
    name: str


@dataclass(frozen=True, slots=True)
class Post:
    """One message as Telegram takes it."""

    text: str
    entities: Marks
    keyboard: InlineKeyboardMarkup | None = None


Mention = Callable[[PersonId], Called | None]


def posts(message: Message, mention: Mention, *, captioned: bool = False) -> tuple[Post, ...]:
    """A message as posts, in order: the title stands in the first, the buttons in the last.

    `mention` finds a person's account; None where they have none here. `captioned` leaves out the words of a
    picture that `caption` has room for, because it is sent with them.
    """
    title = _one_line(message.title)
    lines = [
        *cut(title, MessageEntityType.BOLD),
        *_calls(message.mentions, mention),
        *(line for text in _said(message, captioned=captioned) for line in cut(shown(text))),
    ]
    bodies: list[list[Line]] = list(_packed(lines))
    boards = keyboards(message.buttons)
    bodies += [[]] * (len(boards) - 1)
    first_board = len(bodies) - len(boards)
    made = []
    for n, body in enumerate(bodies):
        board = boards[n - first_board] if n >= first_board else None
        made.append(Post(*written(_framed(title, body, n + 1, len(bodies))), board))
    return tuple(made)


def caption(message: Message) -> Post | None:
    """The words that go with its picture; None where there is no picture, or no room for them."""
    if message.drawing is None:
        return None
    # A blank before the first word is taken away, and every mark would be beside its words.
    lines = tuple(cut(shown(message.drawing.words).strip()))
    post = Post(*written(lines))
    fits = units(post.text) <= CAPTION and len(post.entities) <= ENTITIES
    return post if fits else None


def _said(message: Message, *, captioned: bool) -> Iterator[str]:
    """The lines; the words of a picture; and what a button has no room for."""
    yield from message.lines
    if message.drawing and not (captioned and caption(message)):
        yield message.drawing.words
    yield from (full for button in message.buttons if units(full := label(button)) > LABEL)


def _one_line(text: str) -> str:
    return " ".join(shown(text).split()) or "…"


def _calls(ids: Iterable[str], mention: Mention) -> Iterator[Line]:
    """Those called, by name; whoever has no account here is called elsewhere."""
    called = [one for id in dict.fromkeys(ids) if (one := mention(PersonId(id)))]
    for start in range(0, len(called), _TOGETHER):
        line: list[Span] = []
        for one in called[start : start + _TOGETHER]:
            named = short(_one_line(one.name), LABEL)
            line += [Span(", ")] * bool(line) + [Span(named, MessageEntityType.TEXT_MENTION, one.user)]
        yield Line(tuple(line))


def _packed(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines, post by post."""
    body: list[Line] = []
    room, marks = ROOM, MARKS
    for line in lines:
        if body and (line.long > room or line.marks > marks):
            yield body
            body, room, marks = [], ROOM, MARKS
        body.append(line)
        room, marks = room - line.long, marks - line.marks
    yield body


def _framed(title: str, body: Sequence[Line], n: int, parts: int) -> Sequence[Line]:
    """What one of several says of itself."""
    if parts == 1:
        return body
    if n == 1:
        return *body, Line((Span(f"Part 1 of {parts}. It goes on below."),))
    head = Line(marked(f"{short(title, ASIDE)}, part {n} of {parts}", ""))
    if head.marks > ENTITIES - MARKS:
        # A title made of addresses would leave no marks to the rest.
        head = Line((Span(f"Part {n} of {parts}"),))
    return head, *(replace(line, glue="\n") if not at else line for at, line in enumerate(body))

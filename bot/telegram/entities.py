"""Words and their marks: plain text, and beside it what is bold, who is mentioned, what is no link.

No parse mode is ever used, so nothing anybody types is read for marks. Telegram also makes links by itself
of what looks like a name, a command or an address; such words are marked as code, which it leaves alone.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from telegram import MessageEntity, User
from telegram.constants import MessageEntityType

from bot.telegram.limits import PIECE, PIECE_MARKS, halves, units

_WORD = re.compile(r"\S+")
_LINKED = re.compile(
    r"@\w"  # names and e-mail addresses
    r"|(?<!\w)[/#$]\w"  # commands and tags
    r"|://"
    r"|[^\s.]\.[^\W\d_]{2}"  # whatever could be a site's name
    r"|\d\.\d+\.\d+\.\d"
)

Marks = tuple[MessageEntity, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """Words that are shown in one way; `kind` is empty for plain ones, `user` is who is mentioned."""

    text: str
    kind: str = ""
    user: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """Words that stay together; `glue` is what parts them from those before them in one post."""

    spans: tuple[Span, ...]
    glue: str = "\n"

    @property
    def long(self) -> int:
        """Its length, the glue counted."""
        return units(self.glue) + sum(units(span.text) for span in self.spans)

    @property
    def marks(self) -> int:
        """How many entities it takes."""
        return sum(bool(span.kind) for span in self.spans)


def cut(text: str, kind: str = "") -> Iterator[Line]:
    """A line, in as many pieces as it takes; none for a blank one."""
    text = text.strip("\n").rstrip()
    return _pieces(text, kind, "\n") if text.strip() else iter(())


def _pieces(text: str, kind: str, glue: str) -> Iterator[Line]:
    line = Line(marked(text, kind), glue)
    if units(text) <= PIECE and line.marks <= PIECE_MARKS:
        yield line
        return
    left, between, right = halves(text)
    yield from _pieces(left, kind, glue)
    yield from _pieces(right, kind, between)


def marked(text: str, kind: str) -> tuple[Span, ...]:
    """The text, and in it as code whatever Telegram would make a link of; neighbours share one mark."""
    spans: list[Span] = []
    upto = 0
    for word in _WORD.finditer(text):
        if not _LINKED.search(word.group()):
            continue
        between = text[upto : word.start()]
        if spans and spans[-1].kind == MessageEntityType.CODE and between == " ":
            spans[-1] = Span(f"{spans[-1].text} {word.group()}", MessageEntityType.CODE)
        else:
            spans += [Span(between, kind)] * bool(between)
            spans.append(Span(word.group(), MessageEntityType.CODE))
        upto = word.end()
    return (*spans, Span(text[upto:], kind)) if upto < len(text) else tuple(spans)


def written(lines: Sequence[Line]) -> tuple[str, Marks]:
    """The lines as one text, and its marks where Telegram counts them."""
    text, at = "", 0
    entities: list[MessageEntity] = []
    for n, line in enumerate(lines):
        for span in (Span(line.glue), *line.spans) if n else line.spans:
            long = units(span.text)
            if span.kind and span.text.strip():
                entities.append(MessageEntity(span.kind, at, long, user=_user(span)))
            text, at = text + span.text, at + long
    return text, tuple(entities)


def _user(span: Span) -> User | None:
    return User(span.user, span.text, is_bot=False) if span.user else None

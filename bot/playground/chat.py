"""The playground's two pretend chat platforms: they keep what was posted, and the pretend clock.

They stand for somebody else's servers, so they keep their own file, a journal of posts, edits and clock moves.
Private replies live in memory only: they may hold words, and a platform forgets them too.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from concerns.notice import Place
from views.parts import Message


@dataclass(frozen=True, slots=True)
class Post:
    """One message standing in one place."""

    id: str
    place: Place
    at: datetime
    message: Message
    marker: str = ""
    thread: str | None = None
    edited: bool = False


@dataclass(frozen=True, slots=True)
class ClockMove:
    """The pretend clock was moved."""

    clock: datetime


@cache
def _entries() -> TypeAdapter[Post | ClockMove]:
    return TypeAdapter(Post | ClockMove)


class Chat:
    """Everything posted, oldest first, and what time it is pretended to be."""

    def __init__(self, journal: Path, beginning: datetime) -> None:
        self._journal = journal
        self._posts: dict[str, Post] = {}
        self._count = 0
        self.now = beginning
        for line in _lines(journal):
            self._replay(line)
        self._file = journal.open("a", encoding="utf-8")

    def close(self) -> None:
        """Let go of the journal."""
        self._file.close()

    def move_clock(self, now: datetime) -> None:
        """Pretend it is now this late."""
        self.now = now
        self._write(ClockMove(now))

    def post(self, place: Place, message: Message, marker: str, thread: str | None) -> Post:
        """Post for good, as the bot's delivery does."""
        post = Post(self._next_id("m"), place, self.now, message, marker, thread)
        self._posts[post.id] = post
        self._write(post)
        return post

    def whisper(self, place: Place, message: Message) -> Post:
        """A private reply, forgotten when the playground stops."""
        post = Post(self._next_id("w"), place, self.now, message)
        self._posts[post.id] = post
        return post

    def edit(self, id: str, message: Message) -> bool:
        """Change a post in place; says whether it was there."""
        post = self._posts.get(id)
        if post is None:
            return False
        if post.message != message:
            self._posts[id] = replace(post, message=message, edited=True)
            self._write(self._posts[id])
        return True

    def find(self, place: Place, marker: str) -> str | None:
        """The post in this place that carries the marker."""
        return next((p.id for p in self.in_place(place) if p.marker == marker), None)

    def get(self, id: str) -> Post | None:
        """One post."""
        return self._posts.get(id)

    def in_place(self, place: Place) -> tuple[Post, ...]:
        """All posts of a place, oldest first."""
        return tuple(post for post in self._posts.values() if post.place == place)

    def _next_id(self, kind: str) -> str:
        self._count += 1
        return f"{kind}{self._count}"

    def _write(self, entry: Post | ClockMove) -> None:
        self._file.write(_entries().dump_json(entry).decode() + "\n")
        self._file.flush()
        os.fsync(self._file.fileno())

    def _replay(self, line: str) -> None:
        entry = _entries().validate_json(line)
        if isinstance(entry, ClockMove):
            self.now = entry.clock
        else:
            self._posts[entry.id] = entry
            self._count = max(self._count, int(entry.id[1:]))


def _lines(journal: Path) -> Iterator[str]:
    """The whole lines of the journal; one torn by a kill was never acknowledged to anybody."""
    if journal.exists():
        text = journal.read_text(encoding="utf-8")
        whole = text[: text.rfind("\n") + 1]
        if whole != text:
            journal.write_text(whole, encoding="utf-8")
        yield from whole.splitlines()

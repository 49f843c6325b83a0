"""The playground's two pretend chat platforms: they keep what was posted, and the pretend clock.

They stand for somebody else's servers, so they keep their own file, a journal of posts, edits and clock
moves. Private replies live in memory only: they may hold words, and a platform forgets them too.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import RLock

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
    """Everything posted, oldest first, and what time it is pretended to be. Safe to use from many threads."""

    def __init__(self, journal: Path, beginning: datetime) -> None:
        self._journal = journal
        self._posts: dict[str, Post] = {}
        self._count = 0
        self._lock = RLock()
        self.now = beginning
        lines = tuple(_lines(journal))
        for line in lines:
            self._replay(line)
        self._file = journal.open("ab", buffering=0)
        # Each start leaves a line: no whisper is taken for one of an earlier start that a page still shows.
        self._start = len(lines)
        self._write(ClockMove(self.now))

    def close(self) -> None:
        """Let go of the journal."""
        self._file.close()

    def move_clock(self, now: datetime) -> None:
        """Pretend it is now this late."""
        with self._lock:
            self._write(ClockMove(now))
            self.now = now

    def post(self, place: Place, message: Message, marker: str, thread: str | None) -> Post:
        """Post for good, as the bot's delivery does."""
        with self._lock:
            post = Post(self._next_id("m"), place, self.now, message, marker, thread)
            self._write(post)
            self._posts[post.id] = post
            return post

    def whisper(self, place: Place, message: Message) -> Post:
        """A private reply, forgotten when the playground stops."""
        with self._lock:
            post = Post(self._next_id(f"w{self._start}-"), place, self.now, message)
            self._posts[post.id] = post
            return post

    def edit(self, id: str, message: Message) -> bool:
        """Change a post in place; says whether it was there."""
        with self._lock:
            post = self._posts.get(id)
            if post is not None and post.message != message:
                post = replace(post, message=message, edited=True)
                self._write(post)
                self._posts[id] = post
            return post is not None

    def find(self, place: Place, marker: str) -> str | None:
        """The post in this place that carries the marker."""
        return next((p.id for p in self.in_place(place) if p.marker == marker), None)

    def get(self, id: str) -> Post | None:
        """One post."""
        return self._posts.get(id)

    def in_place(self, place: Place) -> tuple[Post, ...]:
        """All posts of a place, oldest first."""
        with self._lock:
            return tuple(post for post in self._posts.values() if post.place == place)

    def last_whisper(self, place: Place) -> Post:
        """The newest private reply there. Raises IndexError where there is none."""
        return [post for post in self.in_place(place) if not post.marker][-1]

    def _next_id(self, kind: str) -> str:
        self._count += 1
        return f"{kind}{self._count}"

    def _write(self, entry: Post | ClockMove) -> None:
        """One line, on disk before anybody is told. Raises OSError, and takes back half a line."""
        end = self._file.seek(0, os.SEEK_END)
        line = memoryview(_entries().dump_json(entry) + b"\n")
        try:
            while line:
                line = line[self._file.write(line) :]
            os.fsync(self._file.fileno())
        except OSError:
            self._file.truncate(end)
            raise

    def _replay(self, line: bytes) -> None:
        entry = _entries().validate_json(line)
        if isinstance(entry, ClockMove):
            self.now = entry.clock
        else:
            self._posts[entry.id] = entry
            self._count = max(self._count, int(entry.id[1:]))


def _lines(journal: Path) -> Iterator[bytes]:
    """The whole lines of the journal; one torn by a kill was never acknowledged to anybody."""
    if journal.exists():
        content = journal.read_bytes()
        whole = content[: content.rfind(b"\n") + 1]
        if whole != content:
            os.truncate(journal, len(whole))
        yield from whole.split(b"\n")[:-1]

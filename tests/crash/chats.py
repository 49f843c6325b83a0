"""A pretend Slack and a pretend Telegram that outlive the process: one journal of all they accepted.

A line is on disk before anybody is told that it was accepted. The Slack can be searched, the Telegram cannot.
"""

import asyncio
import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock

from concerns.directory import Directory
from concerns.notice import Place, PlaceKind
from concerns.people import ChannelId, PersonId
from reminders.messenger import Gone
from views.parts import Message


@dataclass(frozen=True, slots=True)
class Said:
    """One post as people see it; `marker` is how the bot would find it again."""

    id: str
    place: str
    marker: str
    title: str
    repeat: bool


class Journal:
    """Lines of JSON, each whole or not there: what a kill has torn was never told to anybody."""

    def __init__(self, path: Path) -> None:
        self.kept = [json.loads(line) for line in _whole(path)]
        self._file = path.open("ab", buffering=0)
        self._lock = Lock()

    def keep(self, entry: dict[str, object]) -> None:
        """On disk when this returns."""
        with self._lock:
            self._file.write(json.dumps(entry).encode() + b"\n")
            os.fsync(self._file.fileno())

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


class Chats:
    """What was posted anywhere, in this life and the ones before it; `directory` says who is where."""

    def __init__(self, path: Path, directory: Directory) -> None:
        self._directory = directory
        self._journal = Journal(path)
        self.posts = [Said(**line) for line in self._journal.kept]
        self._ids = {(post.place, post.marker): post.id for post in self.posts}

    def post(self, place: Place, marker: str, message: Message) -> str:
        """Accept a message; its id."""
        repeat = message.lines[0].startswith("Possible repeat")
        said = Said(f"m{len(self.posts) + 1}", str(place), marker, message.title, repeat)
        self.posts.append(said)
        self._ids.setdefault((said.place, marker), said.id)
        self._journal.keep(asdict(said))
        return said.id

    def find(self, place: Place, marker: str) -> str | None:
        """The id of the first post there with this marker."""
        return self._ids.get((str(place), marker))

    def searchable(self, place: str) -> bool:
        """Whether a post there can be looked up: on Slack it can."""
        kind, _, name = place.partition(":")
        if kind == PlaceKind.CHANNEL:
            channel = self._directory.channel(ChannelId(name))
            return channel is not None and channel.platform == "slack"
        person = self._directory.person(PersonId(name))
        return person is not None and person.identities[0].platform == "slack"

    def has(self, message_id: str) -> bool:
        """Whether there is such a message."""
        return message_id.removeprefix("m").isdecimal() and int(message_id[1:]) <= len(self.posts)

    def close(self) -> None:
        """Let go of the file."""
        self._journal.close()


class Chat:
    """One of the two platforms as delivery sees it: `can_find` on Slack."""

    pace = 0.0

    def __init__(self, chats: Chats, *, can_find: bool) -> None:
        self._chats = chats
        self.can_find = can_find

    async def post(self, place: Place, message: Message, *, marker: str, thread: str | None) -> str:
        """Post once."""
        return await asyncio.to_thread(self._chats.post, place, marker, message)

    async def edit(self, place: Place, message_id: str, message: Message) -> None:
        """Change a message that is there; how it looks is another test's matter."""
        if not self._chats.has(message_id):
            raise Gone

    async def find(self, place: Place, marker: str, since: datetime, thread: str | None) -> str | None:
        """Look in the history."""
        assert self.can_find
        return self._chats.find(place, marker)


def _whole(path: Path) -> list[bytes]:
    content = path.read_bytes() if path.exists() else b""
    end = content.rfind(b"\n") + 1
    if end < len(content):
        os.truncate(path, end)
    return content[:end].splitlines()

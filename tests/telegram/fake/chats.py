"""Telegram as people know it, pretend: users, chats, and every message that was ever in them.

It knows no HTTP, no limits and no faults. A test looks here for what people saw.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

Json = dict[str, Any]
Clock = Callable[[], datetime]

BOT, BOT_NAME = 7_000_000_001, "baton_bot"
DELETABLE = timedelta(hours=48)


class Refused(Exception):
    """What Telegram answers when it does not do what it is asked."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


@dataclass
class User:
    """Somebody with an account; `started` once they pressed Start, `blocked` while they block the bot."""

    id: int
    name: str
    username: str = ""
    language: str = "en"
    is_bot: bool = False
    started: bool = True
    blocked: bool = False
    deactivated: bool = False

    def shown(self) -> Json:
        """As Telegram describes them."""
        found: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.name}
        found |= {"username": self.username} if self.username else {}
        return found if self.is_bot else found | {"language_code": self.language}


@dataclass
class Chat:
    """A private chat (its id is the user's), a group, a supergroup or a channel.

    `bot` is the bot's standing there: member, administrator, left, kicked. `silenced` takes its right to
    speak, `may_delete` gives an administrator the right to delete. `privacy` as BotFather sets it.
    """

    id: int
    type: str
    title: str = ""
    members: set[int] = field(default_factory=set)
    admins: set[int] = field(default_factory=set)
    bot: str = "member"
    silenced: bool = False
    may_delete: bool = False
    privacy: bool = True
    is_forum: bool = False
    topics: set[int] = field(default_factory=set)
    moved_to: int | None = None
    numbers: Any = field(default_factory=lambda: count(1))

    @property
    def private(self) -> bool:
        """Whether it is one person's own chat with the bot."""
        return self.type == "private"

    def shown(self) -> Json:
        """As Telegram describes it."""
        named = {"first_name": self.title} if self.private else {"title": self.title}
        forum = {"is_forum": True} if self.is_forum else {}
        return {"id": self.id, "type": self.type, **named, **forum}


@dataclass
class Said:
    """A message. `asked` is when the call came, `at` when people saw it, `edits` what it said before.

    `text` is the caption where there is a `photo`; `args` is the call as it came, empty if a person wrote it.
    """

    id: int
    chat: Chat
    sender: User
    text: str
    asked: datetime
    at: datetime
    entities: list[Json] = field(default_factory=list)
    keyboard: list[list[Json]] = field(default_factory=list)
    reply_to: int | None = None
    topic: int | None = None
    photo: bytes = b""
    gone: bool = False
    args: Json = field(default_factory=dict)
    extra: Json = field(default_factory=dict)
    edits: list[tuple[datetime, str, list[list[Json]]]] = field(default_factory=list)

    @property
    def buttons(self) -> list[Json]:
        """Every button, row after row."""
        return [button for row in self.keyboard for button in row]

    @property
    def labels(self) -> list[str]:
        """What stands on the buttons."""
        return [button["text"] for button in self.buttons]

    @property
    def mentioned(self) -> list[int]:
        """The ids of those a text mention points to."""
        return [one["user"]["id"] for one in self.entities if one["type"] == "text_mention"]

    def shown(self) -> Json:
        """As Telegram describes it."""
        message: Json = {"message_id": self.id, "chat": self.chat.shown(), "date": int(self.at.timestamp())}
        message |= {"from": self.sender.shown()}
        words = "caption" if self.photo else "text"
        if self.text:
            message[words] = self.text
        if self.entities:
            message["caption_entities" if self.photo else "entities"] = self.entities
        if self.photo:
            size = {"file_id": f"photo-{self.id}", "file_unique_id": f"u{self.id}", "width": 1, "height": 1}
            message["photo"] = [size]
        if self.keyboard:
            message["reply_markup"] = {"inline_keyboard": self.keyboard}
        if self.topic is not None:
            message |= {"message_thread_id": self.topic, "is_topic_message": True}
        if self.edits:
            message["edit_date"] = int(self.edits[-1][0].timestamp())
        return message | self.extra


class Chats:
    """Every user, chat and message; `bot` is Baton's own account."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.bot = User(BOT, "Baton", BOT_NAME, is_bot=True)
        self.users: dict[int, User] = {BOT: self.bot}
        self.chats: dict[int, Chat] = {}
        self.said: list[Said] = []
        self._index: dict[tuple[int, int], Said] = {}

    # ---- what a test does to it --------------------------------------------------------------------

    def enrol(self, id: int, name: str = "", *, started: bool = True, username: str = "") -> User:
        """A person with an account, who has pressed Start unless told otherwise."""
        user = self.users[id] = User(id, name or f"User {id}", username, started=started)
        self.chats[id] = Chat(id, "private", user.name, {id, BOT})
        return user

    def make_group(self, id: int, *members: int, title: str = "", type: str = "supergroup") -> Chat:
        """A group with Baton and these people in it; the id is negative."""
        self.chats[id] = Chat(id, type, title or f"Group {-id}", {BOT, *members})
        return self.chats[id]

    def move(self, old: int, new: int) -> Chat:
        """The group becomes a supergroup: it goes on under another id, and the old one only says so."""
        before = self.chats[old]
        before.moved_to = new
        after = self.make_group(new, *before.members - {BOT}, title=before.title)
        after.admins, after.bot = set(before.admins), before.bot
        return after

    def delete(self, said: Said) -> None:
        """Somebody deletes a message."""
        said.gone = True

    # ---- what people see ---------------------------------------------------------------------------

    def seen(self, chat: int) -> list[Said]:
        """What stands in a chat, oldest first."""
        return [
            said for said in self.said if said.chat.id == chat and not said.gone and said.at <= self.clock()
        ]

    def heard(self, chat: int) -> list[Said]:
        """The same, of what the bot said alone."""
        return [said for said in self.seen(chat) if said.sender.id == BOT]

    # ---- what is done in it ------------------------------------------------------------------------

    def room(self, chat_id: int) -> Chat:
        """The chat of this id, if the bot may speak there."""
        chat = self.known(chat_id)
        if chat.silenced:
            raise Refused(400, "Bad Request: not enough rights to send text messages to the chat")
        return chat

    def known(self, chat_id: int) -> Chat:
        """The chat of this id, if the bot is in it."""
        chat = self.chats.get(chat_id)
        if chat is None:
            raise Refused(400, "Bad Request: chat not found")
        if chat.private:
            return self._private(chat)
        if chat.moved_to is not None:
            moved = "Bad Request: group chat was upgraded to a supergroup chat"
            raise Refused(400, moved, migrate_to_chat_id=chat.moved_to)
        if chat.bot == "kicked":
            raise Refused(403, f"Forbidden: bot was kicked from the {chat.type} chat")
        if chat.bot == "left":
            raise Refused(403, f"Forbidden: bot is not a member of the {chat.type} chat")
        return chat

    def _private(self, chat: Chat) -> Chat:
        user = self.users[chat.id]
        if user.deactivated:
            raise Refused(403, "Forbidden: user is deactivated")
        if user.blocked:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        if not user.started:
            raise Refused(403, "Forbidden: bot can't initiate conversation with a user")
        return chat

    def find(self, chat: int, id: int) -> Said | None:
        """The message of this id, if it still stands there."""
        said = self._index.get((chat, id))
        return None if said is None or said.gone else said

    def say(self, chat: Chat, sender: User, text: str, later: timedelta = timedelta(), **more: Any) -> Said:
        """A message appears, `later` than it was asked for if the answer was lost on the way."""
        asked = self.clock()
        said = Said(next(chat.numbers), chat, sender, text, asked, asked + later, **more)
        self.said.append(said)
        self._index[chat.id, said.id] = said
        return said


def by_label(said: Said, label: str) -> Json:
    """The button with this label."""
    found: Sequence[Json] = [button for button in said.buttons if button["text"] == label]
    assert found, f"no such button: {label}; there are {said.labels}"
    return found[0]

"""What people do on Telegram: write, press, start, block, leave, and move a group; each becomes an update.

Privacy mode is kept: in a group the bot hears commands for it, replies to it and mentions of it, no more.
"""

import re

from tests.telegram.fake.api import standing
from tests.telegram.fake.chats import BOT, BOT_NAME, Chat, Json, Said, User, by_label
from tests.telegram.fake.core import Telegram

ANONYMOUS = User(1_087_968_824, "Group", "GroupAnonymousBot", is_bot=True)
"""Who Telegram says has written where an administrator stays anonymous."""
_COMMAND = re.compile(r"(?<!\S)/[A-Za-z0-9_]{1,32}(?:@\w+)?")
_MENTION = re.compile(r"(?<!\w)@\w{3,32}")


class Hand:
    """One person. What they write is returned as people see it, what they press as the query's id."""

    def __init__(self, telegram: Telegram, user: int) -> None:
        self._telegram = telegram
        self.user = telegram.chats.users[user]

    # ---- writing -----------------------------------------------------------------------------------

    def say(self, text: str, chat: int = 0, reply_to: Said | None = None, **extra: object) -> Said:
        """Write in their private chat, or in a group. `extra` is put into the message as Telegram shows it:
        `forward_origin={…}` for something forwarded, `message_thread_id=45` in a topic.
        """
        return self._write(text, self._chat(chat), self.user, reply_to, extra)

    def say_anonymously(self, text: str, chat: int) -> Said:
        """Write as an administrator who stays anonymous."""
        where = self._chat(chat)
        return self._write(text, where, ANONYMOUS, None, {"sender_chat": where.shown()})

    def say_as_channel(self, text: str, chat: int, channel: int) -> Said:
        """Write in the name of a channel."""
        sender: Json = {"id": channel, "type": "channel", "title": "A channel"}
        bot = User(136_817_688, "Channel", "Channel_Bot", is_bot=True)
        return self._write(text, self._chat(chat), bot, None, {"sender_chat": sender})

    def edit(self, said: Said, text: str) -> None:
        """Change what they wrote."""
        said.edits.append((self._telegram.clock(), said.text, said.keyboard))
        said.text, said.entities = text, marks(text)
        if self._is_heard(said):
            self._telegram.updates.add("edited_message", said.shown())

    def start(self, payload: str = "") -> Said:
        """Press Start, or open a deep link."""
        self.user.started, self.user.blocked = True, False
        return self.say(f"/start {payload}".strip())

    def _write(self, text: str, chat: Chat, sender: User, reply: Said | None, extra: Json) -> Said:
        answered = {"reply_to_message": reply.shown()} if reply else {}
        said = self._telegram.chats.say(
            chat,
            sender,
            text,
            entities=marks(text),
            reply_to=reply.id if reply else None,
            extra=answered | extra,
        )
        if self._is_heard(said):
            self._telegram.updates.add("message", said.shown())
        return said

    def _is_heard(self, said: Said) -> bool:
        chat = said.chat
        if chat.private or not chat.privacy or chat.bot == "administrator":
            return True
        replied = said.reply_to is not None and self._telegram.chats.find(chat.id, said.reply_to)
        commands = [one for one in said.entities if one["type"] == "bot_command"]
        named = (said.text[one["offset"] : one["offset"] + one["length"]] for one in commands)
        meant = any("@" not in name or name.endswith(f"@{BOT_NAME}") for name in named)
        return meant or f"@{BOT_NAME}" in said.text or bool(replied and replied.sender.id == BOT)

    # ---- pressing ----------------------------------------------------------------------------------

    def press(self, said: Said, label: str | int = 0) -> str:
        """Press the button with this label, or at this place; the query's id."""
        button = said.buttons[label] if isinstance(label, int) else by_label(said, label)
        return self.press_data(said, button["callback_data"])

    def press_data(self, said: Said, data: str) -> str:
        """What a doctored client may send: any data at all."""
        id = f"query-{next(self._telegram.api.numbers)}"
        self._telegram.api.queries[id] = self._telegram.clock()
        gone = {"chat": said.chat.shown(), "message_id": said.id, "date": 0}
        query = {"id": id, "from": self.user.shown(), "chat_instance": str(said.chat.id), "data": data}
        self._telegram.updates.add("callback_query", query | {"message": gone if said.gone else said.shown()})
        return id

    # ---- coming and going --------------------------------------------------------------------------

    def block(self) -> None:
        """Block the bot."""
        self.user.blocked = True
        self._standing(self._telegram.chats.chats[self.user.id], BOT, "member", "kicked")

    def unblock(self) -> None:
        """Let it write again."""
        self.user.blocked = False
        self._standing(self._telegram.chats.chats[self.user.id], BOT, "kicked", "member")

    def leave(self, chat: int) -> None:
        """Leave a group."""
        where = self._chat(chat)
        where.members.discard(self.user.id)
        self._standing(where, self.user.id, "member", "left")

    def kick_bot(self, chat: int) -> None:
        """Take Baton out of a group."""
        where = self._chat(chat)
        before, where.bot = where.bot, "kicked"
        self._standing(where, BOT, before, "kicked")

    def add_bot(self, chat: int) -> None:
        """Bring Baton into a group, or back."""
        where = self._chat(chat)
        before, where.bot = where.bot, "member"
        self._standing(where, BOT, before, "member")

    def promote_bot(self, chat: int, *, may_delete: bool = True) -> None:
        """Make Baton an administrator, who may delete what others write."""
        where = self._chat(chat)
        before, where.bot, where.may_delete = where.bot, "administrator", may_delete
        self._standing(where, BOT, before, "administrator")

    def move(self, old: int, new: int) -> Chat:
        """Turn a group into a supergroup: its id changes, and each of the two says so."""
        chats, before = self._telegram.chats, self._chat(old)
        after = chats.move(old, new)
        for chat, extra in ((before, {"migrate_to_chat_id": new}), (after, {"migrate_from_chat_id": old})):
            said = chats.say(chat, self.user, "", extra=extra)
            self._telegram.updates.add("message", said.shown())
        return after

    def _standing(self, chat: Chat, whose: int, before: str, after: str) -> None:
        user = self._telegram.chats.users[whose]
        kind = "my_chat_member" if whose == BOT else "chat_member"
        change: Json = {
            "chat": chat.shown(),
            "from": self.user.shown(),
            "date": int(self._telegram.clock().timestamp()),
            "old_chat_member": standing(user, before),
            "new_chat_member": standing(user, after, may_delete=chat.may_delete),
        }
        self._telegram.updates.add(kind, change)

    def _chat(self, chat: int) -> Chat:
        return self._telegram.chats.chats[chat or self.user.id]


def marks(text: str) -> list[Json]:
    """The commands and mentions Telegram finds in what a person writes."""
    kinds = (("bot_command", _COMMAND), ("mention", _MENTION))
    return [
        {"type": kind, "offset": _units(text[: found.start()]), "length": _units(found.group())}
        for kind, pattern in kinds
        for found in pattern.finditer(text)
    ]


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2

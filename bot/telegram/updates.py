"""What Telegram sends, read into plain values: who asks, and for what. It answers nothing, trusts no shape.

Whoever cannot be told for certain asks for nothing: a channel, an anonymous administrator, another bot, and
whoever wrote a message that somebody else forwarded (platforms 2.2).
"""

from dataclasses import dataclass, field

from pydantic import ValidationError

from bot.telegram.payloads import Message, Query, Update

ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]
"""What Telegram is asked to send; it remembers the list."""

_NOBODY = frozenset({777000, 136817688, 1087968824})
"""Telegram's own accounts: those that carry channel posts into groups, and that anonymous people speak by."""


class Malformed(Exception):
    """No update of Telegram's."""


@dataclass(frozen=True, slots=True)
class Where:
    """A chat, and the account that speaks there, with the name its owner chose. In a private chat both have
    one number.
    """

    user: int
    chat: int
    private: bool
    called: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Typed:
    """A message somebody wrote themselves, `reply_to` another one, which the account `to` wrote."""

    id: int
    where: Where
    text: str = field(repr=False)
    message_id: int
    reply_to: int | None = None
    to: int = 0


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button under a message of ours, or what somebody says is one. `query` is how it is answered."""

    id: int
    where: Where
    data: str
    query: str
    message_id: int


@dataclass(frozen=True, slots=True)
class Unread:
    """Something in a private chat that is never taken, and why in a word: forwarded, edited, wordless."""

    id: int
    where: Where
    why: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What Baton may do in a chat has changed: `status` is Telegram's word for it."""

    id: int
    chat: int
    private: bool
    status: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A group has another number from now on."""

    id: int
    chat: int
    to: int


Heard = Typed | Pressed | Unread | Standing | Moved


def read(update: object) -> Heard | None:
    """What an update asks for; None for what Baton has no use for. Raises `Malformed`."""
    try:
        said = Update.model_validate(update)
    except ValidationError:
        raise Malformed from None
    if said.callback_query:
        return _pressed(said.update_id, said.callback_query)
    if said.my_chat_member:
        changed = said.my_chat_member
        private = changed.chat.type == "private"
        return Standing(said.update_id, changed.chat.id, private, changed.new_chat_member.status)
    if said.edited_message:
        where = _where(said.edited_message)
        return Unread(said.update_id, where, "edited") if where and where.private else None
    return _written(said.update_id, said.message) if said.message else None


def number(update: object) -> int | None:
    """The id of an update, however little of the rest can be read."""
    found = update.get("update_id") if isinstance(update, dict) else None
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def _pressed(id: int, query: Query) -> Heard | None:
    message, user = query.message, query.sender
    if message is None or user.is_bot or user.id in _NOBODY or not query.data:
        return None
    where = Where(user.id, message.chat.id, message.chat.type == "private", user.name)
    return Pressed(id, where, query.data, query.id, message.message_id)


def _written(id: int, message: Message) -> Heard | None:
    if message.migrate_to_chat_id:
        return Moved(id, message.chat.id, message.migrate_to_chat_id)
    where = _where(message)
    if where is None:
        return None
    borrowed = message.forward_origin or message.forward_date or message.via_bot
    if borrowed or not message.text:
        why = "forwarded" if borrowed else "wordless"
        return Unread(id, where, why) if where.private else None
    answered = message.reply_to_message
    to = answered.sender.id if answered and answered.sender else 0
    reply_to = answered.message_id if answered else None
    return Typed(id, where, message.text, message.message_id, reply_to, to)


def _where(message: Message) -> Where | None:
    """Who wrote it, if that is a person and nobody speaks through them."""
    user, chat = message.sender, message.chat
    if user is None or user.is_bot or user.id in _NOBODY:
        return None
    if message.sender_chat or message.is_automatic_forward or chat.type not in _PEOPLE_MEET:
        return None
    private = chat.type == "private"
    return None if private and chat.id != user.id else Where(user.id, chat.id, private, user.name)


_PEOPLE_MEET = frozenset({"private", "group", "supergroup"})

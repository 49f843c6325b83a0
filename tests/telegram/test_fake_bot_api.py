"""The pretend Bot API refuses what the real one refuses, in its words, and never lets a mistake pass."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, TypeVar

import pytest
from telegram import BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from tests.telegram.fake.core import Telegram
from tests.telegram.platform import bot_in
from tests.telegram.world import Clock, furnish, group_of, number_of

T = TypeVar("T")
TOM, GROUP = number_of("tom"), group_of("council-escalations")
NEW = -1_009_000_000_009


@pytest.fixture
def telegram(clock: Clock) -> Telegram:
    """Telegram with the whole partnership on it, no wire between."""
    made = Telegram(clock)
    furnish(made.chats)
    return made


def do(telegram: Telegram, work: Callable[[Any], Awaitable[T]]) -> T:
    """One call."""

    async def done() -> T:
        return await work(bot_in(telegram))

    return asyncio.run(done())


def say(telegram: Telegram, text: str = "hello", chat: int = TOM, **more: Any) -> int:
    """Say it; the id of the message."""
    id: int = do(telegram, lambda bot: bot.send_message(chat, text, **more)).message_id
    return id


def keyboard(*labels: str, data: str = "show::0") -> InlineKeyboardMarkup:
    """One row of buttons."""
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=data) for label in labels]])


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "nothing": ({"text": " \n "}, "message text is empty"),
    "too long": ({"text": "🙂" * 2_049}, "message is too long"),
    "a parse mode": ({"text": "<b>x</b>", "parse_mode": "HTML"}, "can't parse entities"),
    "too many marks": (
        {"text": "x" * 202, "entities": [MessageEntity("bold", 2 * n, 1) for n in range(101)]},
        "entities",
    ),
    "a mark beyond the text": ({"text": "x", "entities": [MessageEntity("bold", 0, 2)]}, "beyond the text"),
    "half a character": ({"text": "🙂", "entities": [MessageEntity("bold", 0, 1)]}, "cuts a character"),
    "code in bold": (
        {"text": "xyz", "entities": [MessageEntity("bold", 0, 3), MessageEntity("code", 1, 1)]},
        "overlap",
    ),
    "a row too long": ({"text": "x", "reply_markup": keyboard(*"123456789")}, "9 buttons in a row"),
    "too much data": ({"text": "x", "reply_markup": keyboard("x", data="é" * 33)}, "BUTTON_DATA_INVALID"),
    "a reply to nothing": ({"text": "x", "reply_to_message_id": 77}, "message to be replied not found"),
    "a chat nobody knows": ({"text": "x", "chat": -5}, "chat not found"),
    "a topic nobody knows": ({"text": "x", "message_thread_id": 4}, "message thread not found"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_telegram_refuses_is_refused(telegram: Telegram, case: str) -> None:
    args, why = REFUSED[case]

    with pytest.raises(BadRequest, match=f"(?i){why}"):
        say(telegram, **args)
    assert telegram.chats.said == []


def test_a_reply_to_what_is_gone_may_be_allowed(telegram: Telegram) -> None:
    say(telegram, reply_to_message_id=77, allow_sending_without_reply=True)

    assert telegram.chats.said[0].reply_to is None


def test_an_edit_must_change_something_that_is_there_and_ours(telegram: Telegram) -> None:
    id = say(telegram, reply_markup=keyboard("Show"))
    with pytest.raises(BadRequest, match=r"(?i)not modified"):
        do(telegram, lambda bot: bot.edit_message_text("hello", TOM, id, reply_markup=keyboard("Show")))
    with pytest.raises(BadRequest, match=r"(?i)message to edit not found"):
        do(telegram, lambda bot: bot.edit_message_text("other", TOM, id + 1))

    do(telegram, lambda bot: bot.edit_message_text("other", TOM, id))
    assert [said.text for said in telegram.chats.seen(TOM)] == ["other"]
    assert telegram.chats.seen(TOM)[0].keyboard == [], "a keyboard that is not sent again is gone"


def test_only_young_messages_are_deleted(telegram: Telegram, clock: Clock) -> None:
    old = say(telegram)
    clock.forward(hours=48)
    young = say(telegram)

    assert do(telegram, lambda bot: bot.delete_message(TOM, young))
    with pytest.raises(BadRequest, match=r"(?i)can't be deleted"):
        do(telegram, lambda bot: bot.delete_message(TOM, old))


CLOSED: dict[str, tuple[int, str, object, type[TelegramError]]] = {
    "blocked": (TOM, "blocked", True, Forbidden),
    "not started": (TOM, "started", False, Forbidden),
    "kicked": (GROUP, "bot", "kicked", Forbidden),
    "silenced": (GROUP, "silenced", True, BadRequest),
}


@pytest.mark.parametrize("case", CLOSED)
def test_a_closed_chat_takes_nothing(telegram: Telegram, case: str) -> None:
    chat, name, value, raised = CLOSED[case]
    setattr(telegram.chats.users[chat] if chat > 0 else telegram.chats.chats[chat], name, value)

    with pytest.raises(raised):
        say(telegram, chat=chat)


def test_a_group_that_moved_says_where_to(telegram: Telegram) -> None:
    telegram.chats.move(GROUP, NEW)

    with pytest.raises(ChatMigrated) as moved:
        say(telegram, chat=GROUP)
    assert moved.value.new_chat_id == NEW
    say(telegram, chat=NEW)


def test_a_token_that_is_void_opens_nothing(telegram: Telegram) -> None:
    telegram.revoked = True

    with pytest.raises(InvalidToken):
        say(telegram)


def test_a_late_answer_to_a_press_is_refused(telegram: Telegram, clock: Clock) -> None:
    telegram.api.queries["q"] = clock.now - timedelta(minutes=2)

    with pytest.raises(BadRequest, match=r"(?i)query is too old"):
        do(telegram, lambda bot: bot.answer_callback_query("q"))


def test_flood_limits_are_judged_when_asked_for(telegram: Telegram, clock: Clock) -> None:
    """One a second in a chat, twenty a minute in a group, thirty a second in all."""
    telegram.floods.on = True
    say(telegram)
    with pytest.raises(RetryAfter):
        say(telegram)
    for _ in range(20):
        clock.forward(seconds=1)
        say(telegram, chat=GROUP)
    clock.forward(seconds=1)
    with pytest.raises(RetryAfter):
        say(telegram, chat=GROUP)
    clock.forward(seconds=60)
    for n in range(30):
        telegram.chats.enrol(n + 1)
        say(telegram, chat=n + 1)
    with pytest.raises(RetryAfter):
        say(telegram)

    assert [limit for _, _, limit in telegram.floods.over] == ["chat", "group", "all"]


@pytest.mark.parametrize(
    "command", [BotCommand("Concern", "x"), BotCommand("a-b", "x"), BotCommand("x" * 33, "x")]
)
def test_a_command_must_be_one(telegram: Telegram, command: BotCommand) -> None:
    with pytest.raises(BadRequest, match=r"(?i)BOT_COMMAND_INVALID"):
        do(telegram, lambda bot: bot.set_my_commands([command]))


def test_who_is_who_in_a_group(telegram: Telegram) -> None:
    telegram.chats.chats[GROUP].bot = "administrator"
    tom = do(telegram, lambda bot: bot.get_chat_member(GROUP, TOM))
    ours = do(telegram, lambda bot: bot.get_chat_member(GROUP, telegram.chats.bot.id))

    assert (tom.status, ours.status) == ("member", "administrator")
    assert do(telegram, lambda bot: bot.get_chat(GROUP)).title == "council-escalations"

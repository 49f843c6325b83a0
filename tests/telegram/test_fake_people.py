"""The pretend Telegram tells the bot what people do, in the order and under the rules of the real one."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest
from telegram import Bot, Update
from telegram.error import Conflict

from tests.telegram.fake.chats import Chat
from tests.telegram.fake.server import FakeTelegram
from tests.telegram.world import Clock, bot_of, group_of, number_of

T = TypeVar("T")
TOM, GRACE = number_of("tom"), number_of("grace")
GROUP = group_of("council-escalations")


def with_bot(telegram: FakeTelegram, work: Callable[[Bot], Awaitable[T]]) -> T:
    """Do this with a bot of its own."""

    async def opened() -> T:
        async with bot_of(telegram) as bot:
            return await work(bot)

    return asyncio.run(opened())


def updates(telegram: FakeTelegram, offset: int = 0) -> tuple[Update, ...]:
    """What the bot is told now."""
    return with_bot(telegram, lambda bot: bot.get_updates(offset=offset, timeout=0))


def test_what_is_written_in_private_is_heard_as_it_was_written(telegram: FakeTelegram) -> None:
    telegram.hand(TOM).say("/concern mine")

    (update,) = updates(telegram)
    assert update.message is not None
    assert update.message.text == "/concern mine"
    assert update.effective_user is not None
    assert update.effective_user.id == TOM
    assert [entity.type for entity in update.message.entities] == ["bot_command"]


def test_an_update_comes_again_until_a_higher_offset_is_asked_for(telegram: FakeTelegram) -> None:
    telegram.hand(TOM).say("one")
    telegram.hand(TOM).say("two")

    first, second = updates(telegram)
    assert updates(telegram) == (first, second)
    assert updates(telegram, offset=second.update_id) == (second,)
    assert updates(telegram) == (second,)


def test_a_poller_that_waits_is_told_at_once(telegram: FakeTelegram) -> None:
    async def waiting(bot: Bot) -> tuple[Update, ...]:
        poll = asyncio.create_task(bot.get_updates(timeout=20))
        await asyncio.to_thread(telegram.updates.waiting.get, True, 30)
        telegram.hand(TOM).say("now")
        return await poll

    (update,) = with_bot(telegram, waiting)
    assert update.message is not None
    assert update.message.text == "now"


def test_a_second_poller_ends_the_first(telegram: FakeTelegram) -> None:
    async def two(bot: Bot) -> None:
        first = asyncio.create_task(bot.get_updates(timeout=20))
        await asyncio.to_thread(telegram.updates.waiting.get, True, 30)
        await bot.get_updates(timeout=0)
        with pytest.raises(Conflict):
            await first

    with_bot(telegram, two)


def test_updates_may_come_again_and_out_of_order(telegram: FakeTelegram) -> None:
    """When a test asks for it."""
    telegram.hand(TOM).say("one")
    telegram.hand(TOM).say("two")
    first, second = telegram.updates.pending
    telegram.updates.reorder()
    assert [one.update_id for one in updates(telegram)] == [second["update_id"], first["update_id"]]

    assert updates(telegram, offset=second["update_id"] + 1) == ()
    telegram.updates.again(first)
    assert [one.update_id for one in updates(telegram)] == [first["update_id"]]


def test_what_waits_for_more_than_a_day_is_forgotten(telegram: FakeTelegram, clock: Clock) -> None:
    telegram.hand(TOM).say("old")
    clock.forward(hours=24, seconds=1)
    telegram.hand(TOM).say("new")

    (update,) = updates(telegram)
    assert update.message is not None
    assert update.message.text == "new"


HEARD: dict[str, tuple[str, bool]] = {
    "a command": ("/concern mine", True),
    "a command for us": ("/concern@baton_bot mine", True),
    "a command for another bot": ("/concern@other_bot mine", False),
    "a mention": ("ask @baton_bot about it", True),
    "talk": ("good morning", False),
}


@pytest.mark.parametrize("case", HEARD)
def test_in_a_group_the_bot_hears_what_is_meant_for_it(telegram: FakeTelegram, case: str) -> None:
    text, heard = HEARD[case]
    telegram.hand(TOM).say(text, chat=GROUP)

    assert len(updates(telegram)) == heard


def test_a_press_carries_the_message_and_the_token(telegram: FakeTelegram) -> None:
    keyboard = '{"inline_keyboard": [[{"text": "Show", "callback_data": "show::0"}]]}'
    with_bot(telegram, lambda bot: bot.send_message(TOM, "hello", api_kwargs={"reply_markup": keyboard}))
    (said,) = telegram.chats.heard(TOM)
    id = telegram.hand(TOM).press(said, "Show")

    (update,) = updates(telegram)
    query = update.callback_query
    assert query is not None
    assert (query.id, query.data, query.from_user.id) == (id, "show::0", TOM)
    assert with_bot(telegram, lambda bot: bot.answer_callback_query(id, "Here it is."))
    assert telegram.api.answers[id]["text"] == "Here it is."


def test_blocking_kicking_and_moving_are_told(telegram: FakeTelegram) -> None:
    grace = telegram.hand(GRACE)
    grace.block()
    grace.kick_bot(GROUP)
    grace.add_bot(GROUP)
    after: Chat = grace.move(GROUP, -1_009)

    told = updates(telegram)
    changes = [one.my_chat_member for one in told if one.my_chat_member]
    assert [change.new_chat_member.status for change in changes] == ["kicked", "kicked", "member"]
    moves = [one.message for one in told if one.message]
    assert [(one.migrate_to_chat_id, one.migrate_from_chat_id) for one in moves] == [
        (after.id, None),
        (None, GROUP),
    ]


def test_a_webhook_is_sent_what_waits_and_its_secret(telegram: FakeTelegram) -> None:
    with_bot(telegram, lambda bot: bot.set_webhook("http://127.0.0.1:9/telegram", secret_token="s3cret"))
    telegram.hand(TOM).say("hello")

    assert telegram.hook() == [0], "nobody listens there, so it goes on waiting"
    assert len(telegram.updates.pending) == 1
    with pytest.raises(Conflict):
        updates(telegram)

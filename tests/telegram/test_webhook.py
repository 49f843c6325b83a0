"""Telegram rings Baton: the word is checked first, the answer follows the commit, nothing counts twice."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import anyio
import httpx
import pytest
from pydantic import SecretStr
from starlette.applications import Starlette

from bot.arriving import LARGEST
from bot.settings import TelegramAccount
from bot.telegram.polling import TURNED_OUT
from bot.telegram.webhook import Webhook
from bot.web import Web
from tests.handlers.offices import Office
from tests.partnership import AMIRA
from tests.telegram.doorway import Doorway, at_the_door
from tests.telegram.fake.chats import Json
from tests.telegram.fake.server import FakeTelegram
from tests.telegram.world import Clock, number_of

WORD = "a-word-of-our-own"
SHOWN = {"x-telegram-bot-api-secret-token": WORD}
Story = Callable[[Doorway, httpx.AsyncClient], Awaitable[None]]


def rung(telegram: FakeTelegram, office: Office, story: Story) -> None:
    """Live a story at a door that Telegram rings."""
    account = TelegramAccount(SecretStr(telegram.token), "https://baton.example", SecretStr(WORD))

    async def lived(at: Doorway) -> None:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app_of(at)), base_url="http://t") as web:
            await story(at, web)

    at_the_door(telegram, office, lived, account=account)


def app_of(at: Doorway) -> Starlette:
    """The web server's routes."""

    async def nothing_wrong() -> tuple[str, ...]:
        return ()

    @asynccontextmanager
    async def nothing(_app: Starlette) -> AsyncIterator[None]:
        yield

    return Web(nothing_wrong, dict, {}, at.front.webhook).app(nothing)


def update(text: str = "/mine", number: int = 1) -> Json:
    """Tom writes in private."""
    tom = number_of("tom")
    sender = {"id": tom, "is_bot": False, "first_name": "Tom"}
    chat = {"id": tom, "type": "private"}
    message = {"message_id": number, "date": 0, "chat": chat, "from": sender, "text": text}
    return {"update_id": number, "message": message}


def test_telegram_is_told_where_to_ring_what_to_show_and_what_to_send(
    office: Office, telegram: FakeTelegram
) -> None:
    async def story(at: Doorway, web: httpx.AsyncClient) -> None:
        (call,) = telegram.called("setWebhook")
        assert call.args["url"] == "https://baton.example/telegram"
        assert call.args["secret_token"] == WORD
        assert call.args["allowed_updates"] == [
            "message",
            "edited_message",
            "callback_query",
            "my_chat_member",
        ]

    rung(telegram, office, story)


def test_whoever_asks_instead_ends_the_ringing_and_keeps_what_waits(
    office: Office, telegram: FakeTelegram
) -> None:
    async def story(at: Doorway) -> None:
        (call,) = telegram.called("deleteWebhook")
        assert not call.args.get("drop_pending_updates")
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app_of(at)), base_url="http://t") as web:
            assert (await web.post("/telegram", json=update(), headers=SHOWN)).status_code == 404

    at_the_door(telegram, office, story)


def test_an_update_is_answered_once_it_is_on_record(office: Office, telegram: FakeTelegram) -> None:
    async def story(at: Doorway, web: httpx.AsyncClient) -> None:
        ref = office.raised(AMIRA)
        before = len(office.ledger.history(ref))
        sent = update(f"/contact {ref} made phone spoke Talked.")
        answer = await web.post("/telegram", json=sent, headers=SHOWN)
        assert (answer.status_code, answer.content) == (200, b"")
        assert len(office.ledger.history(ref)) == before + 1
        assert "contact logged" in at.told("tom")

    rung(telegram, office, story)


def test_what_is_rung_again_has_no_second_effect_and_no_second_answer(
    office: Office, telegram: FakeTelegram
) -> None:
    async def story(at: Doorway, web: httpx.AsyncClient) -> None:
        for _ in range(3):
            assert (await web.post("/telegram", json=update(), headers=SHOWN)).status_code == 200
        assert len(at.seen("tom")) == 1

    rung(telegram, office, story)


def test_what_is_rung_again_while_it_is_still_handled_waits_for_it(
    office: Office, telegram: FakeTelegram
) -> None:
    async def story(at: Doorway, web: httpx.AsyncClient) -> None:
        statuses: list[int] = []

        async def ring() -> None:
            statuses.append((await web.post("/telegram", json=update(), headers=SHOWN)).status_code)

        async with anyio.create_task_group() as together:
            for _ in range(3):
                together.start_soon(ring)
        assert statuses == [200, 200, 200]
        assert len(at.seen("tom")) == 1

    rung(telegram, office, story)


@pytest.mark.parametrize("word", [None, "", f"{WORD}x", WORD[:-1], "é"])
def test_without_the_word_nothing_is_even_read(
    office: Office, telegram: FakeTelegram, word: str | None
) -> None:
    async def story(at: Doorway, web: httpx.AsyncClient) -> None:
        (name,) = SHOWN
        shown = [] if word is None else [(name.encode(), word.encode())]
        answer = await web.post("/telegram", content=b"{" * 10, headers=shown)
        assert answer.status_code == 401
        assert WORD not in answer.text
        assert at.seen("tom") == []

    rung(telegram, office, story)


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"{", b"[]", b"null", b'"text"', b"\xff\xfe", b"[" * 5000),
        *(b'{"update_id": "1"}', b'{"update_id": 1, "message": 5}'),
    ],
    ids=lambda body: repr(body[-20:]),
)
def test_what_is_no_update_is_refused(office: Office, telegram: FakeTelegram, body: bytes) -> None:
    async def story(at: Doorway, web: httpx.AsyncClient) -> None:
        assert (await web.post("/telegram", content=body, headers=SHOWN)).status_code == 400

    rung(telegram, office, story)


def test_what_baton_has_no_use_for_is_taken_and_forgotten(office: Office, telegram: FakeTelegram) -> None:
    async def story(at: Doorway, web: httpx.AsyncClient) -> None:
        poll = {"update_id": 4, "poll": {"id": "1"}}
        assert (await web.post("/telegram", json=poll, headers=SHOWN)).status_code == 200

    rung(telegram, office, story)


def test_more_than_a_mebibyte_is_not_read(office: Office, telegram: FakeTelegram) -> None:
    async def story(at: Doorway, web: httpx.AsyncClient) -> None:
        large = json.dumps(update("x" * LARGEST)).encode()

        async def in_parts() -> AsyncIterator[bytes]:
            yield large

        assert (await web.post("/telegram", content=large, headers=SHOWN)).status_code == 413
        assert (await web.post("/telegram", content=in_parts(), headers=SHOWN)).status_code == 413
        assert at.seen("tom") == []

    rung(telegram, office, story)


def test_what_takes_too_long_is_rung_again_and_told_then(office: Office, telegram: FakeTelegram) -> None:
    async def story(at: Doorway, _: httpx.AsyncClient) -> None:
        at.front.webhook = Webhook(at.front._lanes, SecretStr(WORD), timedelta(0))
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app_of(at)), base_url="http://t") as web:
            assert (await web.post("/telegram", json=update(), headers=SHOWN)).status_code == 503
            await at.front.settle()
            assert (await web.post("/telegram", json=update(), headers=SHOWN)).status_code == 200
        assert len(at.seen("tom")) == 1

    rung(telegram, office, story)


def test_where_telegram_cannot_ring_it_is_said(office: Office, telegram: FakeTelegram, clock: Clock) -> None:
    async def story(at: Doorway, web: httpx.AsyncClient) -> None:
        assert await at.front.trouble() is None
        telegram.revoked = True
        clock.forward(minutes=2)
        assert await at.front.trouble() == TURNED_OUT

    rung(telegram, office, story)

"""Every way in which a call of Telegram fails is one of the four ways a messenger can say no, said calmly."""

import asyncio
import re
import socket

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.telegram import outcomes
from bot.telegram.outcomes import FAILURES, outcome, unchanged
from reminders.messenger import Dead, Gone, Unknown, Waiting
from tests.chat.faults import Broken, Busy, Dropped, Garbled, Silent
from tests.telegram.fake.faults import Fault
from tests.telegram.fake.server import FakeTelegram
from tests.telegram.world import bot_of, number_of

TOM = number_of("tom")


def caused(failure: TelegramError, cause: Exception) -> TelegramError:
    """As the library raises it."""
    failure.__cause__ = cause
    return failure


CASES: dict[str, tuple[Exception, type[Exception]]] = {
    "asked to wait": (RetryAfter(30), Waiting),
    "no connection": (caused(NetworkError("x"), httpx.ConnectError("x")), Waiting),
    "no connection in time": (caused(TimedOut(), httpx.ConnectTimeout("x")), Waiting),
    "no connection free": (caused(TimedOut(), httpx.PoolTimeout("x")), Waiting),
    "no answer": (caused(TimedOut(), httpx.ReadTimeout("x")), Unknown),
    "not all sent": (caused(TimedOut(), httpx.WriteTimeout("x")), Unknown),
    "reset": (caused(NetworkError("x"), httpx.ReadError("x")), Unknown),
    "hung up": (caused(NetworkError("x"), httpx.RemoteProtocolError("x")), Unknown),
    "a server error": (NetworkError("Bad Gateway (502)"), Unknown),
    "no JSON": (TelegramError("Invalid server response"), Unknown),
    "no result": (KeyError("result"), Unknown),
    "no token": (InvalidToken(), Dead),
    "another poller": (Conflict("terminated by other getUpdates request"), Waiting),
    "blocked": (Forbidden("Forbidden: bot was blocked by the user"), Dead),
    "a new refusal": (BadRequest("Bad Request: never heard of"), Dead),
    "not found": (BadRequest("Bad Request: message to edit not found"), Gone),
    "not ours": (BadRequest("Bad Request: message can't be edited"), Gone),
}


@pytest.mark.parametrize("case", CASES)
def test_a_failure_means_one_thing(case: str) -> None:
    """Waiting, gone or dead is only what Telegram surely did not do."""
    failure, end = CASES[case]
    assert type(outcome(failure)) is end


@pytest.mark.parametrize("seconds", [1, 30, 3_600])
def test_telegram_says_how_long_to_wait(seconds: int) -> None:
    end = outcome(RetryAfter(seconds))

    assert isinstance(end, Waiting)
    assert end.until.total_seconds() == seconds


def test_what_is_not_modified_is_no_failure_and_nothing_else_is() -> None:
    assert unchanged(BadRequest("Bad Request: message is not modified: specified new message content"))
    assert not unchanged(BadRequest("Bad Request: message to edit not found"))
    assert not unchanged(NetworkError("message is not modified"))


def test_every_reason_is_a_calm_sentence_for_the_record() -> None:
    """Lower case at its start, since it stands after a colon; no code, no blame, nothing shouted."""
    for said, why in outcomes._WHY.items():
        assert said not in why
        assert re.fullmatch(r"(Baton|Telegram|[a-z])[A-Za-z ,;']+[a-z]", why), why
        assert not re.search(r"error|fail|invalid|wrong|\byou\b", why), why


def test_a_token_taken_back_is_said_of_no_one_place() -> None:
    """Without a token nothing can be said anywhere."""
    end = outcome(InvalidToken())

    assert isinstance(end, Dead)
    assert end.locked_out


@given(st.sampled_from((BadRequest, Forbidden, NetworkError, InvalidToken, Conflict)), st.text())
def test_whatever_telegram_says_it_is_one_of_the_four(kind: type[TelegramError], said: str) -> None:
    """And the reason, if there is one, never repeats what Telegram said."""
    end = outcome(kind(said))

    assert isinstance(end, Waiting | Unknown | Gone | Dead)
    if isinstance(end, Dead) and len(said) > 20:
        assert said not in end.why


# ---- over the wire ---------------------------------------------------------------------------------

OVER_THE_WIRE: dict[str, tuple[Fault, type[Exception]]] = {
    "429": (Busy(9), Waiting),
    "dropped": (Dropped(accepted=True), Unknown),
    "silent": (Silent(accepted=True), Unknown),
    "502": (Broken(accepted=True, status=502), Unknown),
    "garbled": (Garbled(accepted=True), Unknown),
}


async def failing(telegram: FakeTelegram, elsewhere: str = "") -> Exception:
    """What the library raises when something is said now, there or at another address."""
    async with bot_of(telegram, patience=0.5) as bot:
        bot._base_url = elsewhere or bot._base_url
        try:
            await bot.send_message(TOM, "hello")
        except FAILURES as failure:
            return failure
    raise AssertionError("nothing failed")


@pytest.mark.parametrize("case", OVER_THE_WIRE)
def test_the_library_raises_what_is_read_here(telegram: FakeTelegram, case: str) -> None:
    fault, end = OVER_THE_WIRE[case]
    telegram.weather.will("sendMessage", fault)

    assert type(outcome(asyncio.run(failing(telegram)))) is end
    assert len(telegram.called("sendMessage")) == 1, "the library tries no second time"


def test_a_closed_door_is_surely_not_posted(telegram: FakeTelegram) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        failure = asyncio.run(failing(telegram, f"http://127.0.0.1:{taken.getsockname()[1]}"))

    assert isinstance(outcome(failure), Waiting)

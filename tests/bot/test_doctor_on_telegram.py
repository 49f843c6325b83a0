"""What `baton doctor` says of Telegram: a line for each thing, and for each red one what to do about it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.commands.doctor import run
from bot.house import system_clock
from tests.bot.folders import BOARD, COUNCIL, LADDER, channel, in_force, person, seats
from tests.command_line import Baton
from tests.telegram.fake.server import FakeTelegram
from tests.telegram.world import number_of, served

GROUP = -1_001_000_000_777
PARTNERSHIP = (
    '[partnership]\nname = "Northshire"\n'
    + COUNCIL
    + BOARD
    + person("tom", "Tom Ashby", "council", f"telegram:{number_of('tom')}")
    + channel("ours", "council", GROUP)
    + seats("council", "tom", *LADDER)
    + seats("board", "tom", "independent_chair")
)


@pytest.fixture
def telegram(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, baton: Baton) -> Iterator[FakeTelegram]:
    """Everything set up as it should be."""
    with served(system_clock) as there:
        there.chats.make_group(GROUP, number_of("tom"))
        settings = {"BATON_TELEGRAM_API_URL": there.url, "BATON_TELEGRAM_TOKEN": there.token}
        in_force(tmp_path, monkeypatch, baton, PARTNERSHIP, settings)
        yield there


def line(about: str) -> str:
    """What is said of one thing."""
    (found,) = (one for one in run(print)[0].splitlines() if f"Telegram {about}:" in one)
    return found


def test_where_all_is_well_every_line_says_so(telegram: FakeTelegram) -> None:
    said, well = run(print)

    assert well, said
    assert "signed in as @baton_bot" in said
    assert 'ok    Telegram channel "ours": Baton is in it' in said
    assert "ok    Telegram privacy mode: on" in said
    assert "ok    Telegram way in: Baton asks Telegram" in said
    assert telegram.token not in said


def test_it_never_takes_a_running_bots_place(telegram: FakeTelegram) -> None:
    telegram.hand(number_of("tom")).say("/mine")
    run(print)

    assert len(telegram.updates.pending) == 1
    assert {call.method for call in telegram.calls} <= {
        "getMe",
        "getWebhookInfo",
        "getMyCommands",
        "getChatMember",
    }


def test_a_token_that_is_not_taken_is_red(telegram: FakeTelegram) -> None:
    telegram.revoked = True

    assert line("token") == (
        "RED   Telegram token: Telegram does not take it."
        " Copy it anew from @BotFather into BATON_TELEGRAM_TOKEN."
    )
    assert not run(print)[1]


def test_a_telegram_that_cannot_be_reached_is_red(
    telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BATON_TELEGRAM_API_URL", "http://127.0.0.1:1")

    assert "cannot be reached from here" in line("token")


def test_without_a_token_a_channel_on_telegram_is_red(
    telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BATON_TELEGRAM_TOKEN")
    said, well = run(print)

    assert not well
    assert 'RED   Telegram: nobody signs in there, and the channel "ours" is there.' in said


def test_a_group_baton_is_not_in_is_red(telegram: FakeTelegram) -> None:
    telegram.hand(number_of("tom")).kick_bot(GROUP)

    assert line('channel "ours"').startswith("RED")


def test_a_group_with_another_number_is_named_with_it(telegram: FakeTelegram) -> None:
    telegram.hand(number_of("tom")).move(GROUP, -1_001_999)

    assert "the group has another number now, -1001999" in line('channel "ours"')


def test_privacy_mode_switched_off_is_red(telegram: FakeTelegram) -> None:
    me = telegram.api._me
    telegram.api._methods["getMe"] = lambda args, later: (
        me(args, later) | {"can_read_all_group_messages": True}
    )

    assert line("privacy mode").startswith("RED")


def test_a_clock_that_is_wrong_is_red(telegram: FakeTelegram) -> None:
    said, _ = run(print, lambda: system_clock() + timedelta(minutes=5))

    assert "RED   Telegram clock: " in said


def test_where_telegram_is_to_ring_the_address_is_compared(
    telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BATON_PUBLIC_URL", "https://baton.example")
    monkeypatch.setenv("BATON_TELEGRAM_WEBHOOK_SECRET", "a-word")
    assert line("way in").startswith("note")
    assert "is not told to ring" in line("way in")

    telegram.api.call("setWebhook", {"url": "https://baton.example/telegram", "secret_token": "a-word"})
    assert line("way in").startswith("ok")

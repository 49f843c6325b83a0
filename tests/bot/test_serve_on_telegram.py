"""`baton serve` with Telegram alone, asking and being rung: it hears, answers, calls, and stops calmly."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.house import system_clock
from tests.bot.folders import BOARD, COUNCIL, FILES, LADDER, agency, channel, in_force, person, seats
from tests.bot.served import Process
from tests.command_line import Baton
from tests.telegram.fake.chats import Said
from tests.telegram.fake.server import FakeTelegram
from tests.telegram.world import number_of, served

GROUP, THEIRS = -1_001_000_000_777, -1_001_000_000_778
SECRET = "a-word-of-our-own"
STORY = "The visits stopped."
PARTNERSHIP = (
    '[partnership]\nname = "Northshire"\ncoordinator = "sam"\n'
    + COUNCIL
    + agency("surgery", "Mill Lane Surgery", "health")
    + BOARD
    + person("tom", "Tom Ashby", "council", f"telegram:{number_of('tom')}")
    + person("dev", "Dev Patel", "surgery", f"telegram:{number_of('dev')}")
    + person("sam", "Sam Whitlock", "board", f"telegram:{number_of('sam')}")
    + channel("ours", "council", GROUP)
    + channel("theirs", "surgery", THEIRS)
    + seats("council", "tom", *LADDER)
    + seats("surgery", "dev", *LADDER)
    + seats("board", "sam", "independent_chair")
)


@pytest.fixture
def telegram(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, baton: Baton) -> Iterator[FakeTelegram]:
    """A partnership that is on Telegram alone, in force."""
    in_force(tmp_path, monkeypatch, baton, PARTNERSHIP, {})
    with served(system_clock) as pretend:
        pretend.chats.make_group(GROUP, number_of("tom"))
        pretend.chats.make_group(THEIRS, number_of("dev"))
        yield pretend


@pytest.mark.parametrize("rung", [False, True], ids=["asking", "rung"])
def test_a_concern_is_raised_called_and_acknowledged_on_telegram_alone(
    tmp_path: Path, telegram: FakeTelegram, rung: bool
) -> None:
    """Stopped and started in between."""
    settings = FILES | {"BATON_TELEGRAM_TOKEN": telegram.token, "BATON_TELEGRAM_API_URL": telegram.url}
    if rung:
        settings |= {"BATON_PUBLIC_URL": "{url}", "BATON_TELEGRAM_WEBHOOK_SECRET": SECRET}
    process = Process(tmp_path, settings)
    tom, dev = telegram.hand(number_of("tom")), telegram.hand(number_of("dev"))

    def answers(given: str) -> None:
        before = len(telegram.calls)
        shown = [one for one in telegram.chats.heard(number_of("tom")) if one.buttons]
        if shown and given in shown[-1].labels:
            tom.press(shown[-1], given)
        else:
            tom.say(given)
        if rung:
            assert set(telegram.hook()) == {200}
        process.until(lambda: not telegram.updates.pending and len(telegram.calls) > before)

    try:
        process.start()
        for given in (
            "/concern",
            "No",
            "Adult",
            "Mill Lane Surgery",
            "Drift or delay",
            "Done",
            STORY,
            "Skip",
        ):
            answers(given)
        assert process.stop() == 0
        process.start()
        for given in ("Weekly visits.", "Check and send", "Send"):
            answers(given)
        process.until(lambda: any("Acknowledge" in one.labels for one in _in(telegram, THEIRS)))
        card = next(one for one in _in(telegram, THEIRS) if "Acknowledge" in one.labels)
        dev.press(card, "Acknowledge")
        if rung:
            assert set(telegram.hook()) == {200}
        process.until(lambda: any("cknowledged" in one.text for one in _in(telegram, GROUP)))
        assert process.stop() == 0
    finally:
        process.close()
    assert not any(STORY in one.text for chat in (GROUP, THEIRS) for one in _in(telegram, chat))
    for secret in (telegram.token, SECRET, STORY, "Tom", str(number_of("tom"))):
        assert secret not in process.said


def _in(telegram: FakeTelegram, chat: int) -> list[Said]:
    return telegram.chats.heard(chat)

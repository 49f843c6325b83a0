"""The commands Telegram offers: from the menu, and only where somebody may use them."""

import re
from dataclasses import replace

from bot.telegram.commands import offered
from handlers.menu import menu
from tests.chat.faults import Busy
from tests.handlers.offices import Office
from tests.telegram.doorway import GROUP, STRANGER, Doorway, at_the_door
from tests.telegram.fake.server import FakeTelegram
from tests.telegram.world import ON_TELEGRAM, number_of

_NAME = re.compile(r"[a-z0-9_]{1,32}", re.ASCII)


def shown(at: Doorway, chat: int, language: str = "") -> list[str]:
    """What is offered in this chat."""
    scope = {"type": "chat", "chat_id": chat}
    args: dict[str, object] = {"scope": scope} | ({"language_code": language} if language else {})
    return [one["command"] for one in at.telegram.api.call("getMyCommands", args)]


def test_every_command_has_a_name_and_a_line_telegram_takes() -> None:
    for prefix in ("", "nss_"):
        commands = offered(prefix)
        assert len(commands) == len(menu()) + 2 <= 100
        assert all(_NAME.fullmatch(one.command) for one in commands)
        assert all(0 < len(one.description) <= 256 for one in commands)


def test_they_are_shown_in_our_groups_and_to_people_who_are_enrolled(
    office: Office, telegram: FakeTelegram
) -> None:
    async def story(at: Doorway) -> None:
        telegram.chats.enrol(STRANGER)
        await at.says("tom", "/mine")
        await at.says(STRANGER, "/mine")
        for language in ("", "en"):
            assert {"concern", "contact", "cancel"} <= set(shown(at, number_of("tom"), language))
            assert shown(at, GROUP, language)[:2] == ["concern", "raise"]
        assert "cancel" not in shown(at, GROUP)
        assert shown(at, STRANGER) == []
        assert at.telegram.api.call("getMyCommands", {}) == []

    at_the_door(telegram, office, story)


def test_a_chat_is_told_once(office: Office, telegram: FakeTelegram) -> None:
    async def story(at: Doorway) -> None:
        await at.says("tom", "/mine")
        calls = len(telegram.called("setMyCommands"))
        await at.says("tom", "/mine")
        assert len(telegram.called("setMyCommands")) == calls

    at_the_door(telegram, office, story)


def test_whoever_is_enrolled_no_more_is_offered_nothing(office: Office, telegram: FakeTelegram) -> None:
    async def story(at: Doorway) -> None:
        await at.says("tom", "/mine")
        others = tuple(one for one in ON_TELEGRAM.people if one.id != "tom")
        office.with_directory(replace(ON_TELEGRAM, people=others))
        await at.says("tom", "/mine")
        assert shown(at, number_of("tom")) == []

    at_the_door(telegram, office, story)


def test_a_group_that_leaves_the_directory_is_offered_nothing(office: Office, telegram: FakeTelegram) -> None:
    async def story(at: Doorway) -> None:
        others = tuple(one for one in ON_TELEGRAM.channels if one.id != "council-escalations")
        office.with_directory(replace(ON_TELEGRAM, channels=others))
        await at.says("tom", "/mine")
        assert shown(at, GROUP) == []

    at_the_door(telegram, office, story)


def test_a_list_that_could_not_be_set_is_set_the_next_time(office: Office, telegram: FakeTelegram) -> None:
    async def story(at: Doorway) -> None:
        await at.says("lena", "/mine")
        telegram.weather.will("setMyCommands", Busy(1))
        await at.says("tom", "/mine")
        assert shown(at, number_of("tom")) == []
        await at.says("tom", "/mine")
        assert "concern" in shown(at, number_of("tom"))

    at_the_door(telegram, office, story)


def test_a_prefix_is_written_as_telegram_writes_commands(office: Office, telegram: FakeTelegram) -> None:
    """No command there holds a hyphen."""
    office.with_prefix("nss-")

    async def story(at: Doorway) -> None:
        await at.says("tom", "/nss_mine")
        await at.says("tom", "/nss_concern")
        assert "Is somebody in immediate danger now?" in at.told("tom")
        assert "nss_concern" in shown(at, number_of("tom"))

    at_the_door(telegram, office, story)

"""One platform is in trouble: the other hears in time, nothing is lost, and the coordinator is told."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from concerns.people import Identity
from tests.across.partners import Both, also, told
from tests.chat.faults import Broken, Busy
from tests.chat.situations import CHALLENGE
from tests.slack.fake.faults import Call as SlackCall
from tests.slack.fake.faults import Fault as SlackFault
from tests.telegram.doorway import HURRIED
from tests.telegram.fake.faults import Call as TelegramCall
from tests.telegram.fake.faults import Fault as TelegramFault

SECONDS, MINUTES = timedelta(seconds=30), timedelta(minutes=5)
CALLED, CALLED_NEXT = "stage 1 of 4 is called", "stage 2 of 4 is called"
STAGE_2 = "Tue 1 Dec 2026 17:00"
GROUP, GROUP_ID = "council-escalations", -1007001002001
OWN, SHARED = "riverside-escalations", "riverside-council"
DEAD = "could not be"

TELEGRAMS = [Busy(60), Broken(accepted=False, status=502)]
SLACKS = [Busy(60), Broken(accepted=True)]


@pytest.mark.parametrize("trouble", TELEGRAMS, ids=["busy", "broken"])
def test_slack_hears_at_once_while_telegram_is_down_for_minutes(
    sqlite_url: str, tmp_path: Path, trouble: TelegramFault
) -> None:
    """What waited is said as soon as it can be."""

    async def story(at: Both) -> None:
        began = at.clock.now

        def weather(call: TelegramCall) -> TelegramFault | None:
            return trouble if call.chat and at.clock.now < began + MINUTES else None

        at.telegram.telegram.weather.choose = weather
        await at.begins("amira", "/concern raise", **CHALLENGE)
        for channel in (OWN, SHARED):
            assert at.slack.shown(channel)[-1].at - began < SECONDS
        for place in (GROUP, "tom"):
            (ping,) = (one for one in at.telegram.shown(place) if CALLED in one.text)
            assert MINUTES <= ping.at - began < 3 * MINUTES
        assert DEAD not in at.reads("sam")

    told(sqlite_url, tmp_path, story, refused=True)


@pytest.mark.parametrize("trouble", SLACKS, ids=["busy", "broken"])
def test_telegram_hears_at_once_while_slack_is_down_for_minutes(
    sqlite_url: str, tmp_path: Path, trouble: SlackFault
) -> None:
    """What may have been said is looked for, and stands there once."""

    async def story(at: Both) -> None:
        began = at.clock.now

        def weather(call: SlackCall) -> SlackFault | None:
            down = call.method == "chat.postMessage" and at.clock.now < began + MINUTES
            return trouble if down else None

        at.slack.slack.weather.choose = weather
        await at.begins("tom", "/concern raise", **CHALLENGE | {"agency": "riverside"})
        assert at.telegram.shown(GROUP)[-1].at - began < SECONDS
        for place in (OWN, SHARED, "amira"):
            assert at.reads(place).count(CALLED) == 1
        assert DEAD not in at.reads("sam")

    told(sqlite_url, tmp_path, story)


def slack_is_closed(at: Both) -> None:
    at.slack.slack.workspaces["riverside"].revoked = True


def the_group_threw_baton_out(at: Both) -> None:
    at.telegram.telegram.hand(700100221).kick_bot(GROUP_ID)


def telegram_is_closed(at: Both) -> None:
    at.telegram.telegram.revoked = True


def test_out_of_its_group_baton_writes_to_whoever_is_called(sqlite_url: str, tmp_path: Path) -> None:
    async def story(at: Both) -> None:
        the_group_threw_baton_out(at)
        await at.settle()
        await at.begins("amira", "/concern raise", **CHALLENGE)
        for person in ("tom", "lucia"):
            assert CALLED in at.reads(person)
        assert DEAD in at.reads("sam")
        assert CALLED in at.reads(SHARED)
        await at.presses("lucia", "Acknowledge")
        assert "Acknowledged." in at.card(SHARED)

    told(sqlite_url, tmp_path, story, refused=True)


ENDS: list[tuple[Callable[[Both], None], str, str, str, str]] = [
    (telegram_is_closed, "amira", "council", OWN, "joel"),
    (slack_is_closed, "tom", "riverside", GROUP, "grace"),
]


@pytest.mark.parametrize(("ends", "raiser", "agency", "home", "manager"), ENDS, ids=["telegram", "slack"])
def test_with_a_token_taken_back_the_ladder_goes_on_and_the_coordinator_knows(
    sqlite_url: str,
    tmp_path: Path,
    ends: Callable[[Both], None],
    raiser: str,
    agency: str,
    home: str,
    manager: str,
) -> None:
    """Nobody of that platform can be reached: the side that raised it hears every step all the same."""

    async def story(at: Both) -> None:
        await at.begins(raiser, "/concern raise", **CHALLENGE | {"agency": agency})
        ends(at)
        await at.until(STAGE_2)
        assert CALLED_NEXT in at.reads(home)
        assert CALLED_NEXT in at.reads(manager)
        assert DEAD in at.reads("sam")
        await noticed(at)

    told(sqlite_url, tmp_path, story, refused=True)


async def noticed(at: Both) -> None:
    """/readyz says so; on Telegram as soon as Baton asks again, which it does when somebody has written."""
    at.telegram.telegram.hand(700100221).say("Is anybody there?")
    while not await at.bot.reasons():  # noqa: ASYNC110 -- over a real connection
        await asyncio.sleep(HURRIED)


def test_whoever_has_another_account_is_reached_there(sqlite_url: str, tmp_path: Path) -> None:
    """Their workspace is closed to Baton; their phone is not."""
    phone = Identity("telegram", "telegram", "700100299")

    async def story(at: Both) -> None:
        slack_is_closed(at)
        await at.begins("tom", "/concern raise", **CHALLENGE | {"agency": "riverside"})
        assert CALLED in at.telegram.reads("amira")
        await at.telegram.presses("amira", "Acknowledge")
        assert "Acknowledged." in at.card(GROUP)

    told(sqlite_url, tmp_path, story, but=also("amira", phone), refused=True)


def test_a_group_that_became_a_supergroup_is_gone_on_with(sqlite_url: str, tmp_path: Path) -> None:
    """The card of before cannot be edited any more; the new place has one, and Slack notices nothing."""

    async def story(at: Both) -> None:
        await at.begins("amira", "/concern raise", **CHALLENGE)
        at.telegram.telegram.hand(700100221).move(GROUP_ID, -1007001002999)
        await at.settle()
        await at.until(STAGE_2)
        texts = [one.text for one in at.telegram.telegram.chats.heard(-1007001002999)]
        assert any(CALLED_NEXT in text for text in texts)
        assert CALLED_NEXT in at.reads(SHARED)
        assert DEAD not in at.reads("sam")

    told(sqlite_url, tmp_path, story, refused=True)

"""The whole of delivery over each real library and its fake platform, in the same storms, before one judge.

Dropped answers, server errors, 429, archived channels, blocked bots, kills: nothing lost, nothing repeated
unmarked.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest

from bot.slack import calls as slack_calls
from bot.slack.history import History, Search
from bot.slack.outcomes import outcome as slack_outcome
from bot.telegram import speaking as telegram_calls
from bot.telegram.messenger import TelegramMessenger
from bot.telegram.outcomes import outcome as telegram_outcome
from reminders.messenger import Unknown, Waiting
from tests.reminders.house import House
from tests.reminders.storm import flaws
from tests.slack.platform import house_on_slack
from tests.stores import Databases
from tests.telegram.platform import house_on_telegram

SEEDS = 6
ENOUGH = 12
"""A planted bug must show within so many storms."""

PLATFORMS: dict[str, Callable[[Databases], AbstractContextManager[House]]] = {
    "Slack": house_on_slack,
    "Telegram": house_on_telegram,
}


def flaws_on(platform: str, seed: int, databases: Databases) -> list[str]:
    """What is wrong with the history of this storm over this platform."""
    with PLATFORMS[platform](databases) as house:
        return flaws(seed, house)


@pytest.mark.parametrize("seed", range(SEEDS))
@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_storm_over_the_real_library(platform: str, seed: int, sqlite_databases: Databases) -> None:
    """Whatever happens, every promise is kept."""
    assert flaws_on(platform, seed, sqlite_databases) == []


# ---- a storm that has not caught a known bug proves nothing ----------------------------------------

Outcome = Callable[[Exception], Exception]


def surely_not_posted(outcome: Outcome) -> Outcome:
    """No answer is a refusal, so the copy that follows is neither looked for nor marked."""

    def wrong(failure: Exception) -> Exception:
        end = outcome(failure)
        return Waiting(timedelta(seconds=10)) if isinstance(end, Unknown) else end

    return wrong


def at_once(outcome: Outcome) -> Outcome:
    """What the platform asked for is forgotten."""

    def wrong(failure: Exception) -> Exception:
        end = outcome(failure)
        return Waiting(timedelta()) if isinstance(end, Waiting) else end

    return wrong


async def never_found(self: History, channel: str, marker: str, *where: object) -> Search:
    """It looks nowhere, and says that nothing is there."""
    return Search(marker, "")


async def without_threads(self: History, channel: str, marker: str, *where: object) -> Search:
    """It looks in the channel alone, where replies do not stand."""
    search = Search(marker, "B0001")
    async for message in self._messages(channel, "0"):
        search.see(message)
    return search


async def always_done(self: TelegramMessenger, *what: object) -> None:
    """An edit that never fails, whatever Telegram says."""


BUGS: dict[tuple[str, str], tuple[object, str, object]] = {
    ("Slack", "never found"): (History, "search", never_found),
    ("Slack", "threads left out"): (History, "search", without_threads),
    ("Slack", "unknown is refused"): (slack_calls, "outcome", surely_not_posted(slack_outcome)),
    ("Slack", "Retry-After is forgotten"): (slack_calls, "outcome", at_once(slack_outcome)),
    ("Telegram", "unknown is refused"): (telegram_calls, "outcome", surely_not_posted(telegram_outcome)),
    ("Telegram", "Retry-After is forgotten"): (telegram_calls, "outcome", at_once(telegram_outcome)),
    ("Telegram", "cards are not edited"): (TelegramMessenger, "edit", always_done),
}


@pytest.mark.parametrize(("platform", "bug"), BUGS)
def test_a_planted_bug_is_caught_over_the_real_library(
    platform: str, bug: str, sqlite_databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of these would break a promise, so some storm must show it."""
    monkeypatch.setattr(*BUGS[platform, bug])

    assert any(flaws_on(platform, seed, sqlite_databases) for seed in range(ENOUGH)), (
        "nobody would have noticed"
    )

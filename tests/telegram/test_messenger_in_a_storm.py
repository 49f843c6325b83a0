"""The whole of delivery over the real library and the fake Telegram, in the same storms as Slack’s.

Dropped answers, server errors, 429, blocked bots, kills: nothing lost, nothing repeated unmarked.
"""

from datetime import timedelta

import pytest

from bot.telegram import speaking
from bot.telegram.messenger import TelegramMessenger
from bot.telegram.outcomes import outcome
from bot.telegram.pacing import Pacing
from reminders.messenger import Unknown, Waiting
from tests.reminders.judge import Judge
from tests.reminders.storm import Storm
from tests.stores import Databases
from tests.telegram.platform import house_on_telegram

SEEDS = 6
ENOUGH = 12


def flaws(seed: int, databases: Databases) -> list[str]:
    """What is wrong with the history of this storm."""
    with house_on_telegram(databases) as house:
        storm = Storm(seed, house)
        try:
            storm.blow()
        except AssertionError as never:
            return [f"it never comes to rest: {never}"]
        platforms = (house.slack, house.telegram)
        return Judge(house.ledger, house.rules, storm.refs, platforms, house.now, storm.killed).flaws()


@pytest.mark.parametrize("seed", range(SEEDS))
def test_a_storm_over_the_library(seed: int, sqlite_databases: Databases) -> None:
    """Whatever happens, every promise is kept."""
    assert flaws(seed, sqlite_databases) == []


# ---- a storm that has not caught a known bug proves nothing ----------------------------------------


def surely_not_posted(failure: Exception) -> Exception:
    """No answer is a refusal, so the copy that follows is not marked."""
    end = outcome(failure)
    return Waiting(timedelta(seconds=10)) if isinstance(end, Unknown) else end


def at_once(failure: Exception) -> Exception:
    """What Telegram asked for is forgotten."""
    end = outcome(failure)
    return Waiting(timedelta()) if isinstance(end, Waiting) else end


def nothing_asked(self: Pacing, chat: int, rest: timedelta) -> None:
    """No chat is ever left alone."""


async def always_done(self: TelegramMessenger, *what: object) -> None:
    """An edit that never fails, whatever Telegram says."""


BUGS: dict[str, tuple[object, str, object]] = {
    "unknown is refused": (speaking, "outcome", surely_not_posted),
    "Retry-After is forgotten": (speaking, "outcome", at_once),
    "cards are not edited": (TelegramMessenger, "edit", always_done),
}


@pytest.mark.parametrize("bug", BUGS)
def test_a_planted_bug_is_caught_over_the_library(
    bug: str, sqlite_databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of these would break a promise, so some storm must show it."""
    monkeypatch.setattr(*BUGS[bug])

    assert any(flaws(seed, sqlite_databases) for seed in range(ENOUGH)), "nobody would have noticed"

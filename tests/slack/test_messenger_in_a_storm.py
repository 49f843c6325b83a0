"""The whole of delivery over the real SDK and the fake Slack, in the same storms, before the same judge.

Dropped answers, server errors, 429, archived channels, kills: nothing lost, nothing repeated unmarked.
"""

from datetime import timedelta

import pytest

from bot.slack import calls
from bot.slack.history import History, Search
from bot.slack.outcomes import outcome
from reminders.messenger import Unknown, Waiting
from tests.reminders.judge import Judge
from tests.reminders.storm import Storm
from tests.slack.platform import house_on_slack
from tests.stores import Databases

SEEDS = 6
ENOUGH = 12


def flaws(seed: int, databases: Databases) -> list[str]:
    """What is wrong with the history of this storm."""
    with house_on_slack(databases) as house:
        storm = Storm(seed, house)
        try:
            storm.blow()
        except AssertionError as never:
            return [f"it never comes to rest: {never}"]
        platforms = (house.slack, house.telegram)
        return Judge(house.ledger, house.rules, storm.refs, platforms, house.now, storm.killed).flaws()


@pytest.mark.parametrize("seed", range(SEEDS))
def test_a_storm_over_the_wire(seed: int, sqlite_databases: Databases) -> None:
    """Whatever happens, every promise is kept."""
    assert flaws(seed, sqlite_databases) == []


# ---- a storm that has not caught a known bug proves nothing ----------------------------------------


async def never_found(self: History, channel: str, marker: str, *where: object) -> Search:
    """It looks nowhere, and says that nothing is there."""
    return Search(marker, "")


async def without_threads(self: History, channel: str, marker: str, *where: object) -> Search:
    """It looks in the channel alone, where replies do not stand."""
    search = Search(marker, "B0001")
    async for message in self._messages(channel, "0"):
        search.see(message)
    return search


def surely_not_posted(failure: Exception) -> Exception:
    """No answer is a refusal."""
    end = outcome(failure)
    return Waiting(timedelta(seconds=10)) if isinstance(end, Unknown) else end


def at_once(failure: Exception) -> Exception:
    """What Slack asked for is forgotten."""
    end = outcome(failure)
    return Waiting(timedelta()) if isinstance(end, Waiting) else end


BUGS: dict[str, tuple[object, str, object]] = {
    "never found": (History, "search", never_found),
    "threads left out": (History, "search", without_threads),
    "unknown is refused": (calls, "outcome", surely_not_posted),
    "Retry-After is forgotten": (calls, "outcome", at_once),
}


@pytest.mark.parametrize("bug", BUGS)
def test_a_planted_bug_is_caught_over_the_wire(
    bug: str, sqlite_databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of these would break a promise, so some storm must show it."""
    monkeypatch.setattr(*BUGS[bug])

    assert any(flaws(seed, sqlite_databases) for seed in range(ENOUGH)), "nobody would have noticed"

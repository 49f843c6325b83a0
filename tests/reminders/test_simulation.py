"""Seeded storms: nothing lost, nothing repeated unmarked; and planted bugs, each of which must be caught."""

from pathlib import Path

import pytest

from reminders.sending import Patience
from tests.reminders.fakes import HASTE
from tests.reminders.judge import Judge
from tests.reminders.storm import Storm

SEEDS = 25


def flaws(seed: int, template: Path, folder: Path, patience: Patience = HASTE) -> list[str]:
    """What is wrong with the history of this storm."""
    storm = Storm(seed, template, folder, patience)
    try:
        house = storm.blow()
    except AssertionError as never:
        return [f"it never comes to rest: {never}"]
    platforms = (house.slack, house.telegram)
    judge = Judge(house.ledger, house.rules, storm.refs, platforms, house.now, storm.kills)
    found = judge.flaws()
    house.store.close()
    return found


@pytest.mark.parametrize("seed", range(SEEDS))
def test_a_storm(seed: int, sqlite_template: Path, tmp_path: Path) -> None:
    """Whatever happens, every promise is kept."""
    assert flaws(seed, sqlite_template, tmp_path) == []

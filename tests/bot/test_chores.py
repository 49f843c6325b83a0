"""What a house has destroyed by the hour, once it is too old to be kept."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.files import load_pathway, shipped_pathways
from bot.house import House, open_house
from reminders.housekeeping import Housekeeping
from storage.answered import Answered
from storage.vault import make_key_file
from tests.ladders import MONDAY
from tests.partnership import AMIRA
from tests.storage.chance import Chance


@pytest.fixture
def house(sqlite_url: str, tmp_path: Path) -> Iterator[House]:
    """Monday morning, nothing on record."""
    make_key_file(tmp_path / "words.key", Chance("root"))
    pathway = load_pathway(shipped_pathways()["standard"])
    opened = open_house(sqlite_url, tmp_path / "words.key", [pathway], lambda: MONDAY)
    yield opened
    opened.close()


@pytest.mark.parametrize(("after", "kept"), [(timedelta(hours=23), True), (timedelta(days=8), False)])
def test_forms_and_requests_are_kept_no_longer_than_they_may(
    house: House, after: timedelta, kept: bool
) -> None:
    house.drafts.open("form", AMIRA, "raise", None, {"wanted": "a visit"}, MONDAY)
    answered = Answered(house.store)
    answered.note("slack:1", MONDAY)

    def later() -> datetime:
        return MONDAY + after

    Housekeeping(house.chores, later).run()
    assert (house.drafts.read("form", AMIRA) is not None) is kept
    assert answered.before("slack:1") is kept

"""The three situations on Slack, on Telegram and across the two: one record, wherever they are lived."""

import shutil
from functools import partial
from pathlib import Path
from typing import Protocol

from concerns.events import Event
from tests.across.partners import living
from tests.across.partners import told as told_across
from tests.across.records import differences
from tests.chat.situations import (
    SITUATIONS,
    Answer,
    Partners,
    Situation,
    delayed_until_the_second_stage_answers,
)
from tests.slack.partners import told as told_on_slack
from tests.stores import Databases
from tests.telegram.partners import told as told_on_telegram


class Told(Protocol):
    """How a story is lived."""

    def __call__(self, url: str, folder: Path, story: Situation) -> None: ...


ACROSS: Told = partial(told_across, http=False)
SWAPPED: Told = partial(told_across, but=living(slack=("council", "board"), telegram=("riverside",)))
ON_SLACK: Told = partial(told_on_slack, http=False)
ELSEWHERE: dict[str, Told] = {
    "Slack, over signed HTTP": partial(told_on_slack, http=True),
    "Telegram, asking": partial(told_on_telegram, http=False),
    "Telegram, being rung": partial(told_on_telegram, http=True),
    "across the two": ACROSS,
}


@SITUATIONS
def test_wherever_it_is_lived_it_ends_with_the_record_it_has_on_slack(
    sqlite_databases: Databases, tmp_path: Path, situation: Situation
) -> None:
    """Across the two, home care and council, supported living and council, health and care home meet."""
    record = partial(recorded, sqlite_databases, tmp_path, situation)
    here = record(ON_SLACK)
    assert len(here) > 5
    assert {there: differences(here, record(tell)) for there, tell in ELSEWHERE.items()} == {
        there: [] for there in ELSEWHERE
    }


def test_it_does_not_matter_who_lives_where(sqlite_databases: Databases, tmp_path: Path) -> None:
    """The home care is on Telegram, and the council on Slack."""
    record = partial(recorded, sqlite_databases, tmp_path, delayed_until_the_second_stage_answers)
    assert differences(record(ACROSS), record(SWAPPED)) == []


def test_both_platforms_ring_one_web_server_and_the_record_is_in_postgresql(
    postgresql_databases: Databases, tmp_path: Path
) -> None:
    with postgresql_databases.lend() as url:
        told_across(url, tmp_path, delayed_until_the_second_stage_answers, http=True)


def test_a_record_that_differs_is_told_apart(sqlite_databases: Databases, tmp_path: Path) -> None:
    """Somebody else, other words, one event more."""
    about: dict[str, Answer] = {"strand": "adult", "agency": "council", "how": "portal"}

    async def begun(at: Partners) -> None:
        await at.begins("amira", "/concern refer", **about)

    async def worded(at: Partners) -> None:
        await at.begins("ben", "/concern refer", **about, summary="By telephone.")
        await at.does("ben", "/concern note REF Another call.")

    record = partial(recorded, sqlite_databases, tmp_path)
    found = str(differences(record(begun, ACROSS), record(worded, ACROSS)))
    assert [part for part in ("'amira'", ".words: ", "NoteAdded") if part not in found] == []


def recorded(databases: Databases, folder: Path, situation: Situation, tell: Told) -> list[Event]:
    """The record of a situation that was lived in this way."""
    record: list[Event] = []

    async def lived(at: Partners) -> None:
        await situation(at)
        (concern,) = at.house.ledger.listing()
        record.extend(at.house.ledger.history(concern.ref))

    with databases.lend() as url:
        home = folder / "home"
        home.mkdir()
        tell(url, home, lived)
        shutil.rmtree(home)
    return record

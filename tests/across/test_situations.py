"""The three situations with the agencies on different platforms: the record is the one left on Slack alone.

That it is the same on Telegram alone is held in Telegram's own room.
"""

from functools import partial
from pathlib import Path
from typing import Protocol

from concerns.events import Event
from tests.across.partners import Answer, living, told
from tests.across.records import differences
from tests.slack.partners import told as told_on_slack
from tests.stores import Databases
from tests.telegram.test_situations import (
    SITUATIONS,
    Partners,
    Situation,
    delayed_until_the_second_stage_answers,
)

SWAPPED = living(slack=("council", "board"), telegram=("riverside",))


class Told(Protocol):
    """How a story is lived."""

    __name__: str

    def __call__(self, url: str, folder: Path, story: Situation, *, http: bool) -> None: ...


def told_across(url: str, folder: Path, story: Situation, *, http: bool) -> None:
    """Where the agencies of the playground live."""
    told(url, folder, story, http=http)


def told_swapped(url: str, folder: Path, story: Situation, *, http: bool) -> None:
    """The home care is on Telegram, and the council on Slack."""
    told(url, folder, story, http=http, but=SWAPPED)


@SITUATIONS
def test_across_platforms_it_ends_with_the_record_it_has_on_one(
    sqlite_databases: Databases, tmp_path: Path, situation: Situation
) -> None:
    """Home care and council, supported living and council, health and care home meet across the two."""
    record = partial(recorded, sqlite_databases, tmp_path, situation)
    here, there = record(told_on_slack), record(told_across)
    assert len(here) > 5
    assert differences(here, there) == []


def test_it_does_not_matter_who_lives_where(sqlite_databases: Databases, tmp_path: Path) -> None:
    record = partial(recorded, sqlite_databases, tmp_path, delayed_until_the_second_stage_answers)
    assert differences(record(told_across), record(told_swapped)) == []


def test_both_platforms_ring_one_web_server_and_the_record_is_in_postgresql(
    postgresql_databases: Databases, tmp_path: Path
) -> None:
    with postgresql_databases.lend() as url:
        told(url, tmp_path, delayed_until_the_second_stage_answers, http=True)


def test_a_record_that_differs_is_told_apart(sqlite_databases: Databases, tmp_path: Path) -> None:
    """Somebody else, other words, one event more."""
    about: dict[str, Answer] = {"strand": "adult", "agency": "council", "how": "portal"}

    async def begun(at: Partners) -> None:
        await at.begins("amira", "/concern refer", **about)

    async def worded(at: Partners) -> None:
        await at.begins("ben", "/concern refer", **about, summary="By telephone.")
        await at.does("ben", "/concern note REF Another call.")

    record = partial(recorded, sqlite_databases, tmp_path)
    found = str(differences(record(begun, told_across), record(worded, told_across)))
    assert [part for part in ("'amira'", ".words: ", "NoteAdded") if part not in found] == []


def recorded(databases: Databases, folder: Path, situation: Situation, tell: Told) -> list[Event]:
    """The record of a situation that was lived in this way."""
    record: list[Event] = []

    async def lived(at: Partners) -> None:
        await situation(at)
        (concern,) = at.house.ledger.listing()
        record.extend(at.house.ledger.history(concern.ref))

    with databases.lend() as url:
        home = folder / f"{tell.__name__}-{situation.__name__}"
        home.mkdir()
        tell(url, home, lived, http=False)
    return record

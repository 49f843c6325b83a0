"""Today's directory: the one applied, while covers run; with the database away, the last one seen."""

from dataclasses import replace
from datetime import datetime

import pytest

from bot.files import load_pathway, shipped_pathways
from bot.house import Laws
from concerns.people import Cover, Directory, Seat
from storage.covers import Covers
from storage.directory import Directories, Pathways
from storage.engine import Store
from storage.errors import NotSaved
from tests.handlers.fakes import Moody
from tests.ladders import MONDAY, london
from tests.partnership import COUNCIL, DIRECTORY, GRACE, OWEN, VICTOR

WEEK = Cover(GRACE, london("Tue 1 Dec 2026 00:00"), london("Sat 5 Dec 2026 00:00"), VICTOR)
MANAGER = Seat(COUNCIL, "manager")


class Office:
    """The laws over one database, the clock in hand."""

    def __init__(self, store: Store) -> None:
        self.now = MONDAY
        self.store = Moody(store._engine)
        self.covers, self.directories = Covers(self.store), Directories(self.store)
        self.directories.apply(DIRECTORY, MONDAY, "sam")
        standard = load_pathway(shipped_pathways()["standard"])
        self.laws = Laws(Pathways(self.store), self.directories, self.covers, (standard,), lambda: self.now)

    def at(self, now: datetime) -> Directory:
        """The directory of that moment."""
        self.now = now
        return self.laws.today().directory


@pytest.fixture
def office(store: Store) -> Office:
    """Grace has said that she is away from Tuesday, and Victor stands in."""
    opened = Office(store)
    opened.covers.put(WEEK, GRACE, MONDAY)
    return opened


def test_a_cover_is_in_force_from_its_first_moment_to_its_last(office: Office) -> None:
    assert office.at(WEEK.start - datetime.resolution) == DIRECTORY
    assert office.at(WEEK.start).holders(MANAGER) == (VICTOR, OWEN)
    assert office.at(WEEK.end - datetime.resolution).holders(MANAGER) == (VICTOR, OWEN)
    assert office.at(WEEK.end) == DIRECTORY


def test_every_pathways_rules_are_of_the_same_moment(office: Office) -> None:
    office.now = WEEK.start

    assert office.laws.rules(office.laws.today().digest).directory is office.laws.today().directory


def test_it_is_made_once_for_all_who_ask_until_something_changes(office: Office) -> None:
    first = office.at(WEEK.start)
    assert office.at(WEEK.start + (WEEK.end - WEEK.start) / 2) is first

    office.covers.put(replace(WEEK, stand_in=None), GRACE, office.now)
    assert office.laws.today().directory.holders(MANAGER) == (OWEN,)


def test_a_new_version_of_the_directory_keeps_the_covers(office: Office) -> None:
    office.at(WEEK.start)
    office.directories.apply(replace(DIRECTORY, partnership="Southshire"), MONDAY, "sam")

    assert office.at(WEEK.start).partnership == "Southshire"
    assert office.at(WEEK.start).covers == (WEEK,)


def test_with_the_database_away_it_is_the_last_one_seen(office: Office) -> None:
    seen = office.at(WEEK.start)
    office.store.fails = NotSaved("The database is gone.")

    assert office.at(WEEK.end) is seen
    office.store.fails = None
    assert office.at(WEEK.end) == DIRECTORY

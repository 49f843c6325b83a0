"""Today's directory: the one applied, while covers run; with the database away, the last one seen."""

from dataclasses import replace
from datetime import datetime

import pytest

from bot.files import load_pathway, shipped_pathways
from bot.laws import Laws
from concerns.directory import Directory
from concerns.enrolling import confirm, invite, redeem, revoke
from concerns.enrolment import GOOD_FOR, code, digest
from concerns.people import Cover, Seat
from storage.covers import Covers
from storage.directory import Directories, Pathways
from storage.engine import Store, open_store
from storage.enrolments import Enrolments
from storage.errors import NotSaved
from storage.moved import Moves
from tests.handlers.fakes import Moody
from tests.ladders import MONDAY, london
from tests.owners import LOOKED_AFTER, TELEGRAM
from tests.partnership import BEN, COUNCIL, DIRECTORY, GRACE, JOEL, OWEN, RUTH, VICTOR
from tests.storage.rows import statements

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
        self.moves = Moves(self.store)
        self.enrolments = Enrolments(self.store)
        kept = Pathways(self.store), self.directories, self.covers, self.enrolments, self.moves
        self.laws = Laws(*kept, (standard,), lambda: self.now)

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


def test_asked_again_it_reads_nothing_but_whether_anything_changed(office: Office) -> None:
    office.at(WEEK.start)
    with statements(office.store) as heard:
        office.at(WEEK.start)

    assert heard == []


def test_what_another_process_applies_holds_at_once(office: Office, store_url: str) -> None:
    """As `baton directory apply` beside a running bot."""
    office.at(WEEK.start)
    other = open_store(store_url)
    Directories(other).apply(replace(DIRECTORY, partnership="Southshire"), MONDAY, "sam")
    Covers(other).put(replace(WEEK, stand_in=None), GRACE, MONDAY)
    other.close()

    assert office.at(WEEK.start).partnership == "Southshire"
    assert office.at(WEEK.start).holders(MANAGER) == (OWEN,)


def test_a_clock_set_back_finds_the_cover_of_then(office: Office) -> None:
    assert office.at(WEEK.end).covers == ()
    assert office.at(WEEK.start).covers == (WEEK,)


def test_a_new_version_of_the_directory_keeps_the_covers(office: Office) -> None:
    office.at(WEEK.start)
    office.directories.apply(replace(DIRECTORY, partnership="Southshire"), MONDAY, "sam")

    assert office.at(WEEK.start).partnership == "Southshire"
    assert office.at(WEEK.start).covers == (WEEK,)


def test_an_account_bound_in_chat_counts_at_once_until_it_ends(office: Office) -> None:
    office.directories.apply(LOOKED_AFTER, MONDAY, "sam")
    assert office.at(MONDAY).whose(TELEGRAM) is None
    made = code(1)
    for judge in (
        lambda b: invite(b, BEN, JOEL, digest(made), LOOKED_AFTER, MONDAY),
        lambda b: redeem(b, TELEGRAM, digest(made), "", LOOKED_AFTER, MONDAY),
        lambda b: confirm(b, "E-1", RUTH, None, LOOKED_AFTER, MONDAY),
    ):
        office.enrolments.change(judge, MONDAY)

    assert office.at(MONDAY).whose(TELEGRAM) == BEN
    assert office.at(MONDAY + GOOD_FOR - datetime.resolution).whose(TELEGRAM) == BEN
    assert office.at(MONDAY + GOOD_FOR).whose(TELEGRAM) is None
    office.at(MONDAY)
    office.enrolments.change(lambda b: revoke(b, BEN, JOEL, LOOKED_AFTER, MONDAY), MONDAY)
    assert office.at(MONDAY).whose(TELEGRAM) is None


def test_a_channel_is_where_its_platform_says_as_soon_as_that_is_known(office: Office) -> None:
    """Covers and accounts stay as they were."""
    before = office.at(WEEK.start)
    channel = before.channels[0]
    office.moves.note(channel.id, channel.address, "C-new", office.now)

    today = office.at(WEEK.start)
    assert today.channels == (replace(channel, address="C-new"), *before.channels[1:])
    assert today.covers == (WEEK,)


def test_with_the_database_away_it_is_the_last_one_seen(office: Office) -> None:
    seen = office.at(WEEK.start)
    office.store.fails = NotSaved("The database is gone.")

    assert office.at(WEEK.end) is seen
    office.store.fails = None
    assert office.at(WEEK.end) == DIRECTORY

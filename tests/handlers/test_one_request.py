"""One request sees one directory, from its beginning to its end, whatever changes meanwhile."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from concerns.rules import Rules
from handlers.scene import Asker
from tests.handlers.offices import Office, error_of
from tests.ladders import RULES
from tests.owners import LOOKED_AFTER, SLACK
from tests.partnership import AMIRA, DIRECTORY, JOEL

RENAMED = replace(DIRECTORY, partnership="Southshire")


@pytest.fixture
def office(store_url: str, tmp_path: Path) -> Iterator[Office]:
    """A desk on Monday morning."""
    opened = Office(store_url, tmp_path)
    yield opened
    opened.store.close()


def test_a_steady_desk_keeps_the_directory_it_began_with(office: Office) -> None:
    steady = office.desk.steady()
    office.with_directory(RENAMED)

    assert office.desk.directory.partnership == "Southshire"
    assert steady.directory == DIRECTORY
    assert steady.record.rules(RULES.digest).directory is steady.directory


def test_so_it_does_for_a_pathway_that_is_not_in_force_any_more(office: Office) -> None:
    def of(digest: str) -> Rules:
        return replace(RULES, digest=digest, directory=RENAMED)

    office.with_record(rules=of)
    steady = office.desk.steady()

    assert steady.record.rules("an older version").directory is steady.directory


def test_what_is_done_at_it_is_decided_by_that_directory(office: Office) -> None:
    """Who was in the directory when they asked is answered; the next request of theirs is not."""
    ref = office.raised()
    steady = office.desk.steady()
    office.with_directory(replace(DIRECTORY, people=tuple(p for p in DIRECTORY.people if p.id != AMIRA)))
    office.desk = steady

    assert office.say(AMIRA, f"/concern note {ref} A line more.").error is None
    assert JOEL in {person.id for person in steady.directory.people}


def test_what_is_no_concerns_counts_once_too(office: Office) -> None:
    """The platform may bring it again, even after a restart."""
    office.with_directory(LOOKED_AFTER)
    stranger = Asker(None, False, SLACK, "Ben Hale")
    first, again = (office.desk.say(stranger, "/concern join", "slack:riverside:1") for _ in range(2))

    assert first.message is not None
    assert first.on_record
    assert error_of(again) == "This is on record already. Nothing was changed just now."
    assert len(office.enrolments.book().enrolments) == 1


def test_what_changes_a_concern_is_counted_with_the_change(office: Office) -> None:
    ref = office.raised()
    line = f"/contact {ref} made phone spoke The duty desk."
    first, again = (office.say(AMIRA, line, request="slack:riverside:1") for _ in range(2))

    assert (first.on_record, again.on_record) == (True, True)
    assert not office.ledger.answered.before("slack:riverside:1")


def test_what_only_shows_something_is_counted_by_whoever_asked(office: Office) -> None:
    assert not office.say(AMIRA, "/concern mine", request="slack:riverside:1").on_record

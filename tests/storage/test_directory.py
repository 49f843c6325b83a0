"""Who there is, as applied: every version kept, the newest one in force everywhere at once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from concerns.people import ChannelId, Cover
from storage.covers import Covers
from storage.directory import Directories, Pathways
from storage.engine import Store
from storage.moved import Moves
from tests.ladders import MONDAY
from tests.partnership import AMIRA, DIRECTORY, JOEL
from tests.storage.rows import Broken, statements

RENAMED = replace(DIRECTORY, partnership="Southshire")


def test_before_anything_is_applied_there_is_nobody(store: Store) -> None:
    nobody = Directories(store).current()

    assert nobody.people == ()
    assert nobody.person(AMIRA) is None
    assert nobody.coordinator is None


def test_what_is_applied_is_in_force_for_everybody_who_looks(store: Store) -> None:
    ours, theirs = Directories(store), Directories(store)

    assert ours.apply(DIRECTORY, MONDAY, "sam") == 1
    assert theirs.current() == DIRECTORY
    assert ours.apply(RENAMED, MONDAY, "sam") == 2
    assert theirs.current() == RENAMED
    assert ours.current() == RENAMED


def test_every_change_of_who_there_is_begins_a_new_edition(store: Store) -> None:
    """Whoever made it, wherever: the database counts by itself."""
    directories = Directories(store)
    cover = Cover(JOEL, MONDAY, MONDAY + timedelta(days=1))
    editions = [directories.edition()]
    for change in (
        lambda: directories.apply(DIRECTORY, MONDAY, "sam"),
        lambda: Covers(store).put(cover, JOEL, MONDAY),
        lambda: Moves(store).note(ChannelId("joint"), "C1", "C2", MONDAY),
        lambda: Moves(store).note(ChannelId("joint"), "C1", "C3", MONDAY),
    ):
        change()
        editions.append(directories.edition())

    assert editions == sorted(set(editions))


def test_what_was_undone_begins_no_edition(store: Store) -> None:
    directories = Directories(store)
    directories.apply(DIRECTORY, MONDAY, "sam")
    before = directories.edition()

    def undone() -> None:
        with store.write() as db:
            db.execute(text("DELETE FROM directory"))
            raise Broken

    with pytest.raises(Broken):
        undone()

    assert directories.edition() == before


def test_every_version_is_kept_with_who_applied_it(store: Store) -> None:
    directories = Directories(store)
    directories.apply(DIRECTORY, MONDAY, "sam")
    directories.apply(RENAMED, MONDAY, "miriam")

    with store.read() as db:
        kept = db.execute(text("SELECT version, by FROM directory ORDER BY version")).all()
    assert kept == [(1, "sam"), (2, "miriam")]


def test_a_directory_that_has_not_changed_is_not_read_again(store: Store) -> None:
    directories = Directories(store)
    directories.apply(DIRECTORY, MONDAY, "sam")
    first = directories.current()
    with statements(store) as heard:
        assert directories.current() is first

    assert not any("body" in statement for statement in heard)


def test_two_who_apply_at_once_make_two_versions(store: Store) -> None:
    directories = Directories(store)
    with ThreadPoolExecutor(4) as people:
        versions = list(people.map(lambda name: directories.apply(DIRECTORY, MONDAY, str(name)), range(8)))

    assert sorted(versions) == list(range(1, 9))


def test_a_pathway_version_is_stored_once_and_never_changed(store: Store) -> None:
    pathways = Pathways(store)
    pathways.keep("d" * 64, "Standard", "2026.1", '{"tiers": 4}', MONDAY)
    pathways.keep("d" * 64, "Standard", "2026.1", '{"tiers": 5}', MONDAY)

    assert pathways.body("d" * 64) == '{"tiers": 4}'
    assert pathways.body("e" * 64) is None


def test_a_pathway_kept_by_many_at_once_is_stored_once(store: Store) -> None:
    pathways = Pathways(store)
    with ThreadPoolExecutor(4) as replicas:
        list(replicas.map(lambda _: pathways.keep("d" * 64, "Standard", "1", "{}", MONDAY), range(8)))

    assert pathways.body("d" * 64) == "{}"

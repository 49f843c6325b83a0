"""A copy of the record while people write: whole, checked, for its owner only, and good to go on with."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage.backup import Backup, back_up
from storage.check import check
from storage.engine import Store, open_store
from storage.errors import BadStore, NotSaved
from storage.ledger import Ledger
from storage.vault import Vault
from tests.ladders import MONDAY, RULES
from tests.storage.rows import forge
from tests.worlds import REF, a_concern, a_contact


@pytest.fixture
def store(sqlite_url: str) -> Iterator[Store]:
    """SQLite only: PostgreSQL brings its own tool."""
    with closing(open_store(sqlite_url)) as opened:
        yield opened


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Where the copy goes."""
    return tmp_path / "copy.db"


def test_what_was_copied_is_restored_and_read_with_its_words(
    ledger: Ledger, store: Store, vault: Vault, copy: Path, tmp_path: Path
) -> None:
    """The copy is put where a database should be, and life goes on in it."""
    ledger.change(None, a_concern(), MONDAY)
    ledger.change(REF, a_contact(MONDAY), MONDAY)
    assert back_up(store, copy) == Backup(concerns=1, differences=())

    restored = tmp_path / "restored"
    restored.mkdir()
    shutil.copy(copy, restored / "baton.db")
    with closing(open_store(f"sqlite:///{restored}/baton.db")) as again:
        read = Ledger(again, vault, lambda digest: RULES, lambda strand: RULES.digest)
        assert read.history(REF) == ledger.history(REF)
        assert read.load(REF) == ledger.load(REF)
        read.change(REF, a_contact(MONDAY), MONDAY)
        assert check(again) == []


def test_the_copy_is_one_file_that_only_its_owner_can_read(store: Store, copy: Path, tmp_path: Path) -> None:
    back_up(store, copy)

    assert copy.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in tmp_path.glob("copy.db*")] == ["copy.db"]


def test_people_may_write_while_it_is_copied_and_the_copy_holds_what_was_committed(
    ledger: Ledger, store: Store, sqlite_url: str, copy: Path
) -> None:
    """A writer in the middle of something neither holds the copy up nor gets into it."""
    ledger.change(None, a_concern(), MONDAY)
    with closing(open_store(sqlite_url)) as other, other.write() as db:
        db.exec_driver_sql("UPDATE facts SET value = 'half done' WHERE key = 'room'")
        assert back_up(store, copy) == Backup(concerns=1, differences=())

    with closing(sqlite3.connect(copy)) as copied:
        assert copied.execute("SELECT value FROM facts WHERE key = 'room'").fetchone() == ("",)


def test_a_path_with_marks_in_it_is_a_path(store: Store, tmp_path: Path) -> None:
    copy = tmp_path / "a copy? 100% = #1.db"

    assert back_up(store, copy).concerns == 0
    assert copy.stat().st_size > 0


def test_a_file_that_exists_is_never_written_over(store: Store, copy: Path) -> None:
    copy.write_text("last week's copy")

    with pytest.raises(BadStore, match=r"copy\.db exists already"):
        back_up(store, copy)
    assert copy.read_text() == "last week's copy"


def test_a_place_that_is_not_there_is_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(BadStore, match=r"missing/copy\.db cannot be written \(No such file or directory\)"):
        back_up(store, tmp_path / "missing" / "copy.db")


def test_a_database_without_a_record_is_not_copied(tmp_path: Path, copy: Path) -> None:
    with (
        closing(open_store(f"sqlite:///{tmp_path}/empty.db")) as empty,
        pytest.raises(BadStore, match="nothing to copy"),
    ):
        back_up(empty, copy)
    assert not copy.exists()


def test_a_record_that_is_not_whole_is_copied_and_told(
    ledger: Ledger, store: Store, sqlite_url: str, copy: Path
) -> None:
    """A copy of the evidence is kept, whatever state it is in."""
    ledger.change(None, a_concern(), MONDAY)
    forge(sqlite_url, "UPDATE concerns SET tier = 2 WHERE ref = :ref", ref=REF)

    assert back_up(store, copy).differences == (f"{REF}: the index and the events differ in tier.",)
    assert copy.exists()


def test_a_record_of_an_older_baton_is_copied_and_not_rebuilt(store: Store, copy: Path) -> None:
    """The copy before an upgrade is the one that matters most."""
    with store.write() as db:
        db.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")

    assert back_up(store, copy) == Backup(concerns=0, differences=None)


def test_a_damaged_database_leaves_no_copy_that_looks_sound(
    ledger: Ledger, store: Store, sqlite_url: str, copy: Path
) -> None:
    ledger.change(None, a_concern(), MONDAY)
    store.empty_log()
    with store.read() as db:
        where, size = (
            db.exec_driver_sql(f"SELECT {what}").scalar_one()
            for what in (
                "rootpage FROM sqlite_master WHERE type = 'table' AND name = 'events'",
                "page_size FROM pragma_page_size",
            )
        )
    store.close()
    with open(sqlite_url.removeprefix("sqlite:///"), "r+b") as file:
        file.seek((where - 1) * size + size // 2)
        file.write(b"\xff" * (size // 2))

    with closing(open_store(sqlite_url)) as damaged, pytest.raises(NotSaved, match="damaged"):
        back_up(damaged, copy)
    assert not copy.exists()

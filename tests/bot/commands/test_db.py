"""`baton db`: the database brought up to date, the record checked, and copied."""

import sqlite3
from pathlib import Path

import pytest

from tests.command_line import Baton


def test_a_database_is_made_and_then_found_whole(baton: Baton, tmp_path: Path) -> None:
    """Progress goes to standard error, results to standard output; a second upgrade changes nothing."""
    code, out, err = baton("db", "upgrade")
    assert (code, out) == (0, "The database has been brought up to date.\n")
    assert err
    assert (tmp_path / "baton.db").exists()

    assert baton("db", "upgrade")[:2] == (0, "The database was up to date already.\n")
    assert baton("db", "check")[:2] == (0, "The record is whole.\n")


def test_a_damaged_record_leaves_with_1_and_a_line_for_each_difference(baton: Baton, tmp_path: Path) -> None:
    """Events whose concern is missing from the index."""
    baton("db", "upgrade")
    with sqlite3.connect(tmp_path / "baton.db") as db:
        for ref in ("C-AAAA-AAAA", "C-BBBB-BBBB"):
            db.execute(
                "INSERT INTO events (ref, seq, at, kind, body, digest) VALUES (?, 1, 0, 'raised', x'', x'')",
                (ref,),
            )
    db.close()
    code, out, _ = baton("db", "check")

    assert code == 1
    assert [line[:11] for line in out.splitlines()] == ["C-AAAA-AAAA", "C-BBBB-BBBB"]


def test_checking_makes_no_database(baton: Baton, tmp_path: Path) -> None:
    """A mistyped address is not answered with "whole"."""
    code, out, err = baton("db", "check")

    assert (code, out) == (2, "")
    assert "baton.db" in err
    assert not list(tmp_path.iterdir())


def test_a_database_without_its_schema_is_not_called_whole(baton: Baton, tmp_path: Path) -> None:
    """It asks for the upgrade first."""
    (tmp_path / "baton.db").touch()
    code, out, err = baton("db", "check")

    assert (code, out) == (2, "")
    assert "baton db upgrade" in err


def test_a_database_of_a_newer_baton_is_refused(baton: Baton, tmp_path: Path) -> None:
    """Upgrading it would be a step backwards."""
    baton("db", "upgrade")
    with sqlite3.connect(tmp_path / "baton.db") as db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")
    db.close()

    for command in ("upgrade", "check"):
        code, out, err = baton("db", command)
        assert (code, out) == (2, "")
        assert "9999" in err


def test_a_file_that_is_no_database_leaves_with_1(baton: Baton, tmp_path: Path) -> None:
    """It was tried, and nothing was changed."""
    (tmp_path / "baton.db").write_text("not a database, but long enough to look like one\n" * 100)
    code, out, err = baton("db", "upgrade")

    assert (code, out) == (1, "")
    assert "not a database" in err.splitlines()[-1]


@pytest.mark.parametrize("url", ["mysql://here/there", "nonsense", "sqlite:///missing/folder/baton.db"])
def test_an_address_that_cannot_be_right_is_refused(
    baton: Baton, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    """One line, without the address: it may hold a password."""
    monkeypatch.setenv("BATON_DATABASE_URL", url)
    code, out, err = baton("db", "upgrade")

    assert (code, out) == (2, "")
    assert err.count("\n") == 1


def test_a_backup_stands_the_check_in_place_of_the_original(baton: Baton, tmp_path: Path) -> None:
    """What was copied is told, and what was not."""
    baton("db", "upgrade")
    code, out, err = baton("db", "backup", "copy.db")

    assert (code, err) == (0, "")
    assert out.startswith("Copied 0 concerns to copy.db.\nThe copy was checked: the record in it is whole.\n")
    assert "BATON_KEY_FILE" in out
    (tmp_path / "copy.db").replace(tmp_path / "baton.db")
    assert baton("db", "check")[:2] == (0, "The record is whole.\n")


def test_a_backup_of_a_damaged_record_is_kept_and_leaves_with_1(baton: Baton, tmp_path: Path) -> None:
    """The copy is as good as the original, and no better."""
    baton("db", "upgrade")
    with sqlite3.connect(tmp_path / "baton.db") as db:
        db.execute(
            "INSERT INTO events (ref, seq, at, kind, body, digest)"
            " VALUES ('C-AAAA-AAAA', 1, 0, 'raised', x'', x'')"
        )
    db.close()
    code, out, _ = baton("db", "backup", "copy.db")

    assert code == 1
    assert "not whole" in out
    assert "\nC-AAAA-AAAA: " in out
    assert (tmp_path / "copy.db").exists()


def test_a_backup_never_replaces_a_file(baton: Baton, tmp_path: Path) -> None:
    """Last week's copy stays what it is."""
    baton("db", "upgrade")
    (tmp_path / "copy.db").write_text("last week")
    code, out, err = baton("db", "backup", "copy.db")

    assert (code, out) == (2, "")
    assert err == "copy.db exists already and is left as it is; name a new file.\n"
    assert (tmp_path / "copy.db").read_text() == "last week"


def test_a_backup_makes_no_database(baton: Baton, tmp_path: Path) -> None:
    """A mistyped address is not copied as an empty one."""
    assert baton("db", "backup", "copy.db")[:2] == (2, "")
    assert not list(tmp_path.iterdir())


def test_on_postgresql_its_own_tool_is_named(baton: Baton, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line with the command, without the address: it may hold a password."""
    monkeypatch.setenv("BATON_DATABASE_URL", "postgresql+psycopg://baton:secret@db.example/baton")
    code, out, err = baton("db", "backup", "copy.db")

    assert (code, out) == (2, "")
    assert "pg_dump --format=custom" in err
    assert "secret" not in err
    assert err.count("\n") == 1

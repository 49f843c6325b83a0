"""`baton db`: the database brought up to date, and the record checked."""

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

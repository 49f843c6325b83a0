"""One SQLite file has one clock."""

import multiprocessing
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from storage.errors import BadStore
from storage.owner import clock_owner


def hold(url: str, pipe: Connection) -> None:
    """Hold the clock until told to stop, or killed."""
    with clock_owner(url):
        pipe.send("held")
        pipe.recv()


def test_a_second_clock_on_one_file_is_refused_and_free_again_afterwards(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/baton.db"
    with clock_owner(url):
        with (
            pytest.raises(BadStore, match=f"running the clock of {tmp_path}/baton.db already"),
            clock_owner(url),
        ):
            pass
        with clock_owner(f"sqlite:///{tmp_path}/other.db"):
            pass
    with clock_owner(url):
        pass


def test_a_killed_process_lets_go_of_the_clock(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/baton.db"
    ours, theirs = multiprocessing.Pipe()
    other = multiprocessing.get_context("spawn").Process(target=hold, args=(url, theirs))
    other.start()
    assert ours.recv() == "held"
    with pytest.raises(BadStore, match="already"), clock_owner(url):
        pass
    other.kill()
    other.join()

    with clock_owner(url):
        pass


def test_replicas_share_the_clock_on_postgresql() -> None:
    url = "postgresql+psycopg://host/baton"
    with clock_owner(url), clock_owner(url):
        pass


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    """Of the file of the clock nobody who sets Baton up has heard."""
    nowhere = f"sqlite:///{tmp_path}/missing/baton.db"
    with pytest.raises(BadStore, match=r"^The folder .*/missing for the database"), clock_owner(nowhere):
        pass


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "baton.db.clock").mkdir()
    url = f"sqlite:///{tmp_path}/baton.db"
    with pytest.raises(BadStore, match=r"baton\.db\.clock cannot be written"), clock_owner(url):
        pass

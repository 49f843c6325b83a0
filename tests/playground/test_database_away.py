"""The database locked, read-only or full: the person is told, nothing is lost, and all goes on after it.

On SQLite, whose file can be held, shut and filled up; how PostgreSQL fails is told in tests/storage.
"""

import errno
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine

from bot.playground.world import DATABASE
from storage import engine
from tests.playground.inside import Inside, Open, opening
from tests.playground.outsider import Outsider

Trouble = Callable[[Path], AbstractContextManager[None]]

WORDS = "It rang out again. " * 800
"""More than fits into the pages a database has already."""


@pytest.fixture
def folder(fresh_world: Path, tmp_path: Path) -> Path:
    """The folder of a fresh world, its record in an SQLite file there."""
    return Path(shutil.copytree(fresh_world, tmp_path / "world"))


@pytest.fixture
def open_playground(folder: Path) -> Iterator[Open]:
    """Opens the playground in the folder."""
    with opening(folder) as another:
        yield another


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tenth of the time a lock is waited for."""
    monkeypatch.setattr(engine, "PATIENCE", engine.PATIENCE / 10)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Another program holds the database."""
    other = sqlite3.connect(folder / DATABASE, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@contextmanager
def _every_transaction(*pragmas: str) -> Iterator[None]:
    """These pragmas hold in every transaction meanwhile; the last undoes them."""
    *during, afterwards = pragmas

    def set_up(db: Connection) -> None:
        for pragma in during:
            db.connection.cursor().execute(pragma).close()

    def undo(db: Connection) -> None:
        db.connection.cursor().execute(afterwards).close()

    moments = {"begin": set_up, "commit": undo, "rollback": undo}
    for moment, happens in moments.items():
        event.listen(Engine, moment, happens)
    try:
        yield
    finally:
        for moment, happens in moments.items():
            event.remove(Engine, moment, happens)


def read_only(_folder: Path) -> AbstractContextManager[None]:
    """The file can be read, and no more."""
    return _every_transaction("PRAGMA query_only = on", "PRAGMA query_only = off")


def full(_folder: Path) -> AbstractContextManager[None]:
    """There is not a page of room left."""
    return _every_transaction("PRAGMA max_page_count = 1", "PRAGMA max_page_count = 1073741823")


TROUBLES = pytest.mark.parametrize(
    ("trouble", "why"),
    [(locked, "busy"), (read_only, "read-only"), (full, "no room left")],
    ids=["locked", "read-only", "full"],
)


@pytest.fixture
def ref(out: Outsider) -> str:
    """A concern of Amira's, tier 1 of the council called."""
    return out.opened("amira", "/concern raise", agency="council")


@TROUBLES
def test_the_person_is_told_why_it_was_not_saved(
    inside: Inside, ref: str, trouble: Trouble, why: str
) -> None:
    out = inside.outsider

    with trouble(inside.folder):
        answer = out.say("amira", f"/contact {ref} made phone no_answer {WORDS}")

    assert answer["reply"] is None
    assert answer["error"].startswith("Not saved")
    assert why in answer["error"]


@TROUBLES
def test_it_says_why_it_is_not_ready_and_recovers(inside: Inside, trouble: Trouble, why: str) -> None:
    out = inside.outsider

    with trouble(inside.folder):
        response = out.http.get("/readyz")

    assert response.status_code == 503
    assert response.json()["ready"] is False
    assert why in " ".join(response.json()["reasons"])
    assert out.get("/readyz")["ready"]


@TROUBLES
def test_a_form_keeps_what_was_filled_in_before_and_can_be_sent_again(
    inside: Inside, trouble: Trouble, why: str
) -> None:
    out = inside.outsider
    page = out.say("amira", "/concern raise")["reply"]["form"]
    form = out.submit("amira", page, {"danger": "no"})["reply"]["form"]
    given = {"strand": "adult", "agency": "council", "ground": ["threshold"], "wanted": "An enquiry."}
    out.submit("amira", form, given)

    with trouble(inside.folder):
        answer = out.submit("amira", form, {"decision": WORDS})
    assert why in answer["error"]
    assert out.world()["concerns"] == []

    assert out.submit("amira", form, {"decision": "No enquiry."})["error"] is None
    assert len(out.world()["concerns"]) == 1


@TROUBLES
def test_what_can_be_read_is_still_shown(inside: Inside, ref: str, trouble: Trouble, why: str) -> None:
    out = inside.outsider
    before = out.world(), out.channel("riverside-council")

    with trouble(inside.folder):
        assert (out.world(), out.channel("riverside-council")) == before
        assert out.say("amira", f"/concern show {ref}")["reply"]["message"]["lines"]


@TROUBLES
def test_immediate_danger_gets_the_emergency_text_all_the_same(
    inside: Inside, trouble: Trouble, why: str
) -> None:
    out = inside.outsider

    with trouble(inside.folder):
        form = out.say("amira", "/concern raise")["reply"]["form"]
        out.submit("amira", form, {"danger": "yes"})
        shown = out.private("amira")[-1]

    assert "999" in " ".join(shown["lines"])
    assert shown["urgent"]


@TROUBLES
def test_the_clock_cannot_pass_a_lapse_that_is_not_saved_and_nothing_is_forgotten(
    inside: Inside, ref: str, trouble: Trouble, why: str
) -> None:
    out = inside.outsider

    with trouble(inside.folder):
        response = out.http.post("/api/clock", json={"forward": "2 working days"})
        assert response.status_code == 503
        assert response.json()["error"].startswith("Not saved")
        assert why in response.json()["error"]
        assert out.now() == "2026-11-30T14:00:00+00:00"
        assert len(out.channel("riverside-council")) == 2

    out.forward("next")
    said = [message["title"] for message in out.channel("riverside-council")]
    assert len(said) == len(set(said)) == 4
    assert out.get("/readyz")["ready"]


def test_what_was_owed_when_the_database_went_is_delivered_once_it_is_back(
    inside: Inside, ref: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, settle = inside.outsider, inside.world.settle

    async def settle_without_it() -> None:
        with locked(inside.folder):
            await settle()

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(inside.world, "settle", settle_without_it)
        assert out.say("tom", f"/concern ack {ref}")["error"] is None
    assert not any(message["title"].endswith("acknowledged") for message in out.private("amira"))

    out.say("tom", "/concern mine")

    told = [message for message in out.private("amira") if message["title"].endswith("acknowledged")]
    assert len(told) == 1


def test_a_journal_without_room_holds_back_what_is_owed_and_is_not_damaged(
    inside: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, fsync = inside.outsider, os.fsync
    form = out.say("amira", "/concern refer")["reply"]["form"]
    given = {"strand": "adult", "agency": "council", "when": "2026-11-30T10:00", "how": "phone"}

    def no_room(_file: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(os, "fsync", no_room)
        assert out.submit("amira", form, given)["error"] is None
        assert out.channel("riverside-council") == []
    assert os.fsync is fsync

    out.say("amira", "/concern mine")
    assert len(out.channel("riverside-council")) == 1
    before = out.channel("riverside-council")
    inside.close()
    again = Inside(inside.folder)
    assert again.outsider.channel("riverside-council") == before
    again.close()


def test_a_database_that_is_no_database_is_named_at_the_start(folder: Path) -> None:
    for file in folder.glob(f"{DATABASE}-*"):
        file.unlink()
    (folder / DATABASE).write_bytes(b"not a database at all " * 1000)

    with pytest.raises(Exception, match="damaged, or is not a database"):
        Inside(folder)

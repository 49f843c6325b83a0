"""Marked words typed into everything: no channel, stranger, log line, metric, error or file has them."""

import io
import logging
import sqlite3
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from json import dumps

import pytest
import structlog

from bot.logs import QUIET, set_up_logs
from bot.playground.world import DATABASE
from tests.playground.inside import Inside
from tests.playground.outsider import Json, Outsider
from tests.playground.test_database_away import full, locked, read_only

MARK = "kestrel"
WITH_A_RIGHT = {"amira", "tom", "lucia", "joel", "priya", "grace", "owen", "ruth", "nadia"}
"""The raiser, and whoever sits in a seat of the three tiers called."""


@pytest.fixture(scope="module")
def log() -> Iterator[io.StringIO]:
    """Everything logged, at DEBUG, by the house's own logs. All is put back afterwards."""
    root, quiet = logging.getLogger(), {name: logging.getLogger(name).level for name in QUIET}
    before = root.handlers, root.level, logging.raiseExceptions, sys.excepthook, threading.excepthook
    lines = io.StringIO()
    set_up_logs(logging.DEBUG, lines)
    yield lines
    root.handlers, root.level, logging.raiseExceptions, sys.excepthook, threading.excepthook = before
    for name, level in quiet.items():
        logging.getLogger(name).setLevel(level)
    logging.captureWarnings(False)
    structlog.reset_defaults()


class Typist:
    """Types marked words wherever there is room for words, and remembers which."""

    def __init__(self, out: Outsider) -> None:
        self.out = out
        self._numbers = count(1)
        self.typed: list[str] = []
        self.kept_back: list[str] = []

    def words(self) -> str:
        """Words nobody has typed yet."""
        self.typed.append(f"{MARK}{next(self._numbers):03}")
        return f"Mrs {self.typed[-1]} of Mill Lane"

    def fill(self, person: str, line: str, **wanted: Json) -> Json:
        """Fill every field for words with marked ones, page by page, and say what came of it."""
        answer = self.out.say(person, line)
        while answer["reply"] and "form" in answer["reply"]:
            form = answer["reply"]["form"]
            marked = {f["key"]: self.words() for f in form["fields"] if f["kind"] in {"text", "long"}}
            answer = self.out.page(person, form, **marked | wanted)
        assert answer["error"] is None, f"{line}: {answer['error']}"
        return answer

    def line(self, person: str, line: str) -> Json:
        """A whole command on one line, words at its end."""
        answer = self.out.say(person, f"{line} {self.words()}")
        assert answer["error"] is None, f"{line}: {answer['error']}"
        return answer


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory, log: io.StringIO) -> Iterator[Inside]:
    """A playground for one long story, in SQLite's files, which are read byte for byte."""
    inside = Inside(tmp_path_factory.mktemp("lived") / "world")
    yield inside
    inside.close()


@pytest.fixture(scope="module")
def story(lived: Inside) -> Typist:
    """A concern that has been through every command, up to the third tier, reopened and withdrawn."""
    at = Typist(lived.outsider)
    at.fill("amira", "/concern refer", agency="council")
    ref = at.out.world()["concerns"][0]["ref"]
    at.fill("amira", f"/contact {ref}")
    at.line("amira", f"/contact {ref} made phone spoke")
    at.line("amira", f"/concern note {ref}")
    at.fill("amira", f"/concern responded {ref}", verdict="challenge")
    at.out.forward("next")
    at.fill("tom", f"/concern ack {ref}")
    at.fill("tom", f"/concern release {ref}")
    at.line("tom", f"/contact {ref} received email declined")
    at.line("amira", f"/concern escalate {ref} raiser_or_manager_choice")
    at.fill("grace", f"/concern answer {ref}")
    at.line("amira", f"/concern dispute {ref}")
    at.fill("ruth", f"/concern ack {ref}")
    at.fill("nadia", f"/concern answer {ref}")
    at.line("amira", f"/concern accept {ref} reservation")
    at.fill("amira", f"/concern check {ref}", safer="no")
    at.line("amira", f"/concern reopen {ref}")
    at.fill("amira", "/concern raise", agency="council", danger="yes")
    at.out.forward("1 working day")
    at.line("amira", f"/concern withdraw {ref}")
    _leave_a_draft(at)
    return at


def _leave_a_draft(at: Typist) -> None:
    """A form begun and never sent; one with an answer that will not do."""
    page = at.out.say("amira", "/concern raise")["reply"]["form"]
    form = at.out.submit("amira", page, {"danger": "no"})["reply"]["form"]
    assert at.out.submit("amira", form, {"decision": at.words(), "wanted": at.words()})["errors"]
    at.kept_back = at.typed[-2:]


def test_no_channel_and_nobody_without_a_right_sees_a_word(story: Typist) -> None:
    places = story.out.everything()
    ref = story.out.world()["concerns"][0]["ref"]
    for person in ("sam", "yusuf", "ben", "helen", "martin", "miriam"):
        story.out.say(person, f"/concern show {ref}")
        story.out.say(person, "/concern mine")
        story.out.say(person, "/concern help")
    places |= {place: said for place, said in story.out.everything().items() if place.startswith("private:")}

    for place, messages in places.items():
        if place.removeprefix("private:") not in WITH_A_RIGHT:
            assert MARK not in dumps(messages), place


def test_those_with_a_right_can_read_every_word(story: Typist) -> None:
    """Or the other tests would prove nothing."""
    out = story.out
    shown = dumps([out.do("amira", f"/concern show {one['ref']}") for one in out.world()["concerns"]])

    submitted = [word for word in story.typed if word not in story.kept_back]
    assert len(submitted) > 40
    assert [word for word in submitted if word not in shown] == []


def test_no_log_line_holds_a_word(story: Typist, log: io.StringIO) -> None:
    logging.getLogger("baton.test").debug("the log is on")

    assert "the log is on" in log.getvalue()
    assert MARK not in log.getvalue()


def test_no_metric_and_no_reason_holds_a_word(story: Typist) -> None:
    for path in ("/metrics", "/readyz", "/healthz", "/api/world"):
        assert MARK not in story.out.http.get(path).text


def test_no_file_holds_a_word_before_or_after_the_log_is_written_back(story: Typist, lived: Inside) -> None:
    files = [file for file in lived.folder.rglob("*") if file.is_file()]

    assert {"baton.db", "baton.db-wal", "chat.jsonl"} <= {file.name for file in files}
    for file in files:
        assert MARK.encode() not in file.read_bytes(), file.name
    with closing(sqlite3.connect(lived.folder / DATABASE)) as database:
        assert database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
    for file in files:
        assert MARK.encode() not in file.read_bytes(), file.name


def test_no_refusal_repeats_the_words(story: Typist, lived: Inside, log: io.StringIO) -> None:
    out, ref = story.out, story.out.world()["concerns"][0]["ref"]
    words = f"Mrs {MARK} of Mill Lane"
    lines = [
        f"{words}",
        f"/concern show C-7F3K-9QMX {words}",
        f"/concern note {ref[:-1]} {words}",
        f"/concern check {ref} yes {words}",
        f"/concern answer {ref} {words}",
        f"/contact {ref} made phone spoke {words}",
        "/concern note " + words * 2_000,
    ]
    refusals = [out.say(person, line) for person in ("amira", "ruth", "sam", "tom") for line in lines]
    for trouble in (locked, read_only, full):
        with trouble(lived.folder):
            refusals += [out.say("amira", f"/concern note {ref} {words * 400}")]
            refusals += [out.say("amira", f"/concern raise {words}")]

    errors = [answer["error"] for answer in refusals if answer["error"]]
    assert len(errors) > 20
    assert MARK not in dumps(errors)
    assert MARK not in log.getvalue()


def test_words_said_in_a_telegram_group_are_not_taken(inside: Inside, log: io.StringIO) -> None:
    out = inside.outsider
    ref = out.opened("amira", "/concern raise", agency="council")

    answer = out.say("tom", f"/concern note {ref} Mrs {MARK}", "council-escalations")

    assert "form" in answer["reply"]
    assert MARK not in dumps(answer)
    out.do("tom", f"/concern show {ref}")
    assert MARK not in dumps(out.everything()) + log.getvalue()


def test_a_defect_of_ours_is_answered_and_logged_without_the_words(
    inside: Inside, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_asker: object, text: str) -> None:
        raise RuntimeError(f"cannot take {text}")

    monkeypatch.setattr(type(inside.world.house.desk), "say", lambda _desk, asker, text: fails(asker, text))

    response = inside.calmly("/api/say", {"as": "amira", "in": "private", "text": f"/concern note {MARK}"})

    assert response.status_code == 500
    assert response.json()["error"]
    assert response.headers["content-security-policy"]
    assert MARK not in response.text + log.getvalue()

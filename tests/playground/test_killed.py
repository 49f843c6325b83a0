"""Killed again and again in the middle of its work: nothing is lost, nothing is called or said twice."""

import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from time import monotonic

import httpx
import pytest

from bot.playground.serving import BadAddress, serve
from bot.playground.world import DATABASE, JOURNAL
from concerns import events as e
from concerns.model import Ref
from storage.errors import BadStore
from tests.playground.inside import Inside
from tests.playground.outsider import Outsider
from tests.playground.served import Forked, Nursery, environment

ROUNDS = 8
LINES = 400


@pytest.fixture
def folder(fresh_world: Path, tmp_path: Path) -> Path:
    """The folder of a fresh world, as people serve it: its record in an SQLite file there."""
    return Path(shutil.copytree(fresh_world, tmp_path / "world"))


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    """Whoever forks the servers."""
    kept = Nursery()
    yield kept
    kept.close()


@pytest.fixture
def served(nursery: Nursery, folder: Path) -> Iterator[Forked]:
    """A server over a fresh world, not started yet."""
    server = Forked(nursery, folder)
    yield server
    server.close()


def contacts(out: Outsider, ref: str, of: str, done: Event) -> list[str]:
    """Log one contact after the other until the server is gone; those it said were saved."""
    saved = []
    for n in range(LINES):
        try:
            answer = out.say("amira", f"/contact {ref} made phone no_answer Call {of}{n}.")
        except httpx.TransportError:
            break
        if answer["error"] is None:
            saved.append(f"Call {of}{n}.")
            done.set()
    return saved


def days(out: Outsider) -> None:
    """Move the clock until the server is gone."""
    for _ in range(LINES):
        try:
            out.forward("4 hours")
        except httpx.TransportError:
            break


def calls_said(out: Outsider, ref: str, tier: int) -> int:
    """How often people read that this tier is called, alone or together with the other concern."""
    alone, among = f"{ref}, stage {tier} of 4 is called", f"{ref}, called, stage {tier} of 4:"
    return sum(
        message["title"] == alone
        or (message["title"] == "2 concerns are called" and any(among in line for line in message["lines"]))
        for message in out.channel("riverside-council")
    )


def at_another_place(folder: Path, late: int) -> None:
    """Wait for a moment worth dying at: a little later every time, or just when something has been said."""
    if late % 2:
        Event().wait(late * 0.03)
        return
    journal, give_up = folder / JOURNAL, monotonic() + 5
    grown = journal.stat().st_size + late * 500
    while journal.stat().st_size <= grown and monotonic() < give_up:
        pass


@pytest.fixture
def survived(served: Forked) -> tuple[Inside, list[str], list[str]]:
    """The world after all rounds, the concerns in it, and the contacts that were said to be saved."""
    out, saved = served.outsider, []
    served.start()
    refs = [out.opened("amira", "/concern raise", agency="council") for _ in range(2)]
    for late in range(ROUNDS):
        busy = Event()
        with ThreadPoolExecutor(3) as people:
            clock = people.submit(days, out)
            lines = [people.submit(contacts, out, ref, f"{ref}/{late}/", busy) for ref in refs]
            busy.wait(10)
            at_another_place(served.folder, late)
            served.end()
            clock.result()
        saved += [said for line in lines for said in line.result()]
        served.start()
    assert out.get("/readyz")["ready"]
    assert served.end(signal.SIGINT) == 0
    return Inside(served.folder), refs, saved


def test_a_server_killed_in_the_middle_of_its_work_loses_nothing_and_repeats_nothing(
    survived: tuple[Inside, list[str], list[str]],
) -> None:
    inside, refs, saved = survived
    out = inside.outsider
    assert len(saved) > ROUNDS

    for ref in refs:
        lines = Counter(out.do("amira", f"/concern show {ref}")["lines"])
        mine = [f"Summary: {said}" for said in saved if ref in said]
        assert {line: lines[line] for line in mine} == dict.fromkeys(mine, 1), "saved, and there once"

        events = inside.world.house.ledger.history(Ref(ref))
        called = [event.tier for event in events if isinstance(event, e.Called)]
        assert called == sorted(set(called)), "each tier is called once"
        pings = [calls_said(out, ref, tier) for tier in called]
        assert pings == [1] * len(called), "and each call is said once"
        again = [event.times for event in events if isinstance(event, e.CalledAgain)]
        assert again == list(range(1, len(again) + 1)), "each repeat is called once"

    for place, messages in out.everything().items():
        said = Counter((m["title"], m["at"], *m["lines"]) for m in messages if not m["id"].startswith("w"))
        assert [what for what, times in said.items() if times > 1] == [], place
    counts = inside.world.numbers()
    owed = {state: counts[f"notices_{state}"] for state in ("pending", "sending", "waiting", "unknown")}
    assert owed == dict.fromkeys(owed, 0)
    inside.close()

    checked = subprocess.run(
        [sys.executable, "-m", "bot", "db", "check"],
        env=environment(BATON_DATABASE_URL=f"sqlite:///{inside.folder / DATABASE}"),
        cwd=inside.folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (checked.returncode, checked.stdout) == (0, "The record is whole.\n")


def test_asked_to_stop_it_stops_at_once_and_starts_again_where_it_was(served: Forked) -> None:
    served.start()
    served.outsider.forward("1 hour")

    assert served.end(signal.SIGINT) == 0
    served.start()
    assert served.outsider.now() == "2026-11-30T11:00:00+00:00"


def test_an_open_page_hears_of_every_change_and_does_not_hold_up_the_stop(served: Forked) -> None:
    served.start()
    with served.http.stream("GET", "/api/stream") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        heard = stream.iter_lines()
        served.outsider.forward("1 hour")
        news = [line for line in (next(heard) for _ in range(2)) if line]
        assert news[0] == "event: changed"
        assert '"now": "2026-11-30T11:00:00+00:00"' in news[1]

        assert served.end(signal.SIGINT) == 0


def test_a_second_one_on_the_same_folder_is_refused(served: Forked) -> None:
    served.start()

    with pytest.raises(BadStore, match="Another Baton is running the clock"):
        serve(served.folder, "127.0.0.1", 0)


def test_a_second_one_on_the_same_port_is_refused(served: Forked, tmp_path: Path) -> None:
    served.start()

    with pytest.raises(BadAddress, match="cannot be used"):
        serve(tmp_path / "other", "127.0.0.1", served.port)

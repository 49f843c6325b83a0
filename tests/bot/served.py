"""`baton serve` as a process of its own, between two pretend workspaces: one by socket, one by HTTP."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import monotonic

import httpx
import pytest

from tests.bot.folders import BOARD, COUNCIL, FILES, LADDER, RIVERSIDE, channel, in_force, person, seats
from tests.command_line import Baton
from tests.handlers.offices import RAISE
from tests.slack.fake.hands import SOCKET, Person
from tests.slack.fake.server import FakeSlack
from tests.slack.fake.workspace import Said

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
"""Seconds a busy machine may take for anything here."""
PARTNERSHIP = """
[partnership]
name = "Northshire"
coordinator = "sam"
"""
WORKSPACES = """
[[workspace]]
name = "riverside"
platform = "slack"
[[workspace]]
name = "north-shire"
platform = "slack"
"""
PEOPLE = (
    RIVERSIDE
    + COUNCIL
    + BOARD
    + person("amira", "Amira Khan", "riverside", "slack:riverside:U1")
    + person("tom", "Tom Ashby", "council", "slack:north-shire:U2")
    + person("sam", "Sam Whitlock", "council", "slack:north-shire:U3")
    + channel("ours", "riverside", "C1", "riverside")
    + channel("theirs", "council", "C2", "north-shire")
)
SEATS = seats("riverside", "amira", *LADDER) + seats("council", "tom", *LADDER)
CHAIR = seats("board", "sam", "independent_chair")
RAISED = {key: said for key, said in RAISE.items() if isinstance(said, str | list)}
SETTINGS = FILES | {
    "BATON_SLACK_RIVERSIDE_BOT_TOKEN": "xoxb-riverside",
    "BATON_SLACK_RIVERSIDE_APP_TOKEN": "xapp-riverside",
    "BATON_SLACK_NORTH_SHIRE_BOT_TOKEN": "xoxb-north-shire",
    "BATON_SLACK_NORTH_SHIRE_SIGNING_SECRET": "secret of north-shire",
}


def set_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, baton: Baton) -> Path:
    """A partnership of two Slack workspaces, in force in an empty folder."""
    partnership = PARTNERSHIP + WORKSPACES + PEOPLE + SEATS + CHAIR
    return in_force(tmp_path, monkeypatch, baton, partnership, SETTINGS)


class Process:
    """`baton serve` as a process of its own, with these settings and no others."""

    def __init__(self, folder: Path, settings: dict[str, str]) -> None:
        self.url = f"http://127.0.0.1:{(port := free_port())}"
        self.http = httpx.Client(base_url=self.url, timeout=PATIENCE)
        self._said = folder / "said.txt"
        self._folder = folder
        kept = {name: value for name, value in os.environ.items() if not name.startswith("BATON_")}
        more = {"PYTHONPATH": str(ROOT), "BATON_HTTP_PORT": str(port)}
        self._environment = kept | more | {name: said.format(url=self.url) for name, said in settings.items()}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, until: Callable[[], bool] | None = None) -> None:
        """Start it, and wait until it can be relied on, or for something less."""
        with self._said.open("ab") as said:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bot", "serve"],
                cwd=self._folder,
                env=self._environment,
                stdout=said,
                stderr=said,
            )
        self.until(until or self.ready)

    def ready(self) -> bool:
        """Whether it says that it can do its work."""
        return self._answers("/readyz")

    def up(self) -> bool:
        """Whether anything answers."""
        return self._answers("/healthz")

    def _answers(self, path: str) -> bool:
        try:
            return self.http.get(path, timeout=5).status_code == 200
        except httpx.TransportError:
            return False

    def until(self, happened: Callable[[], bool]) -> None:
        """Wait for something, as long as the process lives."""
        assert self._process is not None
        give_up = monotonic() + PATIENCE
        while not happened():
            # Leaves the machine to the process meanwhile.
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(0.05)
            assert self._process.poll() is None, f"it stopped:\n{self.said}"
            assert monotonic() < give_up, f"it did not happen:\n{self.said}"

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Tell it to stop; the exit code."""
        assert self._process is not None
        self._process.send_signal(how)
        return self._process.wait(PATIENCE)

    def close(self) -> None:
        """Leave nothing running."""
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait(PATIENCE)
        self.http.close()

    @property
    def said(self) -> str:
        """All it wrote."""
        return self._said.read_text()


class Served(Process):
    """The same between two pretend workspaces."""

    def __init__(self, folder: Path, slack: FakeSlack) -> None:
        super().__init__(folder, SETTINGS | {"BATON_SLACK_API_URL": slack.api_url})
        self.slack = slack

    def amira(self) -> Person:
        """At Riverside, over the socket."""
        return Person(self.slack, "riverside", "U1", SOCKET, PATIENCE)

    def tom(self) -> Person:
        """At the council, over signed HTTP."""
        return Person(self.slack, "north-shire", "U2", f"{self.url}/slack/north-shire/events", PATIENCE)

    def seen(self, workspace: str, channel: str) -> list[Said]:
        """What stands in a channel."""
        return self.slack.workspaces[workspace].seen(channel)


def free_port() -> int:
    """A port nobody uses."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port

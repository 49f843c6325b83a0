"""The playground as a process of its own, on a port nobody uses; it can be killed and started again."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from time import monotonic

import httpx

from tests.playground.outsider import Outsider

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
"""Seconds a busy machine may take to start Python and all it loads."""


def environment(**more: str) -> Mapping[str, str]:
    """The environment of a newcomer: no tokens, no settings, our rooms on the path."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BATON_")}
    return kept | {"PYTHONPATH": str(ROOT)} | more


class Served:
    """A server over a folder, started the way people start it. The folder outlives it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.http = httpx.Client(base_url=self.url, timeout=PATIENCE)
        self.outsider = Outsider(self.http)
        self.said = folder.parent / "said.txt"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = [
            sys.executable,
            "-m",
            "bot",
            "demo",
            "--folder",
            str(self.folder),
            "--port",
            str(self.port),
        ]
        with self.said.open("ab") as said:
            self._process = subprocess.Popen(
                command, cwd=self.folder.parent, env=environment(), stdout=said, stderr=said
            )
        give_up = monotonic() + PATIENCE
        while not answers(self.http):
            assert self._process.poll() is None, f"it stopped:\n{self.said.read_text()}"
            assert monotonic() < give_up, f"it does not answer:\n{self.said.read_text()}"

    def kill(self) -> None:
        """Kill it at once, whatever it is doing."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """Ask it to stop; the exit code."""
        return self._end(signal.SIGINT)

    def close(self) -> None:
        """Leave nothing running."""
        self.kill()
        self.http.close()

    def _end(self, how: signal.Signals) -> int:
        if self._process is None:
            return 0
        self._process.send_signal(how)
        return self._process.wait(PATIENCE)


class Nursery:
    """Keeps one loaded Python at hand, of which servers are forked: each starts in no time."""

    def __init__(self) -> None:
        self._nurse = subprocess.Popen(
            [sys.executable, "-m", "tests.playground.nursery"],
            cwd=ROOT,
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def fork(self, folder: Path, port: int) -> int:
        """A server of its own over this folder; its process id."""
        return self._ask(f"{folder} {port}")

    def end(self, process: int, how: signal.Signals) -> int:
        """Kill it at once, whatever it is doing, or ask it to stop; its exit code."""
        os.kill(process, how)
        return self._ask(str(process))

    def close(self) -> None:
        """Fork no more."""
        self._nurse.communicate()

    def _ask(self, line: str) -> int:
        assert self._nurse.stdin
        assert self._nurse.stdout
        self._nurse.stdin.write(f"{line}\n")
        self._nurse.stdin.flush()
        return int(self._nurse.stdout.readline())


class Forked:
    """A server over a folder, to be killed and started again as often as one likes."""

    def __init__(self, nursery: Nursery, folder: Path) -> None:
        self.folder = folder
        self._nursery = nursery
        self.port = _free_port()
        self.http = httpx.Client(base_url=f"http://127.0.0.1:{self.port}", timeout=PATIENCE)
        self.outsider = Outsider(self.http)
        self._process = 0

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self._process = self._nursery.fork(self.folder, self.port)
        give_up = monotonic() + PATIENCE
        while not answers(self.http):
            assert monotonic() < give_up, "it does not answer"

    def end(self, how: signal.Signals = signal.SIGKILL) -> int:
        """Kill it, or ask it to stop; its exit code."""
        process, self._process = self._process, 0
        return self._nursery.end(process, how) if process else 0

    def close(self) -> None:
        """Leave nothing running."""
        self.end()
        self.http.close()


def answers(http: httpx.Client) -> bool:
    """Whether a server answers there already."""
    try:
        return http.get("/healthz", timeout=1).status_code == 200
    except httpx.TransportError:
        return False


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port

"""What the tests of the doors share."""

import os
from pathlib import Path

import pytest

from bot.cli import run
from tests.command_line import Baton


@pytest.fixture
def baton(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Baton:
    """The command line, run in an empty folder and with none of our variables set."""
    monkeypatch.chdir(tmp_path)
    for name in [*os.environ]:
        if name.startswith("BATON_") or name == "PORT":
            monkeypatch.delenv(name)

    def told(*words: str) -> tuple[int, str, str]:
        code = run(words)
        said = capsys.readouterr()
        return code, said.out, said.err

    return told

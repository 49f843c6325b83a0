"""Fifty kills at random moments under load: nothing is lost, and nothing is called twice."""

import subprocess
import sys
from pathlib import Path

KILLS = 50
ROOT = Path(__file__).parents[2]


def test_fifty_kills_lose_nothing_and_repeat_nothing() -> None:
    """The same program as `make crash`: what it finds wrong stands in its output, and the seed."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.crash", "--kills", str(KILLS), "--seed", "fifty"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert ran.stdout.endswith("0 flaws.\n")

"""`make crash`: a house under load, killed at random moments again and again, and judged at the end.

One process loads everything and forks the lives, so that each begins at once; the seed is printed.
"""

import argparse
import asyncio
import os
import secrets
import select
import signal
import sys
import tempfile
from pathlib import Path
from threading import Event
from time import monotonic

from tests.crash.dice import Dice
from tests.crash.judge import Judge
from tests.crash.life import Ground, lived, until_killed

DEEDS = 8
"""A life does fewer things than this (a command saved, a sweep, a round of posts) before its last moment."""
LONGEST = 300
"""The last moment is so many milliseconds long, at most."""
PATIENCE = 30.0
"""Seconds a busy machine may take for one thing."""


def main() -> int:
    """Exit code 1 when anything was lost or done twice."""
    asked = argparse.ArgumentParser(prog="python -m tests.crash", description=__doc__)
    asked.add_argument("--kills", type=int, default=200, help="how many lives (default 200)")
    asked.add_argument("--seed", default=secrets.token_hex(4), help="what chance follows from")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="baton-crash-") as folder:
        return crash(Path(folder), given.kills, given.seed)


def crash(folder: Path, kills: int, seed: str) -> int:
    """So many lives on the files in this folder, then a quiet one, then the judgement."""
    _say(f"{kills} kills, seed {seed} …")
    started = monotonic()
    ground, dice = Ground(folder, secrets.token_bytes), Dice(seed)
    for life in range(kills):
        kill_one(ground, f"{seed}/{life}", dice)
    with lived(ground) as last:
        last.office.ask_again()
        asyncio.run(last.settle())
    with lived(ground) as last:
        judge = Judge(ground, last)
        flaws = list(judge.flaws())
    for flaw in flaws:
        _say(flaw)
    posts = last.chats.posts
    repeats = sum(post.repeat for post in posts)
    _say(
        f"{kills} kills in {monotonic() - started:.0f} s: {len(judge.saved):,} commands saved of"
        f" {len(judge.asked):,} asked, {len(judge.records):,} concerns, {judge.lapses:,} lapses,"
        f" {len(posts):,} posts, {repeats} marked as a possible repeat; {len(flaws)} flaws."
    )
    if min(len(judge.saved), len(posts), 5 * judge.lapses) < kills // 2:
        _say("Too little was going on for this to prove anything.")
        return 1
    return 1 if flaws else 0


def kill_one(ground: Ground, name: str, dice: Dice) -> None:
    """One life, killed at a moment that follows from the dice. Raises RuntimeError when it ends by itself."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.close(reader)
        until_killed(ground, name, lambda: os.write(writer, b"."))
    os.close(writer)
    for _ in range(dice.below(DEEDS)):
        if not select.select([reader], [], [], PATIENCE)[0] or not os.read(reader, 1):
            break
    Event().wait(dice.below(LONGEST) / 1000)
    os.kill(child, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    os.close(reader)
    if status != -signal.SIGKILL:
        raise RuntimeError(f"life {name} ended by itself, with code {status}")


def _say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())

"""Starts playgrounds without loading everything anew: each one is a fork of this process, and can be killed.

It reads a folder and a port from each line of its input, and writes the new process's id; an id alone on a
line is waited for, and its exit code written.
"""

import os
import sys
from pathlib import Path

from bot.playground.serving import serve


def main() -> None:
    """Until nobody asks any more."""
    for line in sys.stdin:
        match line.rstrip("\n").rsplit(" ", 1):
            case [folder, port]:
                answer = os.fork() or _serve(Path(folder), int(port))
            case [process]:
                answer = os.waitstatus_to_exitcode(os.waitpid(int(process), 0)[1])
            case _:
                raise ValueError(line)
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()


def _serve(folder: Path, port: int) -> int:
    code = 1
    try:
        os.dup2(os.open(os.devnull, os.O_RDWR), sys.stdin.fileno())
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        serve(folder, "127.0.0.1", port)
    except KeyboardInterrupt:
        code = 0
    finally:
        os._exit(code)


if __name__ == "__main__":
    main()

"""One clock for one SQLite file: a second `serve` or `demo` on it is refused. It opens no database."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from storage.engine import refuse_no_place, sqlite_file
from storage.errors import BadStore


@contextmanager
def clock_owner(url: str) -> Iterator[None]:
    """Hold the clock of this database. The system lets go of it even when the process is killed.

    Raises `BadStore` when another process holds it. On PostgreSQL replicas share the clock (design 7).
    """
    path = sqlite_file(url)
    if path is None:
        yield
        return
    refuse_no_place(path)
    try:
        lock = open(f"{path}.clock", "a")  # noqa: SIM115 -- closed below; a failure to open is not one to lock
    except OSError as error:
        raise BadStore(f"{path}.clock cannot be written ({error.strerror}); Baton keeps it there.") from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise BadStore(
                f"Another Baton is running the clock of {path} already. Stop that one, or use another."
            ) from None
        yield

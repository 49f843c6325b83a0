"""The outermost edge of every door: a defect is written down, and whoever asked is told.

One of the house's two broad nets (design 3); the other stands around one concern in the sweep.
"""

from logging import Logger


class Edge:
    """`with Edge(log): return …`; the lines behind it say what is answered where that fails unforeseen."""

    def __init__(self, log: Logger) -> None:
        self._log = log

    def __enter__(self) -> None:
        """Nothing has gone wrong yet."""

    def __exit__(self, _kind: object, defect: BaseException | None, _trace: object) -> bool:
        """Goes on behind it after a defect; being cancelled or told to stop is none."""
        if not isinstance(defect, Exception):
            return False
        self._log.error("A defect at the desk", exc_info=defect)
        return True

"""The outermost edge of every door: a defect is written down, and whoever asked is told.

One of the house's two broad excepts (design 3); the other stands around one concern in the sweep.
"""

from collections.abc import Awaitable, Callable
from logging import Logger
from typing import TypeVar

T = TypeVar("T")


async def edged(work: Awaitable[T], sorry: Callable[[], T], log: Logger) -> T:
    """What comes of the work; where that fails in a way nobody foresaw, what `sorry` says instead."""
    try:
        return await work
    except Exception:
        log.exception("A defect at the desk")
        return sorry()

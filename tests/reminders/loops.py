"""An event loop in which nothing happens by chance: what would be done in a thread is done at once."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


class Inline(ThreadPoolExecutor):
    """Does at once what would be done in a thread, so that every run is the same."""

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except BaseException as error:  # noqa: BLE001 -- an executor hands on whatever was raised
            future.set_exception(error)
        return future


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run this on a fresh loop in which nothing happens by chance."""
    with asyncio.Runner() as runner:
        runner.get_loop().set_default_executor(Inline(1))
        return runner.run(work)


async def until(condition: Callable[[], bool]) -> None:
    """Let everything else run until the condition holds."""
    for _ in range(10_000):
        if condition():
            return
        await asyncio.sleep(0)
    raise AssertionError("it never came to pass")

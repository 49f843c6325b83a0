"""Whoever asks is answered at once, however busy delivery is."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

from tests.slack.doorway import said
from tests.slack.partners import Partners, told


def test_nobody_waits_behind_what_is_being_sent(sqlite_url: str, tmp_path: Path) -> None:
    """All the threads that delivery works in are taken; the desks of a running bot have their own."""
    done = Event()

    async def story(at: Partners) -> None:
        await at.does("amira", "/concern help")
        loop = asyncio.get_running_loop()
        loop.set_default_executor(ThreadPoolExecutor(1))
        sending = loop.run_in_executor(None, done.wait)
        try:
            answer = await asyncio.wrap_future(at._hands("amira").types("/concern", "mine"))
        finally:
            done.set()
            await sending
        assert answer.in_time
        assert "waits on you" in said(answer)

    told(sqlite_url, tmp_path, story, http=True)

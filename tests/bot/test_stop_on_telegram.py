"""How a running Baton stops: Telegram is spoken to until the clock has come to rest."""

from pathlib import Path

import pytest

from reminders.ticks import Ticks
from tests.telegram.partners import Partners, told
from views.parts import Message


def test_what_is_under_way_at_the_stop_is_still_said(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut off, it would be of unknown fate, and said again as a possible repeat."""
    stop, there, heard = Ticks.stop, list[Partners](), list[str]()

    async def story(at: Partners) -> None:
        there.append(at)

    async def last_of_all(ticks: Ticks) -> None:
        (at,) = there
        assert at.bot.telegram
        tom = int(at._account("tom").user)
        await at.bot.telegram.door.voice.tell(tom, (Message("Still here"),), lambda _: None)
        heard.append(at.reads("tom"))
        await stop(ticks)

    monkeypatch.setattr(Ticks, "stop", last_of_all)
    told(sqlite_url, tmp_path, story, http=False)
    assert heard == ["Still here"]

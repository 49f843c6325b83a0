"""Until when Baton surely listened: a gap is announced once, where it matters."""

import pytest

from storage.errors import NotSaved
from storage.heard import Heard, Mark
from tests.handlers.offices import Office
from tests.telegram.doorway import GROUP, Doorway, at_the_door, until
from tests.telegram.fake.server import FakeTelegram
from tests.telegram.world import Clock

DOOR = "telegram:7000000001"


def test_a_gap_of_more_than_a_day_is_announced_once_where_it_matters(
    office: Office, telegram: FakeTelegram, clock: Clock
) -> None:
    """In the groups, and to whoever was filling in a form."""
    away = "Baton heard nothing from Mon 30 Nov at 10:00 until Wed 2 Dec at 09:00."

    async def before(at: Doorway) -> None:
        await at.says("tom", "/concern")

    async def after(at: Doorway) -> None:
        await until(lambda: away in at.told("tom"))
        await at.says("lena", "/mine")
        assert away in at.told("lena", GROUP)
        assert away not in at.told("lena")

    async def later(at: Doorway) -> None:
        await at.says("lena", "/mine")
        assert at.told("lena", GROUP).count("Baton heard nothing") == 1

    at_the_door(telegram, office, before)
    clock.forward(hours=47)
    at_the_door(telegram, office, after)
    clock.forward(hours=2)
    at_the_door(telegram, office, later)


def test_a_gap_is_announced_once_though_the_database_is_still_away(
    office: Office, telegram: FakeTelegram, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.polling.AGAIN", 0.01)
    Heard(office.store).put(DOOR, Mark(0, clock.now))
    clock.forward(hours=47)
    put, refused = Heard.put, list[Mark]()

    def full(heard: Heard, door: str, mark: Mark) -> None:
        if len(refused) < 3:
            refused.append(mark)
            raise NotSaved("the disk is full")
        put(heard, door, mark)

    monkeypatch.setattr(Heard, "put", full)

    async def story(at: Doorway) -> None:
        await until(lambda: Heard(office.store).of(DOOR) == Mark(0, clock.now))
        assert at.told("lena", GROUP).count("Baton heard nothing") == 1

    at_the_door(telegram, office, story)
    assert len(refused) == 3


def test_a_quiet_weekend_is_no_gap(office: Office, telegram: FakeTelegram, clock: Clock) -> None:
    """Nobody said anything, and Baton was there all the time."""

    async def story(at: Doorway) -> None:
        await at.says("tom", "/mine")
        for _ in range(6):
            clock.forward(hours=12)
            telegram.updates.again({"update_id": 5})
            await at.settled()
        assert at.seen("tom", GROUP) == []

    at_the_door(telegram, office, story)


def test_how_far_it_was_heard_is_on_record(office: Office, telegram: FakeTelegram, clock: Clock) -> None:
    async def story(at: Doorway) -> None:
        await at.says("tom", "/mine")
        last = telegram.updates.confirmed[-1]["update_id"]
        assert Heard(office.store).of(DOOR) == Mark(last + 1, clock.now)

    at_the_door(telegram, office, story)

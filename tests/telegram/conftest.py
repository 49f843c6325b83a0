"""A pretend Telegram for every test that asks for it, Monday 10:00."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.handlers.offices import Office
from tests.telegram.doorway import office_of
from tests.telegram.fake.server import FakeTelegram
from tests.telegram.world import Clock, served


@pytest.fixture
def clock() -> Clock:
    """Monday 10:00, until it is moved."""
    return Clock()


@pytest.fixture
def telegram(clock: Clock) -> Iterator[FakeTelegram]:
    """Telegram with the whole partnership on it, listening."""
    with served(clock) as telegram:
        yield telegram


@pytest.fixture
def office(sqlite_url: str, tmp_path: Path) -> Iterator[Office]:
    """A desk whose people are on Telegram."""
    office = office_of(sqlite_url, tmp_path)
    yield office
    office.store.close()

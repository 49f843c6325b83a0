"""Riverside's pretend workspace, and a desk, for every test that asks for them, Monday 10:00."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.handlers.offices import Office
from tests.slack.fake.server import FakeSlack
from tests.slack.world import Clock, riverside


@pytest.fixture
def clock() -> Clock:
    """Monday 10:00, until it is moved."""
    return Clock()


@pytest.fixture
def slack(clock: Clock) -> Iterator[FakeSlack]:
    """Riverside's workspace, listening."""
    with riverside(clock) as served:
        yield served


@pytest.fixture
def office(sqlite_url: str, tmp_path: Path) -> Iterator[Office]:
    """A desk on Monday morning, nothing on record yet."""
    opened = Office(sqlite_url, tmp_path)
    yield opened
    opened.store.close()

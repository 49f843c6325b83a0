"""Riverside's pretend workspace for every test that asks for it, Monday 10:00."""

from collections.abc import Iterator

import pytest

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

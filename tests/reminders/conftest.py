"""A fresh house for every test: an empty database, pretend platforms, Monday 10:00."""

from collections.abc import Iterator

import pytest

from tests.reminders.house import House, fresh_house
from tests.stores import Databases


@pytest.fixture
def house(databases: Databases) -> Iterator[House]:
    """A house over a database, once on SQLite and once on PostgreSQL."""
    with fresh_house(databases) as opened:
        yield opened

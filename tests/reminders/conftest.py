"""A fresh house for every test: an empty database, pretend platforms, Monday 10:00."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.reminders.house import House


@pytest.fixture
def house(sqlite_url: str, tmp_path: Path) -> Iterator[House]:
    """A house over SQLite."""
    opened = House(sqlite_url, tmp_path)
    yield opened
    opened.store.close()

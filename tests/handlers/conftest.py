"""What the desk's tests share: an office over a fresh database, once on SQLite and once on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.handlers.offices import Office


@pytest.fixture
def office(store_url: str, tmp_path: Path) -> Iterator[Office]:
    """An office on Monday morning, nothing on record yet."""
    opened = Office(store_url, tmp_path)
    yield opened
    opened.store.close()

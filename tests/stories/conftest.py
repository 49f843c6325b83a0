"""A fresh playground for every story; at its end nothing may have been said that the story did not expect."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.playground.inside import fresh_playground
from tests.stores import Databases
from tests.stories.harness import Story


@pytest.fixture
def story(databases: Databases, tmp_path: Path) -> Iterator[Story]:
    """A story about to begin, Monday 30 November 2026, 10:00."""
    with fresh_playground(databases, tmp_path / "world") as open_playground:
        told = Story(open_playground().outsider)
        yield told
        told.ends()

"""A fresh playground for every story; at its end nothing may have been said that the story did not expect."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.playground.inside import Inside
from tests.stories.harness import Story


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    """A story about to begin, Monday 30 November 2026, 10:00."""
    inside = Inside(tmp_path / "world")
    told = Story(inside.outsider)
    yield told
    told.ends()
    inside.close()

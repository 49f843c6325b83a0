"""A playground of its own for every test that asks for one."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.playground.inside import Inside
from tests.playground.outsider import Outsider

Open = Callable[[], Inside]


@pytest.fixture(scope="session")
def fresh_world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a world nobody has played in; to be copied, never opened."""
    folder = tmp_path_factory.mktemp("fresh") / "world"
    Inside(folder).close()
    return folder


@pytest.fixture(scope="module")
def still(fresh_world: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outsider]:
    """A script outside a playground that is shared: by tests that leave it as they found it."""
    copied = tmp_path_factory.mktemp("still") / "world"
    shutil.copytree(fresh_world, copied)
    inside = Inside(copied)
    yield inside.outsider
    inside.close()


@pytest.fixture
def folder(fresh_world: Path, tmp_path: Path) -> Path:
    """The folder of a fresh world."""
    copied = tmp_path / "world"
    shutil.copytree(fresh_world, copied)
    return copied


@pytest.fixture
def open_playground(folder: Path) -> Iterator[Open]:
    """Opens the playground in the folder; again after it was closed. What is left open is closed."""
    opened: list[Inside] = []

    def another() -> Inside:
        opened.append(Inside(folder))
        return opened[-1]

    yield another
    for inside in opened:
        inside.close()


@pytest.fixture
def inside(open_playground: Open) -> Inside:
    """A playground, open."""
    return open_playground()


@pytest.fixture
def out(inside: Inside) -> Outsider:
    """A script outside a fresh playground."""
    return inside.outsider

"""A playground of its own for every test that asks for one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.playground.inside import Inside, Open, fresh_playground
from tests.playground.outsider import Outsider
from tests.stores import Databases


@pytest.fixture(scope="session")
def fresh_world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a world nobody has played in, its record in a file there; to be copied, never opened."""
    folder = tmp_path_factory.mktemp("fresh") / "world"
    Inside(folder).close()
    return folder


@pytest.fixture(scope="module")
def still(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outsider]:
    """A script outside a playground that is shared: by tests that leave it as they found it."""
    with fresh_playground(databases, tmp_path_factory.mktemp("still") / "world") as open_playground:
        yield open_playground().outsider


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a world that has not begun."""
    return tmp_path / "world"


@pytest.fixture
def open_playground(databases: Databases, folder: Path) -> Iterator[Open]:
    """Opens the playground in the folder; again after it was closed. What is left open is closed."""
    with fresh_playground(databases, folder) as another:
        yield another


@pytest.fixture
def inside(open_playground: Open) -> Inside:
    """A playground, open."""
    return open_playground()


@pytest.fixture
def out(inside: Inside) -> Outsider:
    """A script outside a fresh playground."""
    return inside.outsider

"""At the door the workspace has the desk's clock, and the people of its partnership."""

from collections.abc import Iterator

import pytest

from tests.handlers.offices import Office
from tests.slack.doorway import WORKSPACE, peopled
from tests.slack.fake.server import FakeSlack, serving


@pytest.fixture
def slack(office: Office) -> Iterator[FakeSlack]:
    """A workspace whose clock is the desk's."""
    with serving(FakeSlack(lambda: office.now, WORKSPACE)) as served:
        yield peopled(served)

"""A channel whose platform moves it more than once, whatever the partnership file says meanwhile."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.partnership import DIRECTORY
from tests.running import Hand, opened

FIRST = DIRECTORY.channels[0]


@pytest.mark.parametrize("filed", [FIRST.address, "C-new"], ids=["the first", "the second"])
def test_a_channel_that_moves_again_is_followed_whichever_address_the_file_names(
    sqlite_url: str, tmp_path: Path, filed: str
) -> None:
    with opened(sqlite_url, tmp_path, Hand(), DIRECTORY) as house:
        house.channel_moved(FIRST.id, "C-new")
        channels = (replace(FIRST, address=filed), *DIRECTORY.channels[1:])
        house.directories.apply(replace(DIRECTORY, channels=channels), house.clock(), "sam")
        house.channel_moved(FIRST.id, "C-newer")

        found = house.laws.today().directory.channel(FIRST.id)
        assert found is not None
        assert found.address == "C-newer"

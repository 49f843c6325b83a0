"""A key file that is not the record's: the clock runs on, no word is sealed with it, and it is said."""

import asyncio
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from bot.files import DEMO_PARTNERSHIP, load_partnership, load_pathway, shipped_pathways
from bot.house import House, open_house
from bot.serving import Bot
from concerns.people import PersonId
from handlers.scene import Asker, Reply
from storage.vault import make_key_file
from tests.ladders import MONDAY
from tests.running import port, served

AMIRA = Asker(PersonId("amira"))
ABOUT: dict[str, object] = {
    "strand": "adult",
    "agency": "council",
    "ground": ["threshold"],
    "decision": "No enquiry.",
    "wanted": "One.",
}
TOLD = "other.key is not the one the words on record were sealed with, so words stay closed."


@contextmanager
def opened(url: str, key: Path) -> Iterator[House]:
    """The house of this record, with this key."""
    house = open_house(url, key, [load_pathway(shipped_pathways()["standard"])], lambda: MONDAY)
    try:
        yield house
    finally:
        house.close()


def raises(house: House) -> Reply:
    """Amira raises a concern, as far as she gets."""
    reply = house.desk.say(AMIRA, "/concern raise")
    for page in ({"danger": "no"}, ABOUT):
        if reply.form:
            reply = house.desk.submit(AMIRA, reply.form.id, page)
    return reply


@pytest.fixture
def other(store_url: str, tmp_path: Path) -> Path:
    """A key file made after words were sealed with the one beside it."""
    for name in ("right", "other"):
        make_key_file(tmp_path / f"{name}.key", secrets.token_bytes)
    with opened(store_url, tmp_path / "right.key") as house:
        house.directories.apply(load_partnership(DEMO_PARTNERSHIP), MONDAY, "test")
        assert raises(house).error is None
    return tmp_path / "other.key"


def test_no_word_is_sealed_that_the_right_key_would_not_open(store_url: str, other: Path) -> None:
    with opened(store_url, other) as house:
        said = raises(house).error

        assert said is not None
        assert said.startswith("Not saved: private words cannot be sealed just now.")
        assert len(house.ledger.listing()) == 1


def test_the_clock_runs_on(store_url: str, other: Path) -> None:
    with opened(store_url, other) as house:
        (concern,) = house.ledger.listing()

        assert concern.due is not None
        assert house.ledger.lapse(concern.due, 1).refs == (concern.ref,)


def test_with_the_right_key_back_all_is_as_before(store_url: str, other: Path) -> None:
    with opened(store_url, other.with_name("right.key")) as house:
        assert house.vault.locked is None
        assert raises(house).error is None


def test_whoever_starts_it_is_told_at_once(
    store_url: str, other: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Not by the first person who types and hears that nothing was saved."""
    with opened(store_url, other) as house:
        listening, url = port()

        async def asked() -> httpx.Response:
            async with served(Bot(house, (), "", ""), listening), httpx.AsyncClient() as http:
                return await http.get(f"{url}/readyz")

        answer = asyncio.run(asked())

    assert answer.status_code == 503
    assert TOLD in str(answer.json()["reasons"])
    assert (
        f"{TOLD} Clocks and notices run on; bring the right one back, and start Baton again." in caplog.text
    )

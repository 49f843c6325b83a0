"""Enrolled by a one-time code opened as a deep link, and confirmed by a second person: only then."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from concerns.people import DIRECTORY_OWNER, Person
from tests.handlers.offices import Office
from tests.ladders import RULES
from tests.telegram.doorway import GROUP, STRANGER, Doorway, at_the_door
from tests.telegram.fake.server import FakeTelegram
from tests.telegram.world import ON_TELEGRAM, number_of

_CODE = re.compile(r"J(-[0-9A-Z]{4}){4}")


def _as_here(person: Person) -> Person:
    """Sam and Alex look after the directory; Dev has no account yet."""
    if person.id in {"sam", "alex"}:
        return replace(person, roles=(*person.roles, DIRECTORY_OWNER))
    return replace(person, identities=()) if person.id == "dev" else person


@pytest.fixture
def office(sqlite_url: str, tmp_path: Path) -> Iterator[Office]:
    """A desk with two who look after the directory."""
    directory = replace(ON_TELEGRAM, people=tuple(map(_as_here, ON_TELEGRAM.people)))
    office = Office(sqlite_url, tmp_path, replace(RULES, directory=directory))
    yield office
    office.store.close()


async def code_for_dev(at: Doorway) -> str:
    """Sam makes it."""
    await at.says("sam", "/enrol")
    await at.says("sam", "dev patel, mill lane surgery")
    if "Send" in at.open("sam").labels:
        await at.presses("sam", "Send")
    found = _CODE.search(at.told("sam"))
    assert found, at.told("sam")
    return found.group()


def test_a_code_and_a_second_person_bind_the_account(office: Office, telegram: FakeTelegram) -> None:
    async def story(at: Doorway) -> None:
        telegram.chats.enrol(STRANGER, "Somebody", started=False)
        code = await code_for_dev(at)
        await at.starts(STRANGER, code)
        assert "Waiting to be confirmed" in at.told(STRANGER)
        await at.says(STRANGER, "/mine")
        assert "not enrolled" in at.told(STRANGER)

        await at.says("alex", "/confirm E-1")
        while any("Send" in one.labels for one in at.seen("alex")):
            await at.presses("alex", "Send")
        before = len(at.seen(STRANGER))
        await at.says(STRANGER, "/mine")
        assert "not enrolled" not in at.seen(STRANGER)[before].text

    at_the_door(telegram, office, story)


def test_a_code_works_once(office: Office, telegram: FakeTelegram) -> None:
    async def story(at: Doorway) -> None:
        other = STRANGER + 1
        for somebody in (STRANGER, other):
            telegram.chats.enrol(somebody, "Somebody")
        code = await code_for_dev(at)
        await at.starts(STRANGER, code)
        await at.starts(other, code)
        assert "Waiting to be confirmed" in at.told(STRANGER)
        assert "Waiting to be confirmed" not in at.told(other)

    at_the_door(telegram, office, story)


def test_a_code_typed_in_a_group_is_taken_away(office: Office, telegram: FakeTelegram) -> None:
    """Others could use it before its owner does."""

    async def story(at: Doorway) -> None:

        telegram.hand(number_of("tom")).promote_bot(GROUP)
        telegram.chats.enrol(STRANGER, "Somebody")
        telegram.chats.chats[GROUP].members.add(STRANGER)
        said = await at.says(STRANGER, "/join J-7F3K-9QMX-02PT-W5ZC", chat=GROUP)
        assert said.gone

    at_the_door(telegram, office, story)


def test_a_deep_link_decides_on_nobodys_account(office: Office, telegram: FakeTelegram) -> None:
    """Whoever wants to be let in could make one, and a second person presses Start without a look."""

    async def story(at: Doorway) -> None:
        telegram.chats.enrol(STRANGER, "Somebody", started=False)
        await at.starts(STRANGER, await code_for_dev(at))
        for payload in ("refuse_E-1", "confirm_E-1", "confirm_e-1"):
            await at.starts("alex", payload)
        (one,) = office.enrolments.book().enrolments
        assert one.waits

    at_the_door(telegram, office, story)

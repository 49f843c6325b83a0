"""Every message the desk has, at every stage: Telegram takes each as we make it, and makes no link of any."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.telegram.places import called
from bot.telegram.posts import Called, Post, posts
from concerns.model import Ref
from concerns.people import PersonId
from handlers.menu import menu
from handlers.scene import Reply
from tests.handlers.offices import Office
from tests.partnership import AMIRA, JOEL, SAM, TOM
from tests.telegram.limits import faults_of_keyboard, faults_of_text
from tests.telegram.reading import links
from tests.telegram.world import ON_TELEGRAM

STAGES: tuple[Callable[[Office], Ref], ...] = (
    Office.referred,
    Office.raised,
    Office.answered,
    Office.agreed,
    Office.closed,
)


@pytest.fixture
def office(sqlite_url: str, tmp_path: Path) -> Iterator[Office]:
    """An office on Monday morning, nothing on record yet."""
    opened = Office(sqlite_url, tmp_path)
    yield opened
    opened.store.close()


def faults(reply: Reply) -> list[str]:
    """Why Telegram would refuse what this reply says, or change it."""
    said = (*reply.aside, *([reply.message] if reply.message else []))
    return [fault for message in said for post in posts(message, _named) for fault in _faults(post)]


def _named(person: PersonId) -> Called | None:
    return called(ON_TELEGRAM, person)


def _faults(post: Post) -> list[str]:
    marks = [entity.to_dict() for entity in post.entities]
    board = post.keyboard.to_dict() if post.keyboard else {}
    live = [f"{kind}: {word}" for kind, word in links(post.text, marks)]
    return faults_of_text(post.text, marks) + faults_of_keyboard(board) + live


@pytest.mark.parametrize("stage", STAGES)
def test_telegram_takes_whatever_a_command_brings(office: Office, stage: Callable[[Office], Ref]) -> None:
    ref = stage(office)
    brought = 0
    for verb in menu():
        about = f" {ref}" if verb.on_concern else ""
        for person in (AMIRA, TOM, JOEL, SAM):
            reply = office.say(person, f"/concern {verb.name}{about}")
            brought += bool(reply.message)
            assert faults(reply) == []
    assert brought > 20


def test_telegram_takes_what_strangers_are_shown_and_every_lesson(office: Office) -> None:
    for person in (AMIRA, None):
        for line in ("/concern", "/concern pathway", "/concern help", "/concern guide", "/concern mine"):
            assert faults(office.say(person, line)) == []

"""Every message the desk has, at every stage: Telegram takes each as we make it, and makes no link of any."""

import pytest

from bot.telegram.places import called
from bot.telegram.posts import Called, Post, posts
from concerns.people import PersonId
from handlers.scene import Reply
from tests.chat.replies import STAGES, Stage, about_no_concern, at_stage
from tests.handlers.offices import Office
from tests.telegram.limits import faults_of_keyboard, faults_of_text
from tests.telegram.reading import links
from tests.telegram.world import ON_TELEGRAM


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
def test_telegram_takes_whatever_a_command_brings(office: Office, stage: Stage) -> None:
    brought = 0
    for reply in at_stage(stage, office):
        brought += bool(reply.message)
        assert faults(reply) == []
    assert brought > 20


def test_telegram_takes_what_strangers_are_shown_and_every_lesson(office: Office) -> None:
    for reply in about_no_concern(office):
        assert faults(reply) == []

"""Every form and every answer the desk has, at every stage: Slack takes each as we make it."""

from collections.abc import Callable

import pytest

from bot.slack.blocks import posts
from bot.slack.modals import given, view
from concerns.model import Ref
from handlers.menu import menu
from handlers.scene import Reply
from tests.handlers.offices import Office
from tests.partnership import AMIRA, JOEL, SAM, TOM
from tests.slack.limits import faults_of_message, faults_of_view
from tests.slack.test_modals import untouched

STAGES: tuple[Callable[[Office], Ref], ...] = (
    Office.referred,
    Office.raised,
    Office.answered,
    Office.agreed,
    Office.closed,
)


def faults(office: Office, reply: Reply) -> list[str]:
    """Why Slack would refuse this reply."""
    found: list[str] = []
    for message in (*reply.aside, *([reply.message] if reply.message else [])):
        for post in posts(message, lambda person: None):
            found += faults_of_message({"text": post.text, "blocks": post.blocks})
    if reply.form:
        shown = view(reply.form, office.rules.calendar, reply.error)
        assert set(given(untouched(shown), office.rules.calendar)) == {f.key for f in reply.form.fields}
        found += faults_of_view(shown)
    return found


@pytest.mark.parametrize("stage", STAGES)
def test_slack_takes_whatever_a_command_brings(office: Office, stage: Callable[[Office], Ref]) -> None:
    ref = stage(office)
    brought = 0
    for verb in menu():
        about = f" {ref}" if verb.on_concern else ""
        for person in (AMIRA, TOM, JOEL, SAM):
            reply = office.say(person, f"/concern {verb.name}{about}")
            brought += bool(reply.form or reply.message)
            assert faults(office, reply) == []
    assert brought > 20


def test_slack_takes_the_pathway_with_its_picture_and_what_strangers_are_shown(office: Office) -> None:
    for person in (AMIRA, None):
        for line in ("/concern", "/concern pathway", "/concern help", "/concern guide", "/concern mine"):
            assert faults(office, office.say(person, line)) == []

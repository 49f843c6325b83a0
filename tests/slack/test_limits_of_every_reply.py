"""Every form and every answer the desk has, at every stage: Slack takes each as we make it."""

import pytest

from bot.slack.blocks import posts
from bot.slack.modals import given, view
from handlers.scene import Reply
from tests.chat.replies import STAGES, Stage, about_no_concern, at_stage
from tests.handlers.offices import Office
from tests.slack.limits import faults_of_message, faults_of_view
from tests.slack.test_modals import untouched


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
def test_slack_takes_whatever_a_command_brings(office: Office, stage: Stage) -> None:
    brought = 0
    for reply in at_stage(stage, office):
        brought += bool(reply.form or reply.message)
        assert faults(office, reply) == []
    assert brought > 20


def test_slack_takes_the_pathway_with_its_picture_and_what_strangers_are_shown(office: Office) -> None:
    for reply in about_no_concern(office):
        assert faults(office, reply) == []

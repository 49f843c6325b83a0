"""The door to a Slack workspace, by socket and by signed HTTP: commit, then acknowledge, and lose nothing."""

import asyncio
from datetime import timedelta

import pytest

from concerns.model import Stage
from tests.handlers.offices import Office
from tests.slack.doorway import CHANNEL, SENT, WORKSPACE, Doorway, at_the_door, raised, said, written
from tests.slack.fake.server import FakeSlack


@pytest.mark.parametrize("http", [False, True], ids=["socket", "http"])
def test_a_concern_is_raised_by_a_command_and_two_pages(slack: FakeSlack, office: Office, http: bool) -> None:
    """Danger first; the record holds it before Slack is told."""

    async def story(at: Doorway) -> None:
        answer = await at.types("/concern")
        assert answer.status == 200
        assert "danger" in at.shown().lower()
        answer = await at.submits({"danger": "no"})
        assert answer.body["response_action"] == "update"
        assert office.untouched() == ()
        answer = await asyncio.wrap_future(at.person().submits(**SENT))
        assert office.newest().stage is Stage.CALLED
        assert answer.body["response_action"] == "update"
        assert office.newest().ref in at.shown()
        assert at.nudges

    at_the_door(slack, office, story, http=http)


@pytest.mark.parametrize("http", [False, True], ids=["socket", "http"])
def test_what_can_be_said_at_once_stands_in_the_acknowledgement(
    slack: FakeSlack, office: Office, http: bool
) -> None:
    """Seen by the asker only."""
    ref = office.raised()

    async def story(at: Doorway) -> None:
        answer = await at.types("/concern mine")
        assert answer.body["response_type"] == "ephemeral"
        assert ref in said(answer)

    at_the_door(slack, office, story, http=http)


def test_an_error_stands_beside_its_field_and_closes_nothing(slack: FakeSlack, office: Office) -> None:
    async def story(at: Doorway) -> None:
        await at.types("/concern")
        await at.submits({"danger": "no"})
        answer = await at.submits(SENT | {"decision": ""})
        assert answer.body["response_action"] == "errors"
        assert [*answer.body["errors"]] == ["decision"]
        assert office.untouched() == ()
        await at.submits(SENT)
        assert len(office.untouched()) == 1

    at_the_door(slack, office, story)


def test_a_time_still_to_come_is_refused_beside_its_field(slack: FakeSlack, office: Office) -> None:
    ref = office.raised()

    async def story(at: Doorway) -> None:
        await at.types(f"/contact {ref}")
        call = {"direction": "made", "method": "phone", "reached": "spoke"}
        tomorrow = int((office.now + timedelta(days=1)).timestamp())
        answer = await at.settled(at.person().submits(**call, when=tomorrow))
        assert answer.body == {
            "response_action": "errors",
            "errors": {"when": "That time is still to come. Give the time it really happened."},
        }
        await at.settled(at.person().submits(**call, when=int(office.now.timestamp())))
        assert office.concern(ref).seq > 1

    at_the_door(slack, office, story)


def test_a_button_of_a_message_is_answered_beside_it(slack: FakeSlack, office: Office) -> None:
    office.raised()

    async def story(at: Doorway) -> None:
        await at.settled(at.person().writes(CHANNEL, "<@UBOT1> hello"))
        (greeting,) = at.beside()
        await at.settled(at.person().presses(greeting, "What waits on me"))
        assert office.newest().ref in written(at.beside()[-1].blocks)
        await at.settled(at.person().presses(greeting, "Raise a concern"))
        assert "danger" in at.shown().lower()

    at_the_door(slack, office, story)


def test_a_button_in_a_window_turns_that_window(slack: FakeSlack, office: Office) -> None:
    async def story(at: Doorway) -> None:
        await raised(at)
        before = at.window()
        await at.settled(at.person().presses_in_view("Show"))
        after = at.window()
        assert before is not None
        assert after is not None
        assert after.id == before.id
        assert "No enquiry was opened." in at.shown()

    at_the_door(slack, office, story)


def test_a_stranger_is_told_how_to_be_enrolled(slack: FakeSlack, office: Office) -> None:
    ref = office.raised()

    async def story(at: Doorway) -> None:
        answer = await at.types(f"/concern show {ref}", "U-stranger")
        assert ref not in said(answer)
        assert "directory" in said(answer)

    at_the_door(slack, office, story)


def test_a_stranger_in_danger_gets_the_emergency_text_first(slack: FakeSlack, office: Office) -> None:
    async def story(at: Doorway) -> None:
        await at.types("/concern", "U-stranger")
        await at.submits({"danger": "yes"}, "U-stranger")
        assert "999" in at.shown("U-stranger")
        assert office.untouched() == ()

    at_the_door(slack, office, story)


def test_in_danger_the_emergency_text_stands_on_top_of_the_next_page(
    slack: FakeSlack, office: Office
) -> None:
    async def story(at: Doorway) -> None:
        await at.types("/concern")
        await at.submits({"danger": "yes"})
        view = at.window()
        assert view is not None
        assert written(view.shown["blocks"][0]) == "If somebody is in danger now"
        await at.submits(SENT)
        assert office.newest().urgent

    at_the_door(slack, office, story)


def test_the_same_user_id_of_another_team_is_a_stranger(slack: FakeSlack, office: Office) -> None:
    """A partner's staff see our buttons in a shared channel; an id alone says nothing."""
    ref = office.raised()
    slack.workspaces[WORKSPACE].users["U-amira"].team = "T-partner"

    async def story(at: Doorway) -> None:
        await at.settled(at.person().writes(CHANNEL, f"<@UBOT1> show {ref}"))
        (told,) = (written(whispered.blocks) for whispered in at.beside())
        assert ref not in told
        assert "at your own agency" in told

    at_the_door(slack, office, story)


def test_a_button_of_the_home_page_is_answered_in_a_window(slack: FakeSlack, office: Office) -> None:
    """A Home page has no place to answer beside."""

    async def story(at: Doorway) -> None:
        await at.settled(at.person().looks_home())
        await at.settled(at.person().presses_in_view("Help"))
        assert "/concern" in at.shown()

    at_the_door(slack, office, story)


def test_what_bots_say_and_what_is_edited_asks_for_nothing(slack: FakeSlack, office: Office) -> None:
    async def story(at: Doorway) -> None:
        room = at.slack.workspaces[WORKSPACE].open_direct("U-amira")
        said = {
            "type": "message",
            "channel_type": "im",
            "channel": room.id,
            "text": "mine",
            "user": "U-amira",
        }
        for more in ({"bot_id": "B9"}, {"subtype": "message_changed"}, {"user": ""}):
            answer = await at.settled(at.person().happens(said | more))
            assert (answer.status, answer.body) == (200, {})
        assert at.told() == ""

    at_the_door(slack, office, story)


def test_a_direct_message_is_not_stored_and_answered_there(slack: FakeSlack, office: Office) -> None:
    ref = office.raised()

    async def story(at: Doorway) -> None:
        amira, room = at.person(), at.slack.workspaces[WORKSPACE].open_direct("U-amira")
        await at.settled(amira.writes(room.id, "Mrs Jones has bruises"))
        assert "not stored" in at.told()
        await at.settled(amira.writes(room.id, "mine"))
        assert ref in at.told()

    at_the_door(slack, office, story)


def test_the_home_page_is_drawn_at_each_visit_and_after_what_one_does(
    slack: FakeSlack, office: Office
) -> None:
    ref = office.answered()

    async def story(at: Doorway) -> None:
        await at.settled(at.person().looks_home())
        before = written(at.slack.views[WORKSPACE].homes["U-amira"].shown["blocks"])
        await at.types(f"/concern accept {ref} plain")
        after = written(at.slack.views[WORKSPACE].homes["U-amira"].shown["blocks"])
        assert ref in before
        assert before != after

    at_the_door(slack, office, story)

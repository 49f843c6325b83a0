"""Guests, and people of another workspace: told at once whom to ring, why not, and who can act for them."""

import asyncio

import pytest

from tests.handlers.offices import Office
from tests.slack.doorway import CHANNEL, SENT, WORKSPACE, Doorway, at_the_door, said, written
from tests.slack.fake.server import FakeSlack
from tests.slack.fake.workspace import User

GUEST = "U-stranger"
FALSE_HOPES = ("one-time code", "Ask to be enrolled", "You are not enrolled yet")
"""What leads whoever cannot be enrolled nowhere."""
TITLE = "Baton takes nothing from this account"


@pytest.fixture(params=["is_restricted", "is_ultra_restricted"])
def guest(slack: FakeSlack, request: pytest.FixtureRequest) -> User:
    """Somebody nobody has enrolled; of several channels, or of one."""
    user = slack.workspaces[WORKSPACE].users[GUEST]
    setattr(user, request.param, True)
    return user


def tells_why(shown: str) -> None:
    """One message: the number before all else, who can act for them, and no false hope."""
    lines = shown.split("\n")
    assert shown.count(TITLE) == 1
    assert "999" in lines[lines.index(TITLE) + 1]
    assert "colleague" in shown
    assert not [hope for hope in FALSE_HOPES if hope in shown]


@pytest.mark.parametrize("line", ["mine", "join", "join J-7F3K-9QMX-02PT-W5ZC", "show C-7F3K-9QMX"])
def test_a_guest_is_told_why_at_once(slack: FakeSlack, office: Office, guest: User, line: str) -> None:
    """Also at the first word Baton ever hears of them."""

    async def story(at: Doorway) -> None:
        tells_why(said(await at.types(f"/concern {line}", guest.id)))
        assert at.beside(guest.id) == []
        assert at.told(guest.id) == ""
        assert office.enrolments.book().enrolments == ()

    at_the_door(slack, office, story)


def test_a_guest_who_raises_a_concern_is_told_above_the_question_about_danger(
    slack: FakeSlack, office: Office, guest: User
) -> None:
    async def story(at: Doorway) -> None:
        await at.types("/concern", guest.id)
        shown = at.shown(guest.id)
        tells_why(shown)
        assert shown.index(TITLE) < shown.index("immediate danger now?")
        await at.submits({"danger": "no"}, guest.id)
        tells_why(at.shown(guest.id))

    at_the_door(slack, office, story)


def test_a_guests_home_page_says_so(slack: FakeSlack, office: Office, guest: User) -> None:
    async def story(at: Doorway) -> None:
        await at.settled(at.person(guest.id).looks_home())
        page = at.slack.views[WORKSPACE].homes[guest.id].shown
        tells_why(written(page["blocks"]))

    at_the_door(slack, office, story)


def test_a_guest_who_writes_to_baton_is_told_too(slack: FakeSlack, office: Office, guest: User) -> None:
    """A plea waits for no look-up, so Slack has to be known to have said it."""

    async def story(at: Doorway) -> None:
        await at.front.door.members.look(guest.id)
        await at.settled(at.person(guest.id).writes(CHANNEL, "<@UBOT1> hello"))
        (one,) = at.beside(guest.id)
        tells_why(written(one.blocks))

    at_the_door(slack, office, story)


def test_made_a_guest_in_the_middle_of_a_form_one_hears_it_once_and_keeps_the_form(
    slack: FakeSlack, office: Office
) -> None:
    async def story(at: Doorway) -> None:
        await at.types("/concern")
        await at.submits({"danger": "no"})
        slack.workspaces[WORKSPACE].users["U-amira"].is_restricted = True
        await at.submits(SENT)
        form, above = at.slack.views[WORKSPACE].stacks["U-amira"]
        ring, why = written(above.shown["blocks"]).split("This did not go through\n")
        assert "999" in ring
        assert why.startswith("Slack says that this account is a guest's")
        assert "\n" not in why
        assert "Page 2 of 2" in written(form.shown["blocks"])
        assert office.untouched() == ()

    at_the_door(slack, office, story)


def test_somebody_of_another_workspace_is_told_why_in_one_message(slack: FakeSlack, office: Office) -> None:
    async def story(at: Doorway) -> None:
        for line in ("mine", "join"):
            amira = at.person()
            payload = amira.command("/concern", line, CHANNEL) | {"team_id": "T-council"}
            shown = said(await at.settled(amira.sends("slash_commands", payload)))
            tells_why(shown)
            assert "at your own agency" in shown
            assert at.beside() == []

    at_the_door(slack, office, story)


def test_a_stranger_who_is_a_full_member_may_still_ask(slack: FakeSlack, office: Office) -> None:
    """Slack is asked about each stranger once."""

    async def story(at: Doorway) -> None:
        for _ in range(2):
            assert "Ask to be enrolled" in str((await at.types("/concern mine", GUEST)).body)
        assert len(slack.called("users.info")) == 1

    at_the_door(slack, office, story)


def test_many_requests_of_one_guest_at_once_are_all_answered(
    slack: FakeSlack, office: Office, guest: User
) -> None:
    async def story(at: Doorway) -> None:
        lines = ("/concern mine", "/concern join")
        for answer in await asyncio.gather(*(at.types(line, guest.id) for line in lines)):
            tells_why(said(answer))

    at_the_door(slack, office, story)

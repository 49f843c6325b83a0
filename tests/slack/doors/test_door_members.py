"""Somebody of the directory whose Slack account is a guest's, or was deactivated, has no rights by it."""

import pytest

from concerns.model import Stage
from handlers.refusals import NOT_LISTED
from handlers.scene import Asker
from tests.chat.faults import Busy, Silent
from tests.handlers.offices import Office
from tests.handlers.test_forms import without
from tests.owners import SLACK, looked_after
from tests.partnership import AMIRA, DIRECTORY
from tests.slack.doorway import SENT, WORKSPACE, Doorway, at_the_door, said
from tests.slack.fake.server import FakeSlack
from tests.slack.fake.workspace import User


@pytest.fixture
def amira(slack: FakeSlack) -> User:
    """Her account."""
    return slack.workspaces[WORKSPACE].users["U-amira"]


def test_a_guest_reads_and_changes_nothing(slack: FakeSlack, office: Office, amira: User) -> None:
    """They are told why, and what to do."""
    ref = office.raised()
    amira.is_restricted = True

    async def story(at: Doorway) -> None:
        await at.front.door.members.look("U-amira")
        for line in ("/concern mine", f"/concern show {ref}", f"/concern withdraw {ref} Settled."):
            told = said(await at.types(line))
            assert ref not in told
            assert "directory owner" in "\n".join([told, *(str(one.blocks) for one in at.beside())])
        assert office.concern(ref).stage is Stage.CALLED

    at_the_door(slack, office, story)


def test_a_guest_in_danger_is_told_whom_to_ring(slack: FakeSlack, office: Office, amira: User) -> None:
    """That is for strangers too."""
    amira.is_ultra_restricted = True

    async def story(at: Doorway) -> None:
        await at.front.door.members.look("U-amira")
        await at.types("/concern")
        await at.submits({"danger": "yes"})
        assert "999" in at.shown() + at.told()

    at_the_door(slack, office, story)


def test_for_what_settles_a_concern_nothing_old_is_believed(
    slack: FakeSlack, office: Office, amira: User
) -> None:
    """She was a full member a moment ago."""
    ref = office.answered()

    async def story(at: Doorway) -> None:
        await at.types("/concern mine")
        amira.deleted = True
        await at.types(f"/concern accept {ref} plain")
        assert office.concern(ref).stage is Stage.ANSWERED
        amira.deleted = False
        await at.types(f"/concern accept {ref} plain")
        assert office.concern(ref).stage is Stage.AGREED

    at_the_door(slack, office, story)


@pytest.mark.parametrize("line", ["withdraw {} Settled.", "responded {} satisfied They rang.", "redirect {}"])
def test_nor_for_any_other_way_to_close_one(slack: FakeSlack, office: Office, amira: User, line: str) -> None:
    ref = office.raised()

    async def story(at: Doorway) -> None:
        await at.types("/concern mine")
        amira.is_restricted = True
        told = said(await at.types(f"/concern {line.format(ref)}"))
        assert "Baton takes nothing from this account" in told
        assert office.concern(ref).stage is Stage.CALLED
        assert at.window() is None

    at_the_door(slack, office, story)


@pytest.mark.parametrize("verb", ["confirm", "refuse"])
def test_nor_for_whose_account_it_is(slack: FakeSlack, office: Office, amira: User, verb: str) -> None:
    """One button is enough to let somebody in."""
    office.with_directory(looked_after(AMIRA))
    office.desk.say(Asker(None, account=SLACK, called="Ben Hale"), "/concern join")

    async def story(at: Doorway) -> None:
        await at.types("/concern mine")
        amira.deleted = True
        await at.types(f"/concern {verb} E-1")
        (one,) = office.enrolments.book().enrolments
        assert one.waits

    at_the_door(slack, office, story)


@pytest.mark.parametrize("fault", [Busy(30), Silent(accepted=False)])
def test_where_slack_does_not_say_the_directory_still_counts(
    slack: FakeSlack, office: Office, fault: Busy | Silent
) -> None:
    """A look-up that fails silences nobody (decision 0011)."""
    ref = office.answered()
    slack.weather.choose = lambda call: fault if call.method == "users.info" else None

    async def story(at: Doorway) -> None:
        await at.types(f"/concern accept {ref} plain")
        assert office.concern(ref).stage is Stage.AGREED

    at_the_door(slack, office, story)


def test_to_log_a_contact_waits_for_no_look_up(slack: FakeSlack, office: Office) -> None:
    ref = office.raised()

    async def story(at: Doorway) -> None:
        before = len(slack.called("users.info"))
        await at.types(f"/contact {ref} made phone no_answer")
        await at.types("/concern mine")
        assert len(slack.called("users.info")) == before

    at_the_door(slack, office, story)


def test_whoever_leaves_the_directory_in_the_middle_of_a_form_hears_why(
    slack: FakeSlack, office: Office
) -> None:
    """Her words are still in it."""

    async def story(at: Doorway) -> None:
        await at.types("/concern")
        await at.submits({"danger": "no"})
        form = at.window()
        office.with_directory(without(DIRECTORY, AMIRA))
        await at.submits(SENT)
        ring, why = at.shown().split("This did not go through\n")
        assert ring.startswith("If somebody is in danger now")
        assert "999" in ring
        assert why == NOT_LISTED
        assert at.slack.views[WORKSPACE].stacks["U-amira"][0] == form

    at_the_door(slack, office, story)

"""What is answered after Slack's three seconds: the window says it, and its pages are told apart."""

from bot.slack import modals
from handlers.scene import Reply
from tests.handlers.offices import Office, form_of
from tests.partnership import AMIRA
from tests.slack.doorway import SENT, WORKSPACE, Doorway, at_the_door
from tests.slack.fake.server import FakeSlack


def shown(office: Office, reply: Reply) -> dict[str, object]:
    """The form of this reply, as a window."""
    return modals.view(form_of(reply), office.rules.calendar)


def puts_away(at: Doorway) -> None:
    """Amira closes the window on top; the one beneath is before her again."""
    at.slack.views[WORKSPACE].stacks["U-amira"].pop()


async def sends_late(at: Doorway, given: dict[str, str | list[str]]) -> None:
    """Amira sends a page, which is saved too late, and comes back to that very page."""
    await at.submits(given)
    puts_away(at)


# ---- a page sent again -----------------------------------------------------------------------------


def test_a_page_saved_late_and_sent_again_leads_to_the_next_page_again(
    slack: FakeSlack, office: Office
) -> None:
    """It answers its own question, not those of the page that was opened meanwhile."""

    async def story(at: Doorway) -> None:
        at.stands_open(shown(office, office.say(AMIRA, "/concern")))
        await sends_late(at, {"danger": "no"})
        assert "Page 1 of 2" in at.shown()

        await at.submits({"danger": "no"})
        assert "Page 2 of 2" in at.shown()
        await at.submits(SENT)
        assert len(office.untouched()) == 1

    at_the_door(slack, office, story, patience=0)


def test_what_was_filled_in_further_on_is_still_there(slack: FakeSlack, office: Office) -> None:
    async def story(at: Doorway) -> None:
        at.stands_open(shown(office, office.say(AMIRA, "/concern")))
        await at.submits({"danger": "no"})
        await sends_late(at, {**SENT, "wanted": "MARKED", "agency": "council", "decision": " "})
        puts_away(at)

        await at.submits({"danger": "no"})
        assert "MARKED" in str(at.window())

    at_the_door(slack, office, story, patience=0)


def test_which_concern_is_meant_may_be_said_again(slack: FakeSlack, office: Office) -> None:
    first, second = office.raised(), office.raised()

    async def story(at: Doorway) -> None:
        at.stands_open(shown(office, office.say(AMIRA, "/contact MARKED")))
        await sends_late(at, {"concern": first})

        await at.submits({"concern": second})
        assert f"About {second}" in at.shown()
        assert "MARKED" in str(at.window())
        await at.submits({"direction": "made", "method": "phone", "reached": "spoke"})
        assert office.ledger.history(second)[-1].words.text("summary") == "MARKED"

    at_the_door(slack, office, story, patience=0)

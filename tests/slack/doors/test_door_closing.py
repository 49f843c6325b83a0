"""A form in Slack that is closed, or cannot be saved: what was sent is kept, and there is a way back."""

from collections.abc import Mapping

import pytest

from storage.errors import NotSaved
from tests.handlers.offices import Office
from tests.slack.doorway import SENT, WORKSPACE, Doorway, at_the_door, said, written
from tests.slack.fake.faults import Says
from tests.slack.fake.server import FakeSlack

WORDS = "MARKED the flat is not safe"


async def closes(at: Doorway) -> None:
    """Amira puts the window away."""
    answer = await at.settled(at.person().closes())
    assert (answer.status, answer.body) == (200, {})


async def presses(at: Doorway, label: str) -> None:
    """Amira presses a button in her own conversation with Baton."""
    told = at.slack.only.direct("U-amira")[-1]
    await at.settled(at.person().presses(told, label))


@pytest.mark.parametrize("http", [False, True], ids=["socket", "http"])
def test_closed_after_its_first_page_it_is_found_again_with_what_was_sent(
    slack: FakeSlack, office: Office, http: bool
) -> None:
    async def story(at: Doorway) -> None:
        await at.types(f"/concern {WORDS}")
        await at.submits({"danger": "no"})
        await closes(at)
        assert "Your form is not sent yet" in at.told()
        assert WORDS not in at.told()

        await presses(at, "Go on")
        assert "Page 2 of 2" in at.shown()
        assert WORDS in str(at.window())
        await at.submits(SENT)
        assert len(office.untouched()) == 1

    at_the_door(slack, office, story, http=http)


def test_a_page_with_no_room_for_words_is_closed_without_one(slack: FakeSlack, office: Office) -> None:
    async def story(at: Doorway) -> None:
        await at.types("/concern")
        await closes(at)
        assert at.told() == ""

    at_the_door(slack, office, story)


@pytest.mark.parametrize("http", [False, True], ids=["socket", "http"])
def test_closed_with_its_words_unsent_it_says_that_they_are_not_kept_and_opens_again(
    slack: FakeSlack, office: Office, http: bool
) -> None:
    """Slack does not say what stood in it."""
    ref = office.raised()

    async def story(at: Doorway) -> None:
        await at.types(f"/contact {ref}")
        await closes(at)
        assert "Your form was closed, and not sent" in at.told()
        assert "What stood in it is not kept" in at.told()

        await presses(at, "Open it again")
        assert f"About {ref}" in at.shown()
        await at.submits({"direction": "made", "method": "phone", "reached": "spoke"})
        assert "contact logged" in at.shown()

    at_the_door(slack, office, story, http=http)


def test_of_a_form_that_is_over_nothing_is_said(slack: FakeSlack, office: Office) -> None:
    """It was sent in another window, or somebody else closes it."""
    ref = office.raised()

    async def story(at: Doorway) -> None:
        await at.types(f"/contact {ref}")
        amira, view = at.person(), at.window()
        assert view is not None
        closed = amira.payloads.closed(view)
        joel = at.person("U-joel").payloads.closed(view)
        await at.submits({"direction": "made", "method": "phone", "reached": "spoke"})
        await at.settled(at.person("U-joel").sends("interactive", joel))
        await at.settled(amira.sends("interactive", closed))
        assert at.told() == at.told("U-joel") == ""

    at_the_door(slack, office, story)


def test_thrown_away_it_is_gone(slack: FakeSlack, office: Office) -> None:
    async def story(at: Doorway) -> None:
        await at.types(f"/concern {WORDS}")
        await closes(at)
        kept, away = at.slack.only.said[-1].blocks[-1]["elements"]
        assert "confirm" not in kept
        assert away["confirm"]["title"]["text"] == "Throw it away?"
        assert "nobody can bring it back" in away["confirm"]["text"]["text"]
        await presses(at, "Throw it away")
        assert "Thrown away" in written(at.slack.only.said[-1].blocks)
        assert "Nothing is open for you" in said(await at.types("/concern mine"))

    at_the_door(slack, office, story)


def test_home_lists_it_with_the_way_back(slack: FakeSlack, office: Office) -> None:
    async def story(at: Doorway) -> None:
        await at.types(f"/concern {WORDS}")
        await closes(at)
        await at.settled(at.person().looks_home())
        home = written(at.slack.views[WORKSPACE].homes["U-amira"].shown["blocks"])
        assert "Begun, not sent yet\nRaise a concern: begun Mon 30 Nov at 10:00" in home
        assert WORDS not in home

        await at.settled(at.person().presses_in_view("Go on"))
        assert "Page 1 of 2" in at.shown()

    at_the_door(slack, office, story)


def test_a_form_slack_did_not_open_is_found_again(slack: FakeSlack, office: Office) -> None:
    slack.weather.will("views.open", Says("expired_trigger_id"))

    async def story(at: Doorway) -> None:
        await at.types(f"/concern {WORDS}")
        assert "Begun, and not sent yet" in said(await at.types("/concern mine"))

    at_the_door(slack, office, story)


def test_a_page_that_cannot_be_saved_stays_open_with_all_that_was_typed(
    slack: FakeSlack, office: Office
) -> None:
    """The first and the last: the sentence stands on top, the form beneath it, and it can be sent again."""

    async def story(at: Doorway) -> None:
        await at.types("/concern")
        pages: tuple[Mapping[str, str | list[str]], ...] = ({"danger": "no"}, SENT)
        for number, page in enumerate(pages, start=1):
            before = at.window()
            office.fails = NotSaved("The disk is full.")
            answer = await at.submits(page)
            assert answer.body["response_action"] == "push"
            assert "Not saved: the disk is full." in at.shown()
            assert at.slack.views[WORKSPACE].stacks["U-amira"][-2] is before

            office.fails = None
            at.slack.views[WORKSPACE].stacks["U-amira"].pop()
            assert f"Page {number} of 2" in at.shown()
            await at.submits(page)
        assert len(office.untouched()) == 1

    at_the_door(slack, office, story)


def test_with_the_database_away_closing_a_form_says_nothing_and_loses_nothing(
    slack: FakeSlack, office: Office
) -> None:
    async def story(at: Doorway) -> None:
        await at.types(f"/concern {WORDS}")
        office.fails = NotSaved("The disk is full.")
        await closes(at)
        assert at.told() == ""
        office.fails = None
        assert "Begun, and not sent yet" in said(await at.types("/concern mine"))

    at_the_door(slack, office, story)

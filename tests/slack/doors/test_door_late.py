"""What is answered after Slack's three seconds: the window says it, and its pages are told apart."""

import asyncio
from concurrent.futures import Future
from threading import Event
from typing import Any

import pytest

from bot.slack import answers, modals
from bot.slack.door import PATIENCE
from handlers.scene import Reply
from storage.drafts import Drafts
from storage.errors import NotSaved
from tests.handlers.offices import Office, form_of, slowed
from tests.partnership import AMIRA
from tests.slack.doorway import SENT, WORKSPACE, Doorway, at_the_door, until
from tests.slack.fake.hands import Answer, button_of
from tests.slack.fake.server import FakeSlack
from views.parts import Button, Message


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


async def closes_while_it_is_saved(at: Doorway, go: Event, given: dict[str, str]) -> None:
    """Amira sends a page and closes the window before it is saved."""
    go.clear()
    sent = at.person().submits(**given)
    await until(lambda: bool(at.front.door.at_work))
    if at.front.door.patience == SOON:
        await asyncio.wrap_future(sent)
        puts_away(at)
    await asyncio.wrap_future(at.person().closes())
    go.set()
    await at.settled(sent)


@pytest.fixture
def go(monkeypatch: pytest.MonkeyPatch) -> Event:
    """Drafts are written as long as this is set."""
    event, write = Event(), Drafts.write
    event.set()

    def waits(self: Drafts, *given: Any) -> bool:
        event.wait(20)
        return write(self, *given)

    monkeypatch.setattr(Drafts, "write", waits)
    return event


SOON = 0.2
"""Seconds after which "still trying" is said, and a window that says so lies on the form."""
MADE = {"direction": "made", "method": "phone", "reached": "spoke", "summary": "A visit."}


@pytest.mark.parametrize("patience", [SOON, PATIENCE], ids=["late", "in time"])
def test_what_was_sent_from_a_window_closed_too_early_is_told_outside(
    slack: FakeSlack, office: Office, go: Event, patience: float
) -> None:
    ref = office.raised()

    async def story(at: Doorway) -> None:
        await at.types(f"/contact {ref}")
        await closes_while_it_is_saved(at, go, MADE)
        assert at.told().count("contact logged") == 1
        assert "not sent" not in at.told()

    at_the_door(slack, office, story, patience=patience)


def test_what_is_sent_from_a_window_is_told_nobody_else_who_claims_to_close_it(
    slack: FakeSlack, office: Office, go: Event
) -> None:
    ref = office.raised()

    async def story(at: Doorway) -> None:
        await at.types(f"/contact {ref}")
        view = at.window()
        assert view is not None
        claim = at.person("U-joel").payloads.closed(view)
        go.clear()
        sent = at.person().submits(**MADE)
        await until(lambda: bool(at.front.door.at_work))
        await asyncio.wrap_future(at.person("U-joel").sends("interactive", claim))
        go.set()
        await at.settled(sent)
        assert at.told("U-joel") == at.told() == ""
        assert "contact logged" in at.shown()

    at_the_door(slack, office, story)


@pytest.mark.parametrize("patience", [SOON, PATIENCE], ids=["late", "in time"])
def test_what_was_refused_is_told_outside_with_the_way_back_to_it(
    slack: FakeSlack, office: Office, go: Event, patience: float
) -> None:
    ref = office.raised()

    async def story(at: Doorway) -> None:
        await at.types(f"/contact {ref}")
        await closes_while_it_is_saved(at, go, {"direction": "made"})
        assert at.told().count("Please answer") == 1
        assert button_of(at.slack.only.direct("U-amira")[-1].blocks, "Go on")

    at_the_door(slack, office, story, patience=patience)


@pytest.mark.parametrize("patience", [SOON, PATIENCE], ids=["late", "in time"])
def test_a_page_kept_from_a_closed_window_leads_on_from_where_it_stands(
    slack: FakeSlack, office: Office, go: Event, patience: float
) -> None:
    async def story(at: Doorway) -> None:
        await at.types("/concern A visit was promised.")
        await closes_while_it_is_saved(at, go, {"danger": "no"})
        assert at.told().count("Your form is not sent yet") == 1
        assert button_of(at.slack.only.direct("U-amira")[-1].blocks, "Go on")
        assert answers.TOO_SLOW not in at.told()

    at_the_door(slack, office, story, patience=patience)


@pytest.mark.parametrize("patience", [SOON, PATIENCE], ids=["late", "in time"])
def test_what_could_not_be_saved_is_not_said_to_stand_in_a_closed_window(
    slack: FakeSlack, office: Office, monkeypatch: pytest.MonkeyPatch, patience: float
) -> None:
    ref, go = office.raised(), Event()

    def fails(self: Drafts, *given: Any) -> bool:
        go.wait(20)
        raise NotSaved("The database is busy.")

    monkeypatch.setattr(Drafts, "write", fails)

    async def story(at: Doorway) -> None:
        await at.types(f"/contact {ref}")
        await closes_while_it_is_saved(at, go, MADE)
        assert at.told().count(answers.CLOSED_UNSAVED.title) == 1
        assert "999" in at.told()
        assert "still here" not in at.told()

    at_the_door(slack, office, story, patience=patience)


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


# ---- a button pressed in a window ------------------------------------------------------------------


def stands_before_her(at: Doorway, *buttons: Button) -> None:
    """A window with these buttons is before Amira."""
    window, _ = answers.window(answers.plainly(Message("What waits on you", (), buttons)).posts)
    at.stands_open(window)


async def late(at: Doorway, sent: Future[Answer], at_last: Event) -> None:
    """Slack is answered while the desk still stands; then the desk goes on."""
    await asyncio.wrap_future(sent)
    at_last.set()
    await at.front.settle()


def test_a_late_press_turns_its_window_first_to_say_so_and_then_to_the_outcome(
    slack: FakeSlack, office: Office
) -> None:
    """Where she looks anyway, and not in a message beside it."""
    ref = office.raised()
    at_last = slowed(office)

    async def story(at: Doorway) -> None:
        stands_before_her(at, Button("Show", "show", ref))
        await asyncio.wrap_future(at.person().presses_in_view("Show"))
        await until(lambda: "Not saved yet, still trying" in at.shown())
        at_last.set()
        await at.front.settle()
        assert "No enquiry was opened." in at.shown()
        assert at.told() == ""

    at_the_door(slack, office, story, patience=0)


def test_a_form_that_comes_late_stands_in_the_window_it_was_asked_in(
    slack: FakeSlack, office: Office
) -> None:
    """No other can be opened any more."""
    at_last = slowed(office)

    async def story(at: Doorway) -> None:
        stands_before_her(at, Button("Raise a concern", "raise"))
        await late(at, at.person().presses_in_view("Raise a concern"), at_last)
        assert "Page 1 of 2" in at.shown()
        assert at.told() == ""

    at_the_door(slack, office, story, patience=0)


@pytest.mark.parametrize("patience", [PATIENCE, 0])
@pytest.mark.parametrize(
    ("command", "told"), [("show", "No enquiry was opened."), ("raise", "send it again")]
)
def test_where_the_window_was_closed_meanwhile_it_is_told_in_a_message(
    slack: FakeSlack, office: Office, patience: float, command: str, told: str
) -> None:
    ref = office.raised()
    at_last = slowed(office)

    async def story(at: Doorway) -> None:
        stands_before_her(at, Button("Do it", command, ref if command == "show" else ""))
        amira, view = at.person(), at.window()
        assert view is not None
        block_id, button = button_of(view.shown["blocks"], "Do it")
        pressed = amira.payloads.press_in_view(view, button, block_id, {})
        puts_away(at)
        if patience:
            at_last.set()
        await late(at, amira.sends("interactive", pressed), at_last)
        assert told in at.told()

    at_the_door(slack, office, story, patience=patience)


def test_a_late_press_on_the_home_page_is_told_in_a_message(slack: FakeSlack, office: Office) -> None:
    """That page is no window to be turned."""
    ref = office.raised()
    at_last = slowed(office)
    at_last.set()

    async def story(at: Doorway) -> None:
        await at.settled(at.person().looks_home())
        at_last.clear()
        await late(at, at.person().presses_in_view("Show"), at_last)
        assert "Not saved yet, still trying" in at.told()
        assert ref in at.told()

    at_the_door(slack, office, story, patience=0)

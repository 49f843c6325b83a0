"""A request that comes again while the first is still at work: it is never taken for done too early."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from threading import Event

import pytest

from bot.slack import modals
from tests.handlers.offices import Office, form_of
from tests.partnership import AMIRA
from tests.slack.doorway import CHANNEL, SENT, WORKSPACE, Doorway, at_the_door, peopled, said, until, written
from tests.slack.fake.payloads import state_of
from tests.slack.fake.server import FakeSlack, serving


@pytest.fixture
def office(sqlite_url: str, tmp_path: Path) -> Iterator[Office]:
    """A desk on Monday morning, nothing on record yet."""
    opened = Office(sqlite_url, tmp_path)
    yield opened
    opened.store.close()


@pytest.fixture
def slack(office: Office) -> Iterator[FakeSlack]:
    """A workspace whose clock is the desk's."""
    with serving(FakeSlack(lambda: office.now, WORKSPACE)) as served:
        yield peopled(served)


def slowed(office: Office) -> Event:
    """From now on the desk stands still until this is set."""
    go_on = Event()

    def slowly() -> datetime:
        go_on.wait(30)
        return office.now

    office.desk = replace(office.desk, clock=slowly)
    return go_on


@pytest.mark.parametrize("http", [False, True], ids=["socket", "http"])
def test_a_repeat_is_not_answered_as_done_while_the_first_is_at_work(
    slack: FakeSlack, office: Office, http: bool
) -> None:
    """An empty answer would close the form, and its words with it."""
    reply = office.submit(AMIRA, form_of(office.say(AMIRA, "/concern raise")), {"danger": "no"})
    go_on = slowed(office)

    async def story(at: Doorway) -> None:
        at.stands_open(modals.view(form_of(reply), office.rules.calendar))
        amira = at.person()
        amira.patience = 1
        view = at.window()
        assert view is not None
        sent = amira.payloads.submission(view, state_of(view.shown, {**SENT}))
        first = await asyncio.wrap_future(amira.sends("interactive", sent))
        assert "Not saved yet" in written(first.body["view"]["blocks"])
        repeat = await asyncio.wrap_future(amira.sends("interactive", sent, 1))
        assert repeat.status == (503 if http else 0)
        go_on.set()
        await at.front.settle()
        assert len(office.untouched()) == 1
        again = await at.settled(amira.sends("interactive", sent, 2))
        assert (again.status, again.body) == (200, {})
        assert len(office.untouched()) == 1

    at_the_door(slack, office, story, http=http, patience=0)


def test_a_repeat_waits_for_the_first_and_is_done_with_it(slack: FakeSlack, office: Office) -> None:
    ref = office.answered()
    go_on = slowed(office)

    async def story(at: Doorway) -> None:
        amira = at.person()
        payload = amira.command("/concern", f"accept {ref} plain", CHANNEL)
        both = [asyncio.wrap_future(amira.sends("slash_commands", payload, n)) for n in (None, 1)]
        await until(lambda: at.front.door.at_work)
        go_on.set()
        first, again = await asyncio.gather(*both)
        assert sorted([bool(said(first)), bool(said(again))]) == [False, True]
        assert (first.status, again.status) == (200, 200)
        assert at.front.door.at_work == {}

    at_the_door(slack, office, story)


def test_a_refused_form_that_comes_again_is_refused_again(slack: FakeSlack, office: Office) -> None:
    """Answered empty it would close, and its words with it."""

    async def story(at: Doorway) -> None:
        await at.types("/concern")
        await at.submits({"danger": "no"})
        amira, view = at.person(), at.window()
        assert view is not None
        sent = amira.payloads.submission(view, state_of(view.shown, {**SENT, "decision": ""}))
        for attempt in (None, 1):
            answer = await at.settled(amira.sends("interactive", sent, attempt))
            assert answer.body["response_action"] == "errors"
        assert office.untouched() == ()

    at_the_door(slack, office, story)

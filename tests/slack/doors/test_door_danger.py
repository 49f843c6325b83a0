"""Whoever may be in danger reads first whom to ring, however slow or broken everything else is."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from threading import Event

import pytest

from bot.slack import modals
from bot.slack.danger import alarming
from bot.slack.requests import Request, Spoken, Submitted, Typed, Who
from concerns.pathway import Emergency
from concerns.rules import Rules
from storage.errors import NotSaved
from tests.handlers.offices import Office, form_of, slowed
from tests.partnership import AMIRA
from tests.slack.doorway import CHANNEL, WORKSPACE, Doorway, at_the_door, said, until, written
from tests.slack.fake.faults import Says
from tests.slack.fake.server import FakeSlack

DUTY = Emergency("Ring 999 now.", "Riverside duty team", "01632 960123", "day and night")
PLEAS = ("help my client is being hurt", "show me how this works", "show C-7F3K-9QMX he is bleeding")


@pytest.fixture
def office(sqlite_url: str, tmp_path: Path) -> Iterator[Office]:
    """A desk on Monday morning, with a duty team to ring, nothing on record yet."""
    opened = Office(sqlite_url, tmp_path)
    opened.desk = replace(opened.desk, emergency=(DUTY,))
    yield opened
    opened.store.close()


def kept(office: Office) -> int:
    """How many drafts there are."""
    with office.store.read() as db:
        return int(db.exec_driver_sql("select count(*) from drafts").scalar_one())


@pytest.mark.parametrize("plea", PLEAS)
@pytest.mark.parametrize("user", ["U-amira", "U-stranger"])
def test_a_plea_is_answered_with_whom_to_ring_and_a_form_and_is_not_stored(
    slack: FakeSlack, office: Office, plea: str, user: str
) -> None:
    """Though its first word is a command of Baton's."""

    async def story(at: Doorway) -> None:
        person, room = at.person(user), at.slack.workspaces[WORKSPACE].open_direct(user)
        await at.settled(person.writes(CHANNEL, f"<@UBOT1> {plea}"))
        await at.settled(person.writes(room.id, plea))
        (beside,) = at.beside(user)
        for answer in (written(beside.blocks), at.told(user)):
            assert "Ring 999 now." in answer
            assert DUTY.phone in answer
            assert "not stored" in answer
            assert "Raise a concern" in answer
        assert kept(office) == 0

    at_the_door(slack, office, story)


def test_a_command_that_asks_a_question_is_never_answered_by_silence(
    slack: FakeSlack, office: Office
) -> None:
    """With two concerns "show" asks which, in a form; a message brings no leave to open one."""
    office.raised()
    office.raised()

    async def story(at: Doorway) -> None:
        room = at.slack.workspaces[WORKSPACE].open_direct("U-amira")
        await at.settled(at.person().writes(room.id, "show"))
        assert "Raise a concern" in at.told()

    at_the_door(slack, office, story)


def test_whom_to_ring_is_said_before_a_slow_answer_and_with_it(slack: FakeSlack, office: Office) -> None:
    at_last, in_force = Event(), office.desk.record.in_force

    def slowly() -> tuple[Rules, ...]:
        at_last.wait(30)
        return in_force()

    office.with_record(in_force=slowly)

    async def story(at: Doorway) -> None:
        room = at.slack.workspaces[WORKSPACE].open_direct("U-amira")
        await asyncio.wrap_future(at.person().writes(room.id, "help he hit her"))
        await until(lambda: "Ring 999 now." in at.told())
        assert "This is Baton" not in at.told()
        at_last.set()
        await at.front.settle()
        assert "This is Baton" in at.told()

    at_the_door(slack, office, story, patience=0)


def test_in_danger_whom_to_ring_does_not_wait_for_a_slow_save(slack: FakeSlack, office: Office) -> None:
    form = form_of(office.say(AMIRA, "/concern raise"))
    at_last = slowed(office)

    async def story(at: Doorway) -> None:
        at.stands_open(modals.view(form, office.rules.calendar))
        sent = at.person().submits(danger="yes")
        answer = (await asyncio.wrap_future(sent)).body
        at_last.set()
        await at.front.settle()
        told = written(answer["view"]["blocks"])
        assert told.index(DUTY.phone) < told.index("Not saved yet, still trying")

    at_the_door(slack, office, story, patience=0)


def test_in_danger_a_fault_of_ours_says_first_whom_to_ring(slack: FakeSlack, office: Office) -> None:
    form = form_of(office.say(AMIRA, "/concern raise"))

    def broken() -> datetime:
        raise RuntimeError("a defect")

    office.with_record(clock=broken)

    async def story(at: Doorway) -> None:
        at.stands_open(modals.view(form, office.rules.calendar))
        await at.submits({"danger": "yes"})
        assert at.shown().index(DUTY.phone) < at.shown().index("went wrong on Baton’s side")

    at_the_door(slack, office, story)


def test_in_danger_a_directory_that_cannot_be_read_says_first_whom_to_ring(
    slack: FakeSlack, office: Office
) -> None:
    form = form_of(office.say(AMIRA, "/concern raise"))

    def unread() -> tuple[()]:
        raise NotSaved("The disk is full.")

    office.with_record(in_force=unread)

    async def story(at: Doorway) -> None:
        at.stands_open(modals.view(form, office.rules.calendar))
        await at.submits({"danger": "yes"})
        assert at.shown().index(DUTY.phone) < at.shown().index("the disk is full")

    at_the_door(slack, office, story)


def test_in_danger_a_workspace_not_signed_in_to_says_first_whom_to_ring(
    slack: FakeSlack, office: Office
) -> None:
    slack.weather.will("auth.test", *(Says("invalid_auth"),) * 4)
    form = form_of(office.say(AMIRA, "/concern raise"))

    async def story(at: Doorway) -> None:
        at.stands_open(modals.view(form, office.rules.calendar))
        await at.submits({"danger": "yes"})
        assert at.shown().index(DUTY.phone) < at.shown().index("not signed in")

    at_the_door(slack, office, story, http=True)


@pytest.mark.parametrize("line", ["/concern escalate C-7F3K-9QMX note", "/concern accept C-7F3K-9QMX plain"])
def test_every_sorry_and_every_not_yet_names_999(slack: FakeSlack, office: Office, line: str) -> None:
    def broken() -> datetime:
        raise RuntimeError("a defect")

    office.with_record(clock=broken, in_force=broken)

    async def story(at: Doorway) -> None:
        assert "ring 999" in said(await at.types(line))

    at_the_door(slack, office, story)
    at_the_door(slack, office, story, patience=0)


WHO = Who("U-amira", "T1")


def form(key: str, element: object) -> Submitted:
    """A form with one answer, as Slack sends it."""
    return Submitted("1", WHO, {"state": {"values": {key: {"x": element}}}})


@pytest.mark.parametrize(
    ("request_", "is_it"),
    [
        (form("danger", {"selected_option": {"value": "yes"}}), True),
        (form("danger", {"selected_option": {"value": "no"}}), False),
        (form("danger", {"selected_option": None}), False),
        (form("danger", None), False),
        (form("agreed", {"selected_option": {"value": "yes"}}), False),
        (form("why", {"selected_option": {"value": "immediate_risk"}}), True),
        (form("why", {"selected_options": [{"value": "immediate_risk"}]}), True),
        (form("why", {"selected_options": [None, {"value": 5}]}), False),
        (Submitted("1", WHO, {"state": {"values": {"danger": "yes"}}}), False),
        (Typed("1", WHO, "/concern escalate C-7F3K-9QMX IMMEDIATE_RISK", "", ""), True),
        (Typed("1", WHO, "/concern mine", "", ""), False),
        (Spoken("1", WHO, "hello", CHANNEL, direct=True), True),
    ],
)
def test_danger_is_told_from_the_request_alone(request_: Request, is_it: bool) -> None:
    assert alarming(request_) is is_it

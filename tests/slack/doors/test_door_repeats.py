"""A request that comes again while the first is still at work: it is never taken for done too early."""

import asyncio
from datetime import datetime

import pytest

from bot.slack import door, modals
from bot.slack.limits import Json
from bot.slack.seen import Seen
from concerns.model import Stage
from storage.errors import NotSaved
from tests.handlers.offices import Office, form_of, slowed
from tests.partnership import AMIRA, TOM
from tests.slack.doorway import CHANNEL, SENT, Doorway, at_the_door, said, until, written
from tests.slack.fake.payloads import state_of
from tests.slack.fake.server import FakeSlack


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


def test_a_repeat_of_what_met_a_defect_is_tried_again(slack: FakeSlack, office: Office) -> None:
    """Nothing was decided about it, so there is no refusal to say again, and no words to remember."""
    reply = office.submit(AMIRA, form_of(office.say(AMIRA, "/concern raise")), {"danger": "no"})

    defects = [RuntimeError("a defect")]

    def broken() -> datetime:
        if defects:
            raise defects.pop()
        return office.now

    office.with_record(clock=broken)

    async def story(at: Doorway) -> None:
        at.stands_open(modals.view(form_of(reply), office.rules.calendar))
        amira, view = at.person(), at.window()
        assert view is not None
        sent = amira.payloads.submission(view, state_of(view.shown, {**SENT}))
        answer = await at.settled(amira.sends("interactive", sent))
        assert "went wrong on Baton’s side" in written(answer.body["view"]["blocks"])
        assert at.front.door.turned == {}
        await at.settled(amira.sends("interactive", sent, 1))
        assert len(office.untouched()) == 1

    at_the_door(slack, office, story)


def test_a_repeat_in_the_name_of_another_is_not_answered_with_their_page(
    slack: FakeSlack, office: Office
) -> None:
    """Whoever can sign a request can write any user into it."""

    async def story(at: Doorway) -> None:
        await at.types("/concern MARKED words")
        amira, view = at.person(), at.window()
        assert view is not None
        sent = amira.payloads.submission(view, state_of(view.shown, {"danger": "no"}))
        own = await at.settled(amira.sends("interactive", sent))
        assert "MARKED words" in str(own.body)
        stolen = sent | {"user": sent["user"] | {"id": "U-joel"}}
        other = await at.settled(amira.sends("interactive", stolen, 1))
        assert (other.status, other.body) == (200, {})
        again = await at.settled(amira.sends("interactive", sent, 1))
        assert again.body == own.body

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


def test_a_form_refused_because_things_moved_on_does_not_act_when_it_comes_again(
    slack: FakeSlack, office: Office
) -> None:
    """Only its writer may send it once more, knowing how it stands by now."""
    ref = office.raised()

    async def story(at: Doorway) -> None:
        await at.types(f"/concern escalate {ref}")
        amira, view = at.person(), at.window()
        assert view is not None
        sent = amira.payloads.submission(view, state_of(view.shown, {"why": "raiser_or_manager_choice"}))
        office.until("Tue 1 Dec 2026 17:00")
        tier = office.concern(ref).tier
        for attempt in (None, 1):
            answer = await at.settled(amira.sends("interactive", sent, attempt))
            assert "has moved on meanwhile" in written(answer.body["view"]["blocks"])
            assert office.concern(ref).tier == tier
        await at.submits({"why": "raiser_or_manager_choice"})
        assert office.concern(ref).tier != tier

    at_the_door(slack, office, story)


def test_a_line_that_was_refused_does_not_act_when_it_comes_again_after_a_restart(
    slack: FakeSlack, office: Office
) -> None:
    ref = office.raised()
    payloads: list[Json] = []

    async def first(at: Doorway) -> None:
        payloads.append(at.person().command("/concern", f"reopen {ref} It is not safe.", CHANNEL))
        answer = await at.settled(at.person().sends("slash_commands", payloads[0]))
        assert "This did not go through" in said(answer)

    async def again(at: Doorway) -> None:
        answer = await at.settled(at.person().sends("slash_commands", payloads[0]))
        assert (answer.status, answer.body) == (200, {})
        assert office.concern(ref).stage is Stage.AGREED

    at_the_door(slack, office, first)
    office.fill(TOM, f"/concern answer {ref}", {"outcome": "agreed_plan_with_actions", "response": "Yes."})
    office.fill(AMIRA, f"/concern accept {ref} plain")
    at_the_door(slack, office, again)


def test_a_page_that_comes_again_is_answered_with_the_next_page_again(
    slack: FakeSlack, office: Office
) -> None:
    """Answered empty, the form would close before it is finished."""

    async def story(at: Doorway) -> None:
        await at.types("/concern")
        amira, view = at.person(), at.window()
        assert view is not None
        sent = amira.payloads.submission(view, state_of(view.shown, {"danger": "no"}))
        for attempt in (None, 1):
            answer = await at.settled(amira.sends("interactive", sent, attempt))
            assert answer.body["response_action"] == "update", written(answer.body["view"]["blocks"])
        assert office.untouched() == ()

    at_the_door(slack, office, story)


def test_a_page_that_turned_is_not_kept_for_good(
    slack: FakeSlack, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It holds words; whatever comes again comes within minutes."""
    monkeypatch.setattr(door, "_REPEATED", 0.0)

    async def story(at: Doorway) -> None:
        await at.types("/concern")
        await at.submits({"danger": "no"})
        await until(lambda: not at.front.door.turned)

    at_the_door(slack, office, story)


@pytest.mark.parametrize("http", [False, True], ids=["socket", "http"])
@pytest.mark.parametrize("line", ["help", "mine", "show {ref}", "cover", "raise"])
def test_a_repeat_after_a_restart_is_not_answered_again(
    slack: FakeSlack, office: Office, line: str, http: bool
) -> None:
    """It changed no concern, so the ledger knows nothing of it."""
    typed = line.format(ref=office.raised())
    payloads: list[Json] = []

    async def first(at: Doorway) -> None:
        payloads.append(at.person().command("/concern", typed, CHANNEL))
        answer = await at.settled(at.person().sends("slash_commands", payloads[0]))
        assert said(answer) or at.window()

    async def again(at: Doorway) -> None:
        before = at.window()
        answer = await at.settled(at.person().sends("slash_commands", payloads[0]))
        assert (answer.status, answer.body) == (200, {})
        assert at.window() is before

    at_the_door(slack, office, first, http=http)
    at_the_door(slack, office, again, http=http)


def test_what_is_on_record_is_said_to_be_after_a_restart(slack: FakeSlack, office: Office) -> None:
    ref = office.raised()
    payloads: list[Json] = []

    async def first(at: Doorway) -> None:
        line = f"{ref} made phone spoke The duty desk."
        payloads.append(at.person().command("/contact", line, CHANNEL))
        assert "contact logged" in said(await at.settled(at.person().sends("slash_commands", payloads[0])))

    async def again(at: Doorway) -> None:
        answer = await at.settled(at.person().sends("slash_commands", payloads[0]))
        assert "This is on record already" in said(answer)

    at_the_door(slack, office, first)
    history = office.desk.record.history(ref)
    at_the_door(slack, office, again)
    assert office.desk.record.history(ref) == history


def test_a_page_sent_again_after_a_restart_turns_nothing(slack: FakeSlack, office: Office) -> None:
    """The next page stands open by then; what was sent for the one before is not taken as its answer."""
    payloads: list[Json] = []

    async def first(at: Doorway) -> None:
        await at.types("/concern")
        amira, view = at.person(), at.window()
        assert view is not None
        payloads.append(amira.payloads.submission(view, state_of(view.shown, {"danger": "no"})))
        answer = await at.settled(amira.sends("interactive", payloads[0]))
        assert answer.body["response_action"] == "update"

    async def again(at: Doorway) -> None:
        answer = await at.settled(at.person().sends("interactive", payloads[0]))
        assert answer.body["response_action"] == "push"
        assert "This was sent already" in written(answer.body["view"]["blocks"])

    at_the_door(slack, office, first)
    at_the_door(slack, office, again)
    assert office.untouched() == ()


def test_a_cry_for_help_that_comes_again_after_a_restart_hears_whom_to_ring(
    slack: FakeSlack, office: Office
) -> None:
    payloads: list[Json] = []

    async def first(at: Doorway) -> None:
        payloads.append(at.person().command("/concern", "immediate_risk", CHANNEL))
        await at.settled(at.person().sends("slash_commands", payloads[0]))

    async def again(at: Doorway) -> None:
        assert "999" in said(await at.settled(at.person().sends("slash_commands", payloads[0])))

    at_the_door(slack, office, first)
    at_the_door(slack, office, again)


def test_with_the_database_away_memory_alone_tells_a_repeat(office: Office) -> None:
    """Whether it came before cannot be known then, nor kept: that holds up nobody."""
    seen = Seen(lambda: office.now, office.desk.record.ledger.answered)
    office.fails = NotSaved("The database is gone.")
    seen.keep("slack:riverside:1")
    assert not seen.elsewhere("slack:riverside:1")

    office.fails = None
    assert not seen.elsewhere("slack:riverside:1")

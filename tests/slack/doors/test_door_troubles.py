"""The door when something is in the way: late, broken, sent twice; the person is told, and loses nothing."""

import asyncio
from datetime import datetime, timedelta

import pytest

from bot.slack import modals
from bot.slack.identity import Installation
from concerns.model import Stage
from storage.errors import NotSaved
from tests.chat.faults import Broken
from tests.handlers.offices import Office, form_of, slowed
from tests.partnership import AMIRA
from tests.slack.doorway import (
    CHANNEL,
    SENT,
    WORKSPACE,
    Doorway,
    at_the_door,
    front_of,
    raised,
    said,
    until,
    written,
)
from tests.slack.fake.faults import Says
from tests.slack.fake.hands import button_of
from tests.slack.fake.server import FakeSlack


@pytest.mark.parametrize("http", [False, True], ids=["socket", "http"])
def test_a_request_that_comes_again_has_no_second_effect_and_no_second_answer(
    slack: FakeSlack, office: Office, http: bool
) -> None:
    """Not even a private one: whoever sends it again need not be the one who sent it first."""
    ref = office.answered()

    async def story(at: Doorway) -> None:
        amira = at.person()
        for line, told in ((f"accept {ref} plain", True), (f"show {ref}", True)):
            payload = amira.command("/concern", line, CHANNEL)
            first = await at.settled(amira.sends("slash_commands", payload))
            count = len(office.desk.record.history(ref))
            again = await at.settled(amira.sends("slash_commands", payload))
            assert bool(said(first)) is told
            assert (again.status, again.body) == (200, {})
            assert len(office.desk.record.history(ref)) == count

    at_the_door(slack, office, story, http=http)


@pytest.mark.parametrize(
    ("line", "away"),
    [
        ("/concern note C-7F3K-9QMZ She missed <two> doses", False),
        ("/contact C-7F3K-9QMZ She missed <two> doses", False),
        ("/contact {ref} made phone spoke She missed <two> doses", True),
        ("/concern She missed <two> doses", True),
    ],
)
def test_a_line_that_leads_to_nothing_comes_back_to_its_writer(
    slack: FakeSlack, office: Office, line: str, away: bool
) -> None:
    """Slack shows it nowhere any more, and nothing typed may be lost."""
    typed = line.format(ref=office.raised())

    async def story(at: Doorway) -> None:
        office.fails = NotSaved("The disk is full.") if away else None
        answer = await at.types(typed)
        window = at.shown() if at.window() else ""
        seen = said(answer) + window
        assert "She missed <two> doses" in seen
        assert "doses" not in str(answer.body.get("text"))

    at_the_door(slack, office, story)


def test_a_form_slack_does_not_open_gives_the_words_back(slack: FakeSlack, office: Office) -> None:
    slack.weather.will("views.open", Says("expired_trigger_id"))

    async def story(at: Doorway) -> None:
        answer = await at.types("/concern No reply since <Monday> & nobody rings back")
        assert answer.body == {}
        (back,) = at.beside()
        assert "No reply since <Monday> & nobody rings back" in written(back.blocks)
        assert "three seconds" in written(back.blocks)

    at_the_door(slack, office, story)


def test_a_commit_that_takes_too_long_is_told_of_twice(slack: FakeSlack, office: Office) -> None:
    """At 2.5 seconds "not saved yet", and then what became of it; here without any wait at all."""
    ref = office.answered()

    async def story(at: Doorway) -> None:
        answer = await at.types(f"/concern accept {ref} plain")
        assert "Not saved yet, still trying" in said(answer)
        assert ref in written(at.beside()[-1].blocks)
        assert office.concern(ref).stage is Stage.AGREED

    at_the_door(slack, office, story, patience=0)


def test_a_form_saved_too_late_is_told_of_in_a_window_on_top_of_it(slack: FakeSlack, office: Office) -> None:
    """The words stay beneath until it is known what became of them."""
    reply = office.submit(AMIRA, form_of(office.say(AMIRA, "/concern raise")), {"danger": "no"})
    at_last = slowed(office)

    async def story(at: Doorway) -> None:
        at.stands_open(modals.view(form_of(reply), office.rules.calendar))
        answer = await asyncio.wrap_future(at.person().submits(**SENT))
        assert answer.body["response_action"] == "push"
        assert "Not saved yet, still trying" in at.shown()
        assert office.untouched() == ()
        at_last.set()
        await at.front.settle()
        assert office.newest().ref in at.shown()

    at_the_door(slack, office, story, patience=0)


def test_what_cannot_be_saved_stays_in_the_form(slack: FakeSlack, office: Office) -> None:
    async def story(at: Doorway) -> None:
        await at.types("/concern")
        await at.submits({"danger": "no"})
        office.fails = NotSaved("The disk is full.")
        answer = await at.submits(SENT)
        assert answer.body["response_action"] == "push"
        assert "Not saved: the disk is full." in at.shown()
        office.fails = None
        at.slack.views[WORKSPACE].stacks["U-amira"].pop()
        await at.submits(SENT)
        assert len(office.untouched()) == 1

    at_the_door(slack, office, story)


def test_a_defect_at_the_desk_is_told_calmly_and_logged(
    slack: FakeSlack, office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> datetime:
        raise RuntimeError("a defect")

    office.with_record(clock=broken)

    async def story(at: Doorway) -> None:
        answer = await at.types("/concern mine")
        assert "went wrong on Baton’s side" in said(answer)

    at_the_door(slack, office, story)
    assert "A defect at the desk" in caplog.text


def test_while_slack_refuses_the_token_nothing_is_guessed(slack: FakeSlack, office: Office) -> None:
    """Whose account it is cannot be told, so nobody is taken for anybody."""
    slack.weather.will("auth.test", *(Says("invalid_auth"),) * 4)

    async def story(at: Doorway) -> None:
        answer = await at.types("/concern mine")
        assert "not signed in" in said(answer)
        assert "999" in said(answer)

    at_the_door(slack, office, story, http=True)


def test_a_token_that_is_revoked_meanwhile_is_noticed_within_a_minute(
    slack: FakeSlack, office: Office
) -> None:
    """Nothing else would tell: nobody can reach Baton then, and it has nothing to say."""

    async def story(at: Doorway) -> None:
        await at.types("/concern help")
        assert await at.front.trouble() is None
        slack.weather.will("auth.test", Says("token_revoked"), Broken(accepted=False))
        for _ in range(2):
            office.now += timedelta(minutes=1)
            assert "not signed in" in str(await at.front.trouble())
        office.now += timedelta(minutes=1)
        assert await at.front.trouble() is None
        slack.weather.will("auth.test", Broken(accepted=False))
        office.now += timedelta(minutes=1)
        assert await at.front.trouble() is None

    at_the_door(slack, office, story, http=True)


def test_nor_does_a_clock_set_back_hide_a_token_that_is_revoked(slack: FakeSlack, office: Office) -> None:
    async def story(at: Doorway) -> None:
        await at.types("/concern help")
        assert await at.front.trouble() is None
        office.now -= timedelta(hours=1)
        slack.weather.will("auth.test", Says("token_revoked"))
        assert "not signed in" in str(await at.front.trouble())

    at_the_door(slack, office, story, http=True)


def test_time_that_passes_lets_a_request_be_new_again(slack: FakeSlack, office: Office) -> None:
    """It is remembered for a day, far longer than a signature holds, and no longer."""

    async def story(at: Doorway) -> None:
        amira = at.person()
        payload = amira.command("/concern", "help", CHANNEL)
        assert said(await at.settled(amira.sends("slash_commands", payload)))
        office.now += timedelta(hours=23)
        office.desk.record.ledger.answered.sweep(office.now)
        assert not said(await at.settled(amira.sends("slash_commands", payload)))
        office.now += timedelta(hours=2)
        office.desk.record.ledger.answered.sweep(office.now)
        assert said(await at.settled(amira.sends("slash_commands", payload)))

    at_the_door(slack, office, story)


def test_where_the_answer_address_is_used_up_the_answer_comes_as_a_message(
    slack: FakeSlack, office: Office
) -> None:
    ref = office.raised()

    async def story(at: Doorway) -> None:
        amira = at.person()
        await at.settled(amira.writes(CHANNEL, "<@UBOT1> hello"))
        pressed = amira.press(at.beside()[0], "What waits on me")
        used_up = {"response_url": f"{slack.url}/response/none"}
        await at.settled(amira.sends("interactive", pressed | used_up))
        assert ref in at.told()

    at_the_door(slack, office, story)


def test_who_cannot_be_answered_in_the_channel_is_answered_as_a_message(
    slack: FakeSlack, office: Office
) -> None:
    slack.weather.will("chat.postEphemeral", Says("user_not_in_channel"))

    async def story(at: Doorway) -> None:
        await at.settled(at.person().writes(CHANNEL, "<@UBOT1> hello"))
        assert at.beside() == []
        assert "This is Baton" in at.told()

    at_the_door(slack, office, story)


def test_a_window_that_was_closed_meanwhile_is_answered_as_a_message(
    slack: FakeSlack, office: Office
) -> None:
    async def story(at: Doorway) -> None:
        await raised(at)
        amira, view = at.person(), at.window()
        assert view is not None
        block_id, button = button_of(view.shown["blocks"], "Show")
        pressed = amira.payloads.press_in_view(view, button, block_id, {})
        at.slack.views[WORKSPACE].close("U-amira")
        await at.settled(amira.sends("interactive", pressed))
        assert "No enquiry was opened." in at.told()

    at_the_door(slack, office, story)


def test_where_slack_shows_nothing_at_all_the_record_holds_it_all_the_same(
    slack: FakeSlack, office: Office
) -> None:
    ref = office.answered()
    for method in ("views.open", "chat.postMessage", "conversations.open", "chat.postEphemeral"):
        slack.weather.will(method, *(Says("internal_error"),) * 5)

    async def story(at: Doorway) -> None:
        amira = at.person()
        payload = amira.command("/concern", f"accept {ref} plain", CHANNEL)
        await at.settled(amira.sends("slash_commands", payload | {"response_url": f"{slack.url}/response/x"}))
        assert office.concern(ref).stage is Stage.AGREED

    at_the_door(slack, office, story)


def test_a_token_of_a_workspace_that_has_another_name_already_is_said(
    slack: FakeSlack, office: Office
) -> None:
    """Whose account it is would depend on which name was signed in first."""
    front = front_of(slack, office, http=True)
    front.door.installations.add(Installation("twin", slack.only.team))

    async def story() -> None:
        await front.start()
        await until(lambda: front._twin)
        told = await front.trouble()
        await front.stop()
        assert "one and the same Slack workspace" in str(told)
        assert "BATON_SLACK_RIVERSIDE_BOT_TOKEN" in str(told)

    asyncio.run(asyncio.wait_for(story(), 30))

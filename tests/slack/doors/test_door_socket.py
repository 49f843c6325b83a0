"""The door by socket: connections come and go, envelopes come twice, and nobody is answered twice."""

import asyncio
from datetime import datetime
from threading import Event

import pytest

from tests.handlers.offices import Office
from tests.slack.doorway import CHANNEL, WORKSPACE, Doorway, at_the_door, said, until
from tests.slack.fake.server import FakeSlack


def test_a_connection_slack_wants_anew_is_made_anew(slack: FakeSlack, office: Office) -> None:
    async def story(at: Doorway) -> None:
        assert said(await at.types("/concern help"))
        (old,) = slack.sockets.open_for(WORKSPACE)
        await asyncio.wrap_future(slack.do(slack.sockets.refresh(WORKSPACE)))
        await until(lambda: old not in slack.sockets.lines)
        assert said(await at.types("/concern help"))
        assert await at.front.trouble() is None

    at_the_door(slack, office, story)


@pytest.mark.parametrize("reason", ["refresh_requested", "too_many_websockets"])
def test_a_connection_that_fails_at_first_is_asked_for_anew(
    slack: FakeSlack, office: Office, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    """Slack gives out each address for one try."""
    monkeypatch.setattr("bot.slack.socket._PING", 0.05)
    monkeypatch.setattr("bot.slack.socket._ANEW", 0.1)

    async def story(at: Doorway) -> None:
        assert said(await at.types("/concern help"))
        (old,) = slack.sockets.open_for(WORKSPACE)
        slack.sockets.unready = 2
        await asyncio.wrap_future(slack.do(slack.sockets.refresh(WORKSPACE, reason)))
        await until(lambda: old not in slack.sockets.lines)
        await until(lambda: slack.sockets.open_for(WORKSPACE))
        assert said(await at.types("/concern help"))
        assert await at.front.trouble() is None

    at_the_door(slack, office, story)


def test_an_envelope_slack_repeats_is_acknowledged_and_not_answered_again(
    slack: FakeSlack, office: Office
) -> None:
    """Slack gives the repeat another envelope; the event in it is the same."""

    async def story(at: Doorway) -> None:
        amira = at.person()
        event = {"type": "app_mention", "user": "U-amira", "text": "<@UBOT1> hello", "channel": CHANNEL}
        payload = amira.payloads.event(event, "Ev1")
        for attempt in (None, 1, 2):
            answer = await at.settled(amira.sends("events_api", payload, attempt))
            assert answer.status == 200
        assert len(at.beside()) == 1

    at_the_door(slack, office, story)


def test_who_mentions_it_in_a_thread_is_answered_there(slack: FakeSlack, office: Office) -> None:
    async def story(at: Doorway) -> None:
        amira, root = at.person(), slack.workspaces[WORKSPACE].say(CHANNEL, {"text": "The visit"}, "U-ben")
        event = {"type": "app_mention", "user": "U-amira", "text": "<@UBOT1> hello", "channel": CHANNEL}
        payload = amira.payloads.event(event | {"thread_ts": root.ts}, "Ev1")
        await at.settled(amira.sends("events_api", payload))
        assert [one.thread for one in at.beside()] == [root.ts]

    at_the_door(slack, office, story)


def test_without_a_connection_the_door_says_so(slack: FakeSlack, office: Office) -> None:
    async def story(at: Doorway) -> None:
        assert said(await at.types("/concern help"))
        await at.front.stop()
        told = str(await at.front.trouble())
        assert "no connection to the Slack workspace" in told
        assert "baton doctor says why" in told

    at_the_door(slack, office, story)


def test_what_is_being_answered_when_it_stops_is_still_answered(slack: FakeSlack, office: Office) -> None:
    """The connection is kept until then."""
    begun, go_on = Event(), Event()

    def slowly() -> datetime:
        begun.set()
        go_on.wait(30)
        return office.now

    office.with_record(clock=slowly)

    async def story(at: Doorway) -> None:
        typed = at.person().types("/concern", "mine", CHANNEL)
        await until(begun.is_set)
        stopping = asyncio.create_task(at.front.stop())
        await asyncio.sleep(0)
        go_on.set()
        await stopping
        assert (await asyncio.wrap_future(typed)).in_time

    at_the_door(slack, office, story)

"""Who speaks in Slack's name and is not Slack: another agency with a secret of its own, and a proxy."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from slack_sdk.errors import SlackApiError

from bot.slack.identity import Installation
from bot.slack.outcomes import code
from concerns.model import Stage
from concerns.people import Identity
from tests.chat.faults import Broken, Garbled
from tests.handlers.offices import Office
from tests.ladders import RULES
from tests.partnership import DIRECTORY, TOM
from tests.slack.doorway import CHANNEL, WORKSPACE, Doorway, at_the_door, said, written
from tests.slack.fake.faults import Fault, Says
from tests.slack.fake.server import FakeSlack


@pytest.fixture
def office(sqlite_url: str, tmp_path: Path) -> Iterator[Office]:
    """A desk on Monday morning, nothing on record yet; Tom of the council has a Slack account there."""
    account = Identity("slack", "council", "U-tom")
    people = (replace(p, identities=(account,)) if p.id == TOM else p for p in DIRECTORY.people)
    rules = replace(RULES, directory=replace(RULES.directory, people=tuple(people)))
    opened = Office(sqlite_url, tmp_path, rules)
    yield opened
    opened.store.close()


@pytest.mark.parametrize(
    "fault",
    [
        Broken(accepted=False, status=503),
        Garbled(accepted=False, kind="text/plain"),
        Garbled(accepted=False, body=b"busy", kind="text/plain"),
        Garbled(accepted=False, body=b"[]"),
    ],
    ids=["503 page", "200 text", "200 words", "200 list"],
)
def test_what_answers_for_slack_in_plain_text_takes_no_words_away(
    slack: FakeSlack, office: Office, fault: Fault
) -> None:
    """Proxies answer like that."""
    slack.weather.will("views.open", fault)

    async def story(at: Doorway) -> None:
        await at.types("/concern No reply since Monday")
        (back,) = at.beside()
        assert "No reply since Monday" in written(back.blocks)

    at_the_door(slack, office, story)


@pytest.mark.parametrize(
    "fault",
    [Broken(accepted=False, status=503), Garbled(accepted=False, body=b"busy", kind="text/plain")],
    ids=["503 page", "200 words"],
)
@pytest.mark.parametrize("method", ["auth.test", "conversations.open", "chat.postMessage"])
def test_no_answer_in_plain_text_is_a_defect(
    slack: FakeSlack, office: Office, fault: Fault, method: str, caplog: pytest.LogCaptureFixture
) -> None:
    slack.weather.will("chat.postEphemeral", Says("user_not_in_channel"))
    slack.weather.will(method, fault)

    async def story(at: Doorway) -> None:
        await at.settled(at.person().writes(CHANNEL, "<@UBOT1> hello"))

    at_the_door(slack, office, story)
    assert "Traceback" not in caplog.text


def test_a_private_answer_goes_to_slack_and_nowhere_else(slack: FakeSlack, office: Office) -> None:
    """Whoever can sign a request can write any address into it."""
    office.raised()

    async def story(at: Doorway) -> None:
        amira = at.person()
        await at.settled(amira.writes(CHANNEL, "<@UBOT1> hello"))
        pressed = amira.press(at.beside()[0], "What waits on me")
        elsewhere = pressed["response_url"].replace("127.0.0.1", "localhost")
        assert elsewhere != pressed["response_url"]
        await at.settled(amira.sends("interactive", pressed | {"response_url": elsewhere}))
        assert len(at.beside()) == 1
        assert office.newest().ref in at.told()

    at_the_door(slack, office, story)


def test_a_private_answer_follows_no_redirection(slack: FakeSlack, office: Office) -> None:
    """An address of Slack's that leads on to another is an address of nobody knows whose."""
    office.raised()

    async def story(at: Doorway) -> None:
        amira = at.person()
        await at.settled(amira.writes(CHANNEL, "<@UBOT1> hello"))
        pressed = amira.press(at.beside()[0], "What waits on me")
        there, elsewhere = pressed["response_url"], amira.press(at.beside()[0], "Help")["response_url"]
        slack.redirected[there.rpartition("/")[2]] = elsewhere.rpartition("/")[2]
        await at.settled(amira.sends("interactive", pressed))
        assert len(at.beside()) == 1
        assert office.newest().ref in at.told()

    at_the_door(slack, office, story)


def test_what_is_said_to_be_a_direct_message_is_not_answered_in_a_channel(
    slack: FakeSlack, office: Office
) -> None:
    """Whoever can sign a request can call any channel a private conversation."""
    ref = office.raised()

    async def story(at: Doorway) -> None:
        asked = {"type": "message", "channel_type": "im", "user": "U-amira", "text": f"show {ref}"}
        await at.settled(at.person().happens(asked | {"channel": CHANNEL}))
        assert slack.workspaces[WORKSPACE].seen(CHANNEL) == []
        assert ref in at.told()

    at_the_door(slack, office, story, http=True)


@pytest.mark.parametrize("http", [False, True], ids=["socket", "http"])
def test_a_request_that_speaks_for_another_workspace_shows_and_does_nothing(
    slack: FakeSlack, office: Office, http: bool
) -> None:
    """Signed with Riverside's secret, and said to come from somebody of the council."""
    ref = office.answered()

    async def story(at: Doorway) -> None:
        await at.types("/concern help")
        at.front.door.installations.add(Installation("council", "T-council"))
        amira = at.person()
        for line in (f"accept {ref} plain", f"show {ref}"):
            payload = amira.command("/concern", line, CHANNEL) | {"team_id": "T-council"}
            for user in ("U-amira", "U-tom"):
                forged = payload | {"user_id": user, "trigger_id": f"{user}{line}"}
                answer = await at.settled(amira.sends("slash_commands", forged))
                shown = "\n".join([said(answer), *(written(one.blocks) for one in at.beside(user))])
                assert ref not in shown
                assert "at your own agency" in shown
        assert office.concern(ref).stage is Stage.ANSWERED

    at_the_door(slack, office, story, http=http)


@pytest.mark.parametrize("answered", ["busy", b"done", {"status": 503}, ["x"], None])
def test_a_refusal_that_is_not_slacks_own_has_no_code(answered: object) -> None:
    """The SDK hands over whatever a proxy said, as it came."""
    assert code(SlackApiError("no", answered)) == ""  # type: ignore[no-untyped-call]  # the SDK names no types

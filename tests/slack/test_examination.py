"""What `baton doctor` asks Slack, at what pace, and what it makes of answers a proxy has changed."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from pydantic import SecretStr
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.finding import Finding
from bot.settings import SlackAccount
from bot.slack.examination import Examination
from bot.slack.reach import AT_ONCE
from tests.chat.faults import Broken, Busy
from tests.ladders import MONDAY
from tests.partnership import DIRECTORY
from tests.reminders.loops import run
from tests.slack.fake.faults import Call, Says
from tests.slack.fake.server import FakeSlack
from tests.slack.world import JOINT_ADDRESS, Clock, client_of, with_account

ACCOUNT = SlackAccount("other", SecretStr("xoxb-1"), None, SecretStr("0123456789abcdef"))


@dataclass
class Doctor:
    """Somebody with time: `rested` is how many seconds they let pass, `said` what they told meanwhile."""

    clock: Clock
    rested: list[float] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    async def rest(self, seconds: float) -> None:
        """The clock moves instead."""
        self.rested.append(seconds)
        self.clock.forward(seconds=seconds)

    def looks(self, slack: FakeSlack, *users: str, about: str = "account") -> list[Finding]:
        """What is not well, where these are the accounts of one person."""
        here = SlackAccount("riverside", SecretStr("xoxb-riverside"), None, SecretStr("0123456789abcdef"))
        directory, asked = with_account(DIRECTORY, "joel", *users), (self.clock, self.rest, self.said.append)
        examination = Examination(here, client_of(slack), directory, ("commands", "users:read"), *asked)
        return [one for one in run(examination.findings()) if (one.red or one.note) and about in one.what]


class Answered(AsyncWebClient):
    """A client whose one answer comes with these headers; nobody of this workspace is in the directory."""

    def __init__(self, headers: dict[str, str]) -> None:
        super().__init__("xoxb-1", retry_handlers=[])
        self._given = headers

    async def auth_test(self, **kwargs: Any) -> AsyncSlackResponse:
        said = {"ok": True, "team": "Other", "team_id": "T9", "user_id": "U9"}
        return AsyncSlackResponse(
            client=self,
            http_verb="POST",
            api_url="",
            req_args={},
            data=said,
            headers=self._given,
            status_code=200,
        )


def found(headers: dict[str, str]) -> dict[str, Finding]:
    """What is said of each thing."""
    doctor = Doctor(Clock())
    examination = Examination(
        ACCOUNT, Answered(headers), DIRECTORY, ("commands",), doctor.clock, doctor.rest, doctor.said.append
    )
    findings = run(examination.findings())
    return {finding.what: finding for finding in findings}


@pytest.mark.parametrize("zone", ["GMT", "+0000", "-0000"])
def test_the_same_hour_is_the_same_however_it_is_written(zone: str) -> None:
    clock = found({"Date": f"{MONDAY:%a, %d %b %Y %H:%M:%S} {zone}"})["Slack other clock"]

    assert not clock.red
    assert clock.said == "the same as Slack's"


def test_rights_that_were_not_listed_are_not_called_missing() -> None:
    """A proxy leaves headers out; to install the app again would cure nothing."""
    scopes = found({})["Slack other scopes"]

    assert not scopes.red
    assert scopes.note


def test_a_signing_secret_is_not_said_to_be_right() -> None:
    """Nobody can ask Slack whether it is."""
    assert "the log says so when Slack first rings" in found({})["Slack other signing secret"].said


# ---- at what pace ----------------------------------------------------------------------------------


@pytest.fixture
def many(slack: FakeSlack) -> list[str]:
    """Two hundred accounts, the last of them a guest's."""
    users = [f"U-many-{n}" for n in range(200)]
    for user in users:
        slack.only.enrol(user)
    slack.only.users[users[-1]].is_restricted = True
    return users


def test_many_accounts_are_asked_about_as_fast_as_slack_takes_it(
    slack: FakeSlack, clock: Clock, many: list[str]
) -> None:
    """A hundred a minute, of which a bot that is serving needs its own."""

    def fifty_left(call: Call) -> Busy | None:
        lately = clock() - timedelta(minutes=1)
        asked = [one for one in slack.called("users.info") if one.at > lately]
        return Busy(30) if len(asked) > 50 + AT_ONCE else None

    slack.weather.choose = fifty_left
    doctor = Doctor(clock)
    (found,) = doctor.looks(slack, *many)

    assert "a guest's" in found.said
    assert max(doctor.rested) < 30
    assert "Slack riverside: 100 of 205 accounts looked at, going on." in doctor.said


def test_a_few_accounts_are_asked_about_without_a_pause(slack: FakeSlack, clock: Clock) -> None:
    doctor = Doctor(clock)

    assert (doctor.looks(slack, "U-joel"), doctor.rested, doctor.said) == ([], [], [])


@pytest.mark.parametrize(("fault", "pause"), [(Busy(30), 30), (Broken(accepted=False), 1.3)])
def test_the_pause_slack_asks_for_is_kept_and_nobody_is_left_out(
    slack: FakeSlack, clock: Clock, fault: Busy | Broken, pause: float
) -> None:
    slack.only.users["U-joel"].is_restricted = True
    slack.weather.will("users.info", fault, fault)
    doctor = Doctor(clock)
    (found,) = doctor.looks(slack, "U-joel")

    assert "a guest's" in found.said
    assert doctor.rested == [pause, pause]


@pytest.mark.parametrize(
    ("fault", "rests", "then"),
    [(Busy(30), 2, "a minute"), (Busy(70), 0, "2 minutes"), (Busy(3600), 0, "60 minutes")],
)
def test_how_many_accounts_nobody_looked_at_is_said(
    slack: FakeSlack, clock: Clock, fault: Busy, rests: int, then: str
) -> None:
    """Slack has no time for long: the doctor neither waits for ever nor keeps it to itself."""
    slack.weather.choose = lambda _call: fault if len(slack.called("users.info")) > 3 else None
    doctor = Doctor(clock)
    (found,) = doctor.looks(slack, "U-joel")

    assert found.line() == (
        "RED   Slack riverside accounts: Slack said nothing about 3 of 6, so they were not looked at."
        f" Slack is busy: run baton doctor again in {then}."
    )
    assert len(doctor.rested) == rests


def test_without_the_right_to_ask_only_the_right_is_named(slack: FakeSlack, clock: Clock) -> None:
    """A line for each account would send people to look for numbers that are right."""
    slack.only.scopes = "commands"
    slack.weather.choose = lambda call: Says("missing_scope") if call.method == "users.info" else None
    doctor = Doctor(clock)

    assert doctor.looks(slack, "U-joel") == []
    (found,) = doctor.looks(slack, "U-joel", about="scopes")
    assert found.said == "missing: users:read."


def test_readers_slack_would_not_name_are_not_taken_for_known(slack: FakeSlack, clock: Clock) -> None:
    slack.weather.will("conversations.members", Busy(30), channel=JOINT_ADDRESS)
    (found,) = Doctor(clock).looks(slack, "U-joel", about="riverside-council")

    assert found.line() == (
        'note  Slack riverside channel "riverside-council": Slack did not say who reads it'
    )

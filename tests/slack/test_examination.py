"""What `baton doctor` makes of answers that a proxy on the way has changed."""

from typing import Any

import pytest
from pydantic import SecretStr
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.finding import Finding
from bot.settings import SlackAccount
from bot.slack.examination import Examination
from tests.ladders import MONDAY
from tests.partnership import DIRECTORY
from tests.reminders.loops import run

ACCOUNT = SlackAccount("other", SecretStr("xoxb-1"), None, SecretStr("0123456789abcdef"))


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
    findings = run(Examination(ACCOUNT, Answered(headers), DIRECTORY, ("commands",)).findings(MONDAY))
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
    assert "shows when somebody types" in found({})["Slack other signing secret"].said

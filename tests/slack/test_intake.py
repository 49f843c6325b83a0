"""Slack rings over HTTP: what is unsigned, old, too large or no payload is refused, never with a 500."""

import asyncio
import hmac
import json
import logging
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.types import Message, Receive

from bot.arriving import LARGEST
from bot.slack.bolt import bolt_app
from bot.slack.intake import Intake
from bot.web import Web
from tests.handlers.offices import Office
from tests.slack.doorway import front_of, nobody_else
from tests.slack.fake.server import FakeSlack, serving

SECRET = "the signing secret"
LOG = logging.getLogger("baton.test")
FORM = "application/x-www-form-urlencoded"
HELP = {
    "command": "/concern",
    "text": "help",
    "user_id": "U-amira",
    "team_id": "T0001",
    "trigger_id": "1.T0001",
}

Headers = Mapping[str, str] | Mapping[bytes, bytes]


class Entrance:
    """The entrance of one workspace, rung by whoever knows its address."""

    def __init__(self, slack: FakeSlack, office: Office) -> None:
        self.office = office
        self.slack = slack

    def rings(self, body: bytes, headers: Headers | None = None) -> httpx.Response:
        """A request as it is."""
        return asyncio.run(self._ring(body, headers or {}))

    def rings_signed(
        self,
        body: bytes,
        kind: str = "application/x-www-form-urlencoded",
        late: float = 0,
        secret: str = SECRET,
    ) -> httpx.Response:
        """A request signed so many seconds ago."""
        return self.rings(body, self.signed(body, late, secret) | {"content-type": kind})

    def signed(self, body: bytes, late: float = 0, secret: str = SECRET) -> dict[str, str]:
        """The headers Slack would send."""
        stamp = str(int(self.office.now.timestamp() - late))
        mine = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, sha256).hexdigest()
        return {"x-slack-request-timestamp": stamp, "x-slack-signature": f"v0={mine}"}

    async def _ring(self, body: bytes, headers: Headers) -> httpx.Response:
        front = front_of(self.slack, self.office, http=True, patience=30)
        intake = Intake(bolt_app(front.door), "riverside", SECRET, lambda: self.office.now, LOG)
        app = Web(nobody_else, dict, {"riverside": intake}).app(_nothing)
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://baton") as http:
            answer = await http.post("/slack/riverside/events", content=body, headers=[*headers.items()])
        await front.stop()
        return answer


@asynccontextmanager
async def _nothing(_app: Starlette) -> AsyncIterator[None]:
    yield


@pytest.fixture
def entrance(sqlite_url: str, tmp_path: Path) -> Iterator[Entrance]:
    """Over a desk on Monday morning."""
    office = Office(sqlite_url, tmp_path)
    with serving(FakeSlack(lambda: office.now, "riverside")) as slack:
        slack.only.enrol("U-amira")
        yield Entrance(slack, office)
    office.store.close()


def test_no_logger_of_ours_is_given_a_level_by_slacks_framework(entrance: Entrance) -> None:
    entrance.rings_signed(json.dumps({"type": "url_verification", "challenge": "xyz"}).encode())

    assert logging.getLogger("baton").level == logging.NOTSET


def test_what_is_signed_and_fresh_is_answered(entrance: Entrance) -> None:
    answer = entrance.rings_signed(urlencode(HELP).encode())

    assert answer.status_code == 200
    assert answer.json()["response_type"] == "ephemeral"


def test_slack_is_answered_when_it_tries_the_address(entrance: Entrance) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "xyz"}).encode()
    answer = entrance.rings_signed(body, "application/json")

    assert (answer.status_code, answer.json()) == (200, {"challenge": "xyz"})


@pytest.mark.parametrize("late", [-301, 301, 10**9])
def test_a_request_too_old_or_too_early_is_refused(entrance: Entrance, late: float) -> None:
    assert entrance.rings_signed(urlencode(HELP).encode(), late=late).status_code == 401


@pytest.mark.parametrize("late", [-299, 299])
def test_within_five_minutes_it_is_let_in(entrance: Entrance, late: float) -> None:
    assert entrance.rings_signed(urlencode(HELP).encode(), late=late).status_code == 200


def test_another_secret_or_another_body_is_refused(entrance: Entrance) -> None:
    body = urlencode(HELP).encode()

    assert entrance.rings_signed(body, secret="another").status_code == 401
    assert entrance.rings(body + b"&text=accept", entrance.signed(body)).status_code == 401


def test_whoever_looks_for_it_finds_in_the_log_why_slack_is_refused(
    entrance: Entrance, caplog: pytest.LogCaptureFixture
) -> None:
    """Slack shows nobody the answer: with a wrong secret nothing would ever say what is wrong."""
    body = urlencode(HELP).encode()
    entrance.rings_signed(body, secret="another")
    entrance.rings_signed(body, late=301)
    entrance.rings(body, {"x-slack-signature": "v0=of nobody"})

    secret, clock = caplog.messages
    assert '"riverside"' in secret
    assert "BATON_SLACK_RIVERSIDE_SIGNING_SECRET" in secret
    assert "NTP" in clock


def test_a_refusal_is_said_once_an_hour_however_often_somebody_rings(
    entrance: Entrance, caplog: pytest.LogCaptureFixture
) -> None:
    async def ringing() -> None:
        front = front_of(entrance.slack, entrance.office, http=True)
        intake = Intake(bolt_app(front.door), "riverside", SECRET, lambda: entrance.office.now, LOG)
        app = Web(nobody_else, dict, {"riverside": intake}).app(_nothing)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://baton") as http:
            for minutes in (0, 59, 1):
                entrance.office.now += timedelta(minutes=minutes)
                headers = entrance.signed(b"x", secret="another")
                await http.post("/slack/riverside/events", content=b"x", headers=headers)
        await front.stop()

    asyncio.run(ringing())
    assert len(caplog.records) == 2


@pytest.mark.parametrize("stamp", ["", "now", "-5", "1e9", "\uff11\uff12", "9" * 40, "12 ", "0x10"])
def test_a_time_that_is_none_is_refused(entrance: Entrance, stamp: str) -> None:
    headers = {b"x-slack-request-timestamp": stamp.encode(), b"x-slack-signature": b"v0=\xc3\xa9"}

    assert entrance.rings(b"text=x", headers).status_code == 401


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "application/x-www-form-urlencoded"),
        (b"\xff\xfe", "application/json"),
        (b"{", "application/json"),
        (b"[]", "application/json"),
        (b"[" * 100_000, "application/json"),
        (b'{"type": 5}', "application/json"),
        (b'{"type": "event_callback", "event": []}', "application/json"),
        (b'{"type": "event_callback", "event_id": "E", "event": {"type": 1}}', "application/json"),
        (b'{"type": "event_callback", "event_id": "E", "event": {"type": []}}', "application/json"),
        (b'{"type": "event_callback", "event_id": "E", "event": {"type": {}}}', "application/json"),
        (b'{"type": "block_actions", "user": "U", "actions": {}}', "application/json"),
        (b"payload=%7B", "application/x-www-form-urlencoded"),
        (b"payload=5", "application/x-www-form-urlencoded"),
        (b"command=/concern", "application/x-www-form-urlencoded"),
        (b"&".join(b"a=1" for _ in range(1000)), "application/x-www-form-urlencoded"),
    ],
)
def test_what_is_none_of_slacks_payloads_is_refused(entrance: Entrance, body: bytes, kind: str) -> None:
    answer = entrance.rings_signed(body, kind)

    assert answer.status_code == 400
    assert entrance.office.untouched() == ()


def test_more_than_a_mebibyte_is_refused(entrance: Entrance) -> None:
    body = urlencode(HELP | {"text": "x" * LARGEST}).encode()

    assert entrance.rings_signed(body).status_code == 413


def test_a_workspace_nobody_serves_has_no_entrance(entrance: Entrance) -> None:
    async def elsewhere() -> int:
        app = Web(nobody_else, dict, {}).app(_nothing)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://baton") as http:
            return (await http.post("/slack/riverside/events", content=b"{}")).status_code

    assert asyncio.run(elsewhere()) == 404


def test_a_body_that_never_arrives_is_given_up(entrance: Entrance) -> None:
    """Whoever sends drop by drop holds nobody up."""

    async def nothing_more() -> Message:
        await asyncio.Event().wait()
        raise AssertionError

    assert asyncio.run(arriving(entrance, nothing_more)) == 408


def test_whoever_hangs_up_in_the_middle_of_a_body_is_no_defect(entrance: Entrance) -> None:
    """Anybody may do so, signed or not: the log stays for what is amiss."""

    async def hangs_up() -> Message:
        return {"type": "http.disconnect"}

    assert asyncio.run(arriving(entrance, hangs_up)) == 400


async def arriving(entrance: Entrance, bytes_come: Receive) -> int:
    """What is answered to a request whose body comes like this, or does not."""
    front = front_of(entrance.slack, entrance.office, http=True)
    app = bolt_app(front.door)
    intake = Intake(app, "riverside", SECRET, lambda: entrance.office.now, LOG, patience=0)
    request = Request({"type": "http", "method": "POST", "path": "/", "headers": []}, bytes_come)
    return (await intake.answer(request)).status_code


def test_a_signed_request_sent_again_within_five_minutes_does_and_tells_nothing(entrance: Entrance) -> None:
    """The same bytes: whoever recorded them gains nothing."""

    async def twice() -> tuple[httpx.Response, httpx.Response]:
        front = front_of(entrance.slack, entrance.office, http=True, patience=30)
        intake = Intake(bolt_app(front.door), "riverside", SECRET, lambda: entrance.office.now, LOG)
        app = Web(nobody_else, dict, {"riverside": intake}).app(_nothing)
        body = urlencode(HELP).encode()
        headers = entrance.signed(body) | {"content-type": "application/x-www-form-urlencoded"}
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://baton") as http:
            first = await http.post("/slack/riverside/events", content=body, headers=headers)
            entrance.office.now += timedelta(minutes=4)
            second = await http.post("/slack/riverside/events", content=body, headers=headers)
        await front.stop()
        return first, second

    first, second = asyncio.run(twice())
    assert first.json()["blocks"]
    assert (second.status_code, second.content) == (200, b"")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
NAMES = st.sampled_from(
    ["type", "user", "team", "event", "view", "actions", "command", "trigger_id", "user_id", "authorizations"]
)
KINDS = st.sampled_from(
    ["block_actions", "view_submission", "shortcut", "message_action", "event_callback", "view_closed", "x"]
)
PAYLOADS = st.dictionaries(NAMES, JSON, max_size=6).flatmap(
    lambda some: st.one_of(st.just(some), KINDS.map(lambda kind: some | {"type": kind}))
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)
@given(payload=PAYLOADS)
def test_no_signed_payload_of_any_shape_brings_a_500(entrance: Entrance, payload: object) -> None:
    answer = entrance.rings_signed(json.dumps(payload).encode(), "application/json")

    assert answer.status_code in {200, 400, 404}, answer.text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(body=st.binary(max_size=40), stamp=st.text(max_size=12), signature=st.text(max_size=12))
def test_no_unsigned_request_of_any_shape_gets_further_than_a_401(
    entrance: Entrance, body: bytes, stamp: str, signature: str
) -> None:
    sent = {"x-slack-request-timestamp": _header(stamp), "x-slack-signature": _header(signature)}

    assert entrance.rings(body, sent).status_code == 401


def _header(text: str) -> str:
    """As much of it as a header can hold."""
    return "".join(character for character in text if 32 < ord(character) < 127)

"""`baton serve` runs: it calls, answers, tells when not to rely on it, and stops calmly."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.house import system_clock
from tests.bot.served import PATIENCE, Served, set_up
from tests.command_line import Baton
from tests.handlers.offices import RAISE
from tests.slack.fake.server import FakeSlack, serving


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, baton: Baton) -> Path:
    """A partnership of two Slack workspaces, in force."""
    return set_up(tmp_path, monkeypatch, baton)


@pytest.fixture
def served(folder: Path) -> Iterator[Served]:
    """One workspace by socket, one by HTTP."""
    with serving(FakeSlack(system_clock, "riverside", "north-shire")) as slack:
        for workspace, channel, *users in (("riverside", "C1", "U1"), ("north-shire", "C2", "U2", "U3")):
            for user in users:
                slack.workspaces[workspace].enrol(user)
            slack.workspaces[workspace].make_channel(channel, *users)
        server = Served(folder, slack)
        yield server
        server.close()


def test_a_concern_runs_between_a_workspace_by_socket_and_one_by_http(served: Served) -> None:
    """Raised here, called there, answered there, and known here; stopped and started in between."""
    served.start()
    amira = served.amira()
    amira.types("/concern", "", "C1").result(PATIENCE)
    served.until(lambda: served.slack.views["riverside"].before("U1") is not None)
    amira.submits(danger="no").result(PATIENCE)
    amira.submits(**{key: said for key, said in RAISE.items() if isinstance(said, str | list)}).result(
        PATIENCE
    )
    served.until(lambda: len(served.seen("north-shire", "C2")) > 1)

    assert served.http.get("/healthz").text == "ok\n"
    assert "baton_notices_sent" in served.http.get("/metrics").text
    assert served.stop() == 0
    served.start()

    card = served.seen("north-shire", "C2")[0]
    answered = served.tom().presses(card, "Acknowledge").result(PATIENCE)
    assert answered.status == 200
    served.until(lambda: any("Acknowledged" in str(said.blocks) for said in served.seen("riverside", "C1")))
    assert served.stop(signal.SIGINT) == 0
    for said in (*served.seen("riverside", "C1"), *served.seen("north-shire", "C2")):
        assert str(RAISE["decision"]) not in str(said)
    for secret in ("xoxb-", "xapp-", "secret of", str(RAISE["decision"]), "Amira", "U1"):
        assert secret not in served.said
    assert "Traceback" not in served.said


def test_it_serves_on_and_says_why_not_to_rely_on_it_while_slack_refuses_the_token(served: Served) -> None:
    served.slack.workspaces["riverside"].bot_token = "xoxb-another"
    served.start(until=served.up)

    answer = served.http.get("/readyz")
    assert answer.status_code == 503
    assert "BATON_SLACK_RIVERSIDE_BOT_TOKEN may be wrong" in str(answer.json()["reasons"])
    served.until(lambda: "does not sign Baton in" in served.said)
    assert 'does not sign Baton in to \\"riverside\\" (invalid_auth)' in served.said
    assert served.stop() == 0

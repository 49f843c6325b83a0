"""`baton serve` is refused in one line where something is missing or wrong, before anything is done."""

import socket
from collections.abc import Mapping
from pathlib import Path

import pytest

from storage.owner import clock_owner
from tests.bot.served import CHAIR, SEATS, SETTINGS, WORKSPACES, free_port, set_up
from tests.command_line import Baton


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, baton: Baton) -> Path:
    """A partnership of two Slack workspaces, in force."""
    return set_up(tmp_path, monkeypatch, baton)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"BATON_PATHWAY": ""}, "BATON_PATHWAY is not set"),
        ({"BATON_PATHWAY": ""}, "if yours is in another folder, start Baton there"),
        ({"BATON_PATHWAY": "nowhere.toml"}, "nowhere.toml"),
        ({"BATON_KEY_FILE": ""}, "BATON_KEY_FILE is not set"),
        ({"BATON_DATABASE_URL": "mysql://x"}, "database address"),
        ({"BATON_DATABASE_URL": "sqlite:///other.db"}, "/other.db; put one in force with baton directory"),
        ({"BATON_DATABASE_URL": "sqlite:///missing/baton.db"}, "/missing for the database does not exist"),
        (
            {"BATON_HTTP_HOST": "192.0.2.1"},
            "(Cannot assign requested address); name others with BATON_HTTP_HOST and BATON_HTTP_PORT.",
        ),
        ({"BATON_HTTP_HOST": "no such host"}, "BATON_HTTP_HOST no such host is no address here"),
        ({"BATON_HTTP_HOST": "baton..example"}, "BATON_HTTP_HOST baton..example is no address here"),
        ({"BATON_SLACK_RIVERSIDE_APP_TOKEN": ""}, "Set BATON_SLACK_RIVERSIDE_APP_TOKEN (Baton rings Slack)"),
        (
            {"BATON_SLACK_NORTH_SHIRE_BOT_TOKEN": "", "BATON_SLACK_NORTH_SHIRE_SIGNING_SECRET": ""},
            "BATON_SLACK_NORTH_SHIRE_BOT_TOKEN is not set, and the directory names the Slack workspace",
        ),
        (
            {"BATON_SLACK_OTHER_BOT_TOKEN": "xoxb-1", "BATON_SLACK_OTHER_APP_TOKEN": "xapp-1"},
            'There are tokens for a Slack workspace "other"',
        ),
        ({"BATON_COMMAND_PREFIX": "N S"}, "BATON_COMMAND_PREFIX may hold"),
    ],
)
def test_what_is_missing_or_wrong_is_one_line_that_names_it(
    folder: Path, baton: Baton, monkeypatch: pytest.MonkeyPatch, changed: Mapping[str, str], told: str
) -> None:
    for name, value in ({"BATON_HTTP_PORT": str(free_port())} | dict(changed)).items():
        monkeypatch.setenv(name, value)
    code, out, err = baton("serve")

    assert (code, out) == (2, "")
    assert told in err
    assert err.count("\n") == 1
    assert "xoxb-" not in err.replace("xoxb-…", "")


def test_a_key_file_others_can_read_stops_the_start(folder: Path, baton: Baton) -> None:
    (folder / "baton.key").chmod(0o644)

    code, _, err = baton("serve")
    assert code == 2
    assert "chmod 600" in err


def test_a_database_that_is_none_is_told_with_where_to_look(
    folder: Path, baton: Baton, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BATON_HTTP_PORT", str(free_port()))
    monkeypatch.setenv("BATON_DATABASE_URL", f"sqlite:///{folder}/pathway.toml")

    code, _, err = baton("serve")
    assert (code, err) == (
        1,
        "The database file is damaged, or is not a database. baton doctor says where to look.\n",
    )


def test_a_port_that_is_taken_is_named(folder: Path, baton: Baton, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setenv("BATON_HTTP_PORT", str(port))
        code, _, err = baton("serve")

    assert code == 2
    assert f"port {port}" in err
    assert "whether Baton runs already" in err
    assert "BATON_HTTP_PORT" in err


def test_a_second_clock_on_the_same_file_is_refused(
    folder: Path, baton: Baton, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BATON_HTTP_PORT", str(free_port()))
    with clock_owner(f"sqlite:///{folder}/baton.db"):
        code, _, err = baton("serve")

    assert code == 2
    assert "Another Baton is running the clock" in err


def test_without_any_platform_nobody_could_be_called(
    folder: Path, baton: Baton, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = (folder / "partnership.toml").read_text().replace(WORKSPACES, "")
    cut = here[: here.index("[[channel]]")].replace('identities = ["slack:', '# ["')
    (folder / "partnership.toml").write_text(cut + SEATS + CHAIR)
    assert baton("directory", "apply", "partnership.toml")[0] == 0
    for name in [name for name in SETTINGS if "SLACK" in name]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("BATON_HTTP_PORT", str(free_port()))
    code, _, err = baton("serve")

    assert code == 2
    assert "No platform is set up" in err

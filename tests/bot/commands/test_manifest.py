"""`baton manifest`: what it prints, where its answers come from, and what it refuses."""

from pathlib import Path

import pytest

from bot.slack.manifest import as_json, as_yaml, manifest
from tests.command_line import Baton


def test_the_command_prints_it_and_nothing_else(baton: Baton) -> None:
    assert baton("manifest") == (0, as_yaml(manifest()), "")
    assert baton("manifest", "--json") == (0, as_json(manifest()), "")


def test_the_command_takes_the_prefix_from_the_settings(baton: Baton) -> None:
    Path(".env").write_text("BATON_COMMAND_PREFIX=nss-\n", "utf-8")

    assert '"/nss-concern"' in baton("manifest")[1]


def test_the_command_makes_the_address_from_the_workspace(baton: Baton) -> None:
    code, printed, _ = baton("manifest", "--url", "https://baton.example.org/", "--workspace", "riverside")

    assert code == 0
    assert printed == as_yaml(manifest("", "https://baton.example.org/slack/riverside/events"))


def test_the_whole_address_slack_rings_may_be_named_as_well(baton: Baton) -> None:
    """The guide shows both, and Slack's page wants this one."""
    there = "https://baton.example.org/slack/riverside/events"
    _, printed, _ = baton("manifest", "--url", there, "--workspace", "riverside")

    assert f'request_url: "{there}"' in printed
    assert "events/slack" not in printed


@pytest.mark.parametrize(
    "words",
    [
        ("--url", "https://baton.example.org"),
        ("--workspace", "riverside"),
        ("--url", "http://baton.example.org", "--workspace", "riverside"),
        ("--url", "https://", "--workspace", "riverside"),
        ("--url", "https://baton.example.org?x=1", "--workspace", "riverside"),
        ("--url", "https://baton.example.org", "--workspace", "River Side"),
    ],
)
def test_what_would_make_no_app_is_refused_in_one_line(baton: Baton, words: tuple[str, ...]) -> None:
    code, printed, told = baton("manifest", *words)

    assert (code, printed) == (2, "")
    assert told.count("\n") == 1
    assert "--" in told

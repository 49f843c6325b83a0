"""The app manifest: what Slack's published schema asks of it, what Baton asks for, and how it is printed."""

import json
import re
from typing import Any

import pytest

from bot.slack.manifest import (
    CONTACT_FROM,
    EVENTS,
    RAISE_ANYWHERE,
    RAISE_FROM,
    SCOPES,
    as_json,
    as_yaml,
    manifest,
)
from bot.slack.requests import CHANGES
from handlers.menu import menu

URL = "https://baton.example.org/slack/riverside/events"
MADE = [manifest(), manifest("northshire-a"), manifest("", URL)]


def read_yaml(text: str) -> Any:
    """The little YAML we print: two blanks a level, texts in double quotes, a reason behind a hash."""
    return _read([line for line in text.splitlines() if line.strip()], 0)


def _read(lines: list[str], depth: int) -> Any:
    if lines[0].strip().startswith("- "):
        return [_item(item, depth) for item in _groups(lines, depth)]
    return dict(_entry(group, depth) for group in _groups(lines, depth))


def _groups(lines: list[str], depth: int) -> list[list[str]]:
    """Each line of this depth, with the deeper ones that belong to it."""
    groups: list[list[str]] = []
    for line in lines:
        if line[depth] == " ":
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _item(lines: list[str], depth: int) -> Any:
    first = lines[0][depth + 2 :]
    if not re.match(r"\w+:", first):
        return json.loads(first.partition("  # ")[0])
    return _read([f"{' ' * (depth + 2)}{first}", *lines[1:]], depth + 2)


def _entry(lines: list[str], depth: int) -> tuple[str, Any]:
    key, _, value = lines[0][depth:].partition(":")
    return key, json.loads(value) if value.strip() else _read(lines[1:], depth + 2)


# ---- Slack's published rules -----------------------------------------------------------------------


@pytest.mark.parametrize("made", MADE)
def test_names_counts_and_lengths_are_those_slack_publishes(made: dict[str, Any]) -> None:
    display, features = made["display_information"], made["features"]

    assert 1 <= len(display["name"]) <= 35
    assert len(display["description"]) <= 140
    assert 175 <= len(display["long_description"]) <= 4_000
    assert re.fullmatch(r"#[0-9a-f]{6}", display["background_color"])
    assert re.fullmatch(r"[A-Za-z0-9._ -]{1,80}", features["bot_user"]["display_name"])
    assert 1 <= len(features["slash_commands"]) <= 50
    for command in features["slash_commands"]:
        assert re.fullmatch(r"/[a-z0-9_-]{1,31}", command["command"])
        assert 1 <= len(command["description"]) <= 2_000
        assert len(command["usage_hint"]) <= 1_000
    assert 1 <= len(features["shortcuts"]) <= 10
    for shortcut in features["shortcuts"]:
        assert shortcut["type"] in {"message", "global"}
        assert 1 <= len(shortcut["name"]) <= 24
        assert 1 <= len(shortcut["description"]) <= 150
        assert 1 <= len(shortcut["callback_id"]) <= 255
    assert len(made["oauth_config"]["scopes"]["bot"]) <= 255
    assert len(made["settings"]["event_subscriptions"]["bot_events"]) <= 100


@pytest.mark.parametrize("made", MADE)
def test_no_key_is_there_that_the_schema_does_not_know(made: dict[str, Any]) -> None:
    known = {
        "_metadata": {"major_version", "minor_version"},
        "display_information": {"name", "description", "long_description", "background_color"},
        "features": {"app_home", "bot_user", "shortcuts", "slash_commands"},
        "oauth_config": {"scopes", "redirect_urls"},
        "settings": {
            "event_subscriptions",
            "interactivity",
            "org_deploy_enabled",
            "socket_mode_enabled",
            "token_rotation_enabled",
        },
    }

    assert set(made) == set(known)
    assert all(set(made[section]) <= keys for section, keys in known.items())


# ---- what is asked for -----------------------------------------------------------------------------


def test_every_event_has_the_right_it_needs_and_no_right_is_without_a_reason() -> None:
    needs = {
        "app_home_opened": None,
        "app_mention": "app_mentions:read",
        "message.im": "im:history",
        "app_uninstalled": None,
        "tokens_revoked": None,
        "channel_archive": "channels:read",
        "channel_unarchive": "channels:read",
        "channel_deleted": "channels:read",
        "channel_left": "channels:read",
        "channel_id_changed": "groups:read",
        "group_archive": "groups:read",
        "group_unarchive": "groups:read",
        "group_deleted": "groups:read",
        "group_left": "groups:read",
        "member_joined_channel": "channels:read",
        "member_left_channel": "channels:read",
        "user_change": "users:read",
    }

    assert set(EVENTS) == set(needs)
    assert {scope for scope in needs.values() if scope} <= set(SCOPES)
    assert all(len(reason.split()) > 3 for reason in (*SCOPES.values(), *EVENTS.values()))


def test_every_change_slack_tells_of_is_listened_to() -> None:
    assert set(EVENTS) >= CHANGES
    assert set(EVENTS) - CHANGES == {"app_home_opened", "app_mention", "message.im"}


def test_nothing_is_asked_for_that_reaches_beyond_where_baton_is_invited() -> None:
    assert not {
        scope for scope in SCOPES if re.search(r"admin|public|manage|search|email|files:read|:write\.", scope)
    }


def test_every_command_of_the_menu_is_named_where_people_type() -> None:
    concern, contact = manifest()["features"]["slash_commands"]

    assert set(concern["usage_hint"].split()) >= {verb.name for verb in menu()}
    assert contact["description"] in {verb.about for verb in menu()}


def test_the_shortcuts_are_the_three_the_door_listens_to() -> None:
    called = [shortcut["callback_id"] for shortcut in manifest()["features"]["shortcuts"]]

    assert called == [RAISE_ANYWHERE, RAISE_FROM, CONTACT_FROM]


def test_a_prefix_stands_before_both_commands() -> None:
    commands = manifest("nss-")["features"]["slash_commands"]

    assert [command["command"] for command in commands] == ["/nss-concern", "/nss-contact"]


def test_without_an_address_baton_rings_slack_and_names_none() -> None:
    made = manifest()

    assert made["settings"]["socket_mode_enabled"] is True
    assert "url" not in as_json(made)


def test_over_http_everything_comes_to_one_address() -> None:
    made = manifest("", URL)

    assert made["settings"]["socket_mode_enabled"] is False
    assert as_json(made).count(URL) == 4


# ---- how it is printed -----------------------------------------------------------------------------


@pytest.mark.parametrize("made", MADE)
def test_yaml_and_json_say_the_same(made: dict[str, Any]) -> None:
    assert json.loads(as_json(made)) == made
    assert read_yaml(as_yaml(made)) == made


def test_yaml_gives_each_right_its_reason() -> None:
    printed = as_yaml(manifest())

    assert all(f'- "{scope}"  # {reason}\n' in printed for scope, reason in SCOPES.items())

"""The app manifest: what a workspace's administrator pastes into Slack to make Baton's app there.

It is made from the menu and from what the door and the messenger really use. Each right that is asked for
stands here with its reason; nothing is asked for in case it should be wanted one day.
"""

import json
from collections.abc import Iterator

from bot.slack.limits import Json
from handlers.menu import menu

SCOPES = {
    "commands": "to be asked with /concern and /contact, and by shortcuts",
    "chat:write": "to post the card of a concern, its pings and private answers, and to edit the card",
    "im:write": "to open a private conversation with somebody who is called",
    "im:history": "to read what is written to Baton in private, and to look for its own uncertain posts",
    "files:write": "to send the pathway as a picture; it can read nobody's files",
    "app_mentions:read": "to answer, in private, somebody who mentions Baton in a channel",
    "channels:read": "to see of a public channel of the directory whether Baton is in it, and who else is",
    "groups:read": "to see the same of a private channel",
    "channels:history": "to look whether an uncertain post of its own stands in a public channel",
    "groups:history": "to look for the same in a private channel",
    "users:read": "to see whether an account was deactivated, or is a guest's",
}
"""What Baton may do in a workspace, and why it must."""

EVENTS = {
    "app_home_opened": "to bring a person's page up to date when they look at it",
    "app_mention": "to hear that it is mentioned",
    "message.im": "to hear what is written to it in private",
    "app_uninstalled": "to notice at once that nobody can be told anything there any more",
    "tokens_revoked": "to notice the same of its token",
    "channel_archive": "to notice that a public channel can no longer be told anything",
    "channel_unarchive": "to notice that it can again",
    "channel_deleted": "to notice that a public channel is gone",
    "channel_left": "to notice that Baton was taken out of a public channel",
    "channel_id_changed": "to go on in a channel that got a new id, as when it is shared with others",
    "group_archive": "to notice that a private channel can no longer be told anything",
    "group_unarchive": "to notice that it can again",
    "group_deleted": "to notice that a private channel is gone",
    "group_left": "to notice that Baton was taken out of a private channel",
    "member_joined_channel": "to notice that somebody reads along whom the directory does not know",
    "member_left_channel": "to notice that they no longer do",
    "user_change": "to notice that an account was deactivated, or made a guest's",
}
"""What Slack tells Baton of its own accord."""

RAISE_ANYWHERE, RAISE_FROM, CONTACT_FROM = "raise_anywhere", "raise_from_message", "contact_from_message"
"""What the shortcuts are called when they are used."""

_SHORTCUTS = (
    ("global", RAISE_ANYWHERE, "Raise a concern", "Put a concern on record and call its first tier"),
    ("message", RAISE_FROM, "Raise concern from this", "Start a concern with the words of this message"),
    ("message", CONTACT_FROM, "Log as contact", "Log this message as a contact about a concern"),
)
_ABOUT = "Carries a safeguarding concern between agencies until somebody answers."
_LONG = (
    "A professional raises a concern about a decision, or the silence, of another agency. Baton puts it on"
    " record, calls the seat that has to answer, and calls the next one when time runs out, until somebody"
    " has answered and the side that raised it is satisfied. Names and stories stay in forms and private"
    " replies; channels see a reference, seats and clocks. Baton is not an emergency line: if somebody is"
    " in danger now, ring 999."
)


def manifest(prefix: str = "", request_url: str = "") -> Json:
    """The manifest of one workspace's app (Slack's schema, version 2).

    `prefix` stands before the command names. `request_url` is where Slack sends everything over HTTP; with
    none Baton rings Slack (Socket Mode) and needs no public address.
    """
    reached = {"request_url": request_url} if request_url else {}
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": "Baton",
            "description": _ABOUT,
            "long_description": _LONG,
            "background_color": "#1f3a5f",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Baton", "always_online": True},
            "shortcuts": [
                {"type": kind, "callback_id": id, "name": name, "description": about}
                for kind, id, name, about in _SHORTCUTS
            ],
            "slash_commands": _commands(prefix, request_url),
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {**reached, "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, **reached},
            "org_deploy_enabled": False,
            "socket_mode_enabled": not request_url,
            "token_rotation_enabled": False,
        },
    }


def _commands(prefix: str, url: str) -> list[Json]:
    verbs = {verb.name: verb for verb in menu()}
    contact = verbs["contact"]
    told = (
        (
            "concern",
            "Raise a concern, or begin any other command",
            f"what worries you, or one of: {' '.join(verbs)}",
        ),
        ("contact", contact.about, contact.usage),
    )
    return [
        {
            "command": f"/{prefix}{name}",
            "description": about,
            "usage_hint": usage,
            # What is typed comes as it was typed: an @name in it is nobody Baton should look up.
            "should_escape": False,
            **({"url": url} if url else {}),
        }
        for name, about, usage in told
    ]


def as_json(made: Json) -> str:
    """The manifest as JSON."""
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"


def as_yaml(made: Json) -> str:
    """The manifest as YAML, each right and each event with its reason behind it."""
    return "\n".join(_yaml(made)) + "\n"


def _yaml(value: Json | list[Json] | list[str]) -> Iterator[str]:
    """Lines of YAML. Every text stands in double quotes, where YAML reads what JSON reads."""
    match value:
        case dict():
            for key, inner in value.items():
                if isinstance(inner, dict | list):
                    yield f"{key}:"
                    yield from (f"  {line}" for line in _yaml(inner))
                else:
                    yield f"{key}: {_quoted(inner)}"
        case list():
            for one in value:
                first, *more = _yaml(one) if isinstance(one, dict) else [_reasoned(one)]
                yield f"- {first}"
                yield from (f"  {line}" for line in more)


def _reasoned(name: str) -> str:
    reason = (SCOPES | EVENTS).get(name)
    return f"{_quoted(name)}  # {reason}" if reason else _quoted(name)


def _quoted(value: str | int | bool) -> str:
    return json.dumps(value, ensure_ascii=False)

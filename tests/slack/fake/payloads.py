"""What Slack sends to an app: commands, clicks, submissions, shortcuts and events, as its reference has them.

Values only: nothing here sends anything.
"""

from dataclasses import dataclass

from tests.slack.fake.views import View, Views
from tests.slack.fake.workspace import Json, Said, Workspace


@dataclass(frozen=True)
class Payloads:
    """Everything one person of one workspace can do to the app. `enterprise` is the organisation's id.

    Each payload has a trigger of its own.
    """

    workspace: Workspace
    views: Views
    user: str
    enterprise: str = ""

    def command(self, command: str, text: str, channel: str, response_url: str) -> Json:
        """A slash command; sent as a form."""
        room = self.workspace.conversations.get(channel)
        sent = self._stamped() | {"team_id": self.workspace.team, "team_domain": self.workspace.name}
        if self.enterprise:
            sent |= {"enterprise_id": self.enterprise, "enterprise_name": "organisation"}
        place = {"channel_id": channel, "channel_name": room.name if room and room.name else "directmessage"}
        who = {"user_id": self.user, "user_name": self.workspace.member(self.user).name}
        said = {"command": command, "text": text, "response_url": response_url}
        return sent | place | who | said | {"is_enterprise_install": "false"}

    def press(self, said: Said, action: Json, block_id: str, shown: Json, response_url: str) -> Json:
        """A button of a message."""
        container = {
            "type": "message",
            "message_ts": said.ts,
            "channel_id": said.channel,
            "is_ephemeral": bool(said.to),
        }
        if said.thread:
            container |= {"thread_ts": said.thread}
        room = self.workspace.conversations[said.channel]
        place = {"channel": {"id": room.id, "name": room.name or "directmessage"}, "message": shown}
        clicked = {"actions": [self._action(action, block_id)], "state": {"values": {}}}
        sent = self._interaction("block_actions") | {"container": container}
        return sent | place | clicked | {"response_url": response_url}

    def press_in_view(self, view: View, action: Json, block_id: str, state: Json) -> Json:
        """A button of a modal or of the App Home: no channel, and no response URL."""
        sent = self._interaction("block_actions") | {"container": {"type": "view", "view_id": view.id}}
        shown = {"view": self.views.as_json(view, state), "state": {"values": state}}
        return sent | shown | {"actions": [self._action(action, block_id)]}

    def submission(self, view: View, state: Json) -> Json:
        """A modal filled in and sent."""
        sent = self._interaction("view_submission")
        return sent | {"view": self.views.as_json(view, state), "response_urls": []}

    def closed(self, view: View, *, cleared: bool = False) -> Json:
        """A modal closed without sending it."""
        sent = self._interaction("view_closed")
        return sent | {"view": self.views.as_json(view), "is_cleared": cleared}

    def shortcut(self, callback_id: str) -> Json:
        """A global shortcut: only a person and a trigger."""
        return self._interaction("shortcut") | {"callback_id": callback_id, "action_ts": self._now()}

    def message_shortcut(self, callback_id: str, said: Said, shown: Json, response_url: str) -> Json:
        """A shortcut on a message."""
        room = self.workspace.conversations[said.channel]
        where = {"channel": {"id": room.id, "name": room.name or "directmessage"}, "message_ts": said.ts}
        sent = self._interaction("message_action") | {"callback_id": callback_id, "action_ts": self._now()}
        return sent | where | {"message": shown, "response_url": response_url}

    def event(self, event: Json, event_id: str) -> Json:
        """Something that happened, told through the Events API; the same id on every repeat."""
        space = self.workspace
        installed = {
            "team_id": space.team,
            "user_id": space.bot,
            "is_bot": True,
            "is_enterprise_install": False,
        }
        installed |= {"enterprise_id": self.enterprise or None}
        return {
            "token": "verification",
            "type": "event_callback",
            "team_id": space.team,
            "api_app_id": space.app_id,
            "event": {"event_ts": self._now()} | event,
            "event_id": event_id,
            "event_time": int(float(self._now())),
            "authorizations": [installed],
            "is_ext_shared_channel": space.member(self.user).team != space.team,
        }

    def _interaction(self, kind: str) -> Json:
        member = self.workspace.member(self.user)
        who = {"id": self.user, "username": member.name, "name": member.name, "team_id": member.team}
        team: Json = {"id": self.workspace.team, "domain": self.workspace.name}
        enterprise = None
        if self.enterprise:
            enterprise = {"id": self.enterprise, "name": "organisation"}
            team |= {"enterprise_id": self.enterprise, "enterprise_name": "organisation"}
        place: Json = {"user": who, "team": team, "enterprise": enterprise, "is_enterprise_install": False}
        return {"type": kind} | place | self._stamped()

    def _stamped(self) -> Json:
        ours = {"token": "verification", "api_app_id": self.workspace.app_id}
        return ours | {"trigger_id": self.views.trigger(self.user)}

    def _action(self, element: Json, block_id: str) -> Json:
        told = {name: element[name] for name in _TOLD if name in element}
        return told | {"block_id": block_id, "action_ts": self._now()}

    def _now(self) -> str:
        return self.workspace.stamp(self.workspace.now)


_TOLD = (
    "type",
    "action_id",
    "text",
    "value",
    "selected_option",
    "selected_options",
    "selected_date",
    "selected_date_time",
)


def state_of(view: Json, answers: dict[str, str | list[str] | int]) -> Json:
    """What Slack sends of a view's inputs when a person gives these answers, by block id.

    A choice is named by its value, a date as `YYYY-MM-DD`, an instant in whole seconds. What is left out
    keeps its initial value, or is empty. An answer the form does not offer fails the test.
    """
    state: Json = {}
    for block in view["blocks"]:
        element = block.get("element") or {}
        if block["type"] == "input":
            given = _given(element, answers.get(block["block_id"]))
            state[block["block_id"]] = {element["action_id"]: {"type": element["type"]} | given}
    unknown = set(answers) - set(state)
    assert not unknown, f"no such input: {unknown}"
    return state


def _given(element: Json, answer: str | list[str] | int | None) -> Json:
    match element["type"]:
        case "plain_text_input":
            typed = element.get("initial_value") if answer is None else answer
            assert typed is None or len(str(typed)) <= element.get("max_length", 3_000), (
                "longer than it may be"
            )
            return {"value": typed or None}
        case "datepicker":
            return {"selected_date": answer or element.get("initial_date")}
        case "datetimepicker":
            return {"selected_date_time": answer or element.get("initial_date_time")}
        case "checkboxes" | "multi_static_select":
            assert answer is None or isinstance(answer, list)
            before = element.get("initial_options", [])
            return {
                "selected_options": before if answer is None else [_option(element, one) for one in answer]
            }
        case _:
            assert not isinstance(answer, list)
            return {"selected_option": _option(element, answer) if answer else element.get("initial_option")}


def _option(element: Json, value: str | int) -> Json:
    groups = element.get("option_groups") or [element]
    offered = {option["value"]: option for group in groups for option in group.get("options", ())}
    assert value in offered, f"{value} is not offered"
    chosen: Json = offered[value]
    return chosen

"""The shapes of what Slack sends, as far as Baton looks at them; whatever has another shape is refused.

They say nothing of what is meant: `requests` does.
"""

from typing import Any

from pydantic import BaseModel, ConfigDict

Json = dict[str, Any]


class Shape(BaseModel):
    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)


class Frame(Shape):
    """What any payload may hold, by the shapes Bolt takes for granted."""

    event: Json | None = None
    view: Json | None = None
    message: Json | None = None
    previous_message: Json | None = None
    user: Json | str | None = None
    team: Json | str | None = None
    enterprise: Json | str | None = None
    channel: Json | str | None = None
    item: Json | None = None
    assistant_thread: Json | None = None
    function_data: Json | None = None
    authorizations: tuple[Json, ...] | None = None
    response_urls: tuple[Json, ...] = ()
    actions: tuple[Json, ...] | None = None


class Team(Shape):
    id: str = ""
    enterprise_id: str | None = None


class User(Shape):
    id: str
    team_id: str | None = None


class CommandBody(Shape):
    command: str
    text: str = ""
    user_id: str
    team_id: str
    enterprise_id: str = ""
    trigger_id: str
    response_url: str = ""


class InteractionBody(Shape):
    """What every click, shortcut and submission says of whoever made it."""

    type: str
    user: User
    team: Team | None = None
    trigger_id: str = ""
    response_url: str = ""


class Action(Shape):
    type: str
    action_id: str
    value: str = ""


class View(Shape):
    id: str
    type: str = "modal"
    hash: str = ""


class ActionsBody(InteractionBody):
    actions: tuple[Action, ...]
    view: View | None = None


class SubmissionBody(InteractionBody):
    view: View


class SaidBody(Shape):
    text: str | None = None


class ShortcutBody(InteractionBody):
    callback_id: str
    message: SaidBody | None = None


class Event(Shape):
    type: str
    subtype: str | None = None
    bot_id: str | None = None
    channel_type: str = ""
    channel: str = ""
    tab: str = ""
    user: str = ""
    user_team: str | None = None
    team: str | None = None
    text: str = ""
    thread_ts: str | None = None


class Change(Shape):
    """What happened to a workspace; whom it is about is asked of Slack, not believed."""

    type: str
    user: Json | str = ""
    channel: str = ""
    old_channel_id: str = ""
    new_channel_id: str = ""


class Installed(Shape):
    team_id: str | None = None
    enterprise_id: str | None = None


class EventBody(Shape):
    event_id: str
    team_id: str = ""
    authorizations: tuple[Installed, ...] | None = None
    is_ext_shared_channel: bool = False

"""What Slack sends, read into plain values: who asks, and for what. It answers nothing and trusts no shape.

Everything read here is an outsider's word until the directory has been asked (design 5).
"""

from dataclasses import dataclass, field

from pydantic import ValidationError

from bot.slack.markup import decoded
from bot.slack.payloads import (
    ActionsBody,
    Change,
    CommandBody,
    Event,
    EventBody,
    Frame,
    InteractionBody,
    Json,
    ShortcutBody,
    SubmissionBody,
    Team,
)

PRESS = "press:"
"""How the action id of one of our buttons begins; whatever else can be clicked asks for nothing."""
MOVED, ACCOUNT = "channel_id_changed", "user_change"
LOST = frozenset({"app_uninstalled", "tokens_revoked"})
CHANGES = LOST | {
    ACCOUNT,
    MOVED,
    "channel_archive",
    "channel_deleted",
    "channel_left",
    "channel_unarchive",
    "group_archive",
    "group_deleted",
    "group_left",
    "group_unarchive",
    "member_joined_channel",
    "member_left_channel",
}
"""What Slack tells of the workspace itself: that Baton was taken out, of its channels, of its accounts."""
_TOLD = frozenset({"app_home_opened", "app_mention", "message"})
"""What people do that Baton answers. Of other events, subscribed to by hand, not even the shape is known."""
_SPOKEN = frozenset({None, "file_share", "thread_broadcast"})
"""The kinds of message a person writes; an edited or deleted one asks for nothing."""


class Malformed(Exception):
    """A payload that is none of Slack's."""


@dataclass(frozen=True, slots=True)
class Who:
    """A Slack account: the user, the team it belongs to, and the organisation of that same team, if any."""

    user: str
    team: str
    enterprise: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """Something a person asks for. `id` is the platform's, the same however often it is delivered."""

    id: str
    who: Who


@dataclass(frozen=True, slots=True)
class Typed(Request):
    """A slash command: the line as typed, and where to answer."""

    line: str = field(repr=False)
    trigger: str
    response_url: str


@dataclass(frozen=True, slots=True)
class Pressed(Request):
    """A button of ours. `view` is the window it stands in, empty for a message and for the Home page."""

    token: str
    trigger: str
    response_url: str
    view: str


@dataclass(frozen=True, slots=True)
class Submitted(Request):
    """A form sent: the window, and what stands in it."""

    view: Json = field(repr=False)

    @property
    def metadata(self) -> str:
        """What we gave the window to carry; whatever comes back is only an outsider's word."""
        return str(self.view.get("private_metadata", ""))

    @property
    def values(self) -> Json:
        """What was filled in, as Slack sends it."""
        state = self.view.get("state")
        values = state.get("values") if isinstance(state, dict) else None
        return values if isinstance(values, dict) else {}

    @property
    def name(self) -> str:
        """How a window put on top of this one is called."""
        return f"late:{self.id}"[:255]


@dataclass(frozen=True, slots=True)
class Closed(Request):
    """A window put away and not sent. Slack does not say what stood in it, only what it carried and asked.

    `wordy` says whether there was a box in it for words.
    """

    window: str
    metadata: str
    wordy: bool

    def is_of(self, sent: str) -> bool:
        """Whether the request of this id has sent what stood in the window."""
        return sent.startswith(f"{self.window}:")


@dataclass(frozen=True, slots=True)
class Shortcut(Request):
    """One of our shortcuts. `text` is the message it was used on, as Slack writes it; None where on none."""

    callback: str
    trigger: str
    text: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Spoken(Request):
    """The bot was mentioned in a channel, or written to directly (`direct`)."""

    text: str = field(repr=False)
    channel: str
    direct: bool
    thread: str | None = None


@dataclass(frozen=True, slots=True)
class HomeOpened(Request):
    """Somebody looks at the bot's Home page."""


@dataclass(frozen=True, slots=True)
class Happened:
    """Something changed in the workspace, and nobody asks for anything. It is a reason to look, and no proof.

    `new` is the id that a channel goes on under.
    """

    what: str
    user: str = ""
    channel: str = ""
    new: str = ""


def read(body: Json) -> Request | Happened | None:
    """What a payload asks for, or tells; None for what Baton has no use for. Raises `Malformed`."""
    try:
        Frame.model_validate(body)
        return _read(body)
    except ValidationError:
        raise Malformed from None


def _read(body: Json) -> Request | Happened | None:
    if "command" in body:
        said = CommandBody.model_validate(body)
        who = Who(said.user_id, said.team_id, said.enterprise_id)
        line = f"{said.command} {decoded(said.text)}".strip()
        return Typed(said.trigger_id, who, line, said.trigger_id, said.response_url)
    match body.get("type"):
        case "block_actions":
            return _pressed(ActionsBody.model_validate(body))
        case "view_submission":
            sent = SubmissionBody.model_validate(body)
            return Submitted(f"{sent.view.id}:{sent.view.hash}:{sent.trigger_id}", _who(sent), body["view"])
        case "view_closed":
            left = SubmissionBody.model_validate(body)
            id, window = f"closed:{left.view.id}:{left.view.hash}", body["view"]
            metadata = str(window.get("private_metadata", ""))
            return Closed(id, _who(left), left.view.id, metadata, _wordy(window))
        case "shortcut" | "message_action":
            used = ShortcutBody.model_validate(body)
            text = used.message.text or "" if used.message else None
            return Shortcut(used.trigger_id, _who(used), used.callback_id, used.trigger_id, text)
        case "event_callback":
            return _event(EventBody.model_validate(body), body.get("event"))
        case str():
            return None
        case _:
            raise Malformed


def _wordy(window: Json) -> bool:
    blocks = window.get("blocks")
    return isinstance(blocks, list) and any(map(_is_box, blocks))


def _is_box(block: object) -> bool:
    match block:
        case {"element": {"type": "plain_text_input"}}:
            return True
        case _:
            return False


def _who(said: InteractionBody) -> Who:
    """The organisation is believed of the user's own team only."""
    team = said.team or Team()
    own = said.user.team_id or team.id
    return Who(said.user.id, own, (team.enterprise_id or "") if team.id == own else "")


def _pressed(clicked: ActionsBody) -> Request | None:
    ours = [one for one in clicked.actions if one.type == "button" and one.action_id.startswith(PRESS)]
    if not ours:
        return None
    window = clicked.view.id if clicked.view and clicked.view.type == "modal" else ""
    return Pressed(
        clicked.trigger_id, _who(clicked), ours[0].value, clicked.trigger_id, clicked.response_url, window
    )


def _event(call: EventBody, happened: object) -> Request | Happened | None:
    kind = happened.get("type") if isinstance(happened, dict) else None
    if isinstance(kind, str) and kind in CHANGES:
        change = Change.model_validate(happened)
        user = change.user if isinstance(change.user, str) else str(change.user.get("id", ""))
        channel = change.channel or change.old_channel_id
        return Happened(change.type, user, channel, change.new_channel_id)
    if isinstance(kind, str) and kind not in _TOLD:
        return None
    event = Event.model_validate(happened)
    if event.bot_id or event.subtype not in _SPOKEN or not event.user:
        return None
    # In a channel shared with others the outer team is whoever received it, not whoever wrote it.
    receiving = "" if call.is_ext_shared_channel else call.team_id
    team = event.user_team or event.team or receiving
    # As of every request, the organisation is believed of the user's own team only.
    own = (one.enterprise_id for one in call.authorizations or () if one.team_id == team)
    who = Who(event.user, team, next(own, None) or "")
    if event.type == "app_home_opened":
        return HomeOpened(call.event_id, who) if event.tab in {"", "home"} else None
    direct = event.type == "message" and event.channel_type == "im"
    if direct or event.type == "app_mention":
        return Spoken(call.event_id, who, decoded(event.text), event.channel, direct, event.thread_ts)
    return None

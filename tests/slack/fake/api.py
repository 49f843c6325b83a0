"""The Web API methods Baton calls, over one workspace: what each asks for, what it does, what it answers.

It knows no HTTP and no faults. An argument Slack would not understand is refused the way Slack does.
"""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests.slack.fake.views import Views
from tests.slack.fake.workspace import Json, Refused, Said, Workspace, by_time
from tests.slack.limits import faults_of_message

Args = Json
PAGE = 100
"""Messages in a page of history where no limit is asked for."""
MOST = 999
_STRUCTURED = ("blocks", "files", "metadata", "view")


class Api:
    """`call` does what one method does. `page` is the most a page of history holds, whatever is asked for."""

    def __init__(self, workspace: Workspace, views: Views, root: Callable[[], str]) -> None:
        self.workspace = workspace
        self.views = views
        self.page = MOST
        self.files = views.files
        self._root = root
        self._methods: dict[str, Callable[[Args], Json]] = {
            "auth.test": self._auth_test,
            "bots.info": self._bot,
            "chat.postMessage": self._post,
            "chat.postEphemeral": self._post_ephemeral,
            "chat.update": self._update,
            "chat.delete": self._delete,
            "conversations.history": self._history,
            "conversations.replies": self._replies,
            "conversations.info": self._info,
            "conversations.members": self._members,
            "conversations.open": self._open,
            "users.info": self._user,
            "views.open": views.open,
            "views.push": views.push,
            "views.update": views.update,
            "views.publish": views.publish,
            "files.getUploadURLExternal": self._upload_url,
            "files.completeUploadExternal": self.files.complete,
        }

    def call(self, method: str, args: Args, later: timedelta = timedelta()) -> Json:
        """Do it; a message appears `later`. Raises Refused."""
        if method not in self._methods:
            raise Refused("unknown_method")
        args = args | {name: _read(args[name]) for name in _STRUCTURED if name in args}
        if method == "chat.postMessage":
            return self._post(args, later)
        return self._methods[method](args)

    def _auth_test(self, args: Args) -> Json:
        space = self.workspace
        return {
            "url": f"https://{space.name}.example.com/",
            "team": space.name,
            "team_id": space.team,
            "user": "baton",
            "user_id": space.bot,
            "bot_id": space.bot_id,
        }

    def _bot(self, args: Args) -> Json:
        space = self.workspace
        if _need(args, "bot") != space.bot_id:
            raise Refused("bot_not_found")
        shown = {"id": space.bot_id, "deleted": False, "name": "baton"}
        return {"bot": shown | {"app_id": space.app_id, "user_id": space.bot}}

    # ---- messages ----------------------------------------------------------------------------------

    def _post(self, args: Args, later: timedelta = timedelta()) -> Json:
        space = self.workspace
        room = space.room(_need(args, "channel"))
        self._weigh(args)
        said = space.say(room.id, args | {"user": ""}, later=later)
        return {"channel": room.id, "ts": said.ts, "message": self.shown(said)}

    def _post_ephemeral(self, args: Args) -> Json:
        room = self.workspace.room(_need(args, "channel"))
        if _need(args, "user") not in room.members:
            raise Refused("user_not_in_channel")
        self._weigh(args)
        return {"message_ts": self.workspace.say(room.id, args).ts}

    def _update(self, args: Args) -> Json:
        room = self.workspace.room(_need(args, "channel"))
        said = self.workspace.find(_need(args, "ts"))
        if said.gone or said.channel != room.id or said.to:
            raise Refused("message_not_found")
        if said.user != self.workspace.bot:
            raise Refused("cant_update_message")
        if len(args.get("text", "")) > 4_000:
            raise Refused("msg_too_long")
        self._weigh(args)
        before = (self.workspace.now - self.workspace.skew, said.text, said.blocks)
        if (said.text, said.blocks) != (args.get("text", ""), args.get("blocks", [])):
            said.edits.append(before)
        said.text, said.blocks = args.get("text", ""), list(args.get("blocks", []))
        if "metadata" in args:
            said.metadata = args["metadata"]
        return {"channel": room.id, "ts": said.ts, "text": said.text}

    def _delete(self, args: Args) -> Json:
        room = self.workspace.room(_need(args, "channel"))
        said = self.workspace.find(_need(args, "ts"))
        if said.gone or said.channel != room.id:
            raise Refused("message_not_found")
        said.gone = True
        return {"channel": room.id, "ts": said.ts}

    def _weigh(self, args: Args) -> None:
        faults = faults_of_message(args)
        if "no_text" in faults:
            raise Refused("no_text")
        if faults:
            raise Refused("invalid_blocks", *faults)
        self.files.weigh(args.get("blocks") or [], "invalid_blocks")
        metadata = args.get("metadata")
        if metadata is not None and set(metadata) != {"event_type", "event_payload"}:
            raise Refused("invalid_metadata_format")

    # ---- looking back ------------------------------------------------------------------------------

    def _history(self, args: Args) -> Json:
        room = self.workspace.room(_need(args, "channel"), to_write=False)
        shown = [said for said in self.workspace.history(room.id) if not said.thread or said.broadcast]
        return self._paged(args, [said for said in shown if _within(said, args)])

    def _replies(self, args: Args) -> Json:
        room = self.workspace.room(_need(args, "channel"), to_write=False)
        root = _need(args, "ts")
        found = [said for said in self.workspace.history(room.id) if root in {said.ts, said.thread}]
        if not found:
            raise Refused("thread_not_found")
        return self._paged(args, [said for said in reversed(found) if said.ts == root or _within(said, args)])

    def _paged(self, args: Args, found: list[Said]) -> Json:
        limit = int(args.get("limit") or PAGE)
        if not 1 <= limit <= MOST:
            raise Refused("invalid_limit")
        start = int(args.get("cursor") or 0)
        end = start + min(limit, self.page)
        metadata = bool(int(args.get("include_all_metadata") or 0))
        more = end < len(found)
        return {
            "messages": [self.shown(said, metadata=metadata) for said in found[start:end]],
            "has_more": more,
            "response_metadata": {"next_cursor": str(end) if more else ""},
        }

    def shown(self, said: Said, *, metadata: bool = True) -> Json:
        """A message as Slack shows it."""
        shown: Json = {"type": "message", "ts": said.ts, "user": said.user, "text": said.text}
        if said.gone:
            shown |= {"subtype": "tombstone", "user": "USLACKBOT", "text": "This message was deleted."}
        else:
            shown |= self._content(said, metadata=metadata)
        replies = [one.ts for one in self.workspace.history(said.channel) if one.thread == said.ts]
        if replies:
            shown |= {"thread_ts": said.ts, "reply_count": len(replies), "latest_reply": replies[0]}
        return shown

    def _content(self, said: Said, *, metadata: bool) -> Json:
        shown: Json = {"blocks": said.blocks} if said.blocks else {}
        if said.user == self.workspace.bot:
            shown |= {"bot_id": self.workspace.bot_id, "app_id": self.workspace.app_id}
        if said.thread:
            shown |= {"thread_ts": said.thread}
        if said.thread and said.broadcast:
            shown |= {"subtype": "thread_broadcast"}
        if metadata and said.metadata:
            shown["metadata"] = said.metadata
        return shown

    # ---- people and places -------------------------------------------------------------------------

    def _info(self, args: Args) -> Json:
        found = self.workspace.conversations.get(_need(args, "channel"))
        if found is None:
            raise Refused("channel_not_found")
        return {"channel": found.as_json(self.workspace.bot)}

    def _members(self, args: Args) -> Json:
        room = self.workspace.room(_need(args, "channel"), to_write=False)
        return {"members": sorted(room.members), "response_metadata": {"next_cursor": ""}}

    def _open(self, args: Args) -> Json:
        room = self.workspace.open_direct(_need(args, "users"))
        return {"channel": {"id": room.id}, "no_op": False, "already_open": False}

    def _user(self, args: Args) -> Json:
        return {"user": self.workspace.member(_need(args, "user")).as_json()}

    # ---- files -------------------------------------------------------------------------------------

    def _upload_url(self, args: Args) -> Json:
        return self.files.url(
            args | {name: _need(args, name) for name in ("filename", "length")}, self._root()
        )


def _need(args: Args, name: str) -> str:
    if not args.get(name):
        raise Refused("invalid_arguments", f"[ERROR] missing required field: {name}")
    return str(args[name])


def _read(value: Any) -> Any:
    """A list or an object may come written as JSON, in a form."""
    try:
        return json.loads(value) if isinstance(value, str) else value
    except ValueError:
        raise Refused("invalid_arguments", "not JSON") from None


def _within(said: Said, args: Args) -> bool:
    at = by_time(said.ts)
    oldest, latest = args.get("oldest"), args.get("latest")
    inclusive = bool(int(args.get("inclusive") or 0))
    after = not oldest or at > by_time(oldest) or (inclusive and at == by_time(oldest))
    return after and (not latest or at < by_time(latest) or (inclusive and at == by_time(latest)))

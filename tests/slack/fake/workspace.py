"""One pretend Slack workspace: people, conversations and what was said there, under Slack's own rules.

It knows no HTTP. Every refusal is Slack's own error code.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

Json = dict[str, Any]
Clock = Callable[[], datetime]


class Refused(Exception):
    """Slack's answer is `ok: false` with this error code; `why` goes into the response's metadata."""

    def __init__(self, error: str, *why: str) -> None:
        super().__init__(error, *why)
        self.error = error
        self.why = why


@dataclass
class User:
    """A member. `team` differs from the workspace's own for people of a partner in a shared channel."""

    id: str
    name: str
    team: str
    deleted: bool = False
    is_bot: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False

    def as_json(self) -> Json:
        """As `users.info` shows it."""
        shown = {"id": self.id, "team_id": self.team, "name": self.name, "real_name": self.name}
        flags = ("deleted", "is_bot", "is_restricted", "is_ultra_restricted", "is_stranger")
        return shown | {flag: getattr(self, flag) for flag in flags}


@dataclass
class Conversation:
    """A channel, or the direct messages with one person (`user`)."""

    id: str
    name: str
    members: set[str]
    user: str = ""
    archived: bool = False

    def as_json(self, bot: str) -> Json:
        """As `conversations.info` shows it."""
        shown: Json = {"id": self.id, "is_archived": self.archived, "is_im": bool(self.user)}
        if self.user:
            return shown | {"user": self.user}
        return shown | {"name": self.name, "is_channel": True, "is_member": bot in self.members}


@dataclass
class Said:
    """A message. `asked` is when the call came, `at` when people saw it, `edits` what it said before."""

    ts: str
    channel: str
    text: str
    blocks: list[Json]
    user: str
    asked: datetime
    at: datetime
    thread: str = ""
    broadcast: bool = False
    metadata: Json | None = None
    gone: bool = False
    to: str = ""
    args: Json = field(default_factory=dict)
    edits: list[tuple[datetime, str, list[Json]]] = field(default_factory=list)

    @property
    def marker(self) -> str:
        """The opaque marker Baton put into its metadata, if any."""
        return str((self.metadata or {}).get("event_payload", {}).get("marker", ""))


class Workspace:
    """People, conversations, messages. Its clock may run ahead of ours by `skew`; history lags by `lag`."""

    def __init__(self, name: str, clock: Clock, number: int = 1) -> None:
        self.name = name
        self.team = f"T{number:04d}"
        self.bot, self.bot_id, self.app_id = f"UBOT{number}", f"B{number:04d}", f"A{number:04d}"
        self.bot_token, self.app_token = f"xoxb-{name}", f"xapp-{name}"
        self.signing_secret = f"secret of {name}"
        self.skew = timedelta()
        self.lag = timedelta()
        self.revoked = False
        self.scopes = (
            "chat:write,commands,im:write,im:history,channels:history,groups:history,users:read,files:write"
        )
        self.users: dict[str, User] = {self.bot: User(self.bot, "baton", self.team, is_bot=True)}
        self.conversations: dict[str, Conversation] = {}
        self.said: list[Said] = []
        self._clock = clock
        self._last = 0
        self._numbers = count(1)

    # ---- what a test does to it --------------------------------------------------------------------

    def enrol(self, id: str, name: str = "", **flags: Any) -> User:
        """A person joins."""
        self.users[id] = User(id, name or id, **({"team": self.team} | flags))
        return self.users[id]

    def make_channel(self, id: str, *members: str, name: str = "") -> Conversation:
        """A channel with Baton and these people in it."""
        self.conversations[id] = Conversation(id, name or id.lower(), {self.bot, *members})
        return self.conversations[id]

    def change_id(self, old: str, new: str) -> None:
        """The channel goes on under another id, as when it becomes shared; the old one is known no more."""
        moved = self.conversations.pop(old)
        moved.id = new
        self.conversations[new] = moved
        for message in self.said:
            if message.channel == old:
                message.channel = new

    def remove_bot(self, channel: str) -> None:
        """Baton is taken out of a channel."""
        self.conversations[channel].members.discard(self.bot)

    def delete(self, ts: str) -> None:
        """Somebody deletes a message."""
        self.find(ts).gone = True

    # ---- what people see ---------------------------------------------------------------------------

    @property
    def now(self) -> datetime:
        """What time it is at Slack."""
        return self._clock() + self.skew

    def find(self, ts: str) -> Said:
        """The message of this timestamp."""
        found = next((message for message in self.said if message.ts == ts), None)
        if found is None:
            raise Refused("message_not_found")
        return found

    def seen(self, channel: str, *, user: str = "") -> list[Said]:
        """What stands in a conversation, oldest first; ephemeral ones only where `user` is named."""
        there = (said for said in self.said if said.channel == channel and not said.gone)
        return [said for said in there if said.to in {"", user} and said.at <= self._clock()]

    def direct(self, user: str) -> list[Said]:
        """What stands in the direct messages with this person."""
        mine = [one.id for one in self.conversations.values() if one.user == user]
        return self.seen(mine[0]) if mine else []

    def history(self, channel: str) -> Iterator[Said]:
        """What the history shows, newest first; of a message that is gone, a stone where it has replies."""
        shown = self._clock() - self.lag
        there = [one for one in self.said if one.channel == channel and not one.to and one.at <= shown]
        heads = {said.thread for said in there if not said.gone}
        left = [said for said in there if not said.gone or said.ts in heads]
        return iter(sorted(left, key=_by_time, reverse=True))

    # ---- what is done in it ------------------------------------------------------------------------

    def room(self, id: str, *, to_write: bool = True) -> Conversation:
        """The conversation of this id, if Baton may act there."""
        found = self.conversations.get(id)
        if found is None:
            raise Refused("channel_not_found")
        if found.archived and to_write:
            raise Refused("is_archived")
        if self.bot not in found.members:
            raise Refused("not_in_channel")
        return found

    def member(self, id: str) -> User:
        """The person of this id."""
        if id not in self.users:
            raise Refused("user_not_found")
        return self.users[id]

    def open_direct(self, id: str) -> Conversation:
        """The direct messages with a person, made if need be."""
        user = self.member(id)
        if user.deleted:
            raise Refused("user_disabled")
        if user.is_bot:
            raise Refused("cannot_dm_bot")
        known = (one for one in self.conversations.values() if one.user == id)
        return next(known, None) or self._new_direct(id)

    def say(
        self, channel: str, args: Mapping[str, Any], user: str = "", later: timedelta = timedelta()
    ) -> Said:
        """A message appears, `later` than it was asked for if the answer was lost on the way."""
        asked = self._clock()
        message = Said(
            ts=self.stamp(asked + self.skew + later),
            channel=channel,
            text=args.get("text", ""),
            blocks=list(args.get("blocks", [])),
            user=user or self.bot,
            asked=asked,
            at=asked + later,
            thread=args.get("thread_ts", ""),
            broadcast=bool(args.get("reply_broadcast")),
            metadata=args.get("metadata"),
            to=args.get("user", "") if not user else "",
            args=dict(args),
        )
        self.said.append(message)
        return message

    def stamp(self, instant: datetime) -> str:
        """A timestamp nobody else has: Slack's ids of messages."""
        micros = int((instant - _EPOCH) / timedelta(microseconds=1))
        self._last = micros = max(micros, self._last + 1)
        return f"{micros // 1_000_000}.{micros % 1_000_000:06d}"

    def _new_direct(self, user: str) -> Conversation:
        id = f"D{next(self._numbers):04d}"
        self.conversations[id] = Conversation(id, "", {self.bot, user}, user=user)
        return self.conversations[id]


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _by_time(said: Said) -> tuple[int, int]:
    return by_time(said.ts)


def by_time(ts: str) -> tuple[int, int]:
    """A timestamp as two whole numbers, to compare by; a bare number of seconds will do."""
    seconds, _, micros = ts.partition(".")
    return int(seconds), int((micros + "000000")[:6])

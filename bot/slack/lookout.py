"""What Slack says of the channels and accounts of one workspace: asked every few minutes, and at a change.

It tells nobody anything and moves no clock. An event of Slack's is a reason to look and no more: events come
late or never, and over HTTP whoever holds the signing secret could write one.
"""

import asyncio
from collections.abc import Callable, Collection
from functools import partial
from logging import Logger

from slack_sdk.web.async_client import AsyncWebClient

from bot.crowds import Crowds
from bot.slack.calls import Calls
from bot.slack.identity import SLACK, Installations, is_group
from bot.slack.limits import Json
from bot.slack.members import PAUSE, REFUSED, Members, Rest
from concerns.directory import Directory
from concerns.people import Channel, ChannelId
from reminders.messenger import Dead
from storage.errors import NotSaved

EVERY = 240.0
"""Seconds from one round to the next: what is believed of an account is at most five minutes old (T2)."""
_BRISK = 0.75
"""Seconds before each account at least, where so many would take too long: Slack takes a hundred a minute,
and others ask too. With more than some three hundred and fifty a round takes longer all the same.
"""

Moved = Callable[[ChannelId, str, str], None]
Troubled = Callable[[Collection[ChannelId], Collection[ChannelId]], bool]


class Lookout:
    """Of one workspace. `moved` puts on record that a channel of ours has a new address in Slack.

    `troubled` is told of channels found closed, and of those found crowded, each once as long as it lasts;
    it says whether that is heard: what began again within the hour is told when that is over.
    """

    def __init__(
        self,
        workspace: str,
        client: AsyncWebClient,
        directory: Callable[[], Directory],
        installations: Installations,
        members: Members,
        calls: Calls,
        crowds: Crowds,
        moved: Moved,
        troubled: Troubled,
        log: Logger,
        rest: Rest = asyncio.sleep,
    ) -> None:
        self._workspace = workspace
        self._client = client
        self._directory = directory
        self._installations = installations
        self._members = members
        self._calls = calls
        self._crowds = crowds
        self._moved = moved
        self._troubled = troubled
        self._log = log
        self._rest = rest
        self.closed: dict[ChannelId, str] = {}
        self.crowded: set[ChannelId] = set()
        self._told: set[tuple[str, ChannelId]] = set()

    async def run(self) -> None:
        """Look, for ever; where one round takes longer than it should, the next follows at once.

        First who reads the channels: after a start nobody knows, and a round begins with all the accounts.
        """
        time = asyncio.get_running_loop().time
        await self.look_at_channels()
        while True:
            next_round = time() + EVERY
            await self.look()
            await self._rest(max(PAUSE, next_round - time()))

    async def look(self) -> None:
        """One round: every account of the directory in this workspace, then every channel."""
        directory = await asyncio.to_thread(self._directory)
        accounts = _accounts(directory, self._workspace)
        for user in accounts:
            await self._rest(max(_BRISK, min(PAUSE, EVERY / len(accounts))))
            await self._members.look(user)
        await self.look_at_channels()

    async def look_at_channels(self) -> None:
        """Every channel of the directory in this workspace."""
        directory = await asyncio.to_thread(self._directory)
        channels = _channels(directory, self._workspace)
        for channel in channels:
            await self._rest(PAUSE)
            await self._look_at(channel, directory)
        listed = {channel.id for channel in channels}
        self.closed = {id: why for id, why in self.closed.items() if id in listed}
        self.crowded &= listed
        self._crowds.put(self._workspace, self.crowded)
        await self._tell()

    async def look_at(self, address: str) -> None:
        """Something has changed in this channel of Slack's; most are none of ours."""
        directory = await asyncio.to_thread(self._directory)
        for channel in _channels(directory, self._workspace):
            if channel.address == address:
                await self._look_at(channel, directory)
        await self._tell()

    async def look_up(self, user: str) -> None:
        """Something has changed about this account; most are none of ours."""
        if self._members.known(user):
            await self._members.look(user)

    async def follow(self, old: str, new: str) -> None:
        """A channel is said to have another id. It is believed when Slack knows it by the new one alone."""
        ours = _channels(await asyncio.to_thread(self._directory), self._workspace)
        channel = next((one for one in ours if one.address == old), None)
        if channel is None or not await self._has_moved(old, new):
            return
        try:
            await asyncio.to_thread(self._moved, channel.id, old, new)
        except NotSaved as trouble:
            self._log.error('The new address of the channel "%s" is not kept: %s', channel.id, trouble.reason)
        else:
            self._log.warning('The channel "%s" has a new address; change it in the directory', channel.id)

    # ------------------------------------------------------------------ one channel

    async def _look_at(self, channel: Channel, directory: Directory) -> None:
        """Where Slack gives no answer, what was known still holds."""
        try:
            why = await self._why_closed(channel)
            crowded = not why and channel.trust > 0 and await self._is_crowded(channel, directory)
        except REFUSED:
            return
        self._note(channel.id, why, crowded=crowded)

    async def _why_closed(self, channel: Channel) -> str:
        """Why nothing can be said there; empty where something can."""
        try:
            told = await self._info(channel.address)
        except Dead as end:
            return end.why
        if told.get("is_archived"):
            return "this channel is archived"
        return "" if told.get("is_member") else "Baton has been taken out of this channel"

    async def _is_crowded(self, channel: Channel, directory: Directory) -> bool:
        """Whether somebody reads along whom the directory does not know; another agency's Baton may."""
        bots = {installation.bot_user for installation in self._installations.known.values()}
        return await self._members.strangers_in(channel.address, bots, directory)

    async def _has_moved(self, old: str, new: str) -> bool:
        """Whether Slack knows a channel that Baton is in by the new id, and no other by the old one."""
        try:
            if not (await self._info(new)).get("is_member"):
                return False
        except REFUSED:
            return False
        try:
            return (await self._info(old)).get("id") == new
        except Dead:
            return True
        except REFUSED:
            return False

    async def _info(self, address: str) -> Json:
        """What Slack says of a conversation. Raises `Dead` where it knows none."""
        asking = partial(self._client.conversations_info, channel=address)
        told: Json = (await self._calls.make("conversations.info", asking)).get("channel") or {}
        return told

    # ------------------------------------------------------------------ what came of it

    def _note(self, id: ChannelId, why: str, *, crowded: bool) -> None:
        """How a channel is now; each change stands in the log once."""
        if why and self.closed.get(id) != why:
            self._log.error('Nothing can be said in the channel "%s": %s', id, why)
        if crowded and id not in self.crowded:
            self._log.warning(
                'Somebody reads the channel "%s" whom the directory does not know: until they are listed or'
                " have left it is told as little as at trust 0",
                id,
            )
        self.closed = {other: said for other, said in self.closed.items() if other != id}
        if why:
            self.closed[id] = why
        self.crowded = self.crowded | {id} if crowded else self.crowded - {id}
        self._crowds.put(self._workspace, self.crowded)

    async def _tell(self) -> None:
        """Whoever looks after the directory hears of what was not so before; next time, if not saved now."""
        found = {("closed", id) for id in self.closed} | {("crowded", id) for id in self.crowded}
        self._told &= found
        if not (new := found - self._told):
            return
        closed, crowded = ([id for kind, id in sorted(new) if kind == it] for it in ("closed", "crowded"))
        try:
            if await asyncio.to_thread(self._troubled, closed, crowded):
                self._told |= new
        except NotSaved as trouble:
            self._log.error("Nobody could be told of a channel in trouble: %s", trouble.reason)


def _accounts(directory: Directory, workspace: str) -> Collection[str]:
    """Every account of the directory in this workspace, without those that stand for a group."""
    all_of_them = (one for person in directory.people for one in person.identities)
    ours = (one.user for one in all_of_them if (one.platform, one.workspace) == (SLACK, workspace))
    return dict.fromkeys(user for user in ours if not is_group(user))


def _channels(directory: Directory, workspace: str) -> Collection[Channel]:
    ours = (SLACK, workspace)
    return [one for one in directory.channels if (one.platform, one.workspace) == ours]

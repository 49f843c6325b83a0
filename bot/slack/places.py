"""Where a notice goes in one Slack workspace, and who is who there, by the directory's accounts.

It posts nothing: it only opens a person's own conversation with Baton.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.calls import Calls
from bot.slack.identity import SLACK, account, is_group
from bot.slack.outcomes import SHORTLY
from concerns.directory import Directory
from concerns.notice import Place, PlaceKind
from concerns.people import ChannelId, PersonId
from reminders.messenger import Dead, Unknown, Waiting

_GOOD_FOR = timedelta(minutes=5)
"""How long an open conversation is believed to have a reader: only when asked to open it does Slack say that
somebody's account was deactivated. Into one that is open it takes every post, and nobody reads it.
"""
_NOT_LISTED = "the directory does not list this channel in this workspace any more"
_NO_ACCOUNT = "this person has no Slack account set up in this workspace"


class Places:
    """Slack's ids of places and people. An open conversation is remembered for some minutes."""

    def __init__(
        self, workspace: str, client: AsyncWebClient, calls: Calls, clock: Callable[[], datetime]
    ) -> None:
        self._workspace = workspace
        self._client = client
        self._calls = calls
        self._clock = clock
        self._opened: dict[str, tuple[str, datetime]] = {}

    async def channel_of(self, directory: Directory, place: Place) -> str:
        """Slack's id of the conversation. Raises Dead where there is none."""
        if place.kind is PlaceKind.PERSON:
            return await self._direct(self._user(directory, PersonId(place.id)))
        if place.kind is PlaceKind.ACCOUNT:
            return await self._direct(account(PersonId(place.id), self._workspace, directory))
        channel = directory.channel(ChannelId(place.id))
        if channel is None or (channel.platform, channel.workspace) != (SLACK, self._workspace):
            raise Dead(_NOT_LISTED)
        return channel.address

    def mention(self, directory: Directory, place: Place, person: PersonId) -> str | None:
        """The Slack id to call a person by: of their account here, or of a user group that stands for it.

        Into a channel that their agency shares, a person comes with the account of their own workspace.
        """
        here = account(person, self._workspace, directory)
        if here is not None or place.kind is PlaceKind.PERSON:
            return here
        channel, found = directory.channel(ChannelId(place.id)), directory.person(person)
        if channel is None or found is None or found.agency not in channel.agencies:
            return None
        own = (one.user for one in found.identities if one.platform == SLACK)
        return next((user for user in own if not is_group(user)), None)

    def forget(self) -> None:
        """Open every conversation anew when it is needed: those that were open may be gone."""
        self._opened.clear()

    async def _direct(self, user: str | None) -> str:
        """The person's own conversation with Baton. Failing to open it posts nothing."""
        if user is None:
            raise Dead(_NO_ACCOUNT)
        known, now = self._opened.get(user), self._clock()
        if known and known[1] <= now < known[1] + _GOOD_FOR:
            return known[0]
        try:
            opening = partial(self._client.conversations_open, users=user)
            opened = await self._calls.make("conversations.open", opening)
        except Unknown:
            raise Waiting(SHORTLY) from None
        channel: str = opened["channel"]["id"]
        self._opened[user] = channel, now
        return channel

    def _user(self, directory: Directory, person: PersonId) -> str | None:
        """Their own account: a user group has no conversation."""
        found = directory.person(person)
        ours = (one for one in found.identities if one.platform == SLACK) if found else ()
        users = (one.user for one in ours if one.workspace == self._workspace)
        return next((user for user in users if not is_group(user)), None)

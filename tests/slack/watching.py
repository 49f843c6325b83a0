"""A lookout over the fake Slack, and those it tells."""

import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime

from bot.crowds import Crowds
from bot.slack.calls import Calls
from bot.slack.identity import Installation, Installations
from bot.slack.lookout import Lookout
from bot.slack.members import Members
from concerns.directory import Directory
from concerns.people import ChannelId
from storage.alarms import AGAIN
from storage.errors import NotSaved
from tests.ladders import RULES
from tests.reminders.loops import run
from tests.slack.fake.server import FakeSlack
from tests.slack.world import Clock, client_of


@dataclass
class Stewards:
    """Those who look after the directory, and what they heard of: channels found closed, and crowded.

    As in the house, they do not hear the same twice within the hour, whoever asks and however often.
    """

    clock: Callable[[], datetime]
    told: list[tuple[list[ChannelId], list[ChannelId]]] = field(default_factory=list)
    saved: bool = True
    _lately: dict[str, datetime] = field(default_factory=dict)

    def tell(self, closed: Collection[ChannelId], crowded: Collection[ChannelId]) -> bool:
        """They hear of it, if it can be saved and is news."""
        if not self.saved:
            raise NotSaved("The database is busy.")
        found = (sorted(closed), sorted(crowded))
        before = self._lately.get(str(found))
        if before and before > self.clock() - AGAIN:
            return False
        self._lately[str(found)] = self.clock()
        self.told.append(found)
        return True


@dataclass
class Watch:
    """A lookout over the fake, and what it does."""

    lookout: Lookout
    members: Members
    crowds: Crowds
    stewards: Stewards
    moves: list[tuple[str, str, str]] = field(default_factory=list)
    rested: list[float] = field(default_factory=list)

    def look(self) -> None:
        """One round."""
        run(self.lookout.look())

    def trust(self, channel: ChannelId) -> int:
        """How much a notice to this channel may carry now."""
        found = self.crowds.wary(RULES).directory.channel(channel)
        assert found is not None
        return found.trust


def over(directory: Directory, slack: FakeSlack, clock: Clock, stewards: Stewards | None = None) -> Watch:
    """A lookout that knows this directory; its pauses are counted, and nobody waits for them."""
    client, calls, crowds = client_of(slack), Calls(clock), Crowds()
    members, installations = Members(client, calls), Installations()
    installations.add(Installation("riverside", slack.only.team, "", slack.only.bot))
    moves: list[tuple[str, str, str]] = []

    def moved(channel: ChannelId, old: str, new: str) -> None:
        if new == "C-unsaved":
            raise NotSaved("The database is busy.")
        moves.append((channel, old, new))

    async def rest(seconds: float) -> None:
        rested.append(seconds)

    rested: list[float] = []
    log, stewards = logging.getLogger("baton.test"), stewards or Stewards(clock)
    ways = (lambda: directory, installations, members, calls, crowds, moved, stewards.tell)
    return Watch(Lookout("riverside", client, *ways, log, rest), members, crowds, stewards, moves, rested)

"""From a Slack account to a person of the directory, and back.

An account is (workspace, user id), never a name or an e-mail, and says nothing about what its owner may do.
"""

from dataclasses import dataclass, field

from bot.slack.requests import Who
from concerns.people import Directory, Identity, PersonId

SLACK = "slack"


@dataclass(frozen=True, slots=True)
class Installation:
    """One workspace as Slack knows it. `bot_user` and `bot` are who Baton is there."""

    workspace: str
    team: str
    enterprise: str = ""
    bot_user: str = ""
    bot: str = ""


@dataclass(frozen=True, slots=True)
class Installations:
    """The workspaces Baton has signed in to so far; each door adds its own."""

    known: dict[str, Installation] = field(default_factory=dict)

    def add(self, installation: Installation) -> None:
        """Slack has said who we are there."""
        self.known[installation.workspace] = installation

    def person(self, who: Who, directory: Directory) -> PersonId | None:
        """Whoever has this account, or None for a stranger.

        People of a partner's workspace reach our buttons through a shared channel: they count as what they
        are at home, and where Baton does not know their home they are strangers. User ids are one for a
        whole organisation, so any workspace of it may have been written into the directory.
        """
        accounts = (Identity(SLACK, home, who.user) for home in self._homes(who))
        return next(filter(None, map(directory.whose, accounts)), None)

    def _homes(self, who: Who) -> list[str]:
        own = [one.workspace for one in self.known.values() if one.team == who.team]
        wider = {who.team, who.enterprise} - {""}
        return own + [one.workspace for one in self.known.values() if one.enterprise in wider]


def account(person: PersonId, workspace: str, directory: Directory) -> str | None:
    """The user id this person has in this workspace."""
    found = directory.person(person)
    accounts = found.identities if found else ()
    return next((one.user for one in accounts if (one.platform, one.workspace) == (SLACK, workspace)), None)

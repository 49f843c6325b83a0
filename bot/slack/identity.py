"""From a Slack account to a person of the directory, and back.

An account is (workspace, user id), never a name or an e-mail, and says nothing about what its owner may do.
"""

from dataclasses import dataclass, field

from slack_sdk.errors import SlackClientError

from bot.settings import slack_variable
from bot.slack.requests import Who
from concerns.directory import Directory
from concerns.people import Identity, PersonId

SLACK = "slack"


@dataclass(frozen=True, slots=True)
class Installation:
    """One workspace as Slack knows it. `bot_user` and `bot` are who Baton is there."""

    workspace: str
    team: str
    enterprise: str = ""
    bot_user: str = ""
    bot: str = ""


class SameTeam(SlackClientError):
    """Two names of the directory have tokens of one Slack workspace; Baton is not signed in to the second."""

    def __init__(self, workspace: str, other: str) -> None:
        variable = slack_variable(workspace, "BOT_TOKEN")
        super().__init__(
            f'"{workspace}" and "{other}" have tokens of one and the same Slack workspace: put the other'
            f" workspace's own token into {variable}, or keep one of the two names."
        )


@dataclass(frozen=True, slots=True)
class Installations:
    """The workspaces Baton has signed in to so far; each door adds its own."""

    known: dict[str, Installation] = field(default_factory=dict)

    def add(self, installation: Installation) -> None:
        """Slack has said who we are there. Raises `SameTeam`: one account must not be known by two names."""
        for name, known in self.known.items():
            if known.team == installation.team and name != installation.workspace:
                raise SameTeam(installation.workspace, name)
        self.known[installation.workspace] = installation

    def person(self, who: Who, workspace: str, directory: Directory) -> PersonId | None:
        """Whoever has this account in the workspace the request came by, or None for a stranger.

        Each agency's administrators know the secret its own requests are signed with, and so can write
        whatever they like into them. So a door is believed about its own people only: somebody of a
        partner's workspace, in a channel both share, is a stranger there and known at home.
        """
        own = self.account(who, workspace)
        return directory.whose(own) if own else None

    def account(self, who: Who, workspace: str) -> Identity | None:
        """The account itself, also a stranger's; None where this door cannot vouch for it."""
        return Identity(SLACK, workspace, who.user) if self.at_home(who, workspace) else None

    def at_home(self, who: Who, workspace: str) -> bool:
        """Whether this is an account of the workspace itself, or of the organisation it belongs to.

        User ids are one for a whole organisation.
        """
        own = self.known.get(workspace)
        return bool(own and {who.team, who.enterprise} & {own.team, own.enterprise} - {""})


def account(person: PersonId, workspace: str, directory: Directory) -> str | None:
    """The user id this person has in this workspace; an account written out is named by its own."""
    written = Identity.read(person)
    if written:
        return written.user if (written.platform, written.workspace) == (SLACK, workspace) else None
    found = directory.person(person)
    accounts = found.identities if found else ()
    return next((one.user for one in accounts if (one.platform, one.workspace) == (SLACK, workspace)), None)


def is_group(user: str) -> bool:
    """Whether this id is a user group's: it can be mentioned, and has no conversation of its own."""
    return user.startswith("S")

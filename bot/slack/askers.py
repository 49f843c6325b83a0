"""Who asks, as the desk is to see them: the directory gives a right, and Slack can take it away (0011)."""

from dataclasses import dataclass

from bot.slack import answers
from bot.slack.identity import Installations
from bot.slack.members import Members
from bot.slack.requests import Who
from concerns.directory import Directory
from handlers.scene import Asker


@dataclass(frozen=True, slots=True)
class Askers:
    """Of one workspace; `slash` stands before its commands."""

    workspace: str
    installations: Installations
    members: Members
    slash: str

    def asker(self, who: Who, directory: Directory) -> Asker:
        """Nobody, with the reason, where nothing is taken from the account."""
        barred = self._barred(who)
        account = None if barred else self.installations.account(who, self.workspace)
        person = directory.whose(account) if account else None
        return Asker(person, account=account, called=self.members.name(who.user), barred=barred)

    def may_be_a_guest(self, who: Who, directory: Directory) -> bool:
        """Whether it is a stranger about whom Slack was never asked."""
        account = self.installations.account(who, self.workspace)
        return account is not None and not self.members.known(who.user) and directory.whose(account) is None

    def _barred(self, who: Who) -> str:
        """Why nothing is taken from this account; empty where something is."""
        if not self.installations.at_home(who, self.workspace):
            return answers.ELSEWHERE.format(slash=self.slash)
        return answers.BARRED if self.members.barred(who.user) else ""

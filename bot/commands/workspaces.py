"""The Slack workspaces of the directory, held against those there are tokens for."""

from collections.abc import Iterator, Sequence

from bot.files.partnership import SLACK
from bot.settings import BadSettings, SlackAccount, read_slack, slack_variable
from concerns.directory import Directory


def unmatched(directory: Directory, accounts: Sequence[SlackAccount]) -> tuple[set[str], set[str]]:
    """The Slack workspaces of the directory nobody signs in to, and those signed in to that it has not."""
    named = {workspace.name for workspace in directory.workspaces if workspace.platform == SLACK}
    set_up = {account.workspace for account in accounts}
    return named - set_up, set_up - named


def in_the_way(directory: Directory) -> Iterator[str]:
    """A sentence for each reason `baton serve` would not start with this directory."""
    try:
        missing, unknown = unmatched(directory, read_slack())
    except BadSettings as half:
        yield str(half)
        return
    for workspace in sorted(missing):
        token = slack_variable(workspace, "BOT_TOKEN")
        yield f'Nobody signs in to the Slack workspace "{workspace}"; set {token}.'
    for workspace in sorted(unknown):
        said = f'There are tokens for a Slack workspace "{workspace}", and the file names none of that name'
        yield f"{said}; take {slack_variable(workspace, '…')} out of the settings, or add the workspace."

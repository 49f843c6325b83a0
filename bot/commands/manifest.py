"""`baton manifest`: the app manifest to paste into Slack. It reads settings, and asks Slack nothing."""

import re

from bot.commands import Refusal, refusing
from bot.files.table import ID
from bot.settings import BadSettings, read_settings
from bot.slack.manifest import as_json, as_yaml, manifest

_URL = re.compile(r"https://[^\s/?#@]+(/[^\s?#]*)?")


def run(workspace: str, url: str, *, json_wanted: bool) -> str:
    """The manifest as YAML or JSON; with a public address, for HTTP. Raises `Refusal`."""
    with refusing(BadSettings):
        prefix = read_settings().command_prefix
    if bool(workspace) != bool(url):
        raise Refusal(
            "Over HTTP both are needed: --url, where Slack reaches Baton, and --workspace, whose app it is."
            " Without both Baton rings Slack itself (Socket Mode)."
        )
    if url and not _URL.fullmatch(url):
        raise Refusal("--url must begin with https:// and be an address, such as https://baton.example.org.")
    if workspace and not re.fullmatch(ID, workspace):
        raise Refusal("--workspace takes a name of partnership.toml: small letters, digits and hyphens.")
    entrance = f"/slack/{workspace}/events"
    # Whoever has read where Slack rings may name all of it.
    made = manifest(prefix, f"{url.rstrip('/').removesuffix(entrance)}{entrance}" if url else "")
    return as_json(made) if json_wanted else as_yaml(made)

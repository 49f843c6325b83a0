"""A folder as an operator sets it up: a small partnership in a file, its ladder, its key, its settings."""

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.files import shipped_pathways
from tests.command_line import Baton

LADDER = ("practitioner", "manager", "senior_manager", "director")
FILES = {"BATON_PATHWAY": "pathway.toml", "BATON_KEY_FILE": "baton.key"}
"""The settings that say where the files of such a folder are."""


def agency(id: str, name: str, kind: str) -> str:
    """An agency, as a partnership file has it."""
    return f'[[agency]]\nid = "{id}"\nname = "{name}"\nkind = "{kind}"\n'


def person(id: str, name: str, agency: str, identity: str) -> str:
    """Somebody with one account."""
    return f'[[person]]\nid = "{id}"\nname = "{name}"\nagency = "{agency}"\nidentities = ["{identity}"]\n'


def channel(id: str, agency: str, address: str | int, workspace: str = "") -> str:
    """An agency's own channel: on Slack if a workspace is named, and on Telegram if none is."""
    on = f'"slack"\nworkspace = "{workspace}"' if workspace else '"telegram"'
    return f'[[channel]]\nid = "{id}"\nplatform = {on}\naddress = "{address}"\nagencies = ["{agency}"]\n'


def seats(agency: str, holder: str, *roles: str) -> str:
    """Somebody holds these seats."""
    return "".join(f'[[seat]]\nagency = "{agency}"\nrole = "{role}"\nholder = "{holder}"\n' for role in roles)


COUNCIL = agency("council", "Northshire Council", "council")
RIVERSIDE = agency("riverside", "Riverside Home Care", "provider")
BOARD = agency("board", "Northshire Board", "board")


def in_force(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    baton: Baton,
    partnership: str,
    settings: Mapping[str, str],
) -> Path:
    """The folder with all of it, the partnership applied."""
    shutil.copy(shipped_pathways()["standard"], folder / "pathway.toml")
    (folder / "partnership.toml").write_text(partnership)
    (folder / "baton.key").write_text("00" * 32 + "\n")
    (folder / "baton.key").chmod(0o600)
    for name, value in (FILES | dict(settings)).items():
        monkeypatch.setenv(name, value)
    assert baton("directory", "apply", "partnership.toml")[0] == 0
    return folder

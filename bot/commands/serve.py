"""`baton serve`: what it needs is looked at first, and refused in one line; then it runs until stopped."""

import signal
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from types import FrameType

import uvicorn

from bot.commands import NotDone, Refusal, refusing
from bot.commands.workspaces import unmatched
from bot.files import BadFile, LoadedPathway, load_pathways
from bot.house import House, open_house, settle_memory, system_clock
from bot.logs import set_up_logs
from bot.serving import NO_PLATFORM, BadAddress, Bot, listening
from bot.settings import (
    BadSettings,
    Settings,
    SlackAccount,
    elsewhere,
    read_settings,
    read_slack,
    slack_variable,
)
from bot.telegram.wiring import Telegram, joined
from storage.engine import sqlite_file
from storage.errors import BadKey, BadStore, NotSaved
from storage.owner import clock_owner

_CALMLY = 5
"""Seconds that requests under way get to end in, when the process is told to stop."""


def run() -> None:
    """Serve until somebody stops it. Raises `Refusal` or `NotDone`."""
    with refusing(BadSettings, BadFile, BadAddress, BadStore, BadKey):
        settings, accounts = read_settings(), read_slack()
        pathways, key_file = _pathways(settings), _key_file(settings)
        try:
            _serve(settings, accounts, pathways, key_file)
        except NotSaved as trouble:
            raise NotDone(f"{trouble.reason} baton doctor says where to look.") from None
        except KeyboardInterrupt:
            # Ctrl-C is a way to stop it.
            return


def _serve(
    settings: Settings, accounts: Sequence[SlackAccount], pathways: Sequence[LoadedPathway], key_file: Path
) -> None:
    url = settings.database_url.get_secret_value()
    with ExitStack() as held:
        door = held.enter_context(listening(settings.http_host, settings.http_port))
        held.enter_context(clock_owner(url))
        house = open_house(url, key_file, pathways, system_clock, settings.command_prefix)
        held.callback(house.close)
        telegram = joined(settings.telegram, settings.telegram_api_url) if settings.telegram else None
        _refuse_nobody(house, sqlite_file(url), accounts, telegram)
        set_up_logs()
        bot = Bot(house, accounts, settings.slack_api_url, settings.heartbeat_url, telegram)
        settle_memory()
        config = uvicorn.Config(
            bot.app(), log_config=None, access_log=False, timeout_graceful_shutdown=_CALMLY, lifespan="on"
        )
        # uvicorn stops calmly, and then sends itself the same signal again: that one must not kill it.
        signal.signal(signal.SIGTERM, _leave)
        uvicorn.Server(config).run(sockets=[door])


def _leave(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


def _pathways(settings: Settings) -> Sequence[LoadedPathway]:
    if settings.pathway is None:
        raise Refusal(
            "BATON_PATHWAY is not set; name your pathway file in .env, like BATON_PATHWAY=pathway.toml."
            f"{elsewhere()}"
        )
    return load_pathways(settings.pathway)


def _key_file(settings: Settings) -> Path:
    if settings.key_file is None:
        raise Refusal(
            "BATON_KEY_FILE is not set, so no words could be sealed; name the file in .env, like"
            f" BATON_KEY_FILE=baton.key. baton init makes one.{elsewhere()}"
        )
    return settings.key_file


def _refuse_nobody(
    house: House, file: Path | None, accounts: Sequence[SlackAccount], telegram: Telegram | None
) -> None:
    """Raises `Refusal` where nobody is in the directory, or a workspace of it cannot be reached."""
    directory = house.directories.current()
    if not directory.people:
        raise Refusal(
            f"No directory is in force in {file or 'this database'}; put one in force with baton directory"
            " apply partnership.toml, or correct BATON_DATABASE_URL if your record is another."
        )
    missing, unknown = unmatched(directory, accounts)
    if missing:
        workspace = min(missing)
        raise Refusal(
            f"{slack_variable(workspace, 'BOT_TOKEN')} is not set, and the directory names the Slack"
            f' workspace "{workspace}"; set it, or take the workspace out of the partnership file.'
        )
    if unknown:
        raise Refusal(
            f'There are tokens for a Slack workspace "{min(unknown)}", and the directory names none of that'
            " name; add it to the partnership file, or correct the variable's name."
        )
    if not accounts and telegram is None:
        raise Refusal(NO_PLATFORM)

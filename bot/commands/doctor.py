"""`baton doctor`: is everything there that a running bot needs? A line for each thing, red ones with a cure.

It changes nothing, and may be run beside a bot that is serving.
"""

import asyncio
import stat
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from secrets import token_bytes

from bot.commands import refusing
from bot.commands.accounts import counted
from bot.commands.workspaces import unmatched
from bot.files import BadFile, LoadedPathway, check_roles, gaps, load_pathways
from bot.files.behind import behind
from bot.finding import Finding
from bot.house import Clock, system_clock
from bot.serving import NO_PLATFORM
from bot.settings import (
    ENV_FILE,
    BadSettings,
    Settings,
    SlackAccount,
    TelegramAccount,
    elsewhere,
    read_settings,
    read_slack,
    set_twice,
    slack_variable,
)
from bot.slack.examination import Examination, twins
from bot.slack.front import slack_client
from bot.slack.manifest import SCOPES
from bot.slack.members import Rest
from bot.slack.reach import Say
from bot.telegram.examination import Examination as TelegramExamination
from bot.telegram.front import telegram_bot
from bot.telegram.places import TELEGRAM
from concerns.directory import Directory
from storage.directory import Directories
from storage.engine import Store, open_store, sqlite_file
from storage.enrolments import Enrolments
from storage.errors import BadKey, BadStore, NotSaved
from storage.migrate import NEWEST, version
from storage.moved import Moves, moved_on
from storage.record import prove
from storage.vault import Vault


def run(say: Say, clock: Clock = system_clock, rest: Rest = asyncio.sleep) -> tuple[str, bool]:
    """What to print, and whether all is well; `say` hears how far it is where that takes long.

    Raises `Refusal` for settings that cannot be read at all.
    """
    with refusing(BadSettings):
        settings, accounts = read_settings(), read_slack()
    pathways, found = _ladders(settings)
    vault, key = _key(settings.key_file)
    directory, on_record = _record(settings, vault, clock())
    found = [*_settings(), *found, key, *on_record]
    if directory:
        found += [*_people(directory, pathways), *_workspaces(directory, accounts)]
        with refusing(BadSettings):
            telegram = settings.telegram
        found += _telegram_missing(directory, telegram)
        if not accounts and telegram is None:
            found.append(Finding("platforms", NO_PLATFORM, "Until then baton serve does not start."))
        found += asyncio.run(_outside(settings, accounts, telegram, directory, clock, rest, say))
    return "\n".join(finding.line() for finding in found), not any(finding.red for finding in found)


def _settings() -> Iterator[Finding]:
    """The file they are in: another folder's is not read, and what it holds is for Baton's account alone."""
    if here := elsewhere():
        yield Finding("settings", here, note=True)
        return
    for twice in set_twice():
        yield Finding("settings", twice, note=True)
    yield from _open_to_others("settings", Path(ENV_FILE), "tokens")


def _ladders(settings: Settings) -> tuple[tuple[LoadedPathway, ...], list[Finding]]:
    if not settings.pathway:
        return (), [Finding("pathway", "BATON_PATHWAY is not set.", "Name your pathway file there, in .env.")]
    try:
        pathways = load_pathways(settings.pathway)
    except BadFile as bad:
        return (), [Finding("pathway", str(bad), "Until then baton serve does not start.")]
    found = [Finding("pathway", f"{loaded.pathway.name} {loaded.pathway.version}") for loaded in pathways]
    if any(not loaded.pathway.approved_by for loaded in pathways):
        found.append(Finding("pathway", "nobody has signed it off yet (approved_by is empty)", note=True))
    return pathways, found


def _key(file: Path | None) -> tuple[Vault | None, Finding]:
    """The vault the key file opens, if it is one; and what is to be said of the file."""
    if file is None:
        cure = "Name it in .env; baton init makes one."
        return None, Finding("key file", "BATON_KEY_FILE is not set.", cure)
    try:
        vault = Vault(file, token_bytes)
    except BadKey as bad:
        return None, Finding("key file", str(bad), "Until then nothing starts.")
    if vault.locked:
        cure = "Bring it back from its copy: no other opens what was sealed."
        return None, Finding("key file", vault.locked, cure)
    return vault, Finding("key file", "there, and nobody else can read it")


def _record(settings: Settings, vault: Vault | None, now: datetime) -> tuple[Directory | None, list[Finding]]:
    """Today's directory, if the database can be used; and what is to be said of the database."""
    url = settings.database_url.get_secret_value()
    try:
        store, file = open_store(url), sqlite_file(url)
    except BadStore as bad:
        return None, [Finding("database", str(bad), "Correct BATON_DATABASE_URL.")]
    try:
        if file and not file.exists():
            cure = "baton directory apply partnership.toml makes it."
            return None, [Finding("database", f"there is no {file} yet.", cure)]
        directory, found = _opened(store, now)
        other = _other_key(store, vault) if directory and vault else ()
        return directory, [*found, *other, *_open_to_others("database", file, "names")]
    except NotSaved as trouble:
        cure = "Look whether it runs, and at BATON_DATABASE_URL."
        if file:
            where = f"at the disk of {file}, at who may read and write it, and at BATON_DATABASE_URL"
            cure = f"Look {where}; a damaged file is brought back from its copy."
        return None, [Finding("database", trouble.reason, cure)]
    finally:
        store.close()


def _open_to_others(what: str, file: Path | None, held: str) -> Iterator[Finding]:
    """A new file is for one account alone; one from before, or one that was copied, may not be."""
    if file and stat.S_IMODE(file.stat().st_mode) & 0o077:
        said = f"other accounts of this machine can reach {file}, which holds {held};"
        yield Finding(what, f"{said} chmod 600 {file} ends that", note=True)


def _other_key(store: Store, vault: Vault) -> Iterator[Finding]:
    """The key file is a good one, and not the one of this record."""
    with store.read() as db:
        prove(vault, db)
    if vault.locked:
        cure = "Bring the right one back from its copy: no other opens them."
        yield Finding("key file", vault.locked, cure)


def _opened(store: Store, now: datetime) -> tuple[Directory | None, list[Finding]]:
    with store.read() as db:
        schema = version(db)
    if schema != NEWEST:
        said = f"its schema is {schema or 'missing'}, not {NEWEST}."
        return None, [Finding("database", said, "Run baton db upgrade.")]
    book = Enrolments(store).book()
    applied, moves = Directories(store).current(), Moves(store).known()
    directory = moved_on(applied, moves).enrolled(book.accounts(now))
    in_chat = counted(book, now)
    listed = f"{in_chat}; baton directory accounts lists them"
    found = [Finding("accounts", listed, note=True)] if in_chat else []
    found += [Finding("directory", moved, note=True) for moved in behind(applied, moves)]
    if trouble := store.writable():
        cure = "Look at its disk, its rights, and who else uses it."
        return directory, [Finding("database", trouble, cure), *found]
    return directory, [Finding("database", "can be read and written"), *found]


def _people(directory: Directory, pathways: Sequence[LoadedPathway]) -> Iterator[Finding]:
    if not directory.people:
        yield Finding("directory", "nobody is in it.", "Run baton directory apply partnership.toml.")
        return
    yield Finding("directory", f"{len(directory.people)} people, {len(directory.channels)} channels")
    for lost in dict.fromkeys(lost for one in pathways for lost in check_roles(directory, one.pathway)):
        yield Finding("directory", lost, "Give the role to a seat, and apply the partnership file again.")
    for gap in gaps(directory, *(loaded.pathway for loaded in pathways)):
        yield Finding("directory", gap, note=True)


def _workspaces(directory: Directory, accounts: Sequence[SlackAccount]) -> Iterator[Finding]:
    missing, unknown = unmatched(directory, accounts)
    for workspace in sorted(missing):
        variable = slack_variable(workspace, "BOT_TOKEN")
        yield Finding(
            f"Slack {workspace}",
            "nobody signs in there.",
            f"Set {variable}, or take it out of the directory.",
        )
    for workspace in sorted(unknown):
        cure = "Add it to the partnership file, or correct the variable's name."
        yield Finding(f"Slack {workspace}", "the directory names no workspace of that name.", cure)


def _telegram_missing(directory: Directory, telegram: TelegramAccount | None) -> Iterator[Finding]:
    """The directory calls people there, and nobody signs in."""
    named = [channel.id for channel in directory.channels if channel.platform == TELEGRAM]
    if named and telegram is None:
        cure = "Set BATON_TELEGRAM_TOKEN, or take its channels out of the directory."
        yield Finding("Telegram", f'nobody signs in there, and the channel "{named[0]}" is there.', cure)


async def _outside(
    settings: Settings,
    accounts: Sequence[SlackAccount],
    telegram: TelegramAccount | None,
    directory: Directory,
    clock: Clock,
    rest: Rest,
    say: Say,
) -> list[Finding]:
    found: list[Finding] = []
    examined: list[Examination] = []
    for account in accounts:
        client = slack_client(account, settings.slack_api_url)
        examined.append(Examination(account, client, directory, SCOPES, clock, rest, say))
        found += await examined[-1].findings()
    found += twins(examined)
    if telegram:
        bot = telegram_bot(telegram, settings.telegram_api_url)
        there = TelegramExamination(telegram, bot, directory, settings.telegram_api_url)
        found += await there.findings(clock())
    return found

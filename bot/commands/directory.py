"""`baton directory apply`: a partnership file in, what it changes and what it leaves open out; then it holds.

A file that cannot carry the ladders is refused whole, and a dry run writes nothing.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

from bot.commands import Refusal, refusing
from bot.commands.store import opened_store, refuse_other_schema
from bot.commands.workspaces import in_the_way
from bot.files import BadFile, LoadedPathway, check_roles, gaps, load_partnership, load_pathways
from bot.files.behind import behind
from bot.files.difference import NOBODY, difference
from bot.files.leavers import left_open
from bot.house import system_clock
from bot.settings import BadSettings, Settings, elsewhere, read_settings
from concerns.directory import Directory
from concerns.model import Concern
from concerns.people import Identity, PersonId
from storage.directory import Directories
from storage.engine import Store, sqlite_file
from storage.enrolments import Enrolments
from storage.errors import BadStore
from storage.listing import listing
from storage.migrate import upgrade
from storage.moved import Move, Moves

BY = "command line"
_DRY = "This was a dry run: nothing was applied."
Say = Callable[[str], None]


def apply(named: Path | None, say: Say, *, dry_run: bool) -> str:
    """What to print: the difference, the gaps, what leavers leave open, and what holds now.

    Without a name on the line the settings say which file it is.
    Raises `Refusal` for a file or settings that cannot be used, `NotDone` when it could not be saved.
    """
    with refusing(BadFile, BadSettings, BadStore):
        settings = read_settings()
        file, pathways = named or _partnership(settings), _pathways(settings)
        changed = load_partnership(file)
        _refuse_lost_roles(file, changed, pathways)
        missing = _missing_database(settings)
        if missing and dry_run:
            return _report(NOBODY, changed, (), pathways, _DRY)
        with opened_store() as store:
            if dry_run:
                refuse_other_schema(store)
            elif upgrade(store):
                # A mistyped address shows here.
                say(f"Made the database {missing}." if missing else "Brought the database up to date.")
            before, concerns = Directories(store).current(), listing(store, open_only=True)
            outcome = _outcome(store, before, changed, dry_run=dry_run)
            accounts = Enrolments(store).book().accounts(system_clock())
            moves = Moves(store).known()
    return _report(before, changed, concerns, pathways, outcome, accounts, moves)


def _outcome(store: Store, before: Directory, changed: Directory, *, dry_run: bool) -> str:
    """Put the changes in force, unless there are none or this is a dry run, and say so."""
    if not difference(before, changed):
        return "Nothing has changed, so no new version was made."
    if dry_run:
        return _DRY
    version = Directories(store).apply(changed, system_clock(), BY)
    return f"Version {version} of the directory is in force."


def _partnership(settings: Settings) -> Path:
    if settings.partnership is None:
        raise Refusal(
            "No partnership file is named; name it on the line, like baton directory apply partnership.toml,"
            f" or in .env, like BATON_PARTNERSHIP=partnership.toml.{elsewhere()}"
        )
    return settings.partnership


def _pathways(settings: Settings) -> tuple[LoadedPathway, ...]:
    if settings.pathway is None:
        raise Refusal(
            "BATON_PATHWAY is not set, so nobody knows which roles the ladder calls; "
            f"name your pathway file in .env, like BATON_PATHWAY=pathway.toml.{elsewhere()}"
        )
    return load_pathways(settings.pathway)


def _refuse_lost_roles(file: Path, changed: Directory, pathways: Iterable[LoadedPathway]) -> None:
    lost = dict.fromkeys(lost for loaded in pathways for lost in check_roles(changed, loaded.pathway))
    if lost:
        raise Refusal(f"{file.name}: {' '.join(lost)}")


def _missing_database(settings: Settings) -> Path | None:
    file = sqlite_file(settings.database_url.get_secret_value())
    return file if file and not file.exists() else None


def _report(
    before: Directory,
    changed: Directory,
    concerns: Iterable[Concern],
    pathways: Iterable[LoadedPathway],
    outcome: str,
    accounts: Iterable[tuple[Identity, PersonId]] = (),
    moves: tuple[Move, ...] = (),
) -> str:
    """`accounts` are those chat has bound: whoever has one is not without. `moves` is where channels are."""
    today = changed.enrolled(accounts)
    sections = {
        "Changes:": difference(before, changed),
        "Missing; Baton works round it:": gaps(today, *(loaded.pathway for loaded in pathways)),
        "Before baton serve can start again:": list(in_the_way(changed)),
        "Channels that have moved:": behind(changed, moves),
        "Left open by people who have gone or moved:": left_open(before, changed, concerns),
    }
    told = ["\n  ".join((title, *lines)) for title, lines in sections.items() if lines]
    return "\n\n".join((*told, outcome))

"""`baton db`: bringing the database up to date, checking that the record is whole, copying it; no mending."""

from collections.abc import Callable
from pathlib import Path

from bot.commands import Refusal, refusing
from bot.commands.store import opened_store, refuse_other_schema
from bot.settings import BadSettings, read_settings
from storage.backup import Backup, back_up
from storage.check import check as check_record
from storage.engine import sqlite_file
from storage.errors import BadStore
from storage.migrate import upgrade as upgrade_schema

Say = Callable[[str], None]

_KEYS = (
    "The keys are not in it: keep copies of the key files, BATON_KEY_FILE and BATON_SIGNING_KEY_FILE, "
    "in another place.\nWithout the first, nobody can read the words in this copy."
)


def upgrade(say: Say) -> str:
    """Take the schema steps that are missing; `say` is told what goes on."""
    with opened_store() as store:
        say("Looking at the database.")
        changed = upgrade_schema(store)
    return "The database has been brought up to date." if changed else "The database was up to date already."


def check(say: Say) -> list[str]:
    """A sentence for every difference between the record and its index; none when it is whole."""
    with opened_store(must_exist=True) as store:
        refuse_other_schema(store)
        return check_record(store, lambda done, total: say(f"Checked {done} of {total} concerns."))


def backup(file: Path) -> tuple[str, bool]:
    """What to print, and whether the record in the copy is whole. Raises `Refusal` or `NotDone`."""
    with refusing(BadSettings, BadStore):
        if sqlite_file(read_settings().database_url.get_secret_value()) is None:
            raise Refusal(
                "This database is on PostgreSQL, which brings its own tool: "
                "pg_dump --format=custom --file=FILE --dbname=postgresql://USER@HOST/DATABASE"
            )
    with opened_store(must_exist=True) as store:
        copied = back_up(store, file)
    concerns = "1 concern" if copied.concerns == 1 else f"{copied.concerns} concerns"
    return f"Copied {concerns} to {file}.\n{_found(copied)}\n{_KEYS}", not copied.differences


def _found(copied: Backup) -> str:
    if copied.differences is None:
        return "The file is sound; the record was not rebuilt, because an older Baton wrote it."
    if copied.differences:
        return "\n".join(("The record in it is not whole, and neither is the original:", *copied.differences))
    return "The copy was checked: the record in it is whole."

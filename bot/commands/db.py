"""`baton db`: bringing the database up to date, and checking that the record is whole. It mends nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.commands import NotDone, Refusal, refusing
from bot.settings import BadSettings, read_settings
from storage.check import check as check_record
from storage.engine import Store, open_store, sqlite_file
from storage.errors import BadStore, NotSaved
from storage.migrate import NEWEST, version
from storage.migrate import upgrade as upgrade_schema

Say = Callable[[str], None]


def upgrade(say: Say) -> str:
    """Take the schema steps that are missing; `say` is told what goes on."""
    with _store() as store:
        say("Looking at the database.")
        changed = upgrade_schema(store)
    return "The database has been brought up to date." if changed else "The database was up to date already."


def check(say: Say) -> list[str]:
    """A sentence for every difference between the record and its index; none when it is whole."""
    with _store(must_exist=True) as store:
        with store.read() as db:
            found = version(db)
        if found != NEWEST:
            raise Refusal(
                f"The database's schema is {found or 'missing'}, not {NEWEST}; run baton db upgrade first."
            )
        return check_record(store, lambda done, total: say(f"Checked {done} of {total} concerns."))


@contextmanager
def _store(*, must_exist: bool = False) -> Iterator[Store]:
    """The database of the settings, with everything that can be wrong with it said in one line."""
    with refusing(BadSettings, BadStore):
        url = read_settings().database_url.get_secret_value()
        file = sqlite_file(url)
        if must_exist and file and not file.exists():
            raise Refusal(
                f"There is no database {file}; check BATON_DATABASE_URL, or run baton db upgrade to make it."
            )
        store = open_store(url)
        try:
            yield store
        except NotSaved as trouble:
            raise NotDone(f"{trouble.reason} Nothing was changed.") from None
        finally:
            store.close()

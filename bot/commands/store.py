"""The database of the settings, opened for a command with all that can be wrong with it said in one line."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.commands import NotDone, Refusal, refusing
from bot.settings import BadSettings, elsewhere, read_settings
from storage.engine import Store, open_store, sqlite_file
from storage.errors import BadStore, NotSaved
from storage.migrate import NEWEST, version


@contextmanager
def opened_store(*, must_exist: bool = False) -> Iterator[Store]:
    """Closed again at the end. Raises `Refusal` for a wrong address, `NotDone` for trouble."""
    with refusing(BadSettings, BadStore):
        url = read_settings().database_url.get_secret_value()
        file = sqlite_file(url)
        if must_exist and file and not file.exists():
            raise Refusal(
                f"There is no database {file}; check BATON_DATABASE_URL, or run baton db upgrade to make it."
                f"{elsewhere()}"
            )
        store = open_store(url)
        try:
            yield store
        except NotSaved as trouble:
            raise NotDone(f"{trouble.reason} Nothing was changed.") from None
        finally:
            store.close()


def refuse_other_schema(store: Store) -> None:
    """Raises `Refusal` unless the schema is the newest; for commands that bring nothing up to date."""
    with store.read() as db:
        found = version(db)
    if found != NEWEST:
        raise Refusal(
            f"The database's schema is {found or 'missing'}, not {NEWEST}; run baton db upgrade first."
        )

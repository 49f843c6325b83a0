"""Bringing a database to the newest schema. Up to date, it costs one look at the version row."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy import inspect as look_at

from storage.engine import Store
from storage.errors import BadStore

STEPS = Path(__file__).parent / "migrations"
NEWEST = "0008"


def upgrade(store: Store) -> bool:
    """Take the steps that are missing, all or none, and say whether there were any.

    Raises `BadStore` when the database was written by a newer Baton, `NotSaved` when it cannot be written.
    """
    with store.read() as db:
        if version(db) == NEWEST:
            return False
    with store.write() as db:
        store.take_turn(db, "schema")
        found = version(db)
        if found is not None and found > NEWEST:
            raise BadStore(
                f"This database was written by a newer Baton (its schema is {found}); run that one."
            )
        command.upgrade(steps(db), "head")
    return True


def version(db: Connection) -> str | None:
    """The schema the database has, None when it is empty."""
    if not look_at(db).has_table("alembic_version"):
        return None
    found: str | None = db.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def steps(db: Connection) -> Config:
    """Alembic's configuration, without a file, a logger or a word on standard output."""
    config = Config()
    # A per cent sign in a path would be read as a placeholder.
    config.set_main_option("script_location", str(STEPS).replace("%", "%%"))
    config.attributes["connection"] = db
    return config

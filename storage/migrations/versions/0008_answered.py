"""The table of requests that changed no concern, and the number that grows as today's people change.

Whoever keeps a directory in memory asks for that number alone. Triggers make it grow, so that nobody who
writes what a directory is made of can forget to.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_MADE_OF = ("covers", "directory", "enrolments", "moved")
_GROW = (
    "INSERT INTO facts (key, value) VALUES ('edition', '1')"
    " ON CONFLICT (key) DO UPDATE SET value = CAST(CAST(facts.value AS BIGINT) + 1 AS TEXT)"
)


def upgrade() -> None:
    """Make the table, empty, and begin to count."""
    op.create_table(
        "answered",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    _count(op.get_context().dialect.name)


def _count(dialect: str) -> None:
    if dialect == "postgresql":
        op.execute(
            "CREATE FUNCTION next_edition() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN {_GROW}; RETURN NULL; END $$"
        )
        for table in _MADE_OF:
            op.execute(
                f"CREATE TRIGGER {table}_edition AFTER INSERT OR UPDATE OR DELETE ON {table}"
                " FOR EACH STATEMENT EXECUTE FUNCTION next_edition()"
            )
        return
    for table in _MADE_OF:
        for change in ("insert", "update", "delete"):
            op.execute(
                f"CREATE TRIGGER {table}_edition_{change} AFTER {change.upper()} ON {table}"
                f" BEGIN {_GROW}; END"
            )

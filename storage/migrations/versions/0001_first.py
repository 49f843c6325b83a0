"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table, its partial indexes, and the triggers that keep events as they were written."""
    _concerns()
    _delivery()
    _people()
    _append_only(op.get_bind().dialect.name)
    op.execute("INSERT INTO facts (key, value) VALUES ('room', '')")


def _concerns() -> None:
    op.create_table(
        "pathways",
        sa.Column("digest", sa.String, primary_key=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("version", sa.String, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("stored_at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "concerns",
        sa.Column("ref", sa.String, primary_key=True),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("stage", sa.String, nullable=False),
        sa.Column("tier", sa.Integer),
        sa.Column("urgent", sa.Boolean, nullable=False),
        sa.Column("next_due", sa.BigInteger),
        sa.Column("raiser", sa.String, nullable=False),
        sa.Column("raising", sa.String, nullable=False),
        sa.Column("challenged", sa.String, nullable=False),
        sa.Column("pathway", sa.String, sa.ForeignKey("pathways.digest"), nullable=False),
        sa.Column("opened_at", sa.BigInteger, nullable=False),
        sa.Column("changed_at", sa.BigInteger, nullable=False),
        sa.Column("head", sa.LargeBinary, nullable=False),
        sa.Column("snapshot", sa.LargeBinary, nullable=False),
        sa.Column("data_key", sa.LargeBinary),
    )
    _partial("concerns_due", "concerns", ["next_due"], "next_due IS NOT NULL")
    op.create_table(
        "events",
        sa.Column("ref", sa.String, sa.ForeignKey("concerns.ref"), primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("by", sa.String),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("sealed", sa.LargeBinary),
        sa.Column("digest", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "requests",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("ref", sa.String, sa.ForeignKey("concerns.ref"), nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    )


def _delivery() -> None:
    op.create_table(
        "outbox",
        sa.Column("ref", sa.String, sa.ForeignKey("concerns.ref"), primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("n", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("place", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("rank", sa.Integer, nullable=False),
        sa.Column("notice", sa.LargeBinary, nullable=False),
        sa.Column("state", sa.String, nullable=False, server_default="pending"),
        sa.Column("not_before", sa.BigInteger),
        sa.Column("attempt", sa.Integer, nullable=False, server_default="0"),
        sa.Column("marker", sa.String),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("started_at", sa.BigInteger),
        sa.Column("landing", sa.BigInteger),
        sa.Column("finished_at", sa.BigInteger),
        sa.Column("message_id", sa.String),
        sa.Column("why", sa.String),
    )
    order = ["place", "rank", "created_at", "ref", "seq", "n", "not_before", "state"]
    _partial("outbox_open", "outbox", order, "finished_at IS NULL")
    _partial("outbox_sending", "outbox", ["place"], "state = 'sending'")
    op.create_table(
        "cards",
        sa.Column("ref", sa.String, sa.ForeignKey("concerns.ref"), primary_key=True),
        sa.Column("place", sa.String, primary_key=True),
        sa.Column("message_id", sa.String, nullable=False),
    )


def _people() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("person", sa.String, nullable=False),
        sa.Column("verb", sa.String, nullable=False),
        sa.Column("ref", sa.String),
        sa.Column("opened_at", sa.BigInteger, nullable=False),
        sa.Column("data_key", sa.LargeBinary, nullable=False),
        sa.Column("answers", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "directory",
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("applied_at", sa.BigInteger, nullable=False),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "facts",
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )


def _partial(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def _append_only(dialect: str) -> None:
    if dialect == "postgresql":
        op.execute(
            "CREATE FUNCTION events_stand() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'events are append-only'; END $$"
        )
        op.execute(
            "CREATE TRIGGER events_stand BEFORE UPDATE OR DELETE OR TRUNCATE ON events"
            " FOR EACH STATEMENT EXECUTE FUNCTION events_stand()"
        )
        return
    for change in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER events_no_{change} BEFORE {change.upper()} ON events"
            " BEGIN SELECT RAISE(ABORT, 'events are append-only'); END"
        )

"""The tables of enrolment: the one-time codes given out, and the accounts that asked to be somebody's."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make both, empty; no row is ever deleted, so who did what and when stays on record.

    One account has at most one enrolment that waits or holds.
    """
    op.create_table(
        "invitations",
        sa.Column("digest", sa.String, primary_key=True),
        sa.Column("person", sa.String, nullable=False),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("expires", sa.BigInteger, nullable=False),
        sa.Column("used_at", sa.BigInteger),
        sa.Column("ended_by", sa.String),
        sa.Column("ended_at", sa.BigInteger),
    )
    op.create_table(
        "enrolments",
        sa.Column("n", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("platform", sa.String, nullable=False),
        sa.Column("workspace", sa.String, nullable=False),
        sa.Column("user", sa.String, nullable=False),
        sa.Column("called", sa.String, nullable=False),
        sa.Column("how", sa.String, nullable=False),
        sa.Column("person", sa.String),
        sa.Column("by", sa.String),
        sa.Column("asked_at", sa.BigInteger, nullable=False),
        sa.Column("told_at", sa.BigInteger),
        sa.Column("confirmed_by", sa.String),
        sa.Column("confirmed_at", sa.BigInteger),
        sa.Column("refused_by", sa.String),
        sa.Column("refused_at", sa.BigInteger),
        sa.Column("ended_by", sa.String),
        sa.Column("ended_at", sa.BigInteger),
    )
    open_ = sa.text("refused_at IS NULL AND ended_at IS NULL")
    op.create_index(
        "enrolments_open",
        "enrolments",
        ["platform", "workspace", "user"],
        unique=True,
        sqlite_where=open_,
        postgresql_where=open_,
    )

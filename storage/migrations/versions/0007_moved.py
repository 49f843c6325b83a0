"""The table of moved channels: where the platform says a channel is now, until the directory says so too."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make it, empty."""
    op.create_table(
        "moved",
        sa.Column("channel", sa.String, primary_key=True),
        sa.Column("old", sa.String, nullable=False),
        sa.Column("new", sa.String, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    )

"""The table of digests: up to which opening each agency's people have had theirs."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make it, empty: an agency begins with its next opening."""
    op.create_table(
        "digests",
        sa.Column("agency", sa.String, primary_key=True),
        sa.Column("upto", sa.BigInteger, nullable=False),
    )

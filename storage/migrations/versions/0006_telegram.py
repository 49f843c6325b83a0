"""What Telegram's door remembers: how far it has heard, and which question is open in which chat."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make both, empty, with the index that finds one person's dialogs."""
    op.create_table(
        "heard",
        sa.Column("door", sa.String, primary_key=True),
        sa.Column("next", sa.BigInteger, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "dialogs",
        sa.Column("form", sa.String, primary_key=True),
        sa.Column("account", sa.String, nullable=False),
        sa.Column("question", sa.String, nullable=False),
        sa.Column("step", sa.Integer, nullable=False),
        sa.Column("checking", sa.Boolean, nullable=False),
        sa.Column("message_id", sa.BigInteger),
        sa.Column("request", sa.String, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_index("dialogs_account", "dialogs", ["account", "at"])

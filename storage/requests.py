"""The platform's ids of the requests that changed a concern, once they are too old to come again.

The ledger writes them with the change itself; here they are only forgotten.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete

from storage.engine import Store
from storage.tables import requests

KEPT = timedelta(days=2)
"""Twice as long as Telegram holds an update for a bot that does not fetch it; Slack gives up within hours."""


def forget_old(store: Store, now: datetime) -> int:
    """Forget those of more than two days ago, and say how many. Raises `NotSaved`."""
    with store.write() as db:
        return db.execute(delete(requests).where(requests.c.at < now - KEPT)).rowcount

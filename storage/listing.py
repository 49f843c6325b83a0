"""The concerns as they stand, from the store alone: it needs no key, asks no rule and changes nothing."""

from sqlalchemy import select

from concerns.model import Concern
from storage.codec import concern_codec
from storage.engine import Store
from storage.tables import concerns


def listing(store: Store, *, open_only: bool = False) -> tuple[Concern, ...]:
    """Every concern, or every one that is not closed, without its words, in the order they were opened."""
    wanted = select(concerns.c.snapshot).order_by(concerns.c.opened_at, concerns.c.ref)
    if open_only:
        wanted = wanted.where(concerns.c.next_due.is_not(None))
    with store.read() as db:
        snapshots = db.scalars(wanted).all()
    return tuple(concern_codec.decode(snapshot) for snapshot in snapshots)

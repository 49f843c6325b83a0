"""Channels whose address the platform has changed: a group became a supergroup, a channel became shared.

It holds only until the partnership file says so too: then the file's address stands, whatever is kept here.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import delete, insert, select

from concerns.directory import Directory
from concerns.people import ChannelId
from storage.engine import Store
from storage.tables import moved

_c = moved.c


@dataclass(frozen=True, slots=True)
class Move:
    """A channel of ours that the file looks for at `old`, and the platform has at `new`."""

    channel: ChannelId
    old: str
    new: str


class Moves:
    """Where channels are now, one row for each that has moved."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def known(self) -> tuple[Move, ...]:
        """Every move there was, by channel; some may stand in the file by now."""
        with self._store.read() as db:
            rows = db.execute(select(_c.channel, _c.old, _c.new).order_by(_c.channel)).all()
        return tuple(Move(ChannelId(channel), old, new) for channel, old, new in rows)

    def note(self, channel: ChannelId, old: str, new: str, now: datetime) -> None:
        """The platform has this channel at `new`; `old` is what the file says. Said twice is said once."""
        with self._store.write() as db:
            self._store.take_turn(db, "moved")
            found = db.execute(select(_c.old, _c.new).where(_c.channel == channel)).first()
            if found == (old, new):
                return
            db.execute(delete(moved).where(_c.channel == channel))
            db.execute(insert(moved).values(channel=channel, old=old, new=new, at=now))


def in_force(directory: Directory, moves: tuple[Move, ...]) -> tuple[Move, ...]:
    """The moves the file does not know of yet."""
    where = {channel.id: channel.address for channel in directory.channels}
    return tuple(move for move in moves if where.get(move.channel) == move.old != move.new)


def moved_on(directory: Directory, moves: tuple[Move, ...]) -> Directory:
    """The same directory, each channel at the address it has now."""
    now = {move.channel: move.new for move in in_force(directory, moves)}
    if not now:
        return directory
    channels = (replace(one, address=now.get(one.id, one.address)) for one in directory.channels)
    return replace(directory, channels=tuple(channels))

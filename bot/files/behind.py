"""Where the partnership file is behind the platforms: channels that have another address by now."""

from concerns.directory import Directory
from storage.moved import Move, in_force


def behind(directory: Directory, moves: tuple[Move, ...]) -> list[str]:
    """A sentence for each channel the file still looks for at its old address; Baton uses the new one."""
    return [
        f'The channel "{move.channel}" has moved on its platform; set its address to "{move.new}" '
        f'in the partnership file, where "{move.old}" stands.'
        for move in in_force(directory, moves)
    ]

"""Channels where somebody reads along whom the directory does not know: what they are told is cut down.

It looks at nobody itself: the doors say what they see.
"""

from collections.abc import Iterable
from dataclasses import replace

from concerns.directory import Directory
from concerns.people import ChannelId
from concerns.rules import Rules


class Crowds:
    """Of all doors together. A channel its door has said nothing of is not crowded."""

    def __init__(self) -> None:
        self._of: dict[str, frozenset[ChannelId]] = {}
        self._made: tuple[Directory, frozenset[ChannelId], Directory] | None = None

    def put(self, workspace: str, crowded: Iterable[ChannelId]) -> None:
        """The channels of this workspace that are crowded now."""
        self._of[workspace] = frozenset(crowded)

    def wary(self, rules: Rules) -> Rules:
        """The same rules, with every crowded channel at trust 0 (threat T21)."""
        crowded = frozenset().union(*self._of.values())
        if not crowded:
            return rules
        if self._made is None or self._made[0] is not rules.directory or self._made[1] != crowded:
            self._made = rules.directory, crowded, _lowered(rules.directory, crowded)
        return replace(rules, directory=self._made[2])


def _lowered(directory: Directory, crowded: frozenset[ChannelId]) -> Directory:
    channels = (replace(one, trust=0) if one.id in crowded else one for one in directory.channels)
    return replace(directory, channels=tuple(channels))

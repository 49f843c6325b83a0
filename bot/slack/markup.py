"""What people write, as Slack sends it: three characters escaped, and marks for whom and what it points at.

The marks are those of Slack's reference on formatting message text.
"""

import re
from collections.abc import Callable

SOMEBODY = "somebody"
"""Who is mentioned and not in the directory: what they call themselves is nobody Baton knows."""

_MARK = re.compile(r"<([^<>|]+)(?:\|([^<>]*))?>")
_SCHEME = re.compile(r"[a-z]+:(//)?")


def decoded(text: str) -> str:
    """Text as its writer typed it: Slack escapes exactly these three."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def readable(text: str, called: Callable[[str], str]) -> str:
    """A message as its readers see it in Slack. `called` gives the name behind an id, empty if there is none.

    Marks are read first: what merely looks like one was typed, and comes escaped.
    """
    return decoded(_MARK.sub(lambda mark: _read(mark[1], mark[2] or "", called), text))


def _read(target: str, label: str, called: Callable[[str], str]) -> str:
    match target[0], target[1:]:
        case "@", user:
            return called(user) or SOMEBODY
        case "#", _:
            return f"#{label}" if label else "a channel"
        case "!", special:
            what, _, id = special.partition("^")
            group = called(id) if what == "subteam" else ""
            return group or (label or SOMEBODY if id else f"@{what}")
        case _:
            return _link(target, label)


def _link(address: str, label: str) -> str:
    """The label and where it leads; once, where they are the same."""
    bare = _SCHEME.sub("", address, count=1)
    if label in {bare, address}:
        return label
    return f"{label} ({address})" if label else address

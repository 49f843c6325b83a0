"""What whoever looks after the directory is told of channels that cannot be relied on as it has them.

Whoever reads along unknown is never named, nor is any platform's id.
"""

from concerns.notice import Notice, NoticeKind
from views.parts import Message

_SAID = {
    NoticeKind.CHANNEL_CLOSED: (
        "“{}”: Baton can say nothing there. It was archived or deleted, Baton is not in it,"
        " or it is not let in any more; baton doctor says which."
        " Whoever is called there is told in private meanwhile."
    ),
    NoticeKind.CHANNEL_CROWDED: (
        "“{}”: somebody reads along whom the directory does not know, or a guest."
        " Until that ends, Baton says no more there than any channel may carry: no strand, no ground."
    ),
}
_NEXT = {
    NoticeKind.CHANNEL_CLOSED: "Next: bring the channel back, invite Baton into it, or list another one.",
    NoticeKind.CHANNEL_CROWDED: (
        "Next: look at who is in the channel. List those who belong there, and ask the others to leave."
    ),
}


def troubled(notice: Notice) -> Message:
    """A notice about channels, and what can be done. ValueError for one about anything else."""
    found = (notice, *notice.along)
    if any(one.kind not in _SAID for one in found):
        raise ValueError(f"{notice.kind} is about no channel")
    kinds = dict.fromkeys(one.kind for one in found)
    title = (
        "A channel needs your attention" if len(found) == 1 else f"{len(found)} channels need your attention"
    )
    return Message(
        title, (*(_SAID[one.kind].format(one.ref) for one in found), *(_NEXT[kind] for kind in kinds))
    )

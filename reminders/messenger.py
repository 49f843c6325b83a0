"""What a platform must be able to do: two verbs and a look-up, and the four ways it can say no.

A messenger never tries again by itself (the outbox owns every retry) and turns every failure of its platform
into one of the exceptions below: what it cannot place is `Unknown`.
"""

from datetime import datetime, timedelta
from typing import Protocol

from concerns.notice import Place
from views.parts import Message


class Messenger(Protocol):
    """One platform, or one workspace of it. `pace` is the least seconds between two posts in one place."""

    can_find: bool
    pace: float

    async def post(self, place: Place, message: Message, *, marker: str, thread: str | None) -> str:
        """Post once, as a reply to the message `thread` if given; the platform's message id."""

    async def edit(self, place: Place, message_id: str, message: Message) -> None:
        """Change a posted message. "Not modified" is success; a message that is no longer there is `Gone`."""

    async def find(self, place: Place, marker: str, since: datetime, thread: str | None) -> str | None:
        """The id of a post of ours that carries this marker; None says it is proved not to be there.

        Asked only where `can_find`; `thread` is what it was to reply to, if to anything. A look-up that fails
        raises; it never answers None.
        """


class Waiting(Exception):
    """Definitely refused for now (told to wait, or no connection was opened); try again after `until`.

    Where `elsewhere` the refusal is of edits or look-ups only: other things may be posted there meanwhile.
    """

    def __init__(self, until: timedelta, *, elsewhere: bool = False) -> None:
        super().__init__(f"asked to wait {until.total_seconds():g} seconds")
        self.until = until
        self.elsewhere = elsewhere


class Unknown(Exception):
    """No usable answer came (time-out, reset, server error): it may have been posted."""


class Gone(Exception):
    """The message to edit is no longer there. Raised by `edit` alone."""


class Dead(Exception):
    """Nothing can be said here: channel gone, token revoked, bot blocked, or a message the platform refuses.

    `why` is a calm sentence without names. Where `locked_out` it is said of no one place: the platform takes
    nothing from Baton until somebody lets it in again.
    """

    def __init__(self, why: str, *, locked_out: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.locked_out = locked_out

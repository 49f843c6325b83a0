"""What is said about a form that was begun and not sent: what it is for, never what is in it."""

from dataclasses import dataclass
from datetime import datetime

from concerns.calendar import Calendar
from concerns.model import Ref
from views.instants import when
from views.parts import Button, Message

GO_ON, THROW_AWAY = "resume", "discard"
"""The buttons of a half-filled form: they carry its id, which does nothing in anybody else's hands."""

_SURE = "What is filled in so far goes with it, and nobody can bring it back. Nothing on record changes."


@dataclass(frozen=True, slots=True)
class Begun:
    """A form somebody has begun: its id, the command it is for, about which concern, and from when to when
    it is kept."""

    id: str
    label: str
    ref: Ref | None
    opened: datetime
    until: datetime

    @property
    def buttons(self) -> tuple[Button, Button]:
        """The two things to be done with it."""
        away = Button("Throw it away", THROW_AWAY, self.id, sure=_SURE)
        return Button("Go on", GO_ON, self.id), away

    def line(self, calendar: Calendar) -> str:
        """`Answer, about C-7F3K-9QMX: begun Mon 30 Nov at 10:05, kept for you alone until Mon 7 Dec …`"""
        about = f", about {self.ref}" if self.ref else ""
        began, until = when(self.opened, calendar), when(self.until, calendar)
        return f"{self.label}{about}: begun {began}, kept for you alone until {until}."


def begun(one: Begun, calendar: Calendar) -> Message:
    """How to find it again."""
    return Message("Begun, and not sent yet", (one.line(calendar),), one.buttons)


def left(one: Begun, calendar: Calendar) -> Message:
    """The same, told to somebody who has just closed it."""
    lost = "What you have sent of it is kept; what you wrote there and did not send is not."
    return Message("Your form is not sent yet", (lost, one.line(calendar)), one.buttons)


def closed(id: str) -> Message:
    """Told to somebody who has closed a form of which nothing is kept."""
    lines = (
        "What stood in it is not kept, and nothing of it is on record.",
        "If you had written something, open the form again: it is as it was when you first saw it.",
    )
    return Message("Your form was closed, and not sent", lines, (Button("Open it again", GO_ON, id),))


def closed_unseen(slash: str) -> Message:
    """The same, while it cannot be looked up whether anything of it is kept."""
    lines = (
        "What stood in its window is not kept, and nothing of it is on record.",
        "If you had sent a part of it before, that cannot be looked up just now:"
        f" {slash}concern mine shows it later.",
        "What cannot wait, do by phone.",
    )
    return Message("Your form was closed, and not sent", lines)


def asked_first(id: str) -> Message:
    """Asked before it is thrown away, where a platform has no question of its own for that."""
    buttons = Button("Throw it away", THROW_AWAY, id), Button("Go on", GO_ON, id)
    return Message("Throw it away?", (_SURE,), buttons)


def thrown_away() -> Message:
    """It is gone, and nothing else is."""
    return Message("Thrown away", ("The form is gone, with what was in it. Nothing on record has changed.",))

"""The shapes a person sees, the same on every platform: a message with buttons, a form with fields.

Inert values: a door decides how they look, nobody decides here what they mean.
"""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Button:
    """A command somebody already typed for you. `token` is what a platform carries (at most 64 bytes).

    `sure` is asked before it counts: one line, for what destroys something.
    """

    label: str
    command: str
    ref: str = ""
    turn: int = 0
    sure: str = ""

    @property
    def token(self) -> str:
        """`command:ref:call`, the reference and the call left empty where there are none."""
        return f"{self.command}:{self.ref}:{self.turn}"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture to go with a message: a complete SVG, and the same in words for those who cannot see it."""

    svg: str
    words: str


@dataclass(frozen=True, slots=True)
class Message:
    """A title, some lines, some buttons. `mentions` are person ids for the door to turn into mentions.

    A `broadcast` reply to a card is shown in the channel too, where the platform can. Of a `discreet` message
    a lock screen shows the title alone.
    """

    title: str
    lines: tuple[str, ...] = ()
    buttons: tuple[Button, ...] = ()
    mentions: tuple[str, ...] = ()
    urgent: bool = False
    drawing: Drawing | None = None
    broadcast: bool = False
    discreet: bool = False


class FieldKind(StrEnum):
    """What sort of answer a field takes (design 9)."""

    TEXT = "text"
    LONG = "long"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"
    PERSON = "person"
    DATE = "date"
    DATETIME = "datetime"


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that may be chosen: what is stored, and what a person reads."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form. `private` answers are words: sealed, and never shown in a channel."""

    key: str
    ask: str
    kind: FieldKind
    choices: tuple[Choice, ...] = ()
    required: bool = False
    private: bool = False
    hint: str = ""
    value: str | tuple[str, ...] = ""


@dataclass(frozen=True, slots=True)
class Form:
    """One page of questions. `id` is the draft it fills; `lines` stand above the fields."""

    id: str
    title: str
    fields: tuple[Field, ...]
    lines: tuple[str, ...] = ()
    part: int = 1
    parts: int = 1
    urgent: bool = False

"""What was promised about a concern: more time for an answer, and actions somebody is to do."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from concerns.people import PersonId


class ExtensionState(StrEnum):
    """What became of the challenged side's request for more time."""

    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Extension:
    """More time for an answer, asked for at most once a call."""

    until: datetime
    state: ExtensionState = ExtensionState.ASKED


@dataclass(frozen=True, slots=True)
class Action:
    """Something somebody promised to do. `ask_due` is when it is asked for next, `times` how often it was."""

    number: int
    owner: PersonId
    due: datetime
    ask_due: datetime
    times: int = 0
    done: bool = False

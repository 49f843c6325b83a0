"""What was promised about a concern: more time for an answer, and actions somebody is to do."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from concerns.people import PersonId


class ExtensionState(StrEnum):
    """What became of the challenged side's request for more time.

    `OVERTAKEN`: the window ended, or was moved as far, before anybody said anything to it.
    """

    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"
    OVERTAKEN = "overtaken"


@dataclass(frozen=True, slots=True)
class Extension:
    """More time for an answer, asked for at most once a call."""

    until: datetime
    state: ExtensionState = ExtensionState.ASKED

    @property
    def overtaken(self) -> "Extension":
        """The same request once nobody can agree to it any more; one that was answered stays answered."""
        return replace(self, state=ExtensionState.OVERTAKEN) if self.state is ExtensionState.ASKED else self


@dataclass(frozen=True, slots=True)
class Action:
    """Something somebody promised to do. `ask_due` is when it is asked for next, `times` how often it was."""

    number: int
    owner: PersonId
    due: datetime
    ask_due: datetime
    times: int = 0
    done: bool = False
    dropped: bool = False

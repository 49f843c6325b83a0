"""What can go wrong with a call to any platform, as values, and the rules by which it goes wrong.

Nothing here happens by chance: a rule says which calls meet it, and how often. What a platform refuses in
words of its own, and what its calls look like, is said in its own room.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Generic, Protocol, TypeVar

Args = dict[str, Any]


@dataclass(frozen=True)
class Busy:
    """429, and to be asked again after so many seconds; `None` where the platform does not say."""

    retry_after: int | None = 30


@dataclass(frozen=True)
class Broken:
    """A server error. The platform did what was asked (`accepted`), or did not, and cannot say which."""

    accepted: bool
    status: int = 500
    later: timedelta = timedelta()


@dataclass(frozen=True)
class Dropped:
    """The connection is closed without an answer."""

    accepted: bool
    later: timedelta = timedelta()


@dataclass(frozen=True)
class Silent:
    """The connection stays open and no answer comes."""

    accepted: bool
    later: timedelta = timedelta()


@dataclass(frozen=True)
class Garbled:
    """200, and nothing that can be understood."""

    accepted: bool
    later: timedelta = timedelta()
    body: bytes = b"{not json"
    kind: str = "application/json"


NoAnswer = Broken | Dropped | Silent | Garbled
"""Nobody can tell whether it was done, or when it will be: `later`."""


def accepts(fault: object) -> bool:
    """Whether the platform does what it is asked all the same."""
    return fault is None or (isinstance(fault, NoAnswer) and fault.accepted)


class HasMethod(Protocol):
    """Any platform's call."""

    @property
    def method(self) -> str:
        """What is called."""


Call = TypeVar("Call", bound=HasMethod)
Fault = TypeVar("Fault")


class Weather(Generic[Call, Fault]):
    """The rules in force: the first whose condition holds, and that has faults left, is met.

    `choose` may be replaced by anything that looks at a call and says what goes wrong with it.
    """

    def __init__(self) -> None:
        self._rules: list[tuple[Callable[[Call], bool], list[Fault]]] = []
        self.choose: Callable[[Call], Fault | None] = self._by_rule

    def will(self, method: str, *faults: Fault, **about: object) -> None:
        """What goes wrong with the next calls of this method, if they are about this, like `chat=101`."""

        def meets(call: Call) -> bool:
            return call.method == method and all(getattr(call, name) == it for name, it in about.items())

        self._rules.append((meets, list(faults)))

    def _by_rule(self, call: Call) -> Fault | None:
        for meets, left in self._rules:
            if left and meets(call):
                return left.pop(0)
        return None

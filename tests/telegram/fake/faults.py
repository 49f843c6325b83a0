"""What can go wrong with a call to Telegram, as values, and the rules by which it goes wrong.

Nothing here happens by chance: a rule says which calls meet it, and how often.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

Args = dict[str, Any]


@dataclass(frozen=True)
class Call:
    """One call of a Bot API method as it came in, before anything was done about it."""

    method: str
    args: Args
    at: datetime

    @property
    def chat(self) -> int:
        """The chat it is about; 0 where it names none."""
        return int(self.args.get("chat_id", 0))


@dataclass(frozen=True)
class Busy:
    """429, and to be asked again after so many seconds."""

    retry_after: int = 30


@dataclass(frozen=True)
class Broken:
    """A server error. Telegram did what was asked (`accepted`), or did not, and cannot say which."""

    accepted: bool
    status: int = 502
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


@dataclass(frozen=True)
class Says:
    """Telegram refuses with this code and description; nothing was done."""

    code: int
    description: str


Fault = Busy | Broken | Dropped | Silent | Garbled | Says


def accepts(fault: Fault | None) -> bool:
    """Whether Telegram does what it is asked all the same."""
    return fault is None or (not isinstance(fault, (Busy, Says)) and fault.accepted)


class Weather:
    """The rules in force: the first whose condition holds, and that has faults left, is met.

    `choose` may be replaced by anything that looks at a call and says what goes wrong with it.
    """

    def __init__(self) -> None:
        self._rules: list[tuple[Callable[[Call], bool], list[Fault]]] = []
        self.choose: Callable[[Call], Fault | None] = self._by_rule

    def will(self, method: str, *faults: Fault, chat: int = 0) -> None:
        """What goes wrong with the next calls of this method, in this chat if one is named."""

        def meets(call: Call) -> bool:
            return call.method == method and chat in {0, call.chat}

        self._rules.append((meets, list(faults)))

    def _by_rule(self, call: Call) -> Fault | None:
        for meets, left in self._rules:
            if left and meets(call):
                return left.pop(0)
        return None

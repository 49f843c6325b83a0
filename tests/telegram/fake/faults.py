"""A call to Telegram as it came in, and what can go wrong with it in Telegram's own words."""

from dataclasses import dataclass
from datetime import datetime

from tests.chat.faults import Args, Broken, Busy, Dropped, Garbled, Silent


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
class Says:
    """Telegram refuses with this code and description; nothing was done."""

    code: int
    description: str


Fault = Busy | Broken | Dropped | Silent | Garbled | Says

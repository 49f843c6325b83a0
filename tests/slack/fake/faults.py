"""A call to Slack as it came in, and what can go wrong with it in Slack's own words."""

from dataclasses import dataclass
from datetime import datetime

from tests.chat.faults import Args, Broken, Busy, Dropped, Garbled, Silent


@dataclass(frozen=True)
class Call:
    """One call of a Web API method as it came in, before anything was done about it."""

    workspace: str
    method: str
    args: Args
    at: datetime

    @property
    def channel(self) -> str:
        """The conversation it is about, if it names one."""
        return str(self.args.get("channel", ""))


@dataclass(frozen=True)
class Says:
    """Slack refuses with this error code; nothing was done."""

    error: str


Fault = Busy | Broken | Dropped | Silent | Garbled | Says

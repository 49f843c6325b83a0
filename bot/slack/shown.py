"""One open concern on a person's Home page: how it stands, how late it is, and what they may do about it.

It decides nothing, and no word anybody typed is in it.
"""

from dataclasses import dataclass
from datetime import timedelta

from bot.slack.blocks import actions, beside, paragraphs
from bot.slack.limits import Json
from concerns.model import Concern
from concerns.rules import Rules
from concerns.waiting import Waiting, waits_on
from handlers.menu import menu
from handlers.scene import Scene
from handlers.steps import steps
from views.cards import urgently
from views.instants import overdue
from views.owing import owed_until
from views.parts import Button
from views.record import summary
from views.standing import next_clock


@dataclass(frozen=True, slots=True)
class Shown:
    """One concern as this person sees it; `owed` is what they alone are accountable for, if for anything."""

    concern: Concern
    rules: Rules
    owed: Waiting | None
    scene: Scene

    @property
    def waits(self) -> bool:
        """Whether the next step is this person's to take."""
        return self.owed is not None or waits_on(self.scene.person, self.concern, self.rules.directory)

    @property
    def late(self) -> bool:
        """Whether its time has passed already."""
        clock = next_clock(self.concern)
        return self.owed.overdue if self.owed else clock is not None and clock.due < self.scene.now

    @property
    def pressing(self) -> tuple[bool, timedelta]:
        """Sorts the overdue first, the longest overdue of them; the rest stay as they come."""
        return self.owed.pressing[:2] if self.owed else (not self.late, timedelta())

    @property
    def sides(self) -> tuple[str, str]:
        """The agencies it is between."""
        return self.concern.raising, self.concern.challenged

    @property
    def line(self) -> str:
        """`C-7F3K-9QMX, called, stage 2 of 4; called again Tue 1 Dec at 17:00 (answer 2 hours late).`"""
        concern, rules, clock = self.concern, self.rules, next_clock(self.concern)
        if self.owed:
            return f"{owed_until(self.owed, concern, rules)}."
        late = overdue(clock.due, self.scene.now) if clock else ""
        return f"{urgently(concern)}{concern.ref}, {summary(concern, rules)}{late}."

    def with_steps(self) -> list[Json]:
        """The line, with what may be done about it below."""
        next_steps = steps(menu(), self.concern, self.scene.person, self.rules)
        return [*paragraphs((self.line,)), *actions((*next_steps, self._show))]

    def with_show(self) -> list[Json]:
        """The line, with a look at it beside."""
        return beside(self.line, self._show)

    @property
    def _show(self) -> Button:
        return Button("Show", "show", self.concern.ref, self.concern.turn)

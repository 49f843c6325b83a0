"""The picture of one concern: its ladder with what happened on each rung, what runs now, and what would come.

It is made of tiers, seats and clocks; no word anybody typed is in it.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import assert_never

from concerns import events as e
from concerns.calling import repeat_window, windows
from concerns.model import ClockKind, Concern, Stage, Why
from concerns.pathway import OnLapse, OnReferralLapse, Tier
from concerns.people import PersonId, Seat
from concerns.rules import Rules
from concerns.window import Window
from handlers.scene import Record
from views.cards import urgently
from views.instants import when
from views.labels import CLOCKS, ENDINGS, capital, role
from views.ladder import Dial, Ladder, Rung, RungState
from views.standing import next_clock, next_step, place_on_ladder, tier_count

K = ClockKind
_LIVE = frozenset({Stage.CALLED, Stage.ACKNOWLEDGED, Stage.ANSWERED})


def picture(record: Record, concern: Concern, now: datetime) -> Ladder:
    """The ladder of this concern as it stands at `now` (aware UTC)."""
    rules = record.rules(concern.pathway)
    story = _Story(rules)
    for event in record.history(concern.ref):
        story.hear(event)
    return _Picture(concern, rules, story, now).ladder()


class _Story:
    """What happened on each rung in a few words, which were passed over, and since when each clock runs."""

    def __init__(self, rules: Rules) -> None:
        self.notes: dict[int, str] = {}
        self.passed: set[int] = set()
        self.since: dict[ClockKind, datetime] = {}
        self._rules = rules
        self._tier = 0

    def hear(self, event: e.Event) -> None:
        """One more event."""
        match event:
            case e.Referred():
                self.since[K.REFERRAL] = event.when
            case e.ReferralLapsed():
                self.since[K.REFERRAL_ASK] = event.due
            case e.Skipped():
                self.passed.add(event.tier)
                self.notes[event.tier] = "passed over: nobody to call"
            case e.Called():
                self._called(event)
            case e.CalledAgain():
                self.since[K.ANSWER] = event.at
                self._note("called again", event.at)
            case e.Lapsed():
                self.since[K.ASK] = event.due
                self._note("no answer by", event.due)
            case e.Acknowledged():
                self._note("acknowledged", event.when or event.at)
            case e.Released():
                self._note("handed back", event.at)
            case e.Answered():
                self.since[K.ACCEPTANCE] = event.at
                self._note("answered", event.when or event.at)
            case e.AcceptanceLapsed():
                self.since[K.ACCEPTANCE] = event.at
            case e.Disputed():
                self._note("the answer was not enough,", event.at)
            case e.Accepted():
                self._note("answer accepted", event.at)
            case e.Reopened():
                self._tier = 0
            case _:
                return

    def _called(self, event: e.Called) -> None:
        chosen = event.why in {Why.CHOICE, Why.IMMEDIATE_RISK}
        if chosen and self._tier and self._tier != event.tier:
            self._note("moved up", event.at)
        self._tier = event.tier
        self.passed.discard(event.tier)
        self.since[K.ANSWER] = self.since[K.ACKNOWLEDGE] = event.started
        self._note("called", event.at)

    def _note(self, what: str, at: datetime) -> None:
        self.notes[self._tier] = f"{what} {when(at, self._rules.calendar)}"


@dataclass(frozen=True, slots=True)
class _Picture:
    concern: Concern
    rules: Rules
    story: _Story
    now: datetime

    def ladder(self) -> Ladder:
        """Every rung, the clocks of a referral at the foot, what comes next below."""
        ...

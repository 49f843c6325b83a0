"""The picture of one concern: its ladder with what happened on each rung, what runs now, and what would come.

It is made of tiers, seats and clocks; no word anybody typed is in it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from concerns import events as e
from concerns.calling import repeat_window, windows
from concerns.clocks import BESIDE, stage_clock
from concerns.model import ClockKind, Concern, Stage, Why
from concerns.pathway import OnLapse, OnReferralLapse, Tier
from concerns.people import PersonId, Seat
from concerns.rules import Rules
from concerns.window import Window
from handlers.scene import Record
from views.cards import is_urgent
from views.instants import when
from views.labels import CLOCKS, ENDINGS, capital, role
from views.ladder import Dial, Ladder, Rung, RungState
from views.owing import until
from views.standing import next_clock, next_step, state, tier_count

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
            case e.AcceptanceLapsed():
                self.since[K.ACCEPTANCE] = event.at
            case e.Reopened():
                self._tier = 0
            case _:
                self._on_the_rung(event)

    def _on_the_rung(self, event: e.Event) -> None:
        """What is said of the tier that is called."""
        match event:
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
            case e.Disputed():
                self._note("the answer was not enough,", event.at)
            case e.Accepted():
                self._note("answer accepted", event.at)
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
    """Draws the rungs of one concern at one instant."""

    concern: Concern
    rules: Rules
    story: _Story
    now: datetime

    def ladder(self) -> Ladder:
        """Every rung, the clocks of a referral at the foot, and below it how it goes on."""
        concern, pathway = self.concern, self.rules.pathway
        ahead = self._ahead()
        return Ladder(
            title=concern.ref,
            stage=f"{'Urgent. ' if is_urgent(concern) else ''}{capital(state(concern, self.rules))}",
            tier_word=pathway.tier_word,
            rungs=tuple(self._rung(tier, ahead.get(tier.number, "")) for tier in pathway.tiers),
            footer=f"{self._footer()} {pathway.name}, version {pathway.version}.".strip(),
            foot=self._dials() if concern.stage is Stage.REFERRED else (),
        )

    def _rung(self, tier: Tier, ahead: str) -> Rung:
        directory, call = self.rules.directory, self.concern.call
        state = self._state(tier.number)
        nobody_called = state is RungState.NOW and call is not None and call.challenged is None
        challenged = Seat(self.concern.challenged, tier.challenged)
        convener = directory.convener(tier.convener)
        jumped = state is RungState.SKIPPED and tier.number not in self.story.notes
        note = "not called: it went straight up" if jumped else self.story.notes.get(tier.number, ahead)
        return Rung(
            number=tier.number,
            name=tier.name,
            raising=self._raising(tier),
            challenged=self._coordinator() if nobody_called else self._seated(challenged),
            convener=self._seated(convener) if convener else None,
            state=state,
            note=note,
            dials=self._dials() if state is RungState.NOW else (),
        )

    def _state(self, number: int) -> RungState:
        tier, live = self.concern.tier or 0, self.concern.stage in _LIVE
        if live and number == tier:
            return RungState.NOW
        if number in self.concern.climbed:
            return RungState.PAST
        return RungState.SKIPPED if number < tier or number in self.story.passed else RungState.NEXT

    def _raising(self, tier: Tier) -> str:
        """At tier 1 the raising practitioner is the raiser."""
        if tier.number == 1:
            return f"{self.rules.directory.name_of(self.concern.raiser)}, {role(tier.raising)}"
        return self._seated(Seat(self.concern.raising, tier.raising))

    def _seated(self, seat: Seat) -> str:
        held = self.rules.directory.holders(seat)[:1]
        return f"{self._named(held[0])}, {role(seat.role)}" if held else f"nobody today, {role(seat.role)}"

    def _coordinator(self) -> str:
        named = self.rules.directory.coordinator
        return f"{self._named(named)}, coordinator" if named else "the coordinator"

    def _named(self, person: PersonId) -> str:
        return self.rules.directory.name_of(person)

    # ------------------------------------------------------------------ the clocks that run

    def _dials(self) -> tuple[Dial, ...]:
        clocks = (clock for clock in self.concern.clocks if clock.kind not in BESIDE)
        return tuple(
            Dial(
                CLOCKS[clock.kind],
                when(clock.due, self.rules.calendar),
                self._gone(clock.kind, clock.due),
                clock.due < self.now,
            )
            for clock in clocks
        )

    def _gone(self, kind: ClockKind, due: datetime) -> float | None:
        """The share of the window gone, in the window's own kind of time."""
        window, since, calendar = self._window(kind), self.story.since.get(kind), self.rules.calendar
        if window is None or since is None:
            return None
        whole = calendar.lateness(window, since, due)
        return min(1.0, calendar.lateness(window, since, self.now) / whole) if whole else None

    def _window(self, kind: ClockKind) -> Window | None:
        concern, pathway = self.concern, self.rules.pathway
        acknowledge, answer = windows(concern, pathway.tier(concern.tier or 1), self.rules)
        match kind:
            case K.ACKNOWLEDGE:
                return acknowledge
            case K.ANSWER:
                again = concern.call is not None and concern.call.again > 0
                return repeat_window(concern, concern.tier or 1, self.rules) if again else answer
            case K.ASK:
                return pathway.ask
            case K.REFERRAL | K.REFERRAL_ASK:
                return pathway.referral.answer
            case K.ACCEPTANCE:
                return pathway.acceptance
            case K.FOLLOW_UP | K.REMIND | K.ACTION | K.OBJECTION:
                return None  # no dial is drawn for these
            case _:
                assert_never(kind)

    # ------------------------------------------------------------------ what would come

    def _ahead(self) -> dict[int, str]:
        """When each rung above would be called if nobody answers, chained with the real calendar."""
        notes, at = {}, self._next_call()
        if at is None:
            return self._if_disputed()
        for number in range((self.concern.tier or 0) + 1, self.rules.pathway.top + 1):
            tier = self.rules.pathway.tier(number)
            seat = Seat(self.concern.challenged, tier.challenged)
            if not self._can_be_called(seat):
                notes[number] = "would be passed over: nobody to call"
                continue
            notes[number] = f"called {when(at, self.rules.calendar)} if nobody answers"
            at = self._moves_up(self.rules.calendar.end_of(windows(self.concern, tier, self.rules)[1], at))
        return notes

    def _next_call(self) -> datetime | None:
        """When the next rung is called by itself; None when nothing moves it up now."""
        concern, referral = self.concern, self.rules.pathway.referral
        clock = next_clock(concern)
        match concern.stage:
            case Stage.CALLED | Stage.ACKNOWLEDGED if concern.call:
                asked = concern.clock(K.ASK)
                return asked.due if asked else self._moves_up(concern.call.due)
            case Stage.REFERRED if clock:
                asks = clock.kind is K.REFERRAL and referral.on_lapse is OnReferralLapse.ASK
                return self.rules.calendar.end_of(referral.answer, clock.due) if asks else clock.due
            case _:
                return None

    def _moves_up(self, lapse: datetime) -> datetime:
        """When the next rung is called after an answer window ended at `lapse`."""
        pathway = self.rules.pathway
        asks = pathway.on_lapse is OnLapse.ASK and pathway.ask
        return self.rules.calendar.end_of(pathway.ask, lapse) if asks and pathway.ask else lapse

    def _if_disputed(self) -> dict[int, str]:
        above = (self.concern.tier or 0) + 1
        return {above: "called if the answer is not enough"} if self.concern.stage is Stage.ANSWERED else {}

    def _can_be_called(self, seat: Seat) -> bool:
        return bool(self.rules.directory.holders(seat)) or not self.rules.directory.on_baton(seat.agency)

    def _footer(self) -> str:
        concern, clock = self.concern, stage_clock(self.concern)
        match concern.stage:
            case Stage.REFERRED:
                return "A referral waits for a response."
            case Stage.CALLED | Stage.ACKNOWLEDGED:
                return next_step(concern, self.rules)
            case Stage.ANSWERED:
                return "The raising side accepts the answer, or says it is not enough."
            case Stage.AGREED:
                check = f" {capital(until(clock, concern, self.rules))}." if clock else ""
                return f"Agreed at {tier_count(concern.tier or 1, self.rules)}.{check}"
            case Stage.CLOSED:
                ending = ENDINGS[concern.ending] if concern.ending else "on record"
                return f"Closed: {ending}."
            case _:
                assert_never(concern.stage)

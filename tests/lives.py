"""One concern lived by chance: anybody says anything, people come, go and are away, the bot sleeps and wakes.

`Lives` keeps the concern in memory; who lives it in a database overrides `put`, `look` and `hear`.
What must hold at every step stands in `tests/laws.py`.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from concerns import commands as c
from concerns import events as e
from concerns.calendar import Calendar
from concerns.decide import catch_up, decide
from concerns.directory import Directory
from concerns.evolve import evolve, fold
from concerns.model import Concern, Ref, Stage
from concerns.notice import Notice, NoticeKind, still_true
from concerns.notices import announce
from concerns.pathway import Pathway
from concerns.people import Channel, Cover, PersonId, Seating
from concerns.rules import Refused, Rules
from tests import chances, laws
from tests.ladders import ruled
from tests.sayings import commands, fitting, openings, people
from tests.worlds import REF, a_concern


class Lives(RuleBasedStateMachine):
    """One concern on random rules: its record (`events`), all announced (`queued`), the rules of `today`."""

    @initialize(
        data=st.data(),
        pathway=chances.pathways(),
        calendar=chances.calendars,
        directory=chances.directories(),
        now=chances.instants,
    )
    def opened(
        self, data: st.DataObject, pathway: Pathway, calendar: Calendar, directory: Directory, now: datetime
    ) -> None:
        """Somebody puts a concern on record."""
        self.today = ruled(pathway, directory, calendar)
        self.now = now
        self.record: Concern | None = None
        self.events: tuple[e.Event, ...] = ()
        self.queued: tuple[Notice, ...] = ()
        opening = data.draw(openings(now, self.new_ref()))
        outcome = self.put(opening)
        if isinstance(outcome, Refused):
            outcome = self.put(replace(a_concern(), ref=opening.ref))
        assert not isinstance(outcome, Refused), outcome
        self._take(outcome)

    # ---- where it is kept ---------------------------------------------------------------------------

    def new_ref(self) -> Ref:
        """The reference of the next concern."""
        return REF

    def put(self, command: c.Command) -> tuple[e.Event, ...] | Refused:
        """What saying this leads to."""
        return decide(self.record, command, self.now, self.today)

    def look(self) -> tuple[e.Event, ...]:
        """What one look at the clock leads to."""
        return catch_up(self.concern, self.now, self.today)[1]

    # ---- what may happen ----------------------------------------------------------------------------

    @rule(data=st.data())
    def anybody_speaks(self, data: st.DataObject) -> None:
        """Anybody, about anything, also while a window has run out and the bot has not looked yet."""
        self.hear(data.draw(commands(self.now, people)))

    @rule(data=st.data())
    def somebody_with_a_part_speaks(self, data: st.DataObject) -> None:
        """Something that fits, so that lives get somewhere."""
        self.hear(data.draw(fitting(self.concern, self.now, self.today)))

    @rule(data=st.data())
    def somebody_with_a_part_speaks_after_the_bot_has_looked(self, data: st.DataObject) -> None:
        """As it is behind a real door: a window that ended goes on record first."""
        self.wake()
        self.hear(data.draw(fitting(self.concern, self.now, self.today)))

    @rule(seating=chances.seatings)
    def people_come_and_go(self, seating: Seating) -> None:
        """A seat changes hands, or empties."""
        directory = self.today.directory
        kept = tuple(held for held in directory.seatings if held.seat != seating.seat)
        self._directory(replace(directory, seatings=(*kept, seating)))

    @rule(covers=chances.covers())
    def people_are_away(self, covers: tuple[Cover, ...]) -> None:
        """Others than before are away now, or nobody."""
        self._directory(self.today.directory.covered(covers))

    @rule(channels=chances.channels, coordinator=chances.coordinators)
    def places_change(self, channels: tuple[Channel, ...], coordinator: PersonId | None) -> None:
        """Channels come and go, and so does the coordinator."""
        self._directory(replace(self.today.directory, channels=channels, coordinator=coordinator))

    @rule(calendar=chances.calendars)
    def time_is_counted_otherwise(self, calendar: Calendar) -> None:
        """A shutdown is added to the calendar: what runs already does not move for it."""
        self.today = replace(self.today, calendar=calendar)

    @rule(seconds=chances.jumps)
    def time_passes_unwatched(self, seconds: int) -> None:
        """The bot is down, or has simply not looked."""
        self.now += timedelta(seconds=seconds)

    @precondition(lambda self: self.concern.due is not None)
    @rule(seconds=chances.seconds_before_or_after)
    def it_is_nearly_due(self, seconds: int) -> None:
        """The very instant of a due, or just before or after it."""
        assert self.concern.due is not None
        self.now = max(self.now, self.concern.due + timedelta(seconds=seconds))

    @rule()
    def the_bot_looks(self) -> None:
        """It catches up with the clock, in one breath."""
        self.wake()

    @precondition(lambda self: self.concern.due is not None)
    @rule()
    def the_next_clock_runs_out(self) -> None:
        """The bot is awake when it does."""
        assert self.concern.due is not None
        self.now = max(self.now, self.concern.due)
        assert self.wake(), "a clock that has run out has a consequence"

    # ---- what must hold -------------------------------------------------------------------------------

    @invariant()
    def it_is_never_silent(self) -> None:
        """Promise 1."""
        laws.never_silent(self.concern)

    @invariant()
    def the_record_is_the_concern(self) -> None:
        """Promise 4: folding the record again gives the same."""
        assert fold(None, self.events) == self.record
        assert self.concern.seq == len(self.events)

    @invariant()
    def it_can_be_shown(self) -> None:
        """Its card can be drawn, and whom it waits on can be said once the clock has been looked at."""
        laws.cards_can_be_drawn(self.concern, self.today)
        if self.concern.due is None or self.concern.due > self.now:
            laws.waits_rightly(self.concern, self.now, self.today)

    @invariant()
    def a_closed_concern_calls_nobody(self) -> None:
        """Promise 2: of all that was ever queued, nothing that is no longer so may still be sent."""
        if self.concern.stage is Stage.CLOSED:
            kinds = {notice.kind for notice in self.queued if still_true(notice, self.concern)}
            assert kinds <= _UNENDING

    # ---- one step -------------------------------------------------------------------------------------

    @property
    def concern(self) -> Concern:
        """The concern as it stands."""
        assert self.record is not None
        return self.record

    def _directory(self, directory: Directory) -> None:
        self.today = replace(self.today, directory=directory)

    def hear(self, command: c.LaterCommand) -> None:
        """It is refused and changes nothing, or it is on record."""
        before = self.record
        outcome = self.put(command)
        if isinstance(outcome, Refused):
            laws.is_kind(outcome, self.today)
            assert self.record == before
            return
        assert outcome, "what is not refused is on record"
        assert not command.words or command.words in [event.words for event in outcome]
        assert {event.by for event in outcome} == {command.by}
        self._take(outcome)

    def wake(self) -> tuple[e.Event, ...]:
        """The bot looks at the clock until that has nothing more to say."""
        before = self.concern
        events = self.look()
        said = self._take(events)
        after = self.concern
        assert catch_up(after, self.now, self.today) == (after, ())
        assert after.due is None or after.due > self.now
        assert len([event for event in events if isinstance(event, e.Called | e.CalledAgain)]) <= 1
        assert before.outcome == after.outcome or after.outcome is None
        spoken = [notice for notice in said if notice.kind is not NoticeKind.CARD]
        quiet = all(isinstance(event, e.ObjectionLapsed) for event in events)
        named = [type(event).__name__ for event in events]
        assert quiet or any(still_true(notice, after) for notice in spoken), f"nobody hears of {named}"
        return events

    def _take(self, events: tuple[e.Event, ...]) -> tuple[Notice, ...]:
        said = announce(self.record, events, self.today)
        for event in events:
            self._fold(event, self.today)
        self.events += events
        self.queued += said
        return said

    def _fold(self, event: e.Event, rules: Rules) -> None:
        before, after = self.record, evolve(self.record, event)
        if isinstance(event, e.Called):
            laws.is_called_rightly(before, event, rules)
        if before is not None:
            laws.moves_only_as_it_may(before, event, after)
            laws.settled_rightly(before, event, after, rules)
        laws.is_told(before, event, after, rules)
        self.record = after


_UNENDING = {
    NoticeKind.CARD,
    NoticeKind.SKIPPED,
    NoticeKind.NO_CHANNEL,
    NoticeKind.CLOSED,
    NoticeKind.CORRECTED,
    NoticeKind.HANDED_OVER,
    NoticeKind.RETIMED,
}

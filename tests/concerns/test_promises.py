"""The promises of the design, held over random ladders, partnerships, histories and jumps in time."""

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from concerns import commands as c
from concerns import events as e
from concerns.authority import for_raising
from concerns.decide import catch_up, decide
from concerns.evolve import evolve, fold
from concerns.model import Concern, Stage
from concerns.notice import Notice, NoticeKind, still_true
from concerns.notices import announce
from concerns.pathway import Pathway
from concerns.people import Directory, Seating
from concerns.rules import Refused
from tests.chances import commands, directories, instants, jumps, openings, pathways, people, seatings
from tests.ladders import ruled
from tests.worlds import World, a_concern

SETTLED = {Stage.AGREED, Stage.CLOSED}
LATE_BY_NATURE = {
    e.Referred: ("when", "due"),
    e.ReferralLapsed: ("due",),
    e.AcknowledgementLapsed: ("due",),
    e.Lapsed: ("due",),
    e.AcceptanceLapsed: ("due",),
    e.FollowUpLapsed: ("due",),
    e.Acknowledged: ("when",),
    e.Answered: ("when",),
    e.ContactLogged: ("when",),
    e.NoteAdded: ("evidence_at",),
    e.Released: ("acknowledge_due",),
    e.Called: ("started",),
}
"""Which instants of an event tell of the past; every other one is a clock, and lies ahead."""


class Histories(RuleBasedStateMachine):
    """One concern: anybody says anything, people come and go, the bot sleeps and wakes."""

    @initialize(data=st.data(), pathway=pathways(), directory=directories(), now=instants)
    def opened(self, data: st.DataObject, pathway: Pathway, directory: Directory, now: datetime) -> None:
        """Somebody puts a concern on record."""
        self.laws = ruled(pathway, directory)
        self.now = now
        self.concern: Concern | None = None
        self.events: tuple[e.Event, ...] = ()
        self.queued: tuple[Notice, ...] = ()
        opening = data.draw(openings(now))
        outcome = decide(None, opening, now, self.laws)
        if isinstance(outcome, Refused):
            outcome = decide(None, a_concern(), now, self.laws)
        assert not isinstance(outcome, Refused)
        self._take(outcome)

    # ---- what may happen ----------------------------------------------------------------------------

    @rule(data=st.data())
    def somebody_speaks(self, data: st.DataObject) -> None:
        """Anybody, about anything, also while a window has run out and the bot has not looked yet."""
        self._hear(data.draw(commands(self.now, people)))

    @rule(data=st.data())
    def the_side_called_speaks(self, data: st.DataObject) -> None:
        """Somebody with a right to, so that histories get somewhere."""
        call = self._now().call
        seated = self.laws.directory.holders(call.challenged) if call else ()
        by = st.sampled_from([*seated, self._now().raiser])
        self._hear(data.draw(commands(self.now, by)))

    @rule(seating=seatings)
    def people_come_and_go(self, seating: Seating) -> None:
        """A seat changes hands, or empties."""
        directory = self.laws.directory
        kept = tuple(held for held in directory.seatings if held.seat != seating.seat)
        self.laws = ruled(self.laws.pathway, replace(directory, seatings=(*kept, seating)))

    @rule(seconds=jumps)
    def time_passes_unwatched(self, seconds: int) -> None:
        """The bot is down, or has simply not looked."""
        self.now += timedelta(seconds=seconds)

    @rule()
    def the_bot_looks(self) -> None:
        """It catches up with the clock, in one breath."""
        self._wake()

    @precondition(lambda self: self.concern.due is not None)
    @rule()
    def the_next_clock_runs_out(self) -> None:
        """The bot is awake when it does."""
        due = self._now().due
        assert due is not None
        self.now = max(self.now, due)
        assert self._wake(), "a clock that has run out has a consequence"

    # ---- what must hold -------------------------------------------------------------------------------

    @invariant()
    def it_is_never_silent(self) -> None:
        """Promise 1: not closed, so a clock runs; closed, so none does."""
        concern = self._now()
        assert (concern.due is None) is (concern.stage is Stage.CLOSED)
        assert list(concern.clocks) == sorted(concern.clocks, key=lambda k: (k.due, k.kind.order))

    @invariant()
    def the_record_is_the_concern(self) -> None:
        """Promise 4: folding the record again gives the same."""
        assert fold(None, self.events) == self.concern
        assert self._now().seq == len(self.events)

    @invariant()
    def a_closed_concern_calls_nobody(self) -> None:
        """Promise 2: of all that was ever queued, nothing that is no longer so may still be sent."""
        if self._now().stage is Stage.CLOSED:
            kinds = {notice.kind for notice in self.queued if still_true(notice, self._now())}
            unending = {NoticeKind.CARD, NoticeKind.SKIPPED, NoticeKind.NO_CHANNEL, NoticeKind.CLOSED}
            assert kinds <= unending

    # ---- one step -------------------------------------------------------------------------------------

    def _hear(self, command: c.LaterCommand) -> None:
        before = self._now()
        outcome = decide(before, command, self.now, self.laws)
        if isinstance(outcome, Refused):
            assert outcome.sentence.endswith(".")
            assert len(outcome.sentence) < 200
            return
        assert outcome, "what is not refused is on record"
        assert not command.words or command.words in [event.words for event in outcome]
        assert {event.by for event in outcome} == {command.by}
        self._take(outcome)
        if self._now().stage in SETTLED and before.stage not in SETTLED:
            assert for_raising(command.by, before, self.laws.directory), "promise 5"

    def _wake(self) -> tuple[e.Event, ...]:
        before = self._now()
        after, events = catch_up(before, self.now, self.laws)
        assert catch_up(after, self.now, self.laws) == (after, ())
        assert after.due is None or after.due > self.now
        assert (after.stage in SETTLED) is (before.stage in SETTLED), "promise 5"
        assert len([event for event in events if isinstance(event, e.Called | e.CalledAgain)]) <= 1
        said = self._take(events)
        spoken = [notice for notice in said if notice.kind is not NoticeKind.CARD]
        assert not events or any(still_true(notice, after) for notice in spoken), "a lapse nobody hears of"
        return events

    def _take(self, events: tuple[e.Event, ...]) -> tuple[Notice, ...]:
        said = announce(self.concern, events, self.laws)
        for event in events:
            before, self.concern = self.concern, evolve(self.concern, event)
            self._holds_after(before, event)
        self.events += events
        self.queued += said
        return said

    def _holds_after(self, before: Concern | None, event: e.Event) -> None:
        """No clock is set in the past; the turn grows only as it may; who may read only grows."""
        now, past = self._now(), LATE_BY_NATURE.get(type(event), ())
        for name in ("due", "next_due", "ask_due", "acknowledge_due", "acceptance_due", "follow_up_due"):
            due = getattr(event, name, None)
            assert name in past or due is None or due > event.at, f"{name} of {event}"
        if isinstance(event, e.Called):
            assert all(event.at < instant < event.due for instant in event.reminders)
            assert event.acknowledge_due is None or event.acknowledge_due <= event.due
        if before is not None:
            grows = isinstance(event, e.Called | e.Answered | e.Disputed)
            assert now.turn == before.turn + grows
            assert now.called[: len(before.called)] == before.called

    def _now(self) -> Concern:
        assert self.concern is not None
        return self.concern


TestHistories = Histories.TestCase


@given(pathway=pathways(), directory=directories(), now=instants)
def test_when_nobody_ever_answers_the_tiers_are_called_in_order_and_the_top_again_and_again(
    pathway: Pathway, directory: Directory, now: datetime
) -> None:
    world = World(rules=ruled(pathway, directory), now=now).hear(a_concern())
    while len(world.all(e.CalledAgain)) < 3:
        assert world.concern.due is not None
        world.until(world.concern.due)

    called = world.all(e.Called)
    assert world.tiers() == sorted(set(world.tiers()))
    assert {event.late for event in called} == {event.late for event in world.all(e.CalledAgain)} == {0}
    assert all(event.started == event.at for event in called)
    assert called[-1].tier == pathway.top or called[-1].challenged is None
    assert {event.tier for event in world.all(e.CalledAgain)} == {called[-1].tier}


@given(pathway=pathways(), directory=directories(), now=instants, seconds=jumps)
def test_however_long_it_slept_a_wake_calls_at_most_the_next_tier(
    pathway: Pathway, directory: Directory, now: datetime, seconds: int
) -> None:
    world = World(rules=ruled(pathway, directory), now=now).hear(a_concern())
    calls = len(world.all(e.Called))
    world.asleep_until(world.now + timedelta(seconds=seconds))

    assert len(world.all(e.Called)) + len(world.all(e.CalledAgain)) <= calls + 1
    assert world.concern.due is not None
    assert world.concern.due > world.now

"""One concern lived in memory: what people say, and a `World` that hears it; its clock moves when told to."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TypedDict, TypeVar, Unpack

from concerns import commands as c
from concerns import events as e
from concerns.decide import catch_up, decide
from concerns.evolve import fold
from concerns.model import (
    ClockKind,
    Concern,
    Direction,
    Ground,
    Method,
    Outcome,
    Reached,
    Ref,
    Safer,
    Stage,
    Words,
)
from concerns.notice import Notice, NoticeKind
from concerns.notices import announce
from concerns.pathway import Strand
from concerns.people import AgencyId, PersonId
from concerns.rules import Refused, Rules
from tests.ladders import MONDAY, RULES, london
from tests.partnership import AMIRA, COUNCIL, MIRIAM, RIVERSIDE, SAM, TOM

REF, OTHER_REF = Ref("C-7F3K-9QMX"), Ref("C-2B4D-6F8H")

E = TypeVar("E", bound=e.Fact)

# ---- what people say -------------------------------------------------------------------------------


def words(**said: str) -> Words:
    """Words somebody typed."""
    return Words(said)


class _Raising(TypedDict, total=False):
    by: PersonId
    agency: AgencyId
    strand: Strand
    danger: bool
    grounds: tuple[Ground, ...]
    words: Words


CHALLENGE = words(decision="No enquiry was opened.", wanted="An enquiry, this week.")


def a_concern(**changes: Unpack[_Raising]) -> c.Raise:
    """Amira of Riverside challenges the council's threshold decision about an adult."""
    said = c.Raise(
        by=AMIRA,
        ref=REF,
        agency=COUNCIL,
        strand=Strand.ADULT,
        danger=False,
        grounds=(Ground.THRESHOLD,),
        words=CHALLENGE,
    )
    return replace(said, **changes)


def a_referral(when: datetime = MONDAY, by: PersonId = AMIRA, agency: AgencyId = COUNCIL) -> c.Refer:
    """Amira referred by telephone; nobody has responded yet."""
    return c.Refer(by=by, ref=REF, agency=agency, strand=Strand.ADULT, when=when, how=Method.PHONE)


def a_contact(
    when: datetime,
    by: PersonId = AMIRA,
    reached: Reached = Reached.NO_ANSWER,
    direction: Direction = Direction.MADE,
) -> c.LogContact:
    """Amira rang the council; nobody picked up."""
    return c.LogContact(by=by, direction=direction, method=Method.PHONE, reached=reached, when=when)


def an_answer(by: PersonId = TOM, when: datetime | None = None, **said: str) -> c.Answer:
    """A plan with actions; what was said may be added to."""
    response = words(**({"response": "A review meeting on Thursday."} | said))
    return c.Answer(by=by, outcome=Outcome.PLAN_WITH_ACTIONS, when=when, words=response)


def a_dispute(by: PersonId = AMIRA) -> c.Dispute:
    """The answer is not enough, and why."""
    return c.Dispute(by=by, words=words(why="The money is still leaving the account."))


def a_check(by: PersonId = AMIRA, safer: Safer = Safer.YES, again_on: date | None = None) -> c.Check:
    """The follow-up check, each agency's own record ticked."""
    return c.Check(by=by, safer=safer, records_copied=(RIVERSIDE, COUNCIL), again_on=again_on)


def a_decision(by: PersonId = MIRIAM, **said: str) -> c.Decide:
    """The top of the ladder decides, with its reasons; nobody dissents unless that is said too."""
    return c.Decide(by=by, words=words(decision="A joint review.", reasons="Both sides were heard.", **said))


def more_time(until: str = "Wed 2 Dec 2026 12:00", by: PersonId = TOM) -> c.AskExtension:
    """The called side asks until Wednesday noon: a colleague is away."""
    return c.AskExtension(by=by, until=london(until), words=words(reason="The allocated worker is away."))


def an_action(owner: PersonId = TOM, due: date = date(2026, 12, 2), by: PersonId = AMIRA) -> c.SetAction:
    """Tom is to visit by Wednesday."""
    return c.SetAction(by=by, owner=owner, due=due, words=words(what="Visit together."))


def a_retiming(clock: ClockKind, due: str | datetime, by: PersonId = SAM) -> c.Retime:
    """The coordinator moves a running window: the office is flooded."""
    instant = london(due) if isinstance(due, str) else due
    return c.Retime(by=by, clock=clock, due=instant, words=words(reason="The office is flooded."))


# ---- one concern, lived in memory ------------------------------------------------------------------


class World:
    """One concern and its clock. `said` holds the notices of the last breath, `events` the whole record."""

    def __init__(self, *, rules: Rules = RULES, now: datetime = MONDAY) -> None:
        self.rules = rules
        self.now = now
        self.events: tuple[e.Event, ...] = ()
        self.said: tuple[Notice, ...] = ()
        self.ever_said: tuple[Notice, ...] = ()
        self._concern: Concern | None = None

    @property
    def concern(self) -> Concern:
        """The concern as it stands."""
        assert self._concern is not None, "nothing has been put on record yet"
        return self._concern

    @property
    def stage(self) -> Stage:
        """Where it stands."""
        return self.concern.stage

    def hear(self, *commands: c.Command) -> "World":
        """Each command, one after the other, now; none may be refused."""
        for command in commands:
            outcome = decide(self._concern, command, self.now, self.rules)
            assert not isinstance(outcome, Refused), outcome.sentence
            self._take(outcome)
        return self

    def refusal(self, command: c.Command) -> str:
        """The sentence this command is refused with."""
        outcome = decide(self._concern, command, self.now, self.rules)
        assert isinstance(outcome, Refused), f"{type(command).__name__} was not refused"
        return outcome.sentence

    def wake(self) -> tuple[e.Event, ...]:
        """The bot looks at the clock: everything that follows, in one breath."""
        _, events = catch_up(self.concern, self.now, self.rules)
        self._take(events)
        return events

    def until(self, written: str | datetime) -> "World":
        """Time passes with the bot awake: every due instant up to then is visited punctually."""
        end = london(written) if isinstance(written, str) else written
        assert end >= self.now, "time does not run backwards"
        while (due := self.concern.due) is not None and due <= end:
            self.now = max(self.now, due)
            self.wake()
        self.now = end
        return self

    def asleep_until(self, written: str | datetime) -> "World":
        """Time passes with the bot down; it wakes then, and looks once."""
        end = london(written) if isinstance(written, str) else written
        assert end >= self.now, "time does not run backwards"
        self.now = end
        self.wake()
        return self

    def later(self, **time: float) -> "World":
        """So much time passes with the bot awake, as `timedelta` counts it."""
        return self.until(self.now + timedelta(**time))

    def all(self, kind: type[E]) -> tuple[E, ...]:
        """Every event of this kind, oldest first."""
        return tuple(event for event in self.events if isinstance(event, kind))

    def last(self, kind: type[E]) -> E:
        """The latest event of this kind."""
        return self.all(kind)[-1]

    def tiers(self) -> list[int]:
        """The tiers called so far, in the order they were called."""
        return [called.tier for called in self.all(e.Called)]

    def told(self, kind: NoticeKind) -> list[str]:
        """Where a notice of this kind went in the last breath: ids of channels and people."""
        return [notice.place.id for notice in self.said if notice.kind is kind]

    def notice(self, kind: NoticeKind, place: str) -> Notice:
        """The one notice of this kind that went there in the last breath."""
        (found,) = (n for n in self.said if n.kind is kind and n.place.id == place)
        return found

    def _take(self, events: tuple[e.Event, ...]) -> None:
        before = self._concern
        self._concern = fold(before, events) if events else before
        self.events += events
        self.said = announce(before, events, self.rules)
        self.ever_said += self.said


def referred(rules: Rules = RULES) -> World:
    """A referral on record, Monday 10:00."""
    return World(rules=rules).hear(a_referral())


def called(rules: Rules = RULES) -> World:
    """Tier 1 called, Monday 10:00."""
    return World(rules=rules).hear(a_concern())


def acknowledged(rules: Rules = RULES) -> World:
    """Tier 1 has acknowledged."""
    return called(rules).hear(c.Acknowledge(by=TOM))


def answered(rules: Rules = RULES) -> World:
    """Tier 1 has answered."""
    return called(rules).hear(an_answer())


def agreed(rules: Rules = RULES) -> World:
    """The raiser has accepted tier 1's answer."""
    return answered(rules).hear(c.Accept(by=AMIRA))


def closed(rules: Rules = RULES) -> World:
    """The check was made and the person is safer."""
    return agreed(rules).hear(a_check())


AT_STAGE = {
    Stage.REFERRED: referred,
    Stage.CALLED: called,
    Stage.ACKNOWLEDGED: acknowledged,
    Stage.ANSWERED: answered,
    Stage.AGREED: agreed,
    Stage.CLOSED: closed,
}
"""A world at each stage, Monday 10:00, called with the rules to live by."""

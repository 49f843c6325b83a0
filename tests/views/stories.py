"""Whole stories lived in memory, kept breath by breath: what was said, of which concern, by which rules."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from concerns import commands as c
from concerns import reference
from concerns.events import Event
from concerns.model import ClockKind, Concern, Route, Safer, Why
from concerns.notice import Notice, NoticeKind, still_true
from concerns.pathway import OnLapse
from concerns.rules import Rules
from tests.ladders import DAILY, MONDAY, london, ruled
from tests.partnership import (
    AMIRA,
    BEN,
    COUNCIL,
    DIRECTORY,
    GRACE,
    JOEL,
    MIRIAM,
    NADIA,
    RIVERSIDE,
    RUTH,
    SAM,
    SURGERY,
    TOM,
    vacated,
    without_channels,
)
from tests.worlds import World, a_check, a_concern, a_contact, a_dispute, a_referral, an_answer, words

ROLES = ("practitioner", "manager", "senior_manager", "director")


@dataclass(frozen=True)
class Breath:
    """What was said about one concern, as it then stood."""

    concern: Concern
    rules: Rules
    notices: tuple[Notice, ...]


class Kept(World):
    """A world that keeps every breath; a notice not true any more at its end is not sent."""

    def __init__(self, rules: Rules) -> None:
        self.breaths: list[Breath] = []
        super().__init__(rules=rules)

    def _take(self, events: tuple[Event, ...]) -> None:
        super()._take(events)
        said = tuple(notice for notice in self.said if still_true(notice, self.concern))
        self.breaths.append(Breath(self.concern, self.rules, said))


def whole_life(world: Kept) -> None:
    """A referral nobody answers, the climb, a dispute, the agreement, the check, and once more."""
    world.hear(a_referral(), a_contact(MONDAY), a_contact(MONDAY)).until("Thu 3 Dec 2026 10:00")
    world.hear(c.Acknowledge(by=TOM), c.Release(by=TOM)).until("Fri 4 Dec 2026 10:00")
    world.hear(c.Acknowledge(by=GRACE), an_answer(GRACE)).until("Tue 15 Dec 2026 10:00")
    world.hear(a_dispute(), an_answer(NADIA), c.Accept(by=RUTH))
    world.until("Mon 4 Jan 2027 10:00").hear(a_check(safer=Safer.NO), a_check())


def top_of_the_ladder(world: Kept) -> None:
    """Nobody answers, ever."""
    world.hear(a_concern()).until("Tue 8 Dec 2026 17:30")


def urgent(world: Kept) -> None:
    """Somebody is in danger from the start."""
    world.hear(a_concern(danger=True)).until("Mon 30 Nov 2026 21:30")


def turning_urgent(world: Kept) -> None:
    """Somebody comes to be in danger on the way."""
    world.hear(a_concern(), c.Escalate(by=AMIRA), c.Escalate(by=AMIRA, why=Why.IMMEDIATE_RISK))


def asleep(world: Kept) -> None:
    """The bot was down over a lapse."""
    world.hear(a_concern()).asleep_until("Wed 2 Dec 2026 12:00")


def to_the_surgery(world: Kept) -> None:
    """The other agency is not on Baton."""
    world.hear(a_concern(agency=SURGERY)).until("Wed 2 Dec 2026 17:30")


def by_telephone(world: Kept) -> None:
    """What the called side said was said elsewhere, and is reported."""
    told = words(who="Tom, duty social worker", how="phone")
    world.hear(a_concern(), c.Acknowledge(by=AMIRA, when=MONDAY, words=told))
    world.hear(an_answer(AMIRA, when=MONDAY, who="Tom", how="phone"))


def promises(world: Kept) -> None:
    """More time is asked for and declined, then asked for and agreed; actions are set; one is dropped."""
    until = "Tue 8 Dec 2026 12:00"
    world.hear(a_concern(), c.AskExtension(by=TOM, until=london(until), words=words(reason="Tom is away.")))
    world.hear(c.Decline(by=AMIRA)).until("Wed 2 Dec 2026 10:00")
    world.hear(c.AskExtension(by=GRACE, until=london(until), words=words(reason="Records are awaited.")))
    world.hear(c.Agree(by=AMIRA), an_answer(GRACE), c.Accept(by=JOEL))
    world.hear(*(an_action(day) for day in (2, 3)), c.FinishAction(by=TOM, number=2))
    world.until("Mon 7 Dec 2026 10:00")
    world.hear(c.DropAction(by=GRACE, number=1, words=words(reason="She has moved away.")))


def decided_at_the_top(world: Kept) -> None:
    """Up to the top at once; the convener decides, with dissent; then it is handed over and put right."""
    world.hear(a_concern(danger=True), c.Escalate(by=RUTH))
    dissent = words(
        decision="A joint plan.", reasons="Both want it.", dissent="Riverside wants a visit first."
    )
    world.hear(c.Decide(by=MIRIAM, words=dissent), c.HandOver(by=AMIRA, to=BEN))
    world.hear(c.Correct(by=BEN, of=1, words=words(text="It was Tuesday.")))
    friday = london("Fri 18 Dec 2026 12:00")
    world.hear(
        c.Retime(by=SAM, clock=ClockKind.FOLLOW_UP, due=friday, words=words(reason="Visit on Friday."))
    )
    world.hear(c.Reopen(by=BEN, words=words(reason="It happened again.")))


def another_door(world: Kept) -> None:
    """It belongs elsewhere."""
    world.hear(a_concern(), c.AddNote(by=TOM, words=words(text="Seen.")))
    world.hear(c.Redirect(by=AMIRA, route=Route.ALLEGATION, words=words(reason="The LADO was rung.")))


def one_and_the_same(world: Kept) -> None:
    """Another concern carries it on."""
    world.hear(a_concern(), c.MarkDuplicate(by=AMIRA, of=reference.make(1)))


STORIES: tuple[tuple[Callable[[Kept], None], Rules], ...] = (
    (whole_life, ruled()),
    (top_of_the_ladder, ruled()),
    (top_of_the_ladder, ruled(replace(DAILY, on_lapse=OnLapse.ASK, tier_word="step"))),
    (urgent, ruled()),
    (turning_urgent, ruled()),
    (asleep, ruled()),
    (by_telephone, ruled()),
    (promises, ruled()),
    (decided_at_the_top, ruled()),
    (another_door, ruled()),
    (one_and_the_same, ruled()),
    (to_the_surgery, ruled()),
    (urgent, ruled(directory=vacated(DIRECTORY, COUNCIL, *ROLES))),
    (top_of_the_ladder, ruled(directory=vacated(DIRECTORY, COUNCIL, "practitioner"))),
    (whole_life, ruled(directory=without_channels(DIRECTORY, RIVERSIDE))),
    (urgent, ruled(directory=replace(DIRECTORY, coordinator=None, channels=()))),
)


def an_action(day: int) -> c.SetAction:
    """Tom visits by that day of December."""
    return c.SetAction(by=GRACE, owner=TOM, due=date(2026, 12, day), words=words(what="Visit her."))


@cache
def breaths() -> tuple[Breath, ...]:
    """Every breath of every story."""
    return tuple(breath for live, rules in STORIES for breath in _lived(live, rules))


def said() -> Iterator[tuple[Notice, Concern, Rules]]:
    """Everything that was said, and a dead letter, which only delivery says."""
    for breath in breaths():
        for notice in breath.notices:
            yield notice, breath.concern, breath.rules
            yield replace(notice, kind=NoticeKind.DEAD_LETTER), breath.concern, breath.rules


def events() -> Iterator[tuple[Event, Rules]]:
    """Everything that happened."""
    for live, rules in STORIES:
        world = Kept(rules)
        live(world)
        yield from ((event, rules) for event in world.events)


def _lived(live: Callable[[Kept], None], rules: Rules) -> list[Breath]:
    world = Kept(rules)
    live(world)
    return world.breaths

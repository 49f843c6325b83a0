"""Whole stories lived in memory, kept breath by breath: what was said, of which concern, by which rules."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from concerns import commands as c
from concerns.events import Event
from concerns.model import Concern, Safer, Why
from concerns.notice import Notice, NoticeKind, still_true
from concerns.pathway import OnLapse
from concerns.rules import Rules
from tests.ladders import DAILY, MONDAY, ruled
from tests.partnership import (
    AMIRA,
    COUNCIL,
    DIRECTORY,
    GRACE,
    NADIA,
    RIVERSIDE,
    RUTH,
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


STORIES: tuple[tuple[Callable[[Kept], None], Rules], ...] = (
    (whole_life, ruled()),
    (top_of_the_ladder, ruled()),
    (top_of_the_ladder, ruled(replace(DAILY, on_lapse=OnLapse.ASK, tier_word="step"))),
    (urgent, ruled()),
    (turning_urgent, ruled()),
    (asleep, ruled()),
    (by_telephone, ruled()),
    (to_the_surgery, ruled()),
    (urgent, ruled(directory=vacated(DIRECTORY, COUNCIL, *ROLES))),
    (top_of_the_ladder, ruled(directory=vacated(DIRECTORY, COUNCIL, "practitioner"))),
    (whole_life, ruled(directory=without_channels(DIRECTORY, RIVERSIDE))),
    (urgent, ruled(directory=replace(DIRECTORY, coordinator=None, channels=()))),
)


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

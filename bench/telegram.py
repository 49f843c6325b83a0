"""A thousand people in 200 Telegram groups, all called at once, against what Telegram's own limits allow.

Everything is real but the wire and the time: the ledger, the outbox, delivery, the library; the pretend
Telegram judges every call by its flood limits, on a clock that leaps from one wait to the next.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from pathlib import Path

from bench.databases import Sqlite
from bench.ground import RAISED, Clock, house
from bot.house import House
from bot.messengers import Messengers
from bot.telegram.messenger import TelegramMessenger
from bot.telegram.pacing import Pacing
from bot.telegram.places import TELEGRAM
from bot.telegram.speaking import Speaker
from concerns import reference
from concerns.commands import Raise
from concerns.directory import Directory
from concerns.model import Ground, Ref, Words
from concerns.pathway import Strand
from concerns.people import (
    Agency,
    AgencyId,
    AgencyKind,
    Channel,
    ChannelId,
    Identity,
    Person,
    PersonId,
    Seat,
    Seating,
)
from concerns.rules import Refused
from reminders.delivery import Delivery
from reminders.heartbeat import Heartbeat
from reminders.patience import Patience
from storage.outbox import State
from tests.telegram.fake.chats import Said
from tests.telegram.fake.core import Telegram
from tests.telegram.fake.floods import ALL, CHAT, GROUP
from tests.telegram.fake.timeline import Timeline
from tests.telegram.platform import bot_in
from views.pings import render

GOAL = 1.2
"""At most this many times what the limits allow (the issue's own figure)."""

GROUPS, EACH = 200, 5
"""Groups, and the people in each."""
URGENT = 20
"""Concerns raised as immediate danger, when all the others are on their way already."""
LATER = 5.0
"""Seconds after the others."""
LATENCY = 0.08
"""Seconds Telegram takes to answer."""
RING = 1.0
"""Seconds between two looks at the outbox, as the metronome rings."""

_ROLES = ("practitioner", "manager", "senior_manager", "director")
_USER, _GROUP = 5_000_000_000, -1_001_000_000_000


@dataclass(frozen=True, slots=True)
class Result:
    """`took` and `allowed` in seconds, for everything and for the urgent alone from when they were raised.

    `lost` are people who were not called and notices that never went out, `over` calls beyond a limit.
    """

    messages: int
    took: float
    allowed: float
    urgent_took: float
    urgent_allowed: float
    lost: int
    over: int


def race(folder: Path, say: Callable[[str], None]) -> Result:
    """Raise them all, let the clock run until nothing is owed, and look at what people saw."""
    say(f"Telegram: {GROUPS} groups of {EACH} people, all called at once, on a simulated clock …")
    timeline = Timeline(RAISED)
    telegram = Telegram(timeline.now)
    telegram.floods.on = True
    with house(Sqlite(folder).empty("telegram"), folder, _Leaping(timeline)) as place:
        place.directories.apply(_partnership(), RAISED, "bench")
        _furnish(telegram)
        timeline.play(_called(place, telegram, timeline))
        left = place.outbox.counts()
    lost = GROUPS * EACH - len({id for said in telegram.chats.said for id in said.mentioned})
    lost += left[State.DEAD] + left[State.PENDING] + left[State.UNKNOWN] + left[State.WAITING]
    return _judged(telegram, lost)


class _Leaping(Clock):
    """The clock of the event loop."""

    def __init__(self, timeline: Timeline) -> None:
        super().__init__(RAISED)
        self._timeline = timeline

    def __call__(self) -> datetime:
        """Its time."""
        return self._timeline.now()


# ---- who is called ---------------------------------------------------------------------------------


def _partnership() -> Directory:
    """Agencies with a group each; five people hold every seat of theirs together."""
    numbers = range(GROUPS)
    return Directory(
        partnership="A region",
        coordinator=_person(0, 0),
        agencies=tuple(Agency(_agency(n), f"Agency {n}", AgencyKind.PROVIDER) for n in numbers),
        people=tuple(
            Person(_person(n, m), f"Person {n} {m}", _agency(n), identities=(_account(n, m),))
            for n in numbers
            for m in range(EACH)
        ),
        seatings=tuple(
            Seating(Seat(_agency(n), role), _person(n, 0), tuple(_person(n, m) for m in range(1, EACH)))
            for n in numbers
            for role in _ROLES
        ),
        channels=tuple(
            Channel(ChannelId(f"g{n}"), TELEGRAM, TELEGRAM, str(_GROUP - n), (_agency(n),)) for n in numbers
        ),
    )


def _agency(n: int) -> AgencyId:
    return AgencyId(f"a{n}")


def _person(n: int, m: int) -> PersonId:
    return PersonId(f"p{n}-{m}")


def _account(n: int, m: int) -> Identity:
    return Identity(TELEGRAM, TELEGRAM, str(_USER + n * EACH + m))


def _furnish(telegram: Telegram) -> None:
    for n in range(GROUPS):
        members = [telegram.chats.enrol(_USER + n * EACH + m).id for m in range(EACH)]
        telegram.chats.make_group(_GROUP - n, *members)


# ---- what happens ----------------------------------------------------------------------------------


async def _called(place: House, telegram: Telegram, timeline: Timeline) -> None:
    """Most are raised at one instant, the urgent ones into the middle of it."""
    delivery = _delivery(place, telegram, timeline)
    sending = asyncio.create_task(_until_nothing_is_owed(place, delivery))
    _raise(place, range(URGENT, GROUPS), danger=False)
    delivery.nudge()
    await asyncio.sleep(LATER)
    _raise(place, range(URGENT), danger=True)
    delivery.nudge()
    await sending


def _delivery(place: House, telegram: Telegram, timeline: Timeline) -> Delivery:
    speaker = Speaker(bot_in(telegram, LATENCY), Pacing(timeline.time, asyncio.sleep))
    messenger = TelegramMessenger(speaker, lambda: place.desk.directory, lambda *moved: None)
    return Delivery(
        place.outbox,
        place.ledger,
        place.laws.rules,
        Messengers(lambda: place.desk.directory, {(TELEGRAM, TELEGRAM): messenger}).of,
        render,
        timeline.now,
        logging.getLogger("bench"),
        Heartbeat(timeline.time),
        Patience(),
    )


async def _until_nothing_is_owed(place: House, delivery: Delivery) -> None:
    """As the metronome has it: with every ring, and as soon as a chat has rested."""
    await asyncio.sleep(0)
    while place.outbox.next_wake() is not None:
        await delivery.run()
        rest = delivery.rest()
        await asyncio.sleep(min(RING, rest.total_seconds()) if rest else RING)


def _raise(place: House, numbers: range, *, danger: bool) -> None:
    """Each agency challenges the next."""
    for n in numbers:
        command = Raise(
            by=_person(n, 0),
            ref=_ref(n),
            agency=_agency((n + 1) % GROUPS),
            strand=Strand.ADULT,
            danger=danger,
            grounds=(Ground.NO_RESPONSE,),
            words=Words({"decision": "No answer to the referral.", "wanted": "A visit this week."}),
        )
        outcome = place.ledger.change(None, command, place.clock())
        if isinstance(outcome, Refused):
            raise TypeError(outcome.sentence)


def _ref(n: int) -> Ref:
    return reference.make(n)


# ---- what people saw -------------------------------------------------------------------------------


def _judged(telegram: Telegram, lost: int) -> Result:
    said = telegram.chats.said
    refs = [_ref(n) for n in range(URGENT)]
    urgent = [one for one in said if any(ref in one.text for ref in refs)]
    calls = [one for one in urgent if one.mentioned]
    later = RAISED + timedelta(seconds=LATER)
    return Result(
        messages=len(said),
        took=_seconds(max(one.at for one in said) - RAISED),
        allowed=_allowed(said),
        urgent_took=_seconds(max(one.at for one in calls) - later),
        # Something may have been said in their chats just before.
        urgent_allowed=_allowed(urgent) + _seconds(CHAT[1]),
        lost=lost,
        over=len(telegram.floods.over),
    )


def _allowed(said: list[Said]) -> float:
    """The least time Telegram's limits leave for so many messages in these chats, to the last of them."""
    chats = Counter(one.chat.id for one in said)
    alone = [_spread(len(said), ALL)]
    alone += [_spread(count, limit) for count in chats.values() for limit in (CHAT, GROUP)]
    return max(alone)


def _spread(count: int, limit: tuple[int, timedelta]) -> float:
    """So many at once, and so many again when the span is over."""
    most, span = limit
    return (ceil(count / most) - 1) * span.total_seconds()


def _seconds(time: timedelta) -> float:
    return time.total_seconds()

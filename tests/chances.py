"""Hypothesis strategies: any ladder, any calendar, any partnership and what becomes of it.

Ladders and partnerships are worse than any that files would be let in with.
"""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from concerns.calendar import Calendar, Span
from concerns.directory import Directory
from concerns.pathway import Board, OnLapse, OnReferralLapse, Pathway, Referral, Tier, Urgent
from concerns.people import Cover, Seat, Seating
from tests.ladders import CALENDAR, DAILY, DAYS_OFF, MONDAY, NINE_TO_FIVE, window
from tests.partnership import (
    BOARD,
    COUNCIL,
    DIRECTORY,
    RIVERSIDE,
    STRANGER,
    SURGERY,
    channel,
)

PEOPLE = tuple(person.id for person in DIRECTORY.people)
ROLES = ("r1", "r2", "r3", "r4", "r5")
CHANNELS = (
    channel("riverside", "slack", RIVERSIDE),
    channel("council", "telegram", COUNCIL),
    channel("shared", "slack", RIVERSIDE, COUNCIL),
    channel("lower", "slack", RIVERSIDE, COUNCIL, tiers=(1, 2)),
    channel("board", "telegram", BOARD),
    channel("others", "telegram", COUNCIL, DIRECTORY.agencies[2].id),
)

windows = st.sampled_from(
    [
        window(text)
        for text in (
            "30 seconds",
            "3 minutes",
            "10 minutes",
            "1 hour",
            "4 hours",
            "4 working hours",
            "1 working day",
            "3 working days",
            "1 calendar day",
            "1 week",
        )
    ]
)
SHUTDOWN = {date(2026, 12, 21) + timedelta(days=n): "Shutdown" for n in range(14)}
calendars = st.sampled_from(
    [
        CALENDAR,
        Calendar("Europe/London", ((Span(0, 1440),),) * 7, {}),
        Calendar(
            "Europe/London", ((Span(9 * 60, 12 * 60), Span(13 * 60, 16 * 60)),) * 5 + ((), ()), DAYS_OFF
        ),
        Calendar("Europe/London", (NINE_TO_FIVE, (), NINE_TO_FIVE, (), (Span(22 * 60, 1440),), (), ()), {}),
        Calendar("Europe/London", (NINE_TO_FIVE,) * 5 + ((), ()), DAYS_OFF | SHUTDOWN),
        Calendar("Europe/London", (NINE_TO_FIVE,) * 5 + ((), ()), {date(2026, 11, 30): "St Andrew's Day"}),
    ]
)
"""Office hours, no hours at all, a lunch break, odd days and late evenings, a shutdown, another nation."""
instants = st.timedeltas(timedelta(0), timedelta(days=400)).map(lambda after: MONDAY + after)
seconds_before_or_after = st.sampled_from([-60, -1, 0, 0, 0, 1, 300, 301, 3_600])
jumps = st.sampled_from([1, 20, 60, 290, 310, 3_600, 4 * 3_600, 16 * 3_600, 86_400, 9 * 86_400, 80 * 86_400])


@st.composite
def pathways(draw: st.DrawFn) -> Pathway:
    """One to five tiers, windows of every kind of time mixed, every switch either way."""
    top = draw(st.integers(1, 5))
    return replace(
        DAILY,
        on_lapse=draw(st.sampled_from(OnLapse)),
        ask=draw(windows),
        referral=Referral(draw(windows), draw(st.sampled_from(OnReferralLapse)), draw(st.integers(1, 3))),
        tiers=tuple(draw(tiers(number)) for number in range(1, top + 1)),
        repeat=draw(windows),
        urgent=draw(st.none() | urgent_ways_in(top)),
        acceptance=draw(windows),
        follow_up=draw(windows),
        board=Board(draw(st.none() | st.integers(1, top)), draw(st.booleans())),
    )


@st.composite
def tiers(draw: st.DrawFn, number: int) -> Tier:
    """One rung, perhaps with reminders, an acknowledge window, a convener."""
    role = ROLES[number - 1]
    return Tier(
        number=number,
        name=role,
        raising=role,
        challenged=draw(st.sampled_from([role, role, "r1"])),
        convener=draw(st.sampled_from([None, None, "chair"])),
        acknowledge=draw(st.none() | windows),
        answer=draw(windows),
        or_sooner=False,
        remind=draw(st.sampled_from([(), (50,), (50, 80), (1, 99)])),
    )


@st.composite
def urgent_ways_in(draw: st.DrawFn, top: int) -> Urgent:
    """An urgent way in at any tier."""
    return Urgent(draw(st.integers(1, top)), draw(st.none() | windows), draw(windows), draw(windows))


seatings = st.builds(
    lambda seat, people: Seating(seat, people[0] if people else None, tuple(people[1:])),
    st.builds(
        Seat,
        st.sampled_from([RIVERSIDE, COUNCIL, COUNCIL, SURGERY, BOARD]),
        st.sampled_from([*ROLES, "chair"]),
    ),
    st.lists(st.sampled_from([*PEOPLE, STRANGER]), max_size=3, unique=True),
)


channels = st.lists(st.sampled_from(CHANNELS), unique=True, max_size=6).map(tuple)
coordinators = st.sampled_from([None, *PEOPLE[14:16]])


@st.composite
def covers(draw: st.DrawFn) -> tuple[Cover, ...]:
    """Up to four people are away, with or without somebody who stands in, who may be away too."""
    away = draw(st.lists(st.sampled_from(PEOPLE), max_size=4, unique=True))
    stand_ins = [draw(st.none() | st.sampled_from([*PEOPLE, STRANGER])) for _ in away]
    for_years = MONDAY + timedelta(days=3_000)
    return tuple(
        Cover(person, MONDAY, for_years, stand_in)
        for person, stand_in in zip(away, stand_ins, strict=True)
        if person != stand_in
    )


@st.composite
def directories(draw: st.DrawFn) -> Directory:
    """Seats empty or held by anybody, channels missing, perhaps no coordinator."""
    full = [
        Seating(Seat(agency, role), person)
        for agency, people in ((RIVERSIDE, PEOPLE[1:6]), (COUNCIL, PEOPLE[6:11]))
        for role, person in zip(ROLES, people, strict=True)
    ]
    kept = draw(st.sampled_from([full, full, []]))
    odd = draw(st.lists(seatings, max_size=6, unique_by=lambda s: s.seat))
    replaced = {seating.seat for seating in odd}
    return replace(
        DIRECTORY,
        coordinator=draw(coordinators),
        seatings=(*(s for s in kept if s.seat not in replaced), *odd),
        channels=draw(channels),
        covers=draw(st.just(()) | covers()),
    )

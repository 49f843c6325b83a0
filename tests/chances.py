"""Hypothesis strategies: any ladder, any partnership, and anything anybody might say.

Both ladders and partnerships are worse than any that files would be let in with.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from concerns import commands as c
from concerns.model import Direction, Ground, Method, Outcome, Reached, Safer, Why, Words
from concerns.pathway import Board, OnLapse, OnReferralLapse, Pathway, Referral, Strand, Tier, Urgent
from concerns.people import Directory, PersonId, Seat, Seating
from tests.ladders import CALENDAR, DAILY, MONDAY, window
from tests.partnership import (
    BOARD,
    COUNCIL,
    DIRECTORY,
    RIVERSIDE,
    STRANGER,
    channel,
)
from tests.worlds import REF, words

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
instants = st.timedeltas(timedelta(0), timedelta(days=400)).map(lambda after: MONDAY + after)
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
    st.builds(Seat, st.sampled_from([RIVERSIDE, COUNCIL, BOARD]), st.sampled_from([*ROLES, "chair"])),
    st.lists(st.sampled_from([*PEOPLE, STRANGER]), max_size=3, unique=True),
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
        coordinator=draw(st.sampled_from([None, *PEOPLE[14:16]])),
        seatings=(*(s for s in kept if s.seat not in replaced), *odd),
        channels=tuple(draw(st.lists(st.sampled_from(CHANNELS), unique=True, max_size=6))),
    )


said_words = st.dictionaries(
    st.sampled_from(["decision", "wanted", "why", "reason", "text", "response", "who", "how", "reservation"]),
    st.sampled_from(["", " ", "something", "Ünï ☂ words"]),
).map(Words)
all_words = words(
    decision="a", wanted="b", why="c", reason="d", text="e", response="f", who="g", how="h", reservation="i"
)
any_words = st.sampled_from([all_words, all_words, all_words]) | said_words
people = st.sampled_from([*PEOPLE[:3], *PEOPLE[:3], *PEOPLE, STRANGER])
grounds = st.lists(st.sampled_from(Ground), max_size=2).map(tuple)


def openings(now: datetime) -> st.SearchStrategy[c.Opening]:
    """A concern raised or a referral put on record, by Amira against the council."""
    amira = st.just(PersonId("amira"))
    return st.builds(
        c.Raise,
        by=amira,
        words=st.just(all_words),
        ref=st.just(REF),
        agency=st.just(COUNCIL),
        strand=st.sampled_from(Strand),
        danger=st.booleans(),
        grounds=st.just((Ground.THRESHOLD,)),
    ) | st.builds(
        c.Refer,
        by=amira,
        words=any_words,
        ref=st.just(REF),
        agency=st.just(COUNCIL),
        strand=st.sampled_from(Strand),
        when=_before(now),
        how=st.sampled_from(Method),
    )


def commands(now: datetime, by: st.SearchStrategy[PersonId]) -> st.SearchStrategy[c.LaterCommand]:
    """Anything anybody might say about a concern that exists."""
    when = st.none() | _before(now)
    said = {"by": by, "words": any_words}
    day = CALENDAR.local(now).date()
    days = (None, date.max, day, day + timedelta(days=1), day + timedelta(days=200))
    return st.one_of(
        st.builds(c.Respond, **said, satisfied=st.booleans(), grounds=grounds),
        st.builds(
            c.LogContact,
            **said,
            direction=st.sampled_from(Direction),
            method=st.sampled_from(Method),
            reached=st.sampled_from(Reached),
            when=_before(now),
        ),
        st.builds(c.AddNote, **said, evidence_at=when),
        st.builds(c.Acknowledge, **said, when=when),
        st.builds(c.Release, **said),
        st.builds(c.Answer, **said, outcome=st.sampled_from(Outcome), when=when),
        st.builds(c.Accept, **said, reservation=st.booleans()),
        st.builds(c.Dispute, **said),
        st.builds(c.Escalate, **said, why=st.sampled_from(Why)),
        st.builds(
            c.Check,
            **said,
            safer=st.sampled_from(Safer),
            records_copied=st.sampled_from([(), (RIVERSIDE, COUNCIL)]),
            again_on=st.sampled_from(days),
        ),
        st.builds(c.Reopen, **said),
        st.builds(c.Withdraw, **said),
    )


def _before(now: datetime) -> st.SearchStrategy[datetime]:
    """Mostly the past, now and then the future."""
    return st.sampled_from([timedelta(0), timedelta(hours=1), timedelta(days=30), timedelta(hours=-1)]).map(
        lambda ago: now - ago
    )

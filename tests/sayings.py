"""Hypothesis strategies: anything anybody might say about a concern, and what would fit just now."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from concerns import commands as c
from concerns.decide import ALLOWED
from concerns.keeping import MOVABLE
from concerns.model import (
    ClockKind,
    Concern,
    Direction,
    Ground,
    Method,
    Outcome,
    Reached,
    Ref,
    Route,
    Safer,
    Why,
    Words,
)
from concerns.pathway import Strand
from concerns.people import PersonId
from concerns.rules import Rules
from tests.chances import PEOPLE
from tests.ladders import CALENDAR
from tests.partnership import AMIRA, BEN, COUNCIL, RIVERSIDE, STRANGER, SURGERY
from tests.worlds import OTHER_REF, REF, words

_KEYS = (
    "decision",
    "wanted",
    "why",
    "reason",
    "text",
    "response",
    "who",
    "how",
    "reservation",
    "reasons",
    "what",
)
said_words = st.dictionaries(
    st.sampled_from([*_KEYS, "dissent"]), st.sampled_from(["", " ", "something", "Ünï ☂ words"])
).map(Words)
all_words = words(**{key: f"words of {key}" for key in _KEYS})
with_dissent = words(**dict.fromkeys((*_KEYS, "dissent"), "words"))
any_words = st.sampled_from([all_words, all_words, all_words, with_dissent]) | said_words
all_words_or_more = st.sampled_from([all_words, all_words, with_dissent])
people = st.sampled_from([*PEOPLE[:3], *PEOPLE[:3], *PEOPLE, STRANGER])
grounds = st.lists(st.sampled_from(Ground), max_size=2).map(tuple)


def openings(now: datetime, ref: Ref = REF) -> st.SearchStrategy[c.Opening]:
    """A concern raised or a referral put on record, by Amira; mostly against the council."""
    agency = st.sampled_from([COUNCIL, COUNCIL, SURGERY])
    return st.builds(
        c.Raise,
        by=st.just(AMIRA),
        words=st.just(all_words),
        ref=st.just(ref),
        agency=agency,
        strand=st.sampled_from(Strand),
        danger=st.booleans(),
        grounds=st.just((Ground.THRESHOLD,)),
    ) | st.builds(
        c.Refer,
        by=st.just(AMIRA),
        words=any_words,
        ref=st.just(ref),
        agency=agency,
        strand=st.sampled_from(Strand),
        when=_before(now),
        how=st.sampled_from(Method),
    )


def commands(now: datetime, by: st.SearchStrategy[PersonId]) -> st.SearchStrategy[c.LaterCommand]:
    """Anything anybody might say about a concern that exists."""
    about = _About(_after(now), st.sampled_from(ClockKind), st.integers(0, 3))
    return st.one_of(*_sayings(now, by, any_words, about).values())


def fitting(concern: Concern, now: datetime, rules: Rules) -> st.SearchStrategy[c.LaterCommand]:
    """What this stage allows, mostly by somebody of the side it is for, about what there is."""
    directory, call = rules.directory, concern.call
    due = max(now, call.due if call else now)
    running = [clock.kind for clock in concern.clocks if clock.kind in MOVABLE] or [ClockKind.ANSWER]
    numbers = [action.number for action in concern.open_actions] or [1]
    about = _About(_after(due), st.sampled_from(running), st.sampled_from(numbers))

    called = (call.challenged, call.convener) if call else ()
    raising = (call.raising if call else None, concern.manager)
    holders = {seat: directory.holders(seat) for seat in (*called, *raising)}
    sides = {
        _CALLED: [person for seat in called for person in holders[seat]],
        _KEEPER: [directory.coordinator] if directory.coordinator else [],
    }
    raisers = [concern.raiser, directory.reached(concern.raiser) or concern.raiser]
    raisers += [person for seat in raising for person in holders[seat]]
    spoken = {
        side: _sayings(now, st.sampled_from(sides.get(side, []) or raisers), all_words_or_more, about)
        for side in (_CALLED, _KEEPER, _RAISING)
    }
    kinds = [kind for kind in ALLOWED[concern.stage] if kind is not c.Lapse]
    kinds += [kind for kind in kinds if kind in _MOVING] * 3
    kinds.sort(key=lambda kind: kind.__name__)  # a set has no order of its own, and a failure must come again
    return st.sampled_from(kinds).flatmap(lambda kind: spoken[_SIDES.get(kind, _RAISING)][kind])


_RAISING, _CALLED, _KEEPER = "raising", "called", "keeper"
_SIDES: dict[type[c.Command], str] = {
    **dict.fromkeys((c.Acknowledge, c.Release, c.Answer, c.Decide, c.AskExtension, c.SetAction), _CALLED),
    c.Retime: _KEEPER,
}
"""The side each command is for; what is not named here is the raising side's."""
_MOVING = {
    c.Acknowledge,
    c.Answer,
    c.Accept,
    c.Decide,
    c.Check,
    c.AskExtension,
    c.Agree,
    c.FinishAction,
    c.Retime,
}
"""What chance alone would seldom get to."""


@dataclass(frozen=True, slots=True)
class _About:
    """What a command may be about: later instants, clocks, actions by number."""

    later: st.SearchStrategy[datetime]
    clock: st.SearchStrategy[ClockKind]
    number: st.SearchStrategy[int]


def _sayings(
    now: datetime,
    by: st.SearchStrategy[PersonId],
    said: st.SearchStrategy[Words],
    about: _About,
) -> dict[type[c.Command], st.SearchStrategy[c.LaterCommand]]:
    """Each command with arguments of its own; who speaks, when, and about what is handed in."""
    when = st.none() | _before(now)
    spoken = {"by": by, "words": said}
    day = CALENDAR.local(now).date()
    days = (None, date.max, day, day + timedelta(days=1), day + timedelta(days=200))
    return {
        c.Respond: st.builds(c.Respond, **spoken, satisfied=st.booleans(), grounds=grounds),
        c.LogContact: st.builds(
            c.LogContact,
            **spoken,
            direction=st.sampled_from(Direction),
            method=st.sampled_from(Method),
            reached=st.sampled_from(Reached),
            when=_before(now),
        ),
        c.AddNote: st.builds(c.AddNote, **spoken, evidence_at=when),
        c.Acknowledge: st.builds(c.Acknowledge, **spoken, when=when),
        c.Release: st.builds(c.Release, **spoken),
        c.Answer: st.builds(c.Answer, **spoken, outcome=st.sampled_from(Outcome), when=when),
        c.Accept: st.builds(c.Accept, **spoken, reservation=st.booleans()),
        c.Dispute: st.builds(c.Dispute, **spoken),
        c.Escalate: st.builds(c.Escalate, **spoken, why=st.sampled_from(Why)),
        c.Check: st.builds(
            c.Check,
            **spoken,
            safer=st.sampled_from(Safer),
            records_copied=st.sampled_from([(), (RIVERSIDE, COUNCIL, SURGERY)]),
            again_on=st.sampled_from(days),
        ),
        c.Reopen: st.builds(c.Reopen, **spoken, grounds=grounds),
        c.Withdraw: st.builds(c.Withdraw, **spoken),
        c.Redirect: st.builds(c.Redirect, **spoken, route=st.sampled_from(Route)),
        c.MarkDuplicate: st.builds(c.MarkDuplicate, **spoken, of=st.sampled_from([REF, OTHER_REF])),
        c.Decide: st.builds(c.Decide, **spoken),
        c.AskExtension: st.builds(c.AskExtension, **spoken, until=about.later),
        c.Agree: st.builds(c.Agree, **spoken),
        c.Decline: st.builds(c.Decline, **spoken),
        c.SetAction: st.builds(
            c.SetAction,
            **spoken,
            owner=people,
            due=st.sampled_from([date.min, *days[1:], day + timedelta(days=5)]),
        ),
        c.FinishAction: st.builds(c.FinishAction, **spoken, number=about.number),
        c.DropAction: st.builds(c.DropAction, **spoken, number=about.number),
        c.Correct: st.builds(c.Correct, **spoken, of=st.integers(-1, 4)),
        c.HandOver: st.builds(c.HandOver, **spoken, to=people | st.just(BEN)),
        c.Retime: st.builds(c.Retime, **spoken, clock=about.clock, due=about.later),
    }


def _before(now: datetime) -> st.SearchStrategy[datetime]:
    """Mostly the past, now and then the future."""
    return st.sampled_from([timedelta(0), timedelta(hours=1), timedelta(days=30), timedelta(hours=-1)]).map(
        lambda ago: now - ago
    )


def _after(now: datetime) -> st.SearchStrategy[datetime]:
    """Mostly the future, near and far; now and then already past, or too far."""
    ahead = [
        timedelta(seconds=1),
        timedelta(hours=1),
        timedelta(days=1),
        timedelta(days=9),
        timedelta(days=300),
    ]
    return st.sampled_from([*ahead, timedelta(0), timedelta(days=-1), timedelta(days=400)]).map(
        lambda ahead: now + ahead
    )

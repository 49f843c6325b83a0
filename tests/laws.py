"""What must hold of every concern, whatever anybody has said and however long the bot has slept.

The promises of the design as assertions, one function for each; they look and change nothing.
"""

import re
from collections import Counter
from dataclasses import fields
from datetime import datetime

from concerns import commands as c
from concerns import events as e
from concerns.authority import convenes, for_challenged, for_raising
from concerns.decide import ALLOWED, decide
from concerns.model import ClockKind, Concern, Stage, Why
from concerns.notice import Notice, NoticeKind, PlaceKind, still_true
from concerns.notices import announce
from concerns.people import ChannelId, PersonId
from concerns.rules import Refused, Rules
from concerns.waiting import Matter, waiting
from tests.rightly import VERBS
from views.cards import card
from views.parts import Button
from views.pings import render

K = ClockKind
SETTLED = {Stage.AGREED, Stage.CLOSED}
PAST_BY_NATURE: dict[type[e.Event], tuple[str, ...]] = {
    e.Referred: ("due",),
    e.ReferralLapsed: ("due",),
    e.AcknowledgementLapsed: ("due",),
    e.Lapsed: ("due",),
    e.AcceptanceLapsed: ("due",),
    e.FollowUpLapsed: ("due",),
    e.ObjectionLapsed: ("due",),
    e.ActionLapsed: ("due",),
    e.Released: ("acknowledge_due",),
}
"""Which due instants of an event tell of the past; every other one is a clock, and lies ahead."""

_AWAITED = ({K.ANSWER}, {K.ASK})
WAITS_FOR: dict[Stage, tuple[set[ClockKind], ...]] = {
    Stage.REFERRED: ({K.REFERRAL}, {K.REFERRAL_ASK}),
    Stage.CALLED: _AWAITED,
    Stage.ACKNOWLEDGED: _AWAITED,
    Stage.ANSWERED: ({K.ACCEPTANCE},),
    Stage.AGREED: ({K.FOLLOW_UP},),
    Stage.CLOSED: (set(),),
}
"""The one clock a stage cannot be without: what happens when nobody says another word."""
_BESIDE = {K.ACKNOWLEDGE, K.REMIND, K.ACTION, K.OBJECTION}

SETS: dict[ClockKind, set[type[e.Event]]] = {
    K.ACKNOWLEDGE: {e.Called, e.Released, e.Retimed},
    K.REMIND: {e.Called, e.Reminded, e.ExtensionAgreed, e.Retimed},
    K.ANSWER: {e.Called, e.CalledAgain, e.ExtensionAgreed, e.Retimed},
    K.ASK: {e.Lapsed, e.Retimed},
    K.REFERRAL: {e.Referred, e.Retimed},
    K.REFERRAL_ASK: {e.ReferralLapsed, e.Retimed},
    K.ACCEPTANCE: {e.Answered, e.AcceptanceLapsed, e.Retimed},
    K.FOLLOW_UP: {e.Accepted, e.Decided, e.Checked, e.FollowUpLapsed, e.Retimed},
    K.OBJECTION: {e.Accepted},
    K.ACTION: {e.ActionSet, e.ActionLapsed, e.Reopened},
}
"""The only events that may set, or move, a clock of each kind (design 4, "Frozen")."""

_QUIET = {
    e.Referred,
    e.Raised,
    e.Responded,
    e.Opened,
    e.TurnedUrgent,
    e.ContactLogged,
    e.NoteAdded,
    e.Disputed,
    e.Reopened,
    e.ObjectionLapsed,
    e.ActionDone,
}
"""What the live cards say, or the call that follows in the same breath."""


def never_silent(concern: Concern) -> None:
    """Promise 1: the clock its stage waits for runs, and one for every action owed; closed, none does."""
    kinds = Counter(clock.kind for clock in concern.clocks)
    assert kinds.keys() - _BESIDE in WAITS_FOR[concern.stage]
    assert kinds[K.ACTION] == (0 if concern.stage is Stage.CLOSED else len(concern.open_actions))
    assert all(kinds[kind] <= 1 for kind in K if kind not in {K.ACTION, K.REMIND})
    assert list(concern.clocks) == sorted(concern.clocks, key=lambda clock: (clock.due, clock.kind.order))


def moves_only_as_it_may(before: Concern, event: e.Event, after: Concern) -> None:
    """No clock moves or begins but by what may set it, or in the past; the turn grows only as it may."""
    for clock in set(after.clocks) - set(before.clocks):
        capped = clock.kind is K.ACKNOWLEDGE and isinstance(event, e.Retimed)
        assert capped or type(event) in SETS[clock.kind], f"{type(event).__name__} moved {clock}"
    for field in fields(event):
        due = getattr(event, field.name)
        if field.name.endswith("due") and field.name not in PAST_BY_NATURE.get(type(event), ()):
            assert due is None or due > event.at, f"{field.name} of {event}"
    grows = isinstance(event, e.Called | e.Answered | e.Disputed)
    assert after.turn == before.turn + grows
    assert after.called[: len(before.called)] == before.called, "who may read only grows"
    if isinstance(event, e.ExtensionAgreed):
        assert before.call is not None
        assert event.due > before.call.due, "more time is more"
    if isinstance(event, e.Retimed) and event.clock is K.ANSWER:
        assert after.call is not None
        assert after.call.due == event.due == _due(after, K.ANSWER)
        acknowledge = _due(after, K.ACKNOWLEDGE)
        assert acknowledge is None or acknowledge <= event.due


def is_called_rightly(before: Concern | None, event: e.Called, rules: Rules) -> None:
    """Nobody is called above without a lapse or a person; only the first reason is the clock's own."""
    assert all(event.at < instant < event.due for instant in event.reminders)
    assert event.acknowledge_due is None or event.acknowledge_due <= event.due
    assert (event.why is Why.NO_ANSWER_IN_TIME) is (event.by is None)
    assert before is None or before.tier is None or event.tier >= before.tier
    if event.by is None and before is not None:
        ended = {clock.kind for clock in before.clocks if clock.due <= event.at}
        asked = ended & {K.ASK, K.REFERRAL, K.REFERRAL_ASK}
        lapsed = before.call is not None and before.call.lapsed
        opened = before.stage is Stage.CALLED and before.call is None
        assert asked or lapsed or opened
    if event.challenged is None:
        assert event.tier == rules.pathway.top


def settled_rightly(before: Concern, event: e.Event, after: Concern, rules: Rules) -> None:
    """Promise 5: only the raising side's word, or a decision at the top, settles it; never the clock."""
    if after.stage not in SETTLED or after.stage is before.stage:
        return
    assert event.by is not None
    if isinstance(event, e.Decided):
        assert before.tier == rules.pathway.top
        assert for_challenged(event.by, before, rules.directory)
        assert before.stage is not Stage.ANSWERED or convenes(event.by, before, rules.directory)
        return
    closing = e.Withdrawn | e.Redirected | e.MarkedDuplicate | e.Checked | e.Responded
    assert isinstance(event, e.Accepted if after.stage is Stage.AGREED else closing)
    assert for_raising(event.by, before, rules.directory)
    if isinstance(event, e.Accepted):
        assert event.by != before.answered_by, "nobody takes their own answer"
    if isinstance(event, e.Checked):
        assert not before.open_actions
        assert before.clock(K.OBJECTION) is None or rules.directory.stands_in(event.by, before.raiser)
    if isinstance(event, e.Responded):
        assert event.satisfied


def is_told(before: Concern | None, event: e.Event, after: Concern, rules: Rules) -> None:
    """Promise 2: what must be told is told to somebody there is, is true then, and can be put in words."""
    said = announce(before, (event,), rules)
    spoken = [notice for notice in said if notice.kind is not NoticeKind.CARD]
    assert all(_exists(notice, rules) for notice in said), f"{type(event).__name__} told to nobody there is"
    assert all(still_true(notice, after) for notice in said), f"{type(event).__name__} is not true when said"
    if _must_be_told(event, after) and not (event.by and _nobody_is_reached(after, rules)):
        assert spoken, f"nobody hears of {type(event).__name__}"
    for notice in said:
        offers_only_what_is_allowed(render(notice, after, rules).buttons, after)


def _nobody_is_reached(concern: Concern, rules: Rules) -> bool:
    """Whether the called side has no channel and nobody listed: who speaks passes it on themselves."""
    seat = concern.call.challenged if concern.call else None
    return (
        seat is not None and not rules.directory.on_baton(seat.agency) and not rules.directory.holders(seat)
    )


def _must_be_told(event: e.Event, after: Concern) -> bool:
    match event:
        case e.Lapsed() | e.ReferralLapsed():
            return event.ask_due is not None
        case e.Checked():
            return event.next_due is None and after.raiser != event.by
        case e.Withdrawn() | e.Redirected() | e.MarkedDuplicate():
            return after.call is not None
        case e.ActionSet():
            return event.owner != event.by
        case e.ActionDropped():
            return event.by not in {one.owner for one in after.actions if one.number == event.number}
        case e.HandedOver():
            return event.to != event.by
        case e.Retimed() | e.Corrected() | e.Skipped():
            return event.by is None
        case _:
            return type(event) not in _QUIET


def offers_only_what_is_allowed(buttons: tuple[Button, ...], concern: Concern) -> None:
    """A button is a command this stage allows, at the turn that holds."""
    for button in buttons:
        kinds = {kind for kind, verb in VERBS.items() if verb == button.command}
        assert button.command == "show" or kinds & ALLOWED[concern.stage], f"{button} in {concern.stage}"
        assert button.turn == concern.turn


def cards_can_be_drawn(concern: Concern, rules: Rules) -> None:
    """The live card, at every trust."""
    for trust in (0, 1, 2):
        offers_only_what_is_allowed(card(concern, rules, trust).buttons, concern)


def waits_rightly(concern: Concern, now: datetime, rules: Rules) -> None:
    """Whoever it is said to wait on is there, and may say what they are waited on for."""
    for one in waiting(concern, rules, now):
        assert rules.directory.person(one.person) is not None
        match one.matter:
            case Matter.ANSWER:
                assert for_challenged(one.person, concern, rules.directory)
            case Matter.ACTION:
                owners = (action.owner for action in concern.open_actions)
                assert any(rules.directory.stands_in(one.person, owner) for owner in owners)
            case Matter.EXTENSION:
                agreed = decide(concern, c.Agree(by=one.person), now, rules)
                assert not isinstance(agreed, Refused), agreed.sentence
                assert isinstance(agreed[0], e.ExtensionAgreed)
            case _:
                assert for_raising(one.person, concern, rules.directory)


def is_kind(refused: Refused, rules: Rules) -> None:
    """A refusal is one calm sentence or two, and names nobody by an id."""
    sentence = refused.sentence
    assert sentence.endswith(".")
    assert len(sentence) <= 300
    ids = "|".join(person.id for person in rules.directory.people)
    assert not re.search(rf"\b({ids})\b", sentence)


def _exists(notice: Notice, rules: Rules) -> bool:
    if notice.place.kind is PlaceKind.CHANNEL:
        return rules.directory.channel(ChannelId(notice.place.id)) is not None
    return rules.directory.person(PersonId(notice.place.id)) is not None


def _due(concern: Concern, kind: ClockKind) -> datetime | None:
    clock = concern.clock(kind)
    return clock.due if clock else None

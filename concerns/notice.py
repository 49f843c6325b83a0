"""One thing to be said in one place, and whether it is still true when it comes to be sent.

A `Notice` has no field for a name or a story: reference, tier, seats, clocks, buttons, nothing else
(design 1.3).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from concerns.model import ClockKind, Concern, Ref, Safer, Stage, Why
from concerns.people import Seat
from concerns.promise import ExtensionState


class NoticeKind(StrEnum):
    """What a notice says. `CARD` is the one live card of a concern in a channel, edited in place."""

    CARD = "card"
    CALLED = "called"
    CALLED_AGAIN = "called_again"
    COORDINATOR_CALLED = "coordinator_called"
    RAISING_TOLD = "raising_told"
    RING_THEM = "ring_them"
    NO_CHANNEL = "no_channel"
    SKIPPED = "skipped"
    REMINDED = "reminded"
    ACKNOWLEDGEMENT_LAPSED = "acknowledgement_lapsed"
    NEXT_TIER_TOLD = "next_tier_told"
    LAPSED_ASK = "lapsed_ask"
    ACKNOWLEDGED = "acknowledged"
    RELEASED = "released"
    ANSWERED = "answered"
    ACCEPTANCE_DUE = "acceptance_due"
    ACCEPTED = "accepted"
    CHECK_DUE = "check_due"
    NOT_SAFER = "not_safer"
    REFERRAL_LAPSED = "referral_lapsed"
    CONTACTS_UNANSWERED = "contacts_unanswered"
    CLOSED = "closed"
    EXTENSION_ASKED = "extension_asked"
    EXTENSION_AGREED = "extension_agreed"
    EXTENSION_DECLINED = "extension_declined"
    DECIDED = "decided"
    ACTION_SET = "action_set"
    ACTION_DROPPED = "action_dropped"
    ACTION_DUE = "action_due"
    CORRECTED = "corrected"
    HANDED_OVER = "handed_over"
    RETIMED = "retimed"
    DEAD_LETTER = "dead_letter"
    DIGEST = "digest"
    ENROLMENT_ASKED = "enrolment_asked"
    ENROLLED = "enrolled"
    NOT_ENROLLED = "not_enrolled"
    ENROLMENT_ENDED = "enrolment_ended"
    ENROLMENT_DUE = "enrolment_due"
    ENROLMENT_RAN_OUT = "enrolment_ran_out"
    CHANNEL_CLOSED = "channel_closed"
    CHANNEL_CROWDED = "channel_crowded"


class PlaceKind(StrEnum):
    """A shared channel, a person's private chat with the bot, or that of an account that may be nobody's."""

    CHANNEL = "channel"
    PERSON = "person"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a notice goes: our own id of a channel or a person, or an account written out."""

    kind: PlaceKind
    id: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to be said in one place. Times are aware UTC; `late` is in seconds.

    `mentions` are seats: the door finds out who sits there at the moment of sending. `action` is the number
    of the action it is about, `along` what is said in the same breath about other concerns in the same place.
    """

    place: Place
    kind: NoticeKind
    ref: Ref
    turn: int
    urgent: bool
    tier: int | None = None
    mentions: tuple[Seat, ...] = ()
    due: datetime | None = None
    acknowledge_due: datetime | None = None
    why: Why | None = None
    late: int = 0
    times: int = 0
    action: int = 0
    clock: ClockKind | None = None
    along: "tuple[Notice, ...]" = ()


_K = NoticeKind
_AWAITED = frozenset({Stage.CALLED, Stage.ACKNOWLEDGED})
_TRUE_WHILE: dict[NoticeKind, frozenset[Stage]] = {
    _K.CALLED: _AWAITED,
    _K.CALLED_AGAIN: _AWAITED,
    _K.COORDINATOR_CALLED: _AWAITED,
    _K.RAISING_TOLD: _AWAITED,
    _K.RING_THEM: _AWAITED,
    _K.REMINDED: _AWAITED,
    _K.ACKNOWLEDGEMENT_LAPSED: frozenset({Stage.CALLED}),
    _K.NEXT_TIER_TOLD: _AWAITED,
    _K.LAPSED_ASK: _AWAITED,
    _K.ACKNOWLEDGED: frozenset({Stage.ACKNOWLEDGED}),
    _K.RELEASED: frozenset({Stage.CALLED}),
    _K.ANSWERED: frozenset({Stage.ANSWERED}),
    _K.ACCEPTANCE_DUE: frozenset({Stage.ANSWERED}),
    _K.ACCEPTED: frozenset({Stage.AGREED}),
    _K.CHECK_DUE: frozenset({Stage.AGREED}),
    _K.NOT_SAFER: frozenset({Stage.AGREED}),
    _K.REFERRAL_LAPSED: frozenset({Stage.REFERRED}),
    _K.CONTACTS_UNANSWERED: frozenset({Stage.REFERRED}),
    _K.CLOSED: frozenset({Stage.CLOSED}),
    _K.EXTENSION_ASKED: _AWAITED,
    _K.EXTENSION_AGREED: _AWAITED,
    _K.EXTENSION_DECLINED: _AWAITED,
    _K.DECIDED: frozenset({Stage.AGREED}),
}
SAID_TOGETHER = frozenset(
    {
        _K.CALLED,
        _K.CALLED_AGAIN,
        _K.RAISING_TOLD,
        _K.REMINDED,
        _K.ACKNOWLEDGEMENT_LAPSED,
        _K.NEXT_TIER_TOLD,
        _K.LAPSED_ASK,
        _K.ACCEPTANCE_DUE,
        _K.CHECK_DUE,
        _K.REFERRAL_LAPSED,
        _K.DEAD_LETTER,
    }
)
"""What falls due for many concerns at one instant, and one ping can say of all (design 7).

The others tell of one person's act, or ask for something that must be spelt out.
"""
ABOUT_AN_ACCOUNT = frozenset(
    {
        _K.ENROLMENT_ASKED,
        _K.ENROLLED,
        _K.NOT_ENROLLED,
        _K.ENROLMENT_ENDED,
        _K.ENROLMENT_DUE,
        _K.ENROLMENT_RAN_OUT,
    }
)
"""Their `ref` is that of an enrolment."""
ABOUT_A_CHANNEL = frozenset({_K.CHANNEL_CLOSED, _K.CHANNEL_CROWDED})
"""Their `ref` is the id of a channel."""
ABOUT_NO_CONCERN = ABOUT_AN_ACCOUNT | ABOUT_A_CHANNEL
"""These are never held against the state of a concern."""
_ABOUT_AN_ACTION = frozenset({_K.ACTION_SET, _K.ACTION_DROPPED, _K.ACTION_DUE})


def still_true(notice: Notice, concern: Concern) -> bool:
    """Whether a notice queued earlier may still be sent: nobody is called who has answered meanwhile.

    Cards show the present state whenever they are sent, and what the coordinator must know stays true.
    """
    if notice.kind in _ABOUT_AN_ACTION:
        return _is_owed(notice, concern)
    stages = _TRUE_WHILE.get(notice.kind)
    if stages is None:
        return True
    return concern.stage in stages and concern.turn == notice.turn and _is_latest(notice, concern)


def _is_owed(notice: Notice, concern: Concern) -> bool:
    """Whether it is still to be done and was not asked for once more since; what is dropped stays so."""
    if concern.stage is Stage.CLOSED:
        return False
    if notice.kind is _K.ACTION_DROPPED:
        return True
    return any(
        action.number == notice.action and action.times == notice.times for action in concern.open_actions
    )


def _is_latest(notice: Notice, concern: Concern) -> bool:
    """After an outage only the last of several calls, reminders or questions is worth sending."""
    call = concern.call
    match notice.kind:
        case _K.CALLED | _K.COORDINATOR_CALLED | _K.RAISING_TOLD:
            return call is None or not call.again
        case _K.CALLED_AGAIN:
            return call is not None and call.again == notice.times
        case _K.REMINDED:
            return call is not None and call.reminded == notice.times
        case _K.NOT_SAFER:
            return concern.safer is Safer.NO
        case _K.EXTENSION_ASKED:
            asked = call.extension if call else None
            return asked is not None and asked.state is ExtensionState.ASKED
        case _K.ACCEPTANCE_DUE | _K.CHECK_DUE:
            return concern.asked_again == notice.times
        case _:
            return True

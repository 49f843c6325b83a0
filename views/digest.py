"""Several concerns in one message: a person's morning digest, and a ping that speaks of all that fell due.

It holds no name and no words: references, where each stands, until when, and the next step.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from concerns.authority import may_see
from concerns.model import Concern
from concerns.notice import Notice, NoticeKind, PlaceKind
from concerns.people import PersonId
from concerns.rules import Rules
from concerns.waiting import Waiting
from views.cards import is_urgent, urgently
from views.instants import span
from views.labels import capital
from views.parts import Button, Message
from views.record import AT_MOST, BUTTONS, shows, summary

K = NoticeKind


@dataclass(frozen=True, slots=True)
class Part:
    """One of several things said together, as it is now; `waiting` is what a digest says of it."""

    notice: Notice
    concern: Concern
    rules: Rules
    waiting: Waiting | None = None


def together(parts: Sequence[Part]) -> Message:
    """One message about all these parts, which are for one place: a digest, or one ping for many."""
    kind = parts[0].notice.kind
    return _digest(parts) if kind is K.DIGEST else _ping(kind, parts)


def _digest(parts: Sequence[Part]) -> Message:
    """What waits on one person, in the order given; the rest is counted."""
    late = sum(part.waiting is not None and part.waiting.overdue for part in parts)
    lines = [_owed(part) for part in parts[:AT_MOST]]
    if len(parts) > AT_MOST:
        lines.append(f"And {len(parts) - AT_MOST} more, none of them more pressing.")
    return Message(
        title=f"{len(parts)} waiting on you{f', {late} overdue' if late else ''}",
        lines=tuple(lines),
        buttons=_shows(parts),
        urgent=any(is_urgent(part.concern) for part in parts),
    )


def _ping(kind: NoticeKind, parts: Sequence[Part]) -> Message:
    """Where each stands, and the next step, which is the same for all of them."""
    said, step = _SAID[kind]
    lines = [f"{capital(_stands(part))}{_besides(part.notice)}." for part in parts]
    if len(parts) > BUTTONS:
        left = len(parts) - BUTTONS
        lines.append(
            f"There are buttons for the first {BUTTONS}; show and the reference opens the other {left}."
        )
    return Message(f"{len(parts)} {said}", (*lines, step), _shows(parts))


_ANSWERING = "Next: the seat called acknowledges each, and answers it."
_SAID: dict[NoticeKind, tuple[str, str]] = {
    K.CALLED: ("concerns are called", f"{_ANSWERING} What nobody answers goes on by itself."),
    K.CALLED_AGAIN: ("concerns are called again", f"{_ANSWERING} They are called until somebody does."),
    K.RAISING_TOLD: ("concerns of your side are called", "Next: log each contact about them."),
    K.REMINDED: ("concerns: an answer is still owed", f"{_ANSWERING}"),
    K.ACKNOWLEDGEMENT_LAPSED: (
        "concerns are not acknowledged yet",
        "Next: deputies, can one of you take them? Nothing has moved up.",
    ),
    K.NEXT_TIER_TOLD: (
        "concerns: your seat comes next",
        "Next: nothing yet. Your seat is called for those that nobody answers in time.",
    ),
    K.LAPSED_ASK: (
        "concerns: no answer came in time",
        "Next: the raising side says whether to move each up now; otherwise it moves up by itself.",
    ),
    K.ACCEPTANCE_DUE: (
        "concerns: will these answers do?",
        "Next: the raising side accepts each answer, or says it is not enough. Silence never closes one.",
    ),
    K.CHECK_DUE: ("concerns: is the person safer now?", "Next: look, then say what you found, for each."),
    K.REFERRAL_LAPSED: (
        "concerns: no response to your referrals yet",
        "Next: open the ladder for each now, or record the response if one came.",
    ),
    K.DEAD_LETTER: (
        "messages could not be delivered",
        "Next: please check the channels and accounts in the directory, and reach the people meanwhile.",
    ),
}


def _stands(part: Part) -> str:
    return f"{urgently(part.concern)}{part.concern.ref}, {summary(part.concern, part.rules)}"


def _besides(notice: Notice) -> str:
    """What one notice alone would have said besides: how late its call is, or which call it is."""
    late = f"; this call is {span(notice.late)} late, its windows count from now" if notice.late else ""
    again = f"; this is call {notice.times + 1}" if notice.kind is K.CALLED_AGAIN else ""
    return f"{again}{late}"


def _shows(parts: Sequence[Part]) -> tuple[Button, ...]:
    """In private nothing is offered that this person would be refused; a channel has many readers."""
    return shows(
        [
            part.concern
            for part in parts
            if part.notice.place.kind is PlaceKind.CHANNEL
            or may_see(PersonId(part.notice.place.id), part.concern, part.rules.directory)
        ]
    )


def _owed(part: Part) -> str:
    owed, concern, rules = part.waiting, part.concern, part.rules
    return owing(owed, concern, rules) if owed else f"{_stands(part)}."

"""Several concerns in one message: a person's morning digest, and a ping that speaks of all that fell due.

It holds no name and no words: references, where each stands, until when, and the next step.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from concerns.authority import may_see
from concerns.model import Call, Concern, Stage, Why
from concerns.notice import Notice, NoticeKind, PlaceKind
from concerns.people import PersonId
from concerns.rules import Rules
from concerns.waiting import Waiting
from views.cards import is_urgent, urgently
from views.instants import span, when
from views.labels import WHY, capital
from views.owing import owing
from views.parts import Button, Message
from views.record import AT_MOST, BUTTONS, shows, summary
from views.standing import at_the_end, call_clocks, challenged_side, raising_side, state

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
    """Where each stands, and the next step for all of them."""
    said, step = _SAID[kind]
    lines = [_called(part) if kind in _CALLS else f"{capital(_stands(part))}." for part in parts]
    if len(parts) > BUTTONS:
        left = len(parts) - BUTTONS
        lines.append(
            f"There are buttons for the first {BUTTONS}; show and the reference opens the other {left}."
        )
    return Message(f"{len(parts)} {said}", (*lines, step or _answering(kind, parts)), _shows(parts))


_CALLS = frozenset({K.CALLED, K.CALLED_AGAIN, K.RAISING_TOLD, K.REMINDED, K.ACKNOWLEDGEMENT_LAPSED})
_SAID: dict[NoticeKind, tuple[str, str]] = {
    K.CALLED: ("concerns are called", ""),
    K.CALLED_AGAIN: ("concerns are called again", ""),
    K.RAISING_TOLD: ("concerns of your side are called", "Next: log each contact about them."),
    K.REMINDED: ("concerns: an answer is still owed", ""),
    K.ACKNOWLEDGEMENT_LAPSED: (
        "concerns are not acknowledged yet",
        "Next: deputies of the seats called, can one of you take them? Nothing has moved up.",
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
"""What is said of them together, and the next step; none stands where it depends on how far each is."""


def _answering(kind: NoticeKind, parts: Sequence[Part]) -> str:
    """The next step of the called side, and what happens without it."""
    held = {part.concern.stage is Stage.ACKNOWLEDGED for part in parts}
    ends = {part.concern.call is not None and at_the_end(part.concern.call, part.rules) for part in parts}
    match held == {True}, True in held:
        case True, _:
            step = "Next: whoever has each of them answers it; the answer is still owed."
        case _, True:
            step = "Next: the seat called acknowledges what nobody has yet, and answers each."
        case _:
            step = "Next: the seat called acknowledges each, and answers it."
    if kind is K.REMINDED:
        return step
    if ends == {True}:
        return f"{step} Nobody is above: they are called until somebody answers or decides."
    last = "; at the top it is called again" if True in ends else ""
    return f"{step} What nobody answers goes on by itself{last}."


def _called(part: Part) -> str:
    """Where it stands and why, who is asked, until when, and to the raising side who speaks for it."""
    notice, concern, rules, call = part.notice, part.concern, part.rules, part.concern.call
    if call is None or concern.stage not in {Stage.CALLED, Stage.ACKNOWLEDGED}:
        return f"{capital(_stands(part))}."
    stands = f"{urgently(concern)}{concern.ref}, {state(concern, rules)}: {_why(concern, call, rules)}"
    own = f"Accountable on your side: {raising_side(concern, rules)}."
    said = (
        f"{stands}{_besides(notice)}.",
        f"Asked: {challenged_side(concern, rules)}.",
        f"The next call is {when(call.due, rules.calendar)}." if call.again else call_clocks(concern, rules),
        own if notice.kind is K.RAISING_TOLD else "",
    )
    return " ".join(part for part in said if part)


def _why(concern: Concern, call: Call, rules: Rules) -> str:
    """Why it is called, in a few words."""
    why = "it is taken up again" if call.taken_up else WHY[call.why]
    if call.why is Why.CHOICE and not call.taken_up:
        why = "a concern has been raised" if concern.turn == 1 else "the raising side asks"
    over = " and ".join(str(number) for number in call.passed_over)
    return f"{why}; {rules.pathway.tier_word} {over} had nobody to call" if over else why


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

"""What the raising side may say once a concern is on record: it decides when it is over."""

from dataclasses import replace
from datetime import datetime

from concerns import commands as c
from concerns import events as e
from concerns.authority import for_raising, may_object
from concerns.calling import call_from
from concerns.evolve import evolve
from concerns.model import Concern, Ground, Stage, Why
from concerns.opening import turned_urgent, urgent_tier, without_grounds, wordless
from concerns.people import PersonId
from concerns.rules import Refused, Rules

_NOT_YOURS = Refused(
    "This is for the raising side to say: the person who raised it, or its seat that is accountable now."
    " Ask one of them."
)


def respond(
    concern: Concern, command: c.Respond, now: datetime, rules: Rules
) -> tuple[e.Event, ...] | Refused:
    """A response that is enough closes the referral; one that is not opens the ladder, ground on record."""
    if not for_raising(command.by, concern, rules.directory):
        return _NOT_YOURS
    responded = e.Responded(at=now, by=command.by, words=command.words, satisfied=command.satisfied)
    if command.satisfied:
        return (responded,)
    refusal = without_grounds(command.grounds) or wordless(command.words, ("decision", "wanted"))
    if refusal:
        return refusal
    why = Why.ANSWER_NOT_SUFFICIENT
    opened = e.Opened(at=now, by=command.by, why=why, grounds=command.grounds)
    return responded, opened, *call_from(concern, 1, now, now, why, rules, command.by)


def escalate(
    concern: Concern, command: c.Escalate, now: datetime, rules: Rules
) -> tuple[e.Event, ...] | Refused:
    """Move up before the clock does; immediate risk turns the concern urgent on the way."""
    if not for_raising(command.by, concern, rules.directory):
        return _NOT_YOURS
    tier, top = concern.tier or 0, rules.pathway.top
    in_danger = command.why is Why.IMMEDIATE_RISK
    turns = in_danger and not concern.urgent and rules.pathway.urgent is not None
    refusal = _cannot_move_up(concern, command.why, at_the_end=tier >= top and not turns)
    if refusal:
        return refusal
    events: list[e.Event] = []
    if concern.stage is Stage.REFERRED:
        events.append(e.Opened(at=now, by=command.by, why=command.why, grounds=(Ground.NO_RESPONSE,)))
    if turns:
        concern = turned_urgent(concern)
        events.append(e.TurnedUrgent(at=now, by=command.by))
    above = min(tier + 1, top)
    target = urgent_tier(concern, above, rules) if concern.urgent else above
    first, *rest = *events, *call_from(concern, target, now, now, command.why, rules, command.by)
    return replace(first, words=command.words), *rest


def _cannot_move_up(concern: Concern, why: Why, *, at_the_end: bool) -> Refused | None:
    """An answer is disputed, not escalated, unless somebody is in danger; above the top there is nobody."""
    if why not in {Why.CHOICE, Why.IMMEDIATE_RISK}:
        return Refused(
            "Say why it moves up: somebody is at immediate risk, or you or your manager choose to.", "why"
        )
    if concern.stage is Stage.ANSWERED and (at_the_end or why is Why.CHOICE):
        return Refused(
            "It has been answered. If the answer is not enough, dispute it: the ladder goes on then."
        )
    if at_the_end:
        return Refused("This is the top of the ladder. It is called again and again until somebody answers.")
    return None


def accept(concern: Concern, command: c.Accept, now: datetime, rules: Rules) -> tuple[e.Event, ...] | Refused:
    """The answer will do; a check is owed when the follow-up window ends.

    A raiser who did not say so themselves may object until the acceptance window has passed once more.
    """
    if not for_raising(command.by, concern, rules.directory):
        return _NOT_YOURS
    if command.by == concern.answered_by:
        return Refused(
            "You gave this answer for the other side, so somebody else of the raising side says whether it is"
            " enough."
        )
    refusal = wordless(command.words, ("reservation",)) if command.reservation else None
    return refusal or (
        e.Accepted(
            at=now,
            by=command.by,
            words=command.words,
            reservation=command.reservation,
            follow_up_due=rules.calendar.end_of(rules.pathway.follow_up, now),
            objection_due=_objection_due(concern, command.by, now, rules),
        ),
    )


def _objection_due(concern: Concern, by: PersonId, now: datetime, rules: Rules) -> datetime | None:
    if rules.directory.stands_in(by, concern.raiser) or rules.directory.person(concern.raiser) is None:
        return None
    return rules.calendar.end_of(rules.pathway.acceptance, now)


def dispute(
    concern: Concern, command: c.Dispute, now: datetime, rules: Rules
) -> tuple[e.Event, ...] | Refused:
    """The answer is not enough: the next tier is called; at the top, the top tier once more.

    Where somebody else of the raising side accepted it, the raiser may still say so until the objection ends.
    """
    if not for_raising(command.by, concern, rules.directory):
        return _NOT_YOURS
    refusal = _too_late_to_object(concern, command.by, rules) or wordless(command.words, ("why",))
    if refusal:
        return refusal
    tier = concern.tier or 0
    disputed = e.Disputed(at=now, by=command.by, words=command.words, tier=tier)
    after = evolve(concern, disputed)
    above = min(tier + 1, rules.pathway.top)
    return disputed, *call_from(after, above, now, now, Why.ANSWER_NOT_SUFFICIENT, rules, command.by)


def _too_late_to_object(concern: Concern, by: PersonId, rules: Rules) -> Refused | None:
    """Once it is agreed only the raiser may say that the answer is not enough, and only for a while."""
    if concern.stage is not Stage.AGREED or may_object(by, concern, rules.directory):
        return None
    return Refused(
        "It is agreed, and the time to object has passed or is not yours. If the worry is back, reopen it."
    )

"""What teaches: the emergency text, help for this person now, when to escalate, the ladder in words."""

from collections.abc import Sequence

from concerns.model import Concern
from concerns.pathway import Pathway, Tier
from concerns.people import Directory, Seat
from concerns.rules import Rules
from views.labels import role
from views.parts import Button, Message

NOT_AN_EMERGENCY_LINE = "Baton is not an emergency line. Act first; record it here afterwards."


def emergency_lines(pathway: Pathway) -> tuple[str, ...]:
    """What to do when somebody is in danger now: the pathway's own text, numbers and hours."""
    emergency = pathway.emergency
    team = ", ".join(part for part in (emergency.duty_team, emergency.phone) if part)
    hours = f" ({emergency.hours})" if emergency.hours else ""
    return tuple(
        line for line in (emergency.text, f"{team}{hours}." if team else "", NOT_AN_EMERGENCY_LINE) if line
    )


def emergency(pathway: Pathway) -> Message:
    """Shown at once, to anybody, before enrolment, storage or any right is looked at."""
    return Message("If somebody is in danger now", emergency_lines(pathway), urgent=True)


def not_enrolled(directory: Directory) -> Message:
    """A stranger is told how to get in, never what is inside."""
    return Message(
        "You are not enrolled yet",
        (
            f"Baton carries concerns for {directory.partnership}, and does not know this account.",
            "Ask your agency's directory owner to add you. Until then use your own agency's safeguarding route.",
            "If somebody is in danger now: /concern raise shows what to do, to everybody.",
        ),
    )


def helping(
    now: Sequence[tuple[Concern, str, Sequence[Button]]], verbs: Sequence[tuple[str, str, str]]
) -> Message:
    """What matters now for this person, then every command with one line each.

    `now` holds a concern, where it stands, and this person's next steps; `verbs` name, usage and what for.
    """
    waiting: list[str] = []
    buttons: list[Button] = []
    for concern, place, steps in now:
        names = ", ".join(f"/concern {step.command} {concern.ref}" for step in steps)
        waiting.append(f"{concern.ref}, {place}: {names}")
        buttons.extend(steps)
    lines = (
        *(
            ("What matters now, for you:", *waiting, "")
            if waiting
            else ("Nothing waits on you just now.", "")
        ),
        *(f"{name} {usage}: {about}." for name, usage, about in verbs),
    )
    return Message("What you can do here", tuple(line for line in lines if line), tuple(buttons[:8]))


def guide(pathway: Pathway) -> Message:
    """When to escalate, when this is the wrong door, and whom to ring."""
    return Message(
        "When to escalate",
        (
            "Escalate when you think somebody is unsafe and another agency does not answer, will not act, closes too"
            " early, or does not do what was agreed. You do not need to be certain, and it is not a complaint.",
            "First say it plainly to the person you disagree with. If that does not settle it, put it on record here"
            " with /concern raise, or record your referral with /concern refer.",
            "You have not passed the baton until somebody has answered and you have accepted the answer.",
            "This is the wrong door for: immediate danger (ring first); an allegation about a worker (LADO, or PiPoT"
            " for adults); a complaint; whistleblowing; a dispute inside your own agency; conference dissent; a care"
            " plan of a looked-after child (the IRO); funding or eligibility.",
            *emergency_lines(pathway),
        ),
        (
            Button("Raise a concern", "raise"),
            Button("Record a referral", "refer"),
            Button("See the pathway", "pathway"),
        ),
    )


def ladder(rules: Rules, mine: Sequence[str]) -> Message:
    """The pathway in words: each tier with its windows, and who holds each seat today, agency by agency."""
    pathway = rules.pathway
    signed = (
        f"Approved by {pathway.approved_by}."
        if pathway.approved_by
        else ("Not yet signed off locally: treat the windows as a starting point.")
    )
    lines = [f"{pathway.name}, version {pathway.version}. {signed}"]
    if pathway.policy_url:
        lines.append(f"The policy itself: {pathway.policy_url}")
    referral = pathway.referral
    lines.append(f"Referral: a response is due within {referral.answer}.")
    for tier in pathway.tiers:
        lines.append(_rung(tier, pathway))
        lines.extend(_held(tier, rules.directory, mine))
    lines.append(f"At the top: called again every {pathway.repeat} until somebody answers.")
    lines.append(
        f"An answer is accepted or disputed within {pathway.acceptance}; then a check after {pathway.follow_up}."
    )
    if pathway.urgent:
        urgent = pathway.urgent
        lines.append(
            f"Urgent: enters at {pathway.tier_word} {urgent.enter_at}, answer within {urgent.answer},"
            f" repeated every {urgent.repeat}."
        )
    return Message(f"The pathway: {pathway.top} {pathway.tier_word}s", tuple(lines))


def _rung(tier: Tier, pathway: Pathway) -> str:
    acknowledge = f"acknowledge within {tier.acknowledge}, " if tier.acknowledge else ""
    sooner = ", sooner if safety needs it" if tier.or_sooner else ""
    return f"{pathway.tier_word.capitalize()} {tier.number}, {tier.name}: {acknowledge}answer within {tier.answer}{sooner}."


def _held(tier: Tier, directory: Directory, agencies: Sequence[str]) -> list[str]:
    """Who sits there today, in the agencies that concern this person."""
    lines = []
    for agency in directory.agencies:
        if agency.id not in agencies:
            continue
        roles = dict.fromkeys((tier.raising, tier.challenged, tier.convener or ""))
        for name in filter(None, roles):
            seated = [directory.name_of(id) for id in directory.holders(Seat(agency.id, name))]
            if seated:
                deputies = f" (deputies: {', '.join(seated[1:])})" if seated[1:] else ""
                lines.append(f"{agency.name}, {role(name)}: {seated[0]}{deputies}")
    return lines

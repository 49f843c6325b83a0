"""What teaches: the emergency text, help for this person now, when to escalate, the ladder in words.

`slash` is how a command begins here: "/" unless the commands carry a prefix.
"""

from collections.abc import Iterable, Sequence

from concerns.directory import Directory
from concerns.pathway import Emergency, Pathway, Tier
from concerns.people import Agency, Identity, PersonId, Seat, Seating
from concerns.rules import Rules
from concerns.window import Window
from views.absence import until
from views.labels import capital, role
from views.parts import Button, Message

NOT_AN_EMERGENCY_LINE = "Baton is not an emergency line. Act first; record it here afterwards."


def emergency_lines(*emergencies: Emergency) -> tuple[str, ...]:
    """What to do when somebody is in danger now: each pathway's text, numbers and hours, each line once."""
    return (*_numbers(emergencies), NOT_AN_EMERGENCY_LINE)


def _numbers(emergencies: Iterable[Emergency]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line for emergency in emergencies for line in _reach(emergency)))


def _reach(emergency: Emergency) -> Iterable[str]:
    team = ", ".join(part for part in (emergency.duty_team, emergency.phone) if part)
    hours = f" ({emergency.hours})" if emergency.hours else ""
    reach = f"{team}{hours}." if team else ""
    number = "No number is listed here: use their published one." if team and not emergency.phone else ""
    return (line for line in (emergency.text, reach, number) if line)


def in_danger(*emergencies: Emergency) -> Message:
    """Shown at once, to anybody, before enrolment, storage or any right is looked at."""
    return Message("If somebody is in danger now", emergency_lines(*emergencies), urgent=True)


def not_enrolled(directory: Directory, slash: str, account: Identity | None = None) -> Message:
    """A stranger is told how to get in, never what is inside; with a button where their account may ask."""
    partnership = directory.partnership or "a safeguarding partnership"
    may_ask = account is not None and not account.on_its_own
    code = (
        "Ask your agency's directory owner for a one-time code; they give it to you in person or by phone."
        f" Then send {slash}concern join and the code."
    )
    # Somebody who writes it into the partnership file can find it nowhere else.
    which = "this account" if may_ask or account is None else f"this account, {account}"
    how = "Ask to be enrolled with the button; a directory owner decides." if may_ask else code
    ask = (Button("Ask to be enrolled", "join"),) if may_ask else ()
    return Message(
        "You are not enrolled yet",
        (
            f"Baton carries concerns for {partnership}, and does not know {which}.",
            how,
            "Until then use your own agency's safeguarding route.",
            f"If somebody is in danger now, {slash}concern raise shows everybody what to do.",
        ),
        (*ask, Button("When to escalate", "guide")),
    )


def barred(why: str, *emergencies: Emergency) -> Message:
    """Whom nothing is taken from: whom to ring, `why` not, and what to do instead."""
    lines = (*_numbers(emergencies), why)
    return Message("Baton takes nothing from this account", lines, (Button("When to escalate", "guide"),))


def helping(
    now: Sequence[tuple[str, Sequence[str]]], verbs: Sequence[str], buttons: Sequence[Button]
) -> Message:
    """What matters now for this person, then every command with one line each.

    `now` says where a concern stands, and the lines to type for this person's next steps.
    """
    waiting = (f"{place}: {', '.join(typed)}." if typed else f"{place}." for place, typed in now)
    first = ("What matters now, for you:", *waiting) if now else ("Nothing is open for you just now.",)
    return Message("What you can do here", (*first, "All commands:", *verbs), tuple(buttons))


def guide(emergencies: Iterable[Emergency], slash: str) -> Message:
    """When to escalate, when this is the wrong door, and whom to ring."""
    return Message(
        "When to escalate",
        (
            "Escalate when you think somebody is unsafe and another agency does not answer, will not act,"
            " closes too early, or does not do what was agreed."
            " You do not need to be certain, and it is not a complaint.",
            "First say it plainly to the person you disagree with. If that does not settle it, record it:"
            f" {slash}concern raise, or {slash}concern refer for a referral that waits.",
            "You have not passed the baton until somebody has answered and you have accepted the answer.",
            "This is the wrong door for: immediate danger (ring first); an allegation about a worker"
            " (LADO, or PiPoT for adults); a complaint; whistleblowing; a dispute inside your own agency;"
            " conference dissent; a care plan of a looked-after child (the IRO); funding or eligibility.",
            *emergency_lines(*emergencies),
        ),
        (
            Button("Raise a concern", "raise"),
            Button("Record a referral", "refer"),
            Button("See the pathway", "pathway"),
        ),
    )


AGENCIES = 8
"""Of how many agencies the seats are shown; a partnership of five hundred would fill a book."""


def ladder(rules: Rules, reader: PersonId | None = None) -> Message:
    """The pathway in words: each tier with its windows, and who holds each seat today, agency by agency.

    Where there are many, the reader's own agency, the boards, and its neighbours come first.
    """
    pathway = rules.pathway
    signed = f"Approved by {pathway.approved_by}." if pathway.approved_by else _UNSIGNED
    shown = _near(rules.directory, reader)
    rungs = (line for tier in pathway.tiers for line in (_rung(tier, pathway), *_held(tier, shown, rules)))
    more = len(rules.directory.agencies) - len(shown)
    return Message(
        f"The pathway: {pathway.top} {pathway.tier_word}s",
        (
            f"{pathway.name}, version {pathway.version}. {signed}",
            *((f"The policy itself: {pathway.policy_url}",) if pathway.policy_url else ()),
            f"Referral: a response is due within {pathway.referral.answer}.",
            *rungs,
            *((f"{more} more agencies: ask the coordinator who sits there.",) if more else ()),
            f"At the top: called again every {_each(pathway.repeat)} until somebody answers.",
            f"An answer is accepted or disputed within {pathway.acceptance}.",
            f"Once it is agreed: a check after {pathway.follow_up} whether the person is safer.",
            *_urgent(pathway),
        ),
    )


_UNSIGNED = "Not yet signed off locally: treat the windows as a starting point."


def _urgent(pathway: Pathway) -> tuple[str, ...]:
    urgent = pathway.urgent
    if urgent is None:
        return ()
    acknowledge = f"acknowledge within {urgent.acknowledge}, " if urgent.acknowledge else ""
    windows = f"{acknowledge}answer within {urgent.answer}, repeated every {_each(urgent.repeat)}"
    return (f"Urgent: enters at {pathway.tier_word} {urgent.enter_at}; {windows}.",)


def _each(window: Window) -> str:
    """`working day`, `2 hours`: what stands after "every"."""
    return str(window.unit) if window.count == 1 else str(window)


def _rung(tier: Tier, pathway: Pathway) -> str:
    acknowledge = f"acknowledge within {tier.acknowledge}, " if tier.acknowledge else ""
    sooner = ", sooner if safety needs it" if tier.or_sooner else ""
    named = f"{capital(pathway.tier_word)} {tier.number}, {tier.name}"
    return f"{named}: {acknowledge}answer within {tier.answer}{sooner}."


def _near(directory: Directory, reader: PersonId | None) -> list[Agency]:
    """The agencies shown, in the directory's order, the boards last."""
    boards = {board.id for board in directory.boards()}
    person = directory.person(reader) if reader else None
    own = {person.agency} if person else set()
    beside = {id for channel in directory.channels if own & set(channel.agencies) for id in channel.agencies}
    nearest = sorted(directory.agencies, key=lambda one: (one.id not in own | boards, one.id not in beside))
    shown = {agency.id for agency in nearest[:AGENCIES]}
    listed = [agency for agency in directory.agencies if agency.id in shown]
    return sorted(listed, key=lambda agency: agency.id in boards)


def _held(tier: Tier, agencies: Iterable[Agency], rules: Rules) -> list[str]:
    """Who sits there today: knowing the next person is half of escalating (domain 5, F10)."""
    directory = rules.directory
    lines = []
    for agency in agencies:
        for name in dict.fromkeys(filter(None, (tier.raising, tier.challenged, tier.convener))):
            seating = directory.seating(Seat(agency.id, name))
            seated = _seated(seating, rules) if seating else []
            if seated:
                lines.append(f"{agency.name}, {role(name)}: {seated[0]}{_deputies(seated[1:])}")
    return lines


def _deputies(names: Sequence[str]) -> str:
    """` (deputies: Lena Frost, Owen Price)`."""
    return f" (deput{'ies' if len(names) > 1 else 'y'}: {', '.join(names)})" if names else ""


def _seated(seating: Seating, rules: Rules) -> list[str]:
    """Whoever is asked there, the first in front; where nobody is left, who is away until when."""
    directory = rules.directory
    asked = directory.holders(seating.seat)
    if asked:
        return [f"{directory.name_of(id)}{_covering(id, seating, directory)}" for id in asked]
    return [
        f"{directory.name_of(cover.person)}, away until {until(cover, rules.calendar)}"
        for cover in directory.covers
        if cover.person == seating.holder
    ]


def _covering(id: PersonId, seating: Seating, directory: Directory) -> str:
    """`, covering for Joel Marsh` behind the name of somebody who stands in."""
    covers = (cover for cover in directory.covers if cover.stand_in == id)
    away = [directory.name_of(cover.person) for cover in covers if cover.person in seating.everyone]
    return f", covering for {', '.join(away)}" if away else ""

"""How a concern comes onto the record: as a referral nobody may have answered, or straight up the ladder."""

from dataclasses import replace
from datetime import datetime, timedelta

from concerns import commands as c
from concerns import events as e
from concerns.calling import call_from
from concerns.evolve import evolve
from concerns.model import Concern, Ground, Why, Words
from concerns.pathway import Strand
from concerns.people import AgencyId, AgencyKind, PersonId
from concerns.rules import Refused, Rules

SKEW = timedelta(minutes=2)
"""How far a person's clock may run ahead of ours before "when it happened" counts as the future."""


def refer(command: c.Refer, now: datetime, rules: Rules) -> tuple[e.Event, ...] | Refused:
    """Start a referral's response clock, counted from when the referral was made."""
    refusal = _misdirected(command.by, command.agency, command.strand, rules) or in_future(command.when, now)
    if refusal:
        return refusal
    return (
        e.Referred(
            at=now,
            by=command.by,
            words=command.words,
            ref=command.ref,
            raiser=command.by,
            raising=_agency_of(command.by, rules),
            challenged=command.agency,
            strand=command.strand,
            pathway=rules.digest,
            when=command.when,
            how=command.how,
            due=rules.calendar.end_of(rules.pathway.referral.answer, min(command.when, now)),
        ),
    )


def raise_concern(command: c.Raise, now: datetime, rules: Rules) -> tuple[e.Event, ...] | Refused:
    """Raise at tier 1, or at the urgent tier when somebody is in danger and the pathway has one."""
    refusal = (
        _misdirected(command.by, command.agency, command.strand, rules)
        or without_grounds(command.grounds)
        or wordless(command.words, ("decision", "wanted"))
    )
    if refusal:
        return refusal
    urgent = rules.pathway.urgent if command.danger else None
    raised = e.Raised(
        at=now,
        by=command.by,
        words=command.words,
        ref=command.ref,
        raiser=command.by,
        raising=_agency_of(command.by, rules),
        challenged=command.agency,
        strand=command.strand,
        pathway=rules.digest,
        grounds=command.grounds,
        urgent=urgent is not None,
    )
    why = Why.IMMEDIATE_RISK if command.danger else Why.CHOICE
    tier = urgent.enter_at if urgent else 1
    return raised, *call_from(evolve(None, raised), tier, now, now, why, rules, command.by)


def urgent_tier(concern: Concern, tier: int, rules: Rules) -> int:
    """The tier a concern now urgent is called at: never below the urgent one, never above the top."""
    urgent = rules.pathway.urgent
    wanted = max(tier, urgent.enter_at) if urgent else tier
    return min(wanted, rules.pathway.top)


def turned_urgent(concern: Concern) -> Concern:
    """The same concern, urgent, to reckon its windows with before the event is folded."""
    return replace(concern, urgent=True)


_ASKED = {
    "decision": "Say what is being challenged: the decision, the action, or the silence.",
    "wanted": "Say what you want to happen instead.",
    "why": "Say in a line or two what is still missing from the answer.",
    "reason": "Give the reason; it goes on record.",
    "text": "Write the note you want on record.",
    "response": "Write the answer: what was decided, and what happens next.",
    "who": "Say who told you: their role and agency.",
    "how": "Say how it reached you: by phone, by e-mail, in a meeting.",
    "reservation": "Say what your reservation is, so that it stands on record.",
    "reasons": "Give the reasons; both sides need to understand them.",
    "what": "Say what is to be done.",
}


def wordless(words: Words, keys: tuple[str, ...]) -> Refused | None:
    """The sentence for the first required field that has no words."""
    missing = next((key for key in keys if not words.text(key)), None)
    return Refused(_ASKED[missing], missing) if missing else None


def without_grounds(grounds: tuple[Ground, ...]) -> Refused | None:
    """Every challenge names at least one ground."""
    return None if grounds else Refused("Choose at least one ground: why you are challenging.", "ground")


def in_future(when: datetime | None, now: datetime, about: str = "when") -> Refused | None:
    """What has happened cannot lie in the future."""
    if when is None or when <= now + SKEW:
        return None
    return Refused("That time is still to come. Give the time it really happened.", about)


def _misdirected(by: PersonId, agency: AgencyId, strand: Strand, rules: Rules) -> Refused | None:
    """Whether this person can open a concern with that agency under this pathway."""
    person, other = rules.directory.person(by), rules.directory.agency(agency)
    if person is None:
        return Refused("You are not in the directory yet. Ask your directory owner to add you.")
    if other is None or other.kind is AgencyKind.BOARD:
        return Refused(
            "Choose the agency you are challenging from the list; a board is called by the ladder itself.",
            "agency",
        )
    if other.id == person.agency and not rules.pathway.within_one_agency:
        return Refused(
            "That is your own agency. Raise it with your own manager or safeguarding lead first;"
            " if that does not help, use your whistleblowing route.",
            "agency",
        )
    if strand not in rules.pathway.strands:
        about = "an adult" if strand is Strand.ADULT else "a child"
        return Refused(
            f"This pathway does not cover {about}. Ask the partnership's coordinator which one does.",
            "strand",
        )
    return None


def _agency_of(by: PersonId, rules: Rules) -> AgencyId:
    person = rules.directory.person(by)
    if person is None:
        raise ValueError("a stranger cannot open a concern")
    return person.agency

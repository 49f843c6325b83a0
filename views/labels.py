"""The words people read for the codes the record keeps. One table for each code, nothing clever."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from concerns.directory import Directory
from concerns.model import (
    ClockKind,
    Direction,
    Ending,
    Ground,
    Method,
    Outcome,
    Reached,
    Route,
    Safer,
    Why,
)
from concerns.pathway import Strand
from concerns.people import PersonId, Seat
from views.parts import Choice

Code = TypeVar("Code", bound=StrEnum)

GROUNDS = {
    Ground.NO_RESPONSE: "No response or feedback in the expected time",
    Ground.THRESHOLD: "Disagreement on threshold or level of need",
    Ground.PROCEDURE: "Disagreement on starting a formal process",
    Ground.ASSESSMENT: "Disagreement with an assessment or enquiry",
    Ground.PLAN: "Plan not adequate, or not carried out",
    Ground.DRIFT: "Drift or delay",
    Ground.CLOSURE: "Closed or stepped down too early",
    Ground.INFO_SHARING: "Information sharing or communication",
    Ground.ROLES: "Who leads, who acts",
    Ground.ENGAGEMENT: "An agency not attending or engaging",
    Ground.SERVICE: "Service, capacity, placement or discharge",
    Ground.CHANGED_RISK: "Risk changed or rising, no protective action",
    Ground.REFERRAL_QUALITY: "A poor or late referral",
    Ground.PRACTICE: "Practice in another agency (not conduct)",
    Ground.PERSONS_VIEWS: "The person's views overridden or at odds",
    Ground.OWN_AGENCY: "Discomfort with my own agency's position",
    Ground.SYSTEM: "A theme across cases, no single person",
}
ANSWERS = {
    Outcome.DECISION_CHANGED: "The decision is changed",
    Outcome.DECISION_STANDS: "The decision stands, with an explanation",
    Outcome.PLAN_WITH_ACTIONS: "A plan with actions",
    Outcome.PARTLY_RESOLVED: "Partly resolved",
}
"""What an answer may amount to."""
OUTCOMES = {
    **ANSWERS,
    Outcome.DECIDED: "Decided at the top of the ladder",
    Outcome.DECIDED_WITH_DISSENT: "Decided at the top of the ladder, with dissent on record",
}
ROUTES = {
    Route.EMERGENCY: "Immediate danger: 999, police or the duty team",
    Route.ALLEGATION: "An allegation about a worker: LADO, or PiPoT for adults",
    Route.COMPLAINT: "A complaint: the agency's complaints procedure",
    Route.WHISTLEBLOWING: "Whistleblowing",
    Route.OWN_AGENCY: "Inside my own agency: my manager or safeguarding lead",
    Route.REVIEWING_OFFICER: "A care plan of a looked-after child: the reviewing officer (IRO)",
}
"""The doors that matters belong at which are not for escalation (domain 1.4)."""
ENDINGS = {
    Ending.SATISFIED: "the response was enough",
    Ending.WITHDRAWN: "withdrawn by the raising side",
    Ending.CHECKED: "checked, and safer",
    Ending.REDIRECTED: "taken to the door it belongs at",
    Ending.DUPLICATE: "another concern carries it on",
}
DIRECTIONS = {Direction.MADE: "We contacted them", Direction.RECEIVED: "They contacted us"}
METHODS = {
    Method.PHONE: "Phone call",
    Method.VOICEMAIL: "Voicemail",
    Method.EMAIL: "E-mail",
    Method.LETTER: "Letter",
    Method.PORTAL: "Secure portal or form",
    Method.IN_PERSON: "In person",
    Method.VIDEO: "Video meeting",
    Method.STRATEGY_DISCUSSION: "Strategy discussion",
    Method.CORE_GROUP: "Core group",
    Method.CONFERENCE: "Conference",
    Method.PROFESSIONALS_MEETING: "Professionals' meeting",
    Method.SUPERVISION: "Supervision",
    Method.VISIT: "Visit",
    Method.CHAT: "Chat message",
}
REACHED = {
    Reached.SPOKE: "Spoke with them",
    Reached.MESSAGE_LEFT: "Left a message",
    Reached.NO_ANSWER: "No answer",
    Reached.DECLINED: "They declined",
}
SAFER = {
    Safer.YES: "Yes, safer",
    Safer.PARTLY: "Partly",
    Safer.NO: "No",
    Safer.TOO_EARLY: "Too early to say",
}
WHY = {
    Why.NO_ANSWER_IN_TIME: "no answer came in time",
    Why.ANSWER_NOT_SUFFICIENT: "the answer so far did not settle it",
    Why.IMMEDIATE_RISK: "somebody is at immediate risk",
    Why.CHOICE: "the raising side chose to",
}
CLOCKS = {
    ClockKind.ACKNOWLEDGE: "acknowledgement due",
    ClockKind.REMIND: "next reminder",
    ClockKind.ANSWER: "answer due",
    ClockKind.ASK: "moves up by itself",
    ClockKind.REFERRAL: "response due",
    ClockKind.REFERRAL_ASK: "opens by itself",
    ClockKind.ACCEPTANCE: "asked again",
    ClockKind.FOLLOW_UP: "check due",
    ClockKind.ACTION: "action due",
    ClockKind.OBJECTION: "objection until",
}
"""What happens, or is owed, when a clock ends; the moment follows."""

REPORTED = {"ack": "They acknowledged", "answer": "They answered"}
"""How a command is called where the raising side says what the other side told it, by its name."""
STRANDS = {Strand.CHILD: "Child", Strand.ADULT: "Adult"}


def choices(table: Mapping[Code, str]) -> tuple[Choice, ...]:
    """A table as the choices of a form, in its own order."""
    return tuple(Choice(str(code), label) for code, label in table.items())


def capital(said: str) -> str:
    """The same words with a capital first; the rest keeps its own."""
    return said[:1].upper() + said[1:]


def role(name: str) -> str:
    """`senior_manager` as people say it."""
    return name.replace("_", " ")


def seat(of: Seat | None, directory: Directory) -> str:
    """`team manager, Northshire Council`; nobody's seat is the coordinator's."""
    if of is None:
        return "the coordinator"
    return f"{role(of.role)}, {directory.name_of(of.agency)}"


def who(person: PersonId | None, directory: Directory) -> str:
    """A name and agency, for private replies only; no person means the clock."""
    if person is None:
        return "the clock"
    found = directory.person(person)
    return f"{found.name}, {directory.name_of(found.agency)}" if found else str(person)

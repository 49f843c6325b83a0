"""What a concern is: its stage, its running clocks, its call, and the words that stay sealed.

Everything here is an inert value. The words people typed are not part of a concern: they live in its events,
sealed, so that clocks and notices run without them.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from concerns.pathway import Strand
from concerns.people import AgencyId, PersonId, Seat
from concerns.promise import Action, Extension

Ref = NewType("Ref", str)


class Stage(StrEnum):
    """Where a concern stands (design 4)."""

    REFERRED = "referred"
    CALLED = "called"
    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "answered"
    AGREED = "agreed"
    CLOSED = "closed"


class Ground(StrEnum):
    """Why one agency challenges another: the union of published lists (domain 3.1)."""

    NO_RESPONSE = "no_response"
    THRESHOLD = "threshold"
    PROCEDURE = "procedure"
    ASSESSMENT = "assessment"
    PLAN = "plan"
    DRIFT = "drift"
    CLOSURE = "closure"
    INFO_SHARING = "info_sharing"
    ROLES = "roles"
    ENGAGEMENT = "engagement"
    SERVICE = "service"
    CHANGED_RISK = "changed_risk"
    REFERRAL_QUALITY = "referral_quality"
    PRACTICE = "practice"
    PERSONS_VIEWS = "persons_views"
    OWN_AGENCY = "own_agency"
    SYSTEM = "system"


class Outcome(StrEnum):
    """What an answer amounts to (domain 3.2); never "upheld": a board mediates, it does not judge."""

    DECISION_CHANGED = "agreed_decision_changed"
    DECISION_STANDS = "agreed_decision_stands_with_explanation"
    PLAN_WITH_ACTIONS = "agreed_plan_with_actions"
    PARTLY_RESOLVED = "partly_resolved"
    DECIDED = "decided_at_top_tier"
    DECIDED_WITH_DISSENT = "decided_at_top_tier_dissent_recorded"


class Ending(StrEnum):
    """How a concern came to be closed."""

    SATISFIED = "response_was_enough"
    WITHDRAWN = "withdrawn_by_raiser"
    CHECKED = "checked_safer"
    REDIRECTED = "redirected"
    DUPLICATE = "duplicate_merged"


class Route(StrEnum):
    """Where a matter belongs that is not for escalation here (domain 1.4)."""

    EMERGENCY = "emergency"
    ALLEGATION = "lado_pipot"
    COMPLAINT = "complaint"
    WHISTLEBLOWING = "whistleblowing"
    OWN_AGENCY = "own_agency"
    REVIEWING_OFFICER = "iro"


class Safer(StrEnum):
    """The answer to the follow-up check: is the person safer now? (domain 3.2)"""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    TOO_EARLY = "too_early"


class Direction(StrEnum):
    """Who reached out to whom."""

    MADE = "made"
    RECEIVED = "received"


class Method(StrEnum):
    """How two professionals were in contact (domain 3.4)."""

    PHONE = "phone"
    VOICEMAIL = "voicemail"
    EMAIL = "email"
    LETTER = "letter"
    PORTAL = "portal"
    IN_PERSON = "in_person"
    VIDEO = "video"
    STRATEGY_DISCUSSION = "strategy_discussion"
    CORE_GROUP = "core_group"
    CONFERENCE = "conference"
    PROFESSIONALS_MEETING = "professionals_meeting"
    SUPERVISION = "supervision"
    VISIT = "visit"
    CHAT = "chat"


class Reached(StrEnum):
    """How far a contact got."""

    SPOKE = "spoke"
    MESSAGE_LEFT = "message_left"
    NO_ANSWER = "no_answer"
    DECLINED = "declined"


class Why(StrEnum):
    """Why a concern moved up a tier; only the first is the clock's own (domain 3.2)."""

    NO_ANSWER_IN_TIME = "no_answer_in_time"
    ANSWER_NOT_SUFFICIENT = "answer_not_sufficient"
    IMMEDIATE_RISK = "immediate_risk"
    CHOICE = "raiser_or_manager_choice"


class ClockKind(StrEnum):
    """What a running clock waits for. The order is the order at one instant (design 9)."""

    ACKNOWLEDGE = "acknowledge"
    REMIND = "remind"
    ANSWER = "answer"
    ASK = "ask"
    REFERRAL = "referral"
    REFERRAL_ASK = "referral_ask"
    ACCEPTANCE = "acceptance"
    FOLLOW_UP = "follow_up"
    ACTION = "action"
    OBJECTION = "objection"

    @property
    def order(self) -> int:
        """Its place among clocks that end at the same instant."""
        return _CLOCK_ORDER[self]


_CLOCK_ORDER = {kind: place for place, kind in enumerate(ClockKind)}


@dataclass(frozen=True, slots=True)
class Clock:
    """One running clock. Its due instant (aware UTC) was fixed when the window opened."""

    kind: ClockKind
    due: datetime


@dataclass(frozen=True, slots=True)
class Call:
    """A tier asked to answer: whom, from when, until when. No `challenged`: the coordinator is called.

    `started` is the instant the windows count from; `again` how often the top tier was called again,
    `reminded` how often the called side was reminded. `passed_over` are the tiers nobody could be called at
    on the way here; `taken_up` says that it had been settled before this call.
    """

    tier: int
    why: Why
    started: datetime
    raising: Seat | None
    challenged: Seat | None
    convener: Seat | None
    acknowledge_due: datetime | None
    due: datetime
    acknowledgement_lapsed: bool = False
    lapsed: bool = False
    again: int = 0
    reminded: int = 0
    extension: Extension | None = None
    passed_over: tuple[int, ...] = ()
    taken_up: bool = False


@dataclass(frozen=True, slots=True)
class Concern:
    """A professional disagreement or unanswered worry on record: the fold of its events.

    `turn` is the number buttons carry: it grows only when a tier is called, an answer is given or disputed,
    so a logged contact never makes a button stale. `called` lists every seat called so far, on both sides:
    those who may read the words. `climbed` lists the tiers called so far. `told` is the raising manager's
    seat, told when the ladder opened: it sees where things stand. `manager` is that seat once the clock has
    turned to it: until the next call it, too, speaks for the raising side.
    """

    ref: Ref
    seq: int
    stage: Stage
    pathway: str
    raiser: PersonId
    raising: AgencyId
    challenged: AgencyId
    strand: Strand
    opened: datetime
    grounds: tuple[Ground, ...] = ()
    urgent: bool = False
    turn: int = 0
    call: Call | None = None
    called: tuple[Seat, ...] = ()
    told: Seat | None = None
    manager: Seat | None = None
    climbed: tuple[int, ...] = ()
    clocks: tuple[Clock, ...] = ()
    acknowledged_by: PersonId | None = None
    answered_by: PersonId | None = None
    reported: bool = False
    outcome: Outcome | None = None
    reservation: bool = False
    reopened: bool = False
    taken_up: bool = False
    handed_over: bool = False
    check_due: datetime | None = None
    safer: Safer | None = None
    ending: Ending | None = None
    duplicate_of: Ref | None = None
    asked_again: int = 0
    unanswered_contacts: int = 0
    actions: tuple[Action, ...] = ()

    @property
    def due(self) -> datetime | None:
        """The soonest instant at which the clock has something to do; None only when closed."""
        return min((clock.due for clock in self.clocks), default=None)

    def clock(self, kind: ClockKind) -> Clock | None:
        """The running clock of this kind."""
        return next((clock for clock in self.clocks if clock.kind is kind), None)

    @property
    def open_actions(self) -> tuple[Action, ...]:
        """What was promised and is still to be done, in the order it was promised."""
        return tuple(action for action in self.actions if not (action.done or action.dropped))

    @property
    def tier(self) -> int | None:
        """The tier last called; None while it is still a referral."""
        return self.call.tier if self.call else None


class Words:
    """What a person typed. Printing it shows nothing: the text leaves only through `text` and `items`.

    `locked` marks words that are on record but cannot be opened (key missing, or destroyed on purpose).
    """

    __slots__ = ("_said", "locked")

    def __init__(self, said: dict[str, str] | None = None, *, locked: bool = False) -> None:
        self._said = {key: text for key, text in (said or {}).items() if text.strip()}
        self.locked = locked

    def text(self, key: str) -> str:
        """The words typed for this field, or an empty string."""
        return self._said.get(key, "")

    def items(self) -> tuple[tuple[str, str], ...]:
        """Every field with words, in the order they were given."""
        return tuple(self._said.items())

    def __bool__(self) -> bool:
        return bool(self._said)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Words) and (self._said, self.locked) == (other._said, other.locked)

    def __hash__(self) -> int:
        return hash((tuple(self._said.items()), self.locked))

    def __repr__(self) -> str:
        return "Words(locked)" if self.locked else f"Words({len(self._said)} sealed)"


NO_WORDS = Words()

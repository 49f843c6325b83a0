"""What people and the clock may ask of a concern: imperatives, each naming who speaks.

A button and a typed line become the same command. `Lapse` is spoken by the clock; it may be said at any time
and by anybody's mistake, because the rules look again.
"""

from dataclasses import dataclass
from datetime import date, datetime

from concerns.model import (
    NO_WORDS,
    ClockKind,
    Direction,
    Ground,
    Method,
    Outcome,
    Reached,
    Ref,
    Route,
    Safer,
    Why,
    Words,
)
from concerns.pathway import Strand
from concerns.people import AgencyId, PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A command somebody speaks. `words` are private and required fields are checked by the rules."""

    by: PersonId
    words: Words = NO_WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Refer(Spoken):
    """Put a referral made outside Baton on record and start its response clock."""

    ref: Ref
    agency: AgencyId
    strand: Strand
    when: datetime
    how: Method


@dataclass(frozen=True, slots=True, kw_only=True)
class Raise(Spoken):
    """Open a concern at tier 1, or at the urgent tier when somebody is in danger now."""

    ref: Ref
    agency: AgencyId
    strand: Strand
    danger: bool
    grounds: tuple[Ground, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Respond(Spoken):
    """Record that the referral was responded to: it was enough, or it is challenged."""

    satisfied: bool
    grounds: tuple[Ground, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LogContact(Spoken):
    """Put a call, e-mail, meeting or message between professionals on record."""

    direction: Direction
    method: Method
    reached: Reached
    when: datetime
    next_date: date | None = None
    was_referral: bool = False
    confirmed: bool = False
    written_follow_up: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AddNote(Spoken):
    """Add words to the record; `evidence_at` is when the thing noted was seen."""

    evidence_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledge(Spoken):
    """Say you have it. The raising side may report one received elsewhere (`when` it was)."""

    when: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Release(Spoken):
    """Hand an acknowledgement back: clocks as if it was never given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Spoken):
    """Answer the call. The raising side may report an answer received elsewhere (`when` it was)."""

    outcome: Outcome
    when: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Accept(Spoken):
    """The raising side takes the answer, plainly or with a reservation."""

    reservation: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute(Spoken):
    """The raising side says the answer is not enough: the next tier is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalate(Spoken):
    """Move up before the clock does."""

    why: Why = Why.CHOICE


@dataclass(frozen=True, slots=True, kw_only=True)
class Check(Spoken):
    """Answer the follow-up check: is the person safer now?"""

    safer: Safer
    records_copied: tuple[AgencyId, ...] = ()
    again_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopen(Spoken):
    """Take up a settled or closed concern again: the tier that settled it is called, windows from now.

    Grounds are needed only where none is on record, after a referral whose response was enough.
    """

    grounds: tuple[Ground, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdraw(Spoken):
    """Close a concern that no longer stands, with the reason on record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect(Spoken):
    """Close it because it belongs at another door."""

    route: Route


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkDuplicate(Spoken):
    """Close it because another open concern carries the same matter."""

    of: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Decide(Spoken):
    """At the top tier, record what was decided and why; `dissent` among the words says who disagrees."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskExtension(Spoken):
    """The called side asks for more time for its answer, with the reason."""

    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Agree(Spoken):
    """The raising side agrees to what waits for its word: more time, or moving up now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decline(Spoken):
    """The raising side declines more time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAction(Spoken):
    """Name somebody to do something by the close of business of a day."""

    owner: PersonId
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishAction(Spoken):
    """Say that an action has been done."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DropAction(Spoken):
    """Say that an action is not to be done any more, or by somebody else, and why."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Correct(Spoken):
    """Say what an earlier entry, by its number, should have said."""

    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver(Spoken):
    """Give the raiser's part to somebody else of the raising agency."""

    to: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Retime(Spoken):
    """The coordinator moves a running window, with a reason."""

    clock: ClockKind
    due: datetime


@dataclass(frozen=True, slots=True)
class Lapse:
    """Spoken by the clock: look whether a window has ended."""


Opening = Refer | Raise
LaterCommand = (
    Respond
    | LogContact
    | AddNote
    | Acknowledge
    | Release
    | Answer
    | Accept
    | Dispute
    | Escalate
    | Check
    | Reopen
    | Withdraw
    | Redirect
    | MarkDuplicate
    | Decide
    | AskExtension
    | Agree
    | Decline
    | SetAction
    | FinishAction
    | DropAction
    | Correct
    | HandOver
    | Retime
)
Command = Opening | LaterCommand | Lapse

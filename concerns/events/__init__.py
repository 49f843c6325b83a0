"""What has happened, in the past tense: the append-only record of a concern.

Every due instant stands in the event that opened its window and never moves (design 4, "Frozen").
`words` are sealed by the store; nothing else in an event is private.
"""

from concerns.events.calling import (
    Acknowledged,
    AcknowledgementLapsed,
    Answered,
    Called,
    CalledAgain,
    ExtensionAgreed,
    ExtensionAsked,
    ExtensionDeclined,
    Lapsed,
    Released,
    Reminded,
    Skipped,
)
from concerns.events.fact import (
    Fact,
)
from concerns.events.keeping import (
    ContactLogged,
    Corrected,
    HandedOver,
    MarkedDuplicate,
    NoteAdded,
    Redirected,
    Retimed,
    Withdrawn,
)
from concerns.events.opening import (
    Opened,
    Raised,
    ReferralLapsed,
    Referred,
    Responded,
    TurnedUrgent,
)
from concerns.events.settling import (
    AcceptanceLapsed,
    Accepted,
    ActionDone,
    ActionDropped,
    ActionLapsed,
    ActionSet,
    Checked,
    Decided,
    Disputed,
    FollowUpLapsed,
    ObjectionLapsed,
    Reopened,
)

__all__ = [
    "AcceptanceLapsed",
    "Accepted",
    "Acknowledged",
    "AcknowledgementLapsed",
    "ActionDone",
    "ActionDropped",
    "ActionLapsed",
    "ActionSet",
    "Answered",
    "Called",
    "CalledAgain",
    "CallingEvent",
    "Checked",
    "ContactLogged",
    "Corrected",
    "Decided",
    "Disputed",
    "Event",
    "ExtensionAgreed",
    "ExtensionAsked",
    "ExtensionDeclined",
    "Fact",
    "FollowUpLapsed",
    "HandedOver",
    "KeepingEvent",
    "Lapsed",
    "LaterEvent",
    "MarkedDuplicate",
    "NoteAdded",
    "ObjectionLapsed",
    "Opened",
    "Opening",
    "OpeningEvent",
    "Raised",
    "Redirected",
    "ReferralLapsed",
    "Referred",
    "Released",
    "Reminded",
    "Reopened",
    "Responded",
    "Retimed",
    "SettlingEvent",
    "Skipped",
    "TurnedUrgent",
    "Withdrawn",
]

Opening = Referred | Raised
OpeningEvent = Responded | ReferralLapsed | Opened | TurnedUrgent
CallingEvent = (
    Skipped
    | Called
    | Reminded
    | AcknowledgementLapsed
    | Lapsed
    | CalledAgain
    | Acknowledged
    | Released
    | Answered
    | ExtensionAsked
    | ExtensionAgreed
    | ExtensionDeclined
)
SettlingEvent = (
    AcceptanceLapsed
    | Accepted
    | Disputed
    | FollowUpLapsed
    | Checked
    | Reopened
    | ObjectionLapsed
    | Decided
    | ActionSet
    | ActionDone
    | ActionDropped
    | ActionLapsed
)
KeepingEvent = (
    ContactLogged | NoteAdded | Withdrawn | Corrected | Redirected | MarkedDuplicate | HandedOver | Retimed
)
LaterEvent = OpeningEvent | CallingEvent | SettlingEvent | KeepingEvent
Event = Opening | LaterEvent

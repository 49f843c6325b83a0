"""What is said back to the person who just did something: that it is on record, and what happens next."""

from collections.abc import Sequence
from dataclasses import replace

from concerns import events as e
from concerns.model import Concern, Outcome, Ref, Safer
from concerns.rules import Rules
from views.cards import card_title, is_urgent
from views.instants import when
from views.parts import Button, Message
from views.standing import standing


def done(events: Sequence[e.Event], concern: Concern, rules: Rules, buttons: Sequence[Button]) -> Message:
    """The confirmation of one change: its first event names what was done, the rest is what comes next."""
    first = events[0]
    return Message(
        title=f"{concern.ref}: {_title(first)}",
        lines=(*_happened(first, rules), *standing(concern, rules)),
        buttons=tuple(buttons),
        urgent=is_urgent(concern),
    )


def also_carried(said: Message, refs: Sequence[Ref]) -> Message:
    """The same confirmation, where other concerns were closed because this one carried them on."""
    if not refs:
        return said
    line = f"It also carried {', '.join(refs)}: if that is not settled either, reopen it."
    return replace(said, lines=(line, *said.lines))


def moved_on(concern: Concern, rules: Rules, buttons: Sequence[Button]) -> Message:
    """A button pressed too late: nothing changed, and here is how it stands."""
    return _unchanged("This has moved on", concern, rules, buttons)


def repeated(concern: Concern, rules: Rules, buttons: Sequence[Button]) -> Message:
    """Said twice: it had its effect the first time."""
    return _unchanged("This is on record already", concern, rules, buttons)


def _unchanged(why: str, concern: Concern, rules: Rules, buttons: Sequence[Button]) -> Message:
    return Message(
        title=f"{why}. {card_title(concern, rules)}",
        lines=("Nothing was changed just now. This is how it stands:", *standing(concern, rules)),
        buttons=tuple(buttons),
        urgent=is_urgent(concern),
    )


def _title(event: e.Event) -> str:
    return _TITLES.get(type(event), "on record")


_TITLES: dict[type[e.Event], str] = {
    e.Referred: "your referral is on record",
    e.Raised: "your concern is on record",
    e.Responded: "the response is on record",
    e.Opened: "taken up the ladder",
    e.TurnedUrgent: "now urgent",
    e.Skipped: "moved up",
    e.Called: "moved up",
    e.Acknowledged: "acknowledged",
    e.Released: "handed back",
    e.Answered: "answered",
    e.Accepted: "agreed",
    e.Disputed: "you say the answer is not enough",
    e.Checked: "the check is on record",
    e.Reopened: "reopened",
    e.ContactLogged: "contact logged",
    e.NoteAdded: "note added",
    e.Withdrawn: "withdrawn",
    e.Redirected: "taken to the door it belongs at",
    e.MarkedDuplicate: "carried on by another concern",
    e.Decided: "your decision is on record",
    e.ExtensionAsked: "you ask for more time",
    e.ExtensionAgreed: "more time is agreed",
    e.ExtensionDeclined: "more time is declined",
    e.ActionSet: "the action is on record",
    e.ActionDone: "the action is done",
    e.ActionDropped: "the action is dropped",
    e.Corrected: "the correction is on record",
    e.HandedOver: "handed over",
    e.Retimed: "the window is moved",
}
"""The first event of a change, as its speaker is told of it."""


def _happened(event: e.Event, rules: Rules) -> tuple[str, ...]:
    match event:
        case e.ContactLogged():
            happened, logged = (when(at, rules.calendar) for at in (event.when, event.at))
            return (f"It happened {happened}; logged {logged}.",)
        case e.Acknowledged(reported=True) | e.Answered(reported=True):
            return ("It is marked as reported by your side, and the other side can see that.",)
        case e.Answered(outcome=Outcome.PLAN_WITH_ACTIONS):
            return ("Name who does what, and by when, with an action each: then nobody has to remember.",)
        case e.ExtensionAsked():
            return ("The raising side is asked. Until it agrees the time stays as it was.",)
        case e.HandedOver():
            return (
                "Whoever carries it now has been told. Stage, clocks and history are as they were.",
                "Whoever hands it on does not see it any more, unless a seat of theirs was called.",
            )
        case e.MarkedDuplicate():
            return (f"Follow {event.of} now. If that ends without settling this, reopen this one.",)
        case e.Checked(safer=Safer.NO):
            return ("Then it is not over. Reopen it, and the same people are called again.",)
        case _:
            return ()

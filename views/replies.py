"""What is said back to the person who just did something: that it is on record, and what happens next."""

from collections.abc import Sequence

from concerns import events as e
from concerns.model import Concern, Safer, Stage
from concerns.rules import Rules
from views.cards import buttons, card_title, challenged_side, standing, tier_name
from views.instants import when
from views.parts import Button, Message


def done(events: Sequence[e.Event], concern: Concern, rules: Rules) -> Message:
    """The confirmation of one change: its first event names what was done, the card what comes next."""
    first = events[0]
    return Message(
        title=f"{concern.ref}: {_title(first)}",
        lines=(*_happened(first, concern, rules), *_next(concern, rules)),
        buttons=next_buttons(concern),
        urgent=concern.urgent and concern.stage is not Stage.CLOSED,
    )


def unchanged(concern: Concern, rules: Rules) -> Message:
    """A command said twice, or too late: nothing changed, and here is how it stands."""
    return Message(
        title=f"This has moved on. {card_title(concern, rules)}",
        lines=("Nothing was changed. This is how it stands now:", *standing(concern, rules)),
        buttons=next_buttons(concern),
    )


def choose(title: str, verb: str, concerns: Sequence[tuple[Concern, str]]) -> Message:
    """Which concern was meant: one button for each that this command fits."""
    return Message(
        title=title,
        lines=tuple(f"{concern.ref}: {place}" for concern, place in concerns),
        buttons=tuple(Button(concern.ref, verb, concern.ref, concern.turn) for concern, _ in concerns),
    )


def next_buttons(concern: Concern) -> tuple[Button, ...]:
    """The everyday next steps of whoever just acted."""
    if concern.stage is Stage.CLOSED:
        return buttons(concern, ("Show", "show"), ("Reopen", "reopen"))
    return buttons(concern, ("Show", "show"), ("Log a contact", "contact"), ("Add a note", "note"))


def _title(event: e.Event) -> str:
    match event:
        case e.Referred():
            return "your referral is on record"
        case e.Raised():
            return "your concern is on record"
        case e.Responded():
            return "the response is on record"
        case e.Opened() | e.TurnedUrgent() | e.Called() | e.Skipped():
            return "moved up"
        case e.Acknowledged():
            return "acknowledged"
        case e.Released():
            return "handed back"
        case e.Answered():
            return "answered"
        case e.Accepted():
            return "agreed"
        case e.Disputed():
            return "the answer is disputed"
        case e.Checked():
            return "the check is on record"
        case e.Reopened():
            return "reopened"
        case e.ContactLogged():
            return "contact logged"
        case e.NoteAdded():
            return "note added"
        case e.Withdrawn():
            return "withdrawn"
        case _:
            return "on record"


def _happened(event: e.Event, concern: Concern, rules: Rules) -> tuple[str, ...]:
    match event:
        case e.Raised() if concern.call:
            return (
                f"{tier_name(concern.call.tier, rules).capitalize()} is called: {challenged_side(concern, rules)}.",
            )
        case e.ContactLogged():
            return (
                f"It happened {when(event.when, rules.calendar)}; logged {when(event.at, rules.calendar)}.",
            )
        case e.Acknowledged(reported=True):
            return ("Recorded as reported by the raising side; the other side can see that.",)
        case e.Answered(reported=True):
            return ("Recorded as reported by the raising side; the other side can see that.",)
        case e.Checked(safer=Safer.NO):
            return ("Then it is not over. Reopen it now, and the same tier is called again.",)
        case _:
            return ()


def _next(concern: Concern, rules: Rules) -> tuple[str, ...]:
    return standing(concern, rules)

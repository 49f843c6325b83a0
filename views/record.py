"""The record of one concern, for whoever may see it; the words only for those who may read them."""

from collections.abc import Sequence
from datetime import datetime

from concerns import events as e
from concerns.model import Concern, Words
from concerns.rules import Rules
from views.cards import about, card_title, place_on_ladder, standing
from views.happenings import happened
from views.instants import dated, overdue, when
from views.labels import who
from views.parts import Button, Message

ASKED = {
    "decision": "Challenged",
    "why_unsafe": "Why it is unsafe",
    "wanted": "Wanted",
    "interim": "Meanwhile",
    "views": "The person's views",
    "own_manager": "Own manager",
    "own_ref": "Own record",
    "level": "Level of need",
    "summary": "Summary",
    "who": "With",
    "how": "How",
    "agreed": "Agreed",
    "next_step": "Next step",
    "text": "Note",
    "response": "Answer",
    "reasons": "Reasons",
    "agreed_risks": "Risks agreed",
    "not_agreed": "Not agreed",
    "actions": "Actions",
    "other_ref": "Their record",
    "reservation": "Reservation",
    "why": "Still missing",
    "reason": "Reason",
    "note": "Found",
}
"""How each private field is introduced in the record."""


def show(
    concern: Concern, history: Sequence[e.Event], rules: Rules, *, words: bool, buttons: Sequence[Button]
) -> Message:
    """Where it stands, then everything that happened, oldest first. Without `words`, times and seats only."""
    lines = [*about(concern, trust=2), *standing(concern, rules), "The record, oldest first:"]
    for event in history:
        lines.extend(_entry(event, rules, words))
    if not words:
        lines.append("The words are for the people called; you see clocks, seats and outcomes.")
    return Message(card_title(concern, rules), tuple(lines), tuple(buttons), urgent=concern.urgent)


def mine(waiting: Sequence[tuple[Concern, Rules, bool]], now: datetime) -> Message:
    """This person's open concerns, those that wait on them first, the most overdue of those first."""
    if not waiting:
        return Message(
            "Nothing is open for you",
            ("No open concern waits on you or is yours to follow.",),
            (Button("Raise a concern", "raise"), Button("Record a referral", "refer")),
        )
    lines = tuple(_waiting(concern, rules, on_me, now) for concern, rules, on_me in waiting)
    buttons = tuple(Button(f"Show {c.ref}", "show", c.ref, c.turn) for c, _, _ in waiting[:8])
    on_you = sum(on_me for _, _, on_me in waiting)
    title = f"{on_you} waiting on you" if on_you else "Nothing waits on you; these are open"
    return Message(title, lines, buttons)


def _waiting(concern: Concern, rules: Rules, on_me: bool, now: datetime) -> str:
    due = f", due {when(concern.due, rules.calendar)}{overdue(concern.due, now)}" if concern.due else ""
    mine = "Waiting on you: " if on_me else ""
    return f"{mine}{concern.ref}, {place_on_ladder(concern, rules)}{due}"


def _entry(event: e.Event, rules: Rules, words: bool) -> list[str]:
    person = f", {who(event.by, rules.directory)}" if event.by and words else ""
    entry = [f"{dated(event.at, rules.calendar)}{person}: {happened(event, rules)}"]
    return entry + (_words(event.words) if words else [])


def _words(said: Words) -> list[str]:
    if said.locked:
        return ["(words that cannot be opened: the key is missing or was destroyed on purpose)"]
    return [f"{ASKED.get(key, key)}: {text}" for key, text in said.items()]

"""The record of one concern, for whoever may see it; the words only for those who may read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from concerns import events as e
from concerns.directory import Directory
from concerns.model import Concern
from concerns.people import PersonId
from concerns.rules import Rules
from concerns.waiting import Waiting
from views.cards import about, card_title, is_urgent, urgently
from views.happenings import happened
from views.instants import dated, overdue
from views.labels import capital, who
from views.owing import owing, until
from views.parts import Button, Message
from views.standing import next_action, next_clock, standing, state

_INDENT = "\u2003"
"""A wide space: a narrow one at the beginning of a line is not shown everywhere."""
AT_MOST = 20
"""How many concerns one list holds; the rest is counted."""
BUTTONS = 5
"""How many buttons a message has room for."""

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
    "who": "Who",
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
    "dissent": "Dissent",
    "what": "To do",
}
"""How each private field is introduced in the record."""

_ASKED_OF: dict[type[e.Event], dict[str, str]] = {
    e.Decided: {"decision": "Decision"},
    e.Corrected: {"text": "Should have said"},
    e.ActionDone: {"note": "Done"},
}
"""Where the same key means something else."""


def show(
    concern: Concern,
    history: Sequence[e.Event],
    rules: Rules,
    *,
    words: bool,
    buttons: Sequence[Button],
    reader: PersonId | None = None,
) -> Message:
    """Where it stands, then everything that happened, oldest first. Without `words`, no names either.

    Each entry has the number it is corrected by.

    Whoever is named to do something may read what it is, and no other words.
    """
    lines = [*about(concern), *standing(concern, rules), "The record, oldest first:"]
    for number, event in enumerate(history, start=1):
        lines.extend(_entry(number, event, rules, words or _is_theirs(event, reader, rules.directory)))
    if not words:
        lines.append("The words are for the people called; you see clocks, seats and outcomes.")
    return Message(card_title(concern, rules), tuple(lines), tuple(buttons), urgent=is_urgent(concern))


def _is_theirs(event: e.Event, reader: PersonId | None, directory: Directory) -> bool:
    """Whether it is an action this reader, or somebody they stand in for, was named to do."""
    return reader is not None and isinstance(event, e.ActionSet) and directory.stands_in(reader, event.owner)


@dataclass(frozen=True, slots=True)
class Mine:
    """One of a person's open concerns: whether it waits on them, and what for, where they answer for it."""

    concern: Concern
    rules: Rules
    on_me: bool
    owed: Waiting | None = None


def mine(listed: Sequence[Mine], now: datetime) -> Message:
    """This person's open concerns, in the order given."""
    if not listed:
        return Message(
            "Nothing is open for you",
            ("No open concern waits on you or is yours to follow.",),
            (Button("Raise a concern", "raise"), Button("Record a referral", "refer")),
        )
    lines = [_line(one, now) for one in listed[:AT_MOST]]
    if len(listed) > AT_MOST:
        lines.append(f"And {len(listed) - AT_MOST} more, none of them more pressing.")
    on_you = sum(one.on_me for one in listed)
    return Message(
        f"{on_you} waiting on you" if on_you else "Nothing waits on you just now; these are open",
        tuple(lines),
        shows([one.concern for one in listed]),
    )


def shows(concerns: Sequence[Concern]) -> tuple[Button, ...]:
    """A button for each concern to look at it, as many as there is room for."""
    return tuple(Button(f"Show {c.ref}", "show", c.ref, c.turn) for c in concerns[:BUTTONS])


def summary(concern: Concern, rules: Rules) -> str:
    """`called, stage 2 of 4; answer due Tue 1 Dec at 17:00`."""
    clock = next_clock(concern)
    return f"{state(concern, rules)}{f'; {until(clock, concern, rules)}' if clock else ''}"


def _line(one: Mine, now: datetime) -> str:
    """Where it stands; whoever is waited on for it reads the next step too."""
    concern, rules = one.concern, one.rules
    if one.owed:
        return f"Waiting on you: {owing(one.owed, concern, rules)}"
    clock = next_clock(concern)
    late = overdue(clock.due, now) if clock else ""
    stands = f"{urgently(concern)}{concern.ref}, {summary(concern, rules)}{late}."
    return " ".join(("Waiting on you:", stands, *next_action(concern, rules))) if one.on_me else stands


def _entry(number: int, event: e.Event, rules: Rules, words: bool) -> list[str]:
    """`3. Mon 30 Nov 2026, 10:00 (Amira Khan, …). Contact …`, then what was said, line by line."""
    person = f" ({who(event.by, rules.directory)})" if event.by and words else ""
    entry = [f"{number}. {dated(event.at, rules.calendar)}{person}. {happened(event, rules)}"]
    return entry + ([*_named(event, rules), *_words(event)] if words else [])


def _named(event: e.Event, rules: Rules) -> list[str]:
    """Who is meant besides whoever spoke; a name is for those who may read the words."""
    match event:
        case e.HandedOver():
            return [f"To: {who(event.to, rules.directory)}"]
        case e.ActionSet():
            return [f"Owner: {who(event.owner, rules.directory)}"]
        case _:
            return []


def _words(event: e.Event) -> list[str]:
    said, asked = event.words, ASKED | _ASKED_OF.get(type(event), {})
    if said.locked:
        return ["Its words cannot be opened: their key is missing, or was destroyed on purpose."]
    return [
        f"{asked.get(key, capital(key.replace('_', ' ')))}: {_set_in(text)}" for key, text in said.items()
    ]


def _set_in(text: str) -> str:
    """An answer of several lines stays together: what follows its first line is set in."""
    return f"\n{_INDENT}".join(line for line in text.splitlines() if line.strip())

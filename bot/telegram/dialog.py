"""A form as a talk, one question at a time: what an answer means, and where the talk stands after it.

Pure: it asks nobody and keeps nothing. Whether an answer will do is the desk's to say.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from hashlib import blake2s

from bot.telegram.limits import units
from storage.dialogs import Dialog
from views.parts import Choice, Field, FieldKind, Form

MORE = "+"
"""Behind the key of a question whose answer is not all there yet: what is typed next belongs to it."""
SPLIT = 2048
"""What is longer than 4,096 is sent as several messages, cut at a paragraph of the second half where there is
one: whoever sends one this long, counted in UTF-16, may not have ended.
"""

_LISTS = frozenset({FieldKind.CHOICE, FieldKind.CHOICES, FieldKind.PERSON, FieldKind.YES_NO})
_TIMES = frozenset({FieldKind.DATE, FieldKind.DATETIME})
_TIME = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)

SUMMARY = "Nothing was taken from that. Press a button: send it, change something, or cancel."
PICK = "Please choose with a button, or type it as it stands on one."
SEVERAL = "Several fit. Please choose one."
ONE = "One fits. Press it to choose it."
LONG = "Telegram cuts a long text into several messages. Send the rest, if there is more, or press Done."
DAY_FIRST = "Which day? Choose it below, or type it like 2026-12-01."


class Go(StrEnum):
    """Where the talk goes once an answer has been kept."""

    STAY = "stay"
    MORE = "more"
    NEXT = "next"
    BACK = "back"
    CHECK = "check"
    CHANGE = "change"
    SEND = "send"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class View:
    """What of a question is shown just now: which page of a long list, which month, what it was searched for.

    `fields` shows the questions that may be changed, instead of the summary.
    """

    page: int = 0
    month: str = ""
    search: str = field(default="", repr=False)
    fields: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """What somebody meant: an answer to keep, and where to go then. `to` is the question to change."""

    go: Go
    given: tuple[str, tuple[str, ...]] | None = field(default=None, repr=False)
    note: str = ""
    view: View = View()
    to: str = ""


# ---- which question ---------------------------------------------------------------------------------


def begun(form: Form, account: str, request: str) -> Dialog:
    """The talk about a form just opened: at the first question that needs asking."""
    return _at(form, Dialog(form.id, account, request=request), _first(form.fields))


def open_field(form: Form, dialog: Dialog) -> Field | None:
    """The question that is open; None for the summary, and for one the form does not ask any more."""
    key = dialog.question.removesuffix(MORE)
    return next((field for field in form.fields if field.key == key), None)


def missing(form: Form) -> str:
    """The first question that must be answered and is not; empty where none is."""
    return next((field.key for field in form.fields if field.required and not field.value), "")


def complete(form: Form, dialog: Dialog) -> bool:
    """Whether nothing of this page is left to ask and it is not the last: then it needs no summary."""
    return not dialog.question and form.part < form.parts


def moved(form: Form, dialog: Dialog, move: Move, request: str) -> Dialog:
    """Where the talk stands after a move; `form` is how the page looks since."""
    after = replace(dialog, step=dialog.step + 1, request=request, message_id=None)
    here = open_field(form, dialog)
    match move.go:
        case Go.STAY | Go.SEND | Go.STOP:
            return after
        case Go.MORE:
            return replace(after, question=dialog.question.removesuffix(MORE) + MORE)
        case Go.CHANGE:
            return replace(after, question=move.to, checking=True)
        case Go.CHECK:
            return _at(form, after, "")
        case Go.BACK:
            return _at(form, after, _before(form, here))
        case Go.NEXT:
            ahead = form.fields[form.fields.index(here) + 1 :] if here else form.fields
            return _at(form, after, "" if dialog.checking and here else _first(ahead))


def astray(dialog: Dialog, key: str) -> Dialog:
    """An answer would not do: its question is open again."""
    return replace(dialog, question=key)


def _at(form: Form, dialog: Dialog, key: str) -> Dialog:
    """At this question; the summary comes only when nothing is missing."""
    key = key or missing(form)
    return replace(dialog, question=key, checking=dialog.checking or not key)


def _first(fields: tuple[Field, ...]) -> str:
    """The next that needs asking. What is filled in is seen in the summary; times are asked all the same."""
    return next((one.key for one in fields if not one.value or one.kind in _TIMES), "")


def _before(form: Form, here: Field | None) -> str:
    """The question before this one; before the summary stands the last."""
    if here is None:
        return form.fields[-1].key
    return form.fields[max(form.fields.index(here) - 1, 0)].key


# ---- what was meant ---------------------------------------------------------------------------------


def mark(value: str) -> str:
    """What a button carries for one of many: a list may have changed since, and then it fits none."""
    return blake2s(value.encode(), digest_size=6).hexdigest()


def pressed(form: Form, dialog: Dialog, what: str, now: datetime) -> Move:
    """What a button of the open question means. `now` is local time."""
    here, (verb, _, rest) = open_field(form, dialog), what.partition(":")
    match verb:
        case "send" if here is None:
            return Move(Go.SEND)
        case "stop":
            return Move(Go.STOP)
        case "back":
            return Move(Go.CHECK if dialog.checking and here else Go.BACK)
        case "check":
            return Move(Go.CHECK)
        case "fields":
            return Move(Go.STAY, view=View(fields=True))
        case "edit":
            chosen = next((field.key for field in form.fields if mark(field.key) == rest), "")
            return Move(Go.CHANGE, to=chosen) if chosen else Move(Go.STAY)
        case "page" if rest.isdecimal():
            return Move(Go.STAY, view=View(page=int(rest[:3])))
        case "month":
            return Move(Go.STAY, view=View(month=rest))
    return _answered(here, verb, rest, now) if here else Move(Go.STAY)


def _answered(here: Field, verb: str, rest: str, now: datetime) -> Move:
    match verb:
        case "keep":
            return Move(Go.NEXT)
        case "skip" if not here.required:
            return Move(Go.NEXT, (here.key, ()))
        case "one" | "on" | "off":
            found = [choice for choice in here.choices if mark(choice.value) == rest]
            return _chosen(here, found[0], on=verb == "on") if found else Move(Go.STAY, note=PICK)
        case "day" if here.kind in _TIMES:
            return Move(Go.NEXT if here.kind is FieldKind.DATE else Go.STAY, (here.key, (rest,)))
        case "time" if here.kind is FieldKind.DATETIME:
            return _moment(here, rest, now)
        case "now" if here.kind is FieldKind.DATETIME:
            return Move(Go.NEXT, (here.key, (f"{now:%Y-%m-%dT%H:%M}",)))
    return Move(Go.STAY)


def typed(form: Form, dialog: Dialog, text: str, now: datetime) -> Move:
    """What was typed means, for the open question."""
    here = open_field(form, dialog)
    if here is None:
        return Move(Go.STAY, note=SUMMARY)
    if here.kind in _LISTS:
        return _named(here, text)
    if here.kind is FieldKind.DATETIME:
        return _moment(here, text, now)
    whole = text
    if dialog.question.endswith(MORE) and isinstance(here.value, str) and not here.value.endswith(text):
        whole = f"{here.value}\n{text}"
    if here.kind is FieldKind.LONG and units(text) >= SPLIT:
        return Move(Go.MORE, (here.key, (whole,)), LONG)
    return Move(Go.NEXT, (here.key, (whole,)))


def day_of(value: str | tuple[str, ...]) -> str:
    """The day of a moment half said: chosen, and its time still to come."""
    return value if isinstance(value, str) and _DAY.fullmatch(value) else ""


def _moment(here: Field, text: str, now: datetime) -> Move:
    """A moment, its day first where both are not said at once."""
    time = _TIME.fullmatch(text.strip())
    day = day_of(here.value) or (str(here.value).partition("T")[0] if here.value else "")
    if time and day:
        return Move(Go.NEXT, (here.key, (f"{day}T{int(time[1]):02}:{time[2]}",)))
    if time:
        return Move(Go.NEXT, (here.key, (f"{now:%Y-%m-%d}T{int(time[1]):02}:{time[2]}",)))
    if _DAY.fullmatch(text.strip()):
        return Move(Go.STAY, (here.key, (text.strip(),)))
    return Move(Go.NEXT, (here.key, (text.strip(),)))


def _named(here: Field, text: str) -> Move:
    """A choice typed as it stands on its button; where it fits several they are shown."""
    said = text.strip().casefold()
    exact = [one for one in here.choices if said in {one.label.casefold(), one.value.casefold()}]
    if len(exact) == 1:
        return _chosen(here, exact[0], on=exact[0].value not in here.value)
    found = searched(here.choices, text)
    if not found:
        return Move(Go.STAY, note=PICK)
    return Move(Go.STAY, note=SEVERAL if len(found) > 1 else ONE, view=View(search=text))


def searched(choices: tuple[Choice, ...], text: str) -> tuple[Choice, ...]:
    """Those whose label holds every word of the text."""
    words = text.casefold().split()
    return tuple(one for one in choices if all(word in one.label.casefold() for word in words))


def _chosen(here: Field, choice: Choice, *, on: bool) -> Move:
    """One answer goes on; of several one is put in or taken out, and saying so twice makes no difference."""
    if here.kind is not FieldKind.CHOICES:
        return Move(Go.NEXT, (here.key, (choice.value,)))
    before = here.value if isinstance(here.value, tuple) else tuple(filter(None, (here.value,)))
    kept = tuple(value for value in before if value != choice.value)
    return Move(Go.STAY, (here.key, (*kept, choice.value) if on else kept))

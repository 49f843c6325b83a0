"""How the open question of a form looks in Telegram: what it says, and the buttons under it.

A button carries which form it belongs to and at which step it was shown, so that an old one is known for one.
It never carries an answer's words.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.telegram.dialog import (
    DAY_FIRST,
    MORE,
    View,
    day_of,
    mark,
    missing,
    open_field,
    searched,
)
from bot.telegram.limits import LABEL, units
from bot.telegram.month import month
from storage.dialogs import Dialog
from views.parts import Choice, Field, FieldKind, Form, Message

PREFIX = "q"
"""How the data of a dialog's button begins; no command is called that."""
A_PAGE = 8
"""How many of a long list stand under one question."""
_CHOSEN = "✓ "
_HOURS = range(7, 21)
_TIMES = frozenset({FieldKind.DATE, FieldKind.DATETIME})


@dataclass(frozen=True, slots=True)
class Key:
    """A button under a question."""

    label: str
    data: str


Keys = tuple[tuple[Key, ...], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What stands in the chat: a message, and rows of buttons."""

    message: Message
    keys: Keys


@dataclass(frozen=True, slots=True)
class Press:
    """A dialog's button, pressed: of which form, at which step, and what for."""

    form: str
    step: int
    what: str


def press(data: str) -> Press | None:
    """What such a button carries; None for any other."""
    prefix, form, step, what = (*data.split(":", 3), "", "", "")[:4]
    if prefix != PREFIX or not form or not what or not step.isdecimal() or len(step) > 6:
        return None
    return Press(form, int(step), what)


def question(form: Form, dialog: Dialog, view: View, now: datetime, note: str = "") -> Question:
    """The open question, or the summary. `now` is local time; `note` comes first of all.

    What a button has no room for stands in the text, too.
    """
    here = open_field(form, dialog)
    if here is None:
        said, rows = _changing(form) if view.fields else _summary(form)
    else:
        said, rows = _asking(form, dialog, here), list(_keys(form, dialog, here, view, now))
    named = tuple(
        tuple(Key(label, f"{PREFIX}:{form.id}:{dialog.step}:{what}") for label, what in row) for row in rows
    )
    cut = (key.label for row in named for key in row if units(key.label) > LABEL)
    lines = (*((note,) if note else ()), *said.lines, *cut)
    return Question(Message(said.title, lines, urgent=form.urgent), named)


def shown(field: Field) -> str:
    """An answer as people read it."""
    values = field.value if isinstance(field.value, tuple) else tuple(filter(None, (field.value,)))
    labels = {choice.value: choice.label for choice in field.choices}
    return ", ".join(_moment(field, labels.get(value, value)) for value in values)


def _moment(field: Field, value: str) -> str:
    """`Mon 30 Nov 2026, 10:00`; as it was typed where it is no moment."""
    if field.kind not in _TIMES:
        return value
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return value
    day = f"{at:%a} {at.day} {at:%b} {at.year}"
    return day if field.kind is FieldKind.DATE or len(value) == len("2026-12-01") else f"{day}, {at:%H:%M}"


Row = Sequence[tuple[str, str]]

# ---- what it says -----------------------------------------------------------------------------------


def _asking(form: Form, dialog: Dialog, here: Field) -> Message:
    """The question; what the form is about stands above its first one only."""
    so_far = shown(here)
    lines = [
        *((here.hint,) if here.hint else ()),
        *((f"So far: {so_far}",) if so_far else ()),
        _how(here, dialog),
        _progress(form, here),
    ]
    if here is form.fields[0] and not dialog.checking:
        return Message(form.title, (*form.lines, here.ask, *filter(None, lines)), urgent=form.urgent)
    return Message(here.ask, tuple(filter(None, lines)))


def _progress(form: Form, here: Field) -> str:
    """Which form it is: two may be open in one chat."""
    if len(form.fields) == 1:
        return ""
    return f"{form.title}: question {form.fields.index(here) + 1} of {len(form.fields)}."


def _how(here: Field, dialog: Dialog) -> str:
    match here.kind:
        case FieldKind.TEXT | FieldKind.LONG:
            return "Type the rest." if dialog.question.endswith(MORE) else "Type your answer."
        case FieldKind.CHOICES:
            return "Choose one or more, then press Done."
        case FieldKind.PERSON:
            return "Choose somebody, or type part of their name."
        case FieldKind.DATE:
            return DAY_FIRST
        case FieldKind.DATETIME:
            if day_of(here.value):
                return "At what time? Choose it below, or type it like 14:35."
            return f"{DAY_FIRST} Then the time."
        case _:
            return ""


def _summary(form: Form) -> tuple[Message, list[Row]]:
    answers = tuple(f"{field.ask} {shown(field)}" for field in form.fields if field.value)
    empty = len(form.fields) - len(answers)
    left = (f"Left empty: {empty}.",) if empty else ()
    lines = ("Please check this. Nothing is sent yet.", *answers, *left)
    keys: list[Row] = [
        (("Send", "send"),),
        (("Change something", "fields"), ("Cancel", "stop")),
    ]
    return Message(form.title, lines, urgent=form.urgent), keys


def _changing(form: Form) -> tuple[Message, list[Row]]:
    keys: list[Row] = [((field.ask, f"edit:{mark(field.key)}"),) for field in form.fields]
    return Message(form.title, ("Which answer do you want to change?",)), [*keys, (("Back", "check"),)]


# ---- the buttons under it ---------------------------------------------------------------------------


def _keys(form: Form, dialog: Dialog, here: Field, view: View, now: datetime) -> Iterator[Row]:
    match here.kind:
        case FieldKind.CHOICE | FieldKind.CHOICES | FieldKind.PERSON:
            yield from _list(here, view)
        case FieldKind.YES_NO:
            yield [_one(here, choice) for choice in here.choices]
        case FieldKind.DATE:
            yield from month(view.month, now.date())
        case FieldKind.DATETIME if day_of(here.value) and not view.month:
            yield from _times()
        case FieldKind.DATETIME:
            yield [(f"Now, {now:%H:%M}", "now")]
            yield from month(view.month, now.date())
        case _:
            pass
    yield from _ways(form, dialog, here)


def _list(here: Field, view: View) -> Iterator[Row]:
    """A long list in pages; what was searched for is shown alone."""
    listed = searched(here.choices, view.search) if view.search else here.choices
    if len(listed) <= A_PAGE + 2:
        yield from ([_one(here, choice)] for choice in listed)
        return
    page = min(view.page, (len(listed) - 1) // A_PAGE)
    yield from ([_one(here, choice)] for choice in listed[page * A_PAGE :][:A_PAGE])
    beside = [("Before", page - 1), ("More", page + 1)]
    yield [(label, f"page:{at}") for label, at in beside if 0 <= at * A_PAGE < len(listed)]


def _one(here: Field, choice: Choice) -> tuple[str, str]:
    values = here.value if isinstance(here.value, tuple) else (here.value,)
    chosen = choice.value in values
    what = "one" if here.kind is not FieldKind.CHOICES else "off" if chosen else "on"
    return f"{_CHOSEN if chosen else ''}{choice.label}", f"{what}:{mark(choice.value)}"


def _times() -> Iterator[Row]:
    """Every hour of a long day; any other time is typed."""
    hours = [(f"{hour:02}:00", f"time:{hour:02}:00") for hour in _HOURS]
    yield from _in_rows(hours, 4)
    yield [("Another day", "month:now")]


def _ways(form: Form, dialog: Dialog, here: Field) -> Iterator[Row]:
    """How it goes on from here."""
    stands = bool(here.value) and (here.kind not in _TIMES or _moment(here, str(here.value)) != here.value)
    if stands and not (here.kind is FieldKind.DATETIME and day_of(here.value)):
        yield [("Done" if here.kind in {FieldKind.CHOICES, FieldKind.LONG} else "Keep it", "keep")]
    if not here.required:
        yield [("Leave it empty" if here.value else "Skip", "skip")]
    ways: list[tuple[str, str]] = []
    if dialog.checking:
        ways.append(("Back to the summary", "back"))
    elif here is not form.fields[0]:
        ways.append(("Back", "back"))
    if not dialog.checking and not missing(form) and form.part == form.parts and (stands or not here.value):
        ways.append(("Check and send", "check"))
    yield [*ways, ("Cancel", "stop")]


def _in_rows(keys: Sequence[tuple[str, str]], each: int) -> Iterable[Row]:
    return (keys[at : at + each] for at in range(0, len(keys), each))

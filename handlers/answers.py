"""What somebody filled in, checked against the fields they were asked. Refusals name the field, and lose nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from concerns.calendar import BadInstant, Calendar
from concerns.model import Words
from handlers.line import clean
from views.parts import Field, FieldKind

LONGEST = 16_000
"""The longest single answer, in characters."""

_YES = frozenset({"yes", "y", "true", "on", "1"})
_NO = frozenset({"no", "n", "false", "off", "0"})
_CHOOSING = frozenset({FieldKind.CHOICE, FieldKind.CHOICES, FieldKind.PERSON})

Given = Mapping[str, object]
"""Answers as a platform hands them over: text, a yes or no, or a list of chosen values."""


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers by field key, as clean text; read them by the kind the field has."""

    given: Mapping[str, tuple[str, ...]]
    calendar: Calendar

    @classmethod
    def of(cls, given: Given, calendar: Calendar) -> "Answers":
        """Whatever a platform handed over, as clean text."""
        return cls({str(key): _texts(value) for key, value in given.items()}, calendar)

    def merged(self, more: "Answers") -> "Answers":
        """These answers, overlaid with later ones."""
        return Answers({**self.given, **more.given}, self.calendar)

    def text(self, key: str) -> str:
        """The answer as text; empty when there is none."""
        return next(iter(self.given.get(key, ())), "")

    def chosen(self, key: str) -> tuple[str, ...]:
        """Every value chosen."""
        return self.given.get(key, ())

    def yes(self, key: str) -> bool:
        """Whether the answer is yes; no answer is no."""
        return self.text(key).lower() in _YES

    def instant(self, key: str) -> datetime | None:
        """An instant from local wall time, aware UTC; None when not given. Raises BadInstant."""
        text = self.text(key)
        return self.calendar.parse_local(text) if text else None

    def day(self, key: str) -> date | None:
        """A date; None when not given. Raises ValueError."""
        text = self.text(key)
        return date.fromisoformat(text) if text else None

    def words(self, fields: Iterable[Field]) -> Words:
        """The private answers among these fields, as words to be sealed."""
        return Words({field.key: self.text(field.key) for field in fields if field.private})


def faults(fields: Sequence[Field], answers: Answers) -> dict[str, str]:
    """A sentence for each field whose answer will not do, by its key."""
    found = ((field.key, _fault(field, answers)) for field in fields)
    return {key: sentence for key, sentence in found if sentence}


def complete(fields: Sequence[Field], answers: Answers) -> bool:
    """Whether nothing more needs to be asked."""
    return not faults(fields, answers)


def _fault(field: Field, answers: Answers) -> str:
    given = [text for text in answers.chosen(field.key) if text]
    if not given:
        return f"Please answer: {field.ask}" if field.required else ""
    if any(len(text) > LONGEST for text in given):
        return f"That is longer than {LONGEST:,} characters. Please shorten it, or split it into two notes."
    if field.kind in _CHOOSING:
        known = {choice.value for choice in field.choices}
        return "" if known.issuperset(given) else "Please choose from the list."
    match field.kind:
        case FieldKind.YES_NO:
            return "" if given[0].lower() in _YES | _NO else "Please answer yes or no."
        case FieldKind.DATE:
            return _date_fault(given[0])
        case FieldKind.DATETIME:
            return _instant_fault(given[0], answers.calendar)
        case _:
            return ""


def _date_fault(text: str) -> str:
    try:
        date.fromisoformat(text)
    except ValueError:
        return f"{text[:20]} is not a date in the calendar. Write it like 2026-12-01."
    return ""


def _instant_fault(text: str, calendar: Calendar) -> str:
    try:
        calendar.parse_local(text)
    except BadInstant as refusal:
        return str(refusal)
    return ""


def _texts(value: object) -> tuple[str, ...]:
    match value:
        case None:
            return ()
        case bool():
            return ("yes" if value else "no",)
        case str():
            return (clean(value),)
        case list() | tuple():
            return tuple(clean(str(one)) for one in value)
        case _:
            return (clean(str(value)),)

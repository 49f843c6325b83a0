"""What somebody filled in, checked against the fields they were asked; a refusal names the field."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from concerns.calendar import KNOWN_YEARS, BadInstant, Calendar
from concerns.model import Words
from concerns.window import quoted
from handlers.line import clean
from views.parts import Field, FieldKind

LONGEST = 16_000
"""The longest single answer, in characters."""

_YES = frozenset({"yes", "y", "true", "on", "1"})
_NO = frozenset({"no", "n", "false", "off", "0"})
_CHOOSING = frozenset({FieldKind.CHOICE, FieldKind.CHOICES, FieldKind.PERSON})
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MOST_DIGITS = 18

Given = Mapping[str, object]
"""Answers as a platform hands them over: text, a yes or no, or a list of chosen values."""
Texts = Mapping[str, tuple[str, ...]]
"""The same as clean text; a key with nothing is a question left empty on purpose."""


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers by field key, as clean text; read them by the kind the field has."""

    given: Texts
    calendar: Calendar

    def merged(self, more: Texts) -> "Answers":
        """These answers, overlaid with later ones."""
        return Answers({**self.given, **more}, self.calendar)

    def only(self, fields: Iterable[Field]) -> "Answers":
        """The answers to these questions; nobody asked for the rest."""
        keys = {field.key for field in fields}
        return Answers({key: texts for key, texts in self.given.items() if key in keys}, self.calendar)

    def text(self, key: str) -> str:
        """The answer as text; empty when there is none."""
        return next(iter(self.given.get(key, ())), "")

    def chosen(self, key: str) -> tuple[str, ...]:
        """Every value chosen, each once."""
        given = self.given.get(key, ())
        return given if len(given) < 2 else tuple(dict.fromkeys(given))

    def yes(self, key: str) -> bool:
        """Whether the answer is yes; no answer is no."""
        return is_yes(self.given.get(key, ()))

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


def is_yes(given: Sequence[str]) -> bool:
    """Whether an answer is yes; no answer is no."""
    return bool(given) and given[0].lower() in _YES


def texts(given: Given) -> dict[str, tuple[str, ...]]:
    """Whatever a platform handed over, as clean text; what is no text, number or yes or no is no answer."""
    return {str(key): tuple(filter(None, _several(value))) for key, value in given.items()}


def faults(fields: Sequence[Field], answers: Answers) -> dict[str, str]:
    """A sentence for each field whose answer will not do, by its key."""
    return {field.key: sentence for field in fields if (sentence := _fault(field, answers))}


def complete(fields: Sequence[Field], answers: Answers) -> bool:
    """Whether nothing more needs to be asked."""
    return not faults(fields, answers)


def _fault(field: Field, answers: Answers) -> str:
    if not answers.given.get(field.key):
        return f"Please answer: {field.ask}" if field.required else ""
    given = answers.chosen(field.key)
    if max(map(len, given)) > LONGEST:
        return f"That is longer than {LONGEST:,} characters. Please shorten it, or add the rest as a note."
    if field.kind in _CHOOSING and not {choice.value for choice in field.choices}.issuperset(given):
        return f"Please choose from the list: {field.ask}"
    if field.kind is not FieldKind.CHOICES and len(given) > 1:
        return f"Please give one answer: {field.ask}"
    match field.kind:
        case FieldKind.YES_NO:
            return "" if given[0].lower() in _YES | _NO else f"Please answer yes or no: {field.ask}"
        case FieldKind.DATE:
            return _date_fault(given[0])
        case FieldKind.DATETIME:
            return _instant_fault(given[0], answers.calendar)
        case _:
            return ""


def _date_fault(text: str) -> str:
    try:
        known = date.fromisoformat(text if _DATE.fullmatch(text) else "").year in KNOWN_YEARS
    except ValueError:
        return f"{quoted(text)} is not a date in the calendar. Write it like 2026-12-01."
    years = f"{KNOWN_YEARS[0]} to {KNOWN_YEARS[-1]}"
    return "" if known else f"{quoted(text)} is too far from today. Give a date in {years}."


def _instant_fault(text: str, calendar: Calendar) -> str:
    try:
        calendar.parse_local(text)
    except BadInstant as refusal:
        return str(refusal)
    return ""


def _several(value: object) -> Iterable[str]:
    return map(_text, value) if isinstance(value, list | tuple) else (_text(value),)


def _text(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case str():
            return clean(value)
        case int() if abs(value) < 10**_MOST_DIGITS:
            return str(value)
        case _:
            return ""

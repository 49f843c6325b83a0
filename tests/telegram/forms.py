"""A form with a question of every kind, and answers kept in it as the desk keeps them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from handlers.answers import Answers, faults
from tests.ladders import RULES
from views.parts import Choice, Field, FieldKind, Form

COLOURS = (Choice("red", "Red"), Choice("blue", "Blue"), Choice("green", "Green and grey"))
MANY = tuple(Choice(f"p{n}", f"Person {n}, Agency {n % 3}") for n in range(30))
FIELDS = (
    Field("colour", "Which colour?", FieldKind.CHOICE, COLOURS, required=True),
    Field("several", "Which ones?", FieldKind.CHOICES, COLOURS, required=True),
    Field("story", "What happened?", FieldKind.LONG, required=True, private=True, hint="In brief."),
    Field("who", "Who?", FieldKind.PERSON, MANY),
    Field("day", "By when?", FieldKind.DATE),
    Field("moment", "When?", FieldKind.DATETIME, required=True),
    Field("sure", "Are you sure?", FieldKind.YES_NO, (Choice("yes", "Yes"), Choice("no", "No"))),
    Field("level", "Which level?", FieldKind.TEXT, private=True),
)
FORM = Form("form-id-of-24-characters", "A form", FIELDS, ("About C-7F3K-9QMX.",))
NOW = datetime(2026, 11, 30, 10, 0)  # noqa: DTZ001 -- local time, as people speak of it


def filled(form: Form, given: Mapping[str, tuple[str, ...]]) -> Form:
    """The page with these answers in it."""
    return replace(form, fields=tuple(_filled(field, given) for field in form.fields))


def wrong(form: Form, key: str) -> bool:
    """Whether the desk would not take what stands in this question."""
    values = {one.key: one.value if isinstance(one.value, tuple) else (one.value,) for one in form.fields}
    given = {name: tuple(filter(None, value)) for name, value in values.items()}
    return key in faults(form.fields, Answers(given, RULES.calendar))


def _filled(field: Field, given: Mapping[str, tuple[str, ...]]) -> Field:
    if field.key not in given:
        return field
    values = given[field.key]
    return replace(field, value=values if field.kind is FieldKind.CHOICES else next(iter(values), ""))

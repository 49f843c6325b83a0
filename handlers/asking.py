"""Between a typed line and a form: what was understood is filled in, what is missing is asked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from concerns.calendar import Calendar
from handlers.answers import Answers
from handlers.scene import Page, Verb
from views.parts import Field, FieldKind, Form

_MANY = "\x1f"
"""Between several chosen values in a draft; `clean` lets no such character into an answer."""


def understood(
    words: str, fields: Sequence[Field], calendar: Calendar, *, with_words: bool = True
) -> Answers:
    """Leading words that are exactly a listed choice answer that question; what follows is private words.

    Nothing is guessed: the first word that is no choice ends the choices. The words go to the first long field.
    """
    given: dict[str, tuple[str, ...]] = {}
    rest = words.strip()
    while rest:
        first, _, after = rest.partition(" ")
        field = _field_for(first, fields, given)
        if field is None:
            break
        given[field.key] = (first,)
        rest = after.strip()
    long = next((f for f in fields if f.private and f.kind is FieldKind.LONG), None)
    if rest and long is not None and with_words:
        given[long.key] = (rest,)
    return Answers(given, calendar)


def left_over(words: str, fields: Sequence[Field], calendar: Calendar) -> bool:
    """Whether a line holds more than choices: words, which do not belong where others read along."""
    understood_choices = understood(words, fields, calendar, with_words=False).given
    return len(words.split()) > len(understood_choices)


def _field_for(word: str, fields: Iterable[Field], given: Mapping[str, tuple[str, ...]]) -> Field | None:
    return next(
        (
            field
            for field in fields
            if field.kind is FieldKind.CHOICE
            and field.key not in given
            and any(choice.value == word for choice in field.choices)
        ),
        None,
    )


def with_defaults(fields: Iterable[Field], answers: Answers) -> Answers:
    """What a form would show already filled in counts as given."""
    defaults = {f.key: _tupled(f.value) for f in fields if f.value and not answers.chosen(f.key)}
    return Answers({**defaults, **answers.given}, answers.calendar)


def form(
    id: str, verb: Verb, pages: Sequence[Page], number: int, answers: Answers, lines: Sequence[str] = ()
) -> Form:
    """One page as a form, with everything already known filled in."""
    page = pages[number]
    return Form(
        id=id,
        title=verb.title,
        fields=tuple(_filled(field, answers) for field in page.fields),
        lines=(*lines, *page.lines),
        part=number + 1,
        parts=len(pages),
        urgent=page.urgent,
    )


def every_field(pages: Iterable[Page]) -> tuple[Field, ...]:
    """The fields of all pages in order."""
    return tuple(field for page in pages for field in page.fields)


def packed(answers: Answers, **marks: int) -> dict[str, str]:
    """Answers as a draft keeps them; marks are the draft's own numbers, under keys no field has."""
    kept = {key: _MANY.join(values) for key, values in answers.given.items()}
    return kept | {f"_{name}": str(number) for name, number in marks.items()}


def unpacked(kept: Mapping[str, str], calendar: Calendar) -> Answers:
    """A draft's answers again."""
    return Answers({k: tuple(v.split(_MANY)) for k, v in kept.items() if not k.startswith("_")}, calendar)


def mark(kept: Mapping[str, str], name: str) -> int:
    """One of a draft's own numbers."""
    return int(kept.get(f"_{name}", "0"))


def _filled(field: Field, answers: Answers) -> Field:
    given = answers.chosen(field.key)
    if not given:
        return field
    return replace(field, value=given if field.kind is FieldKind.CHOICES else given[0])


def _tupled(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value

"""Between a typed line and a form: what was understood is filled in, what is missing is asked."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from concerns import reference
from handlers.answers import LONGEST, Answers, Texts, complete
from handlers.scene import Page, Scene, Verb
from handlers.steps import another_name
from views.parts import Field, FieldKind, Form
from views.standing import place_on_ladder

OVERHEARD = "What is typed in a group is not stored. Please go on here, in private."
LEFT_THERE = (
    f"The message is longer than {LONGEST:,} characters, so its words were not filled in."
    " They are still where you found them: fill in what matters most, and add the rest as notes."
)
NOTHING_THERE = (
    "That message has no words to fill in: pictures and files stay where they are."
    " Please write here what matters in them."
)
_WRITTEN = {
    FieldKind.DATE: re.compile(r"\d{4}-\d\d-\d\d", re.ASCII),
    FieldKind.DATETIME: re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d", re.ASCII),
}
"""How a day and a moment are written in a form."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A line's words: the choices they begin with, and the rest, which is private words."""

    answers: Answers
    rest: str


def understood(words: str, verb: Verb, scene: Scene) -> Understood:
    """Leading words that are exactly a listed choice answer that question; so does a day, written as asked.

    Nothing is guessed: the first word that is neither ends it. What opens a new concern is all words.
    A command that takes one word takes the first, right or wrong.
    """
    answers, rest = Answers({}, scene.rules.calendar), words.strip()
    if verb.takes and rest:
        return Understood(answers.merged({verb.takes: (rest.split(maxsplit=1)[0],)}), "")
    asked: Sequence[Page] = ()
    fields: tuple[Field, ...] = ()
    while verb.on_concern and rest:
        first, *following = rest.split(maxsplit=1)
        if (pages := verb.pages(scene, answers)) is not asked:
            asked, fields = pages, every_field(pages)
        answer = chosen(first, fields, answers) or dated(first, fields, answers)
        if answer is None:
            break
        answers, rest = answers.merged(answer), following[0] if following else ""
    return Understood(answers, rest)


def chosen(word: str, fields: Iterable[Field], answers: Answers) -> Texts | None:
    """The answer a word is, to the first question not answered yet that lists it.

    Capitals make no difference; a reference is the same in every way of writing it.
    """
    said = {word.lower(), (reference.parse(word) or word).lower()}
    for field in fields:
        if field.kind is FieldKind.CHOICE and field.key not in answers.given:
            found = next((c.value for c in field.choices if c.value.lower() in said), None)
            if found:
                return {field.key: (found,)}
    return None


def dated(word: str, fields: Iterable[Field], answers: Answers) -> Texts | None:
    """The answer a day or a moment is, written as forms do, to the first question that must have one."""
    asked = next((field for field in fields if _wants_a_time(field, answers)), None)
    if asked is None or not _WRITTEN[asked.kind].fullmatch(word):
        return None
    answer = {asked.key: (word,)}
    return answer if complete((asked,), answers.merged(answer)) else None


def worded(understood: Understood, verb: Verb, scene: Scene) -> Answers:
    """The choices, and the rest as the answer to the first question that takes several lines."""
    fields = every_field(verb.pages(scene, understood.answers))
    long = next((field for field in fields if field.private and field.kind is FieldKind.LONG), None)
    if long is None or not understood.rest:
        return understood.answers
    return understood.answers.merged({long.key: (understood.rest,)})


def first_missing(pages: Sequence[Page], answers: Answers) -> int | None:
    """The first page with a question that still needs an answer."""
    return next((n for n, page in enumerate(pages) if not complete(page.fields, answers)), None)


def with_defaults(fields: Iterable[Field], answers: Answers) -> Answers:
    """What a form shows already filled in counts as given, unless it was changed or cleared."""
    return Answers({field.key: _shown(field) for field in fields if field.value}, answers.calendar).merged(
        answers.given
    )


def form(
    id: str, verb: Verb, scene: Scene, pages: Sequence[Page], number: int, answers: Answers, *above: str
) -> Form:
    """One page as a form, with everything already known filled in, and what it is about on top."""
    page = pages[number]
    concern, rules = scene.concern, scene.rules
    about = (f"About {concern.ref}, {place_on_ladder(concern, rules)}.",) if concern else ()
    return Form(
        id=id,
        title=(another_name(verb, concern, rules, reports=scene.reports) if concern else "") or verb.title,
        fields=tuple(_filled(field, answers) for field in page.fields),
        lines=(*above, *about, *page.lines),
        part=number + 1,
        parts=len(pages),
        urgent=page.urgent,
    )


def every_field(pages: Iterable[Page]) -> tuple[Field, ...]:
    """The fields of all pages in order."""
    return tuple(chain.from_iterable(page.fields for page in pages))


def _wants_a_time(field: Field, answers: Answers) -> bool:
    """Whether it must be answered with a day or a moment, and nothing is said yet: now is only filled in."""
    return field.kind in _WRITTEN and field.required and field.key not in answers.given


def _filled(field: Field, answers: Answers) -> Field:
    given = answers.chosen(field.key)
    if not given:
        return replace(field, value="") if field.key in answers.given else field
    return replace(field, value=given if field.kind is FieldKind.CHOICES else given[0])


def _shown(field: Field) -> tuple[str, ...]:
    return (field.value,) if isinstance(field.value, str) else field.value

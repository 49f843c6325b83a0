"""/concern correct: say what an entry of the record should have said; the entry itself stays."""

from concerns import commands as c
from handlers.answers import Answers
from handlers.fields import MOST_CHOICES, choice, long
from handlers.scene import NOWHERE, Page, Policy, Scene, Verb
from views.happenings import happened
from views.instants import when
from views.parts import Choice, Field, FieldKind


def pages(scene: Scene, answers: Answers) -> tuple[Page, ...]:
    """Which entry, and what it should have said."""
    fields = (
        Field("of", "Which entry?", FieldKind.CHOICE, _entries(scene), required=True),
        long("text", "What should it have said?", required=True),
    )
    return (Page(fields, ("Nothing is rewritten: your correction stands on record as a new entry.",)),)


def act(scene: Scene, answers: Answers, fields: tuple[Field, ...]) -> c.Correct:
    """The correction as it was worded."""
    return c.Correct(by=scene.person, of=int(answers.text("of")), words=answers.words(fields))


def _entries(scene: Scene) -> tuple[Choice, ...]:
    """What people said, by its number in the record, the newest first; what the clock did stands as it is."""
    entries = enumerate(scene.record.history(scene.about.ref), start=1)
    history = [(number, event) for number, event in entries if event.by is not None]
    rules = scene.rules
    return tuple(
        choice(str(number), f"{number}. {when(event.at, rules.calendar)}: {happened(event, rules)}")
        for number, event in reversed(history[-MOST_CHOICES:])
    )


VERB = Verb(
    name="correct",
    label="Correct an entry",
    usage="REF 3 words…",
    about="Say what an entry of the record should have said; it stays as it was",
    title="Correct an entry",
    policy=Policy.HAS_PART,
    command=c.Correct,
    pressed=NOWHERE,
    pages=pages,
    act=act,
)

"""/concern note: add words to the record."""

from concerns import commands as c
from handlers.answers import Answers
from handlers.fields import long, moment
from handlers.scene import Page, Policy, Scene, Verb
from views.parts import Field


def pages(scene: Scene, answers: Answers) -> tuple[Page, ...]:
    """The note, and when what it tells of was seen."""
    return (
        Page(
            (
                long("text", "What should stand on record?", required=True),
                moment(
                    "evidence_at", "When was it seen or heard, if that was earlier?", scene, required=False
                ),
            )
        ),
    )


def act(scene: Scene, answers: Answers, fields: tuple[Field, ...]) -> c.AddNote:
    """The note as it was written."""
    return c.AddNote(by=scene.person, evidence_at=answers.instant("evidence_at"), words=answers.words(fields))


VERB = Verb(
    name="note",
    label="Add a note",
    usage="REF words…",
    about="Add words to the record; nothing moves",
    title="Add a note",
    policy=Policy.HAS_PART,
    command=c.AddNote,
    pages=pages,
    act=act,
)

"""/concern accept: the raising side takes the answer, plainly or with a reservation on record."""

from concerns import commands as c
from concerns.rules import Refused
from handlers.answers import Answers
from handlers.fields import long
from handlers.scene import Page, Policy, Scene, Side, Verb
from views.parts import Choice, Field, FieldKind

HOW = Field(
    "how",
    "Do you accept the answer?",
    FieldKind.CHOICE,
    (Choice("plain", "Yes"), Choice("reservation", "Yes, with a reservation on record")),
    required=True,
)


def pages(scene: Scene, answers: Answers) -> tuple[Page, ...]:
    """Plainly or not; the reservation's words are needed only when there is one."""
    needed = answers.text("how") == "reservation"
    ask = "What is your reservation?" if needed else "Your reservation, if you have one"
    return (Page((HOW, long("reservation", ask, required=needed))),)


def act(scene: Scene, answers: Answers, fields: tuple[Field, ...]) -> c.Accept | Refused:
    """The acceptance as it was given; a plain yes with a reservation beside it is not guessed at."""
    reserved = answers.text("how") == "reservation"
    if answers.text("reservation") and not reserved:
        return Refused(
            "A plain yes goes on record without words. If yours are a reservation, accept with it;"
            " if not, leave them out here and add them as a note.",
            "reservation",
        )
    return c.Accept(by=scene.person, reservation=reserved, words=answers.words(fields))


VERB = Verb(
    name="accept",
    label="Accept",
    usage="REF plain | reservation words…",
    about="Accept the answer; a follow-up check is set",
    title="Accept the answer",
    policy=Policy.SEES_IT,
    side=Side.RAISING,
    command=c.Accept,
    turns=True,
    leads=lambda concern, _, person: person != concern.answered_by,
    pages=pages,
    act=act,
)

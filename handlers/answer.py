"""/concern answer: answer the call. The raising side may report an answer it was given elsewhere."""

from concerns import commands as c
from concerns.model import Outcome
from handlers.answers import Answers
from handlers.fields import long, own_ref, reported
from handlers.scene import Page, Policy, Scene, Side, Verb
from views.labels import ANSWERS, REPORTED, choices
from views.parts import Field, FieldKind


def pages(scene: Scene, answers: Answers) -> tuple[Page, ...]:
    """The answer; from the raising side also who gave it, when and how."""
    fields = (
        Field("outcome", "What is the outcome?", FieldKind.CHOICE, choices(ANSWERS), required=True),
        long("response", "The answer: what was decided, and what happens next?", required=True),
        long("reasons", "The reasons"),
        long("agreed_risks", "Which risks do both sides agree on?"),
        long("not_agreed", "What is not agreed?"),
        long("actions", "Actions: who does what, by when? One on each line."),
        own_ref("other_ref"),
    )
    if not scene.reports:
        return (Page(fields),)
    lines = ("You speak for the raising side: this records an answer the other side gave you elsewhere.",)
    return (Page((*reported("When did they answer?", scene), *fields), lines),)


def act(scene: Scene, answers: Answers, fields: tuple[Field, ...]) -> c.Answer:
    """The answer, reported or one's own."""
    return c.Answer(
        by=scene.person,
        outcome=Outcome(answers.text("outcome")),
        when=answers.instant("when"),
        words=answers.words(fields),
    )


VERB = Verb(
    name="answer",
    label="Answer",
    usage="REF agreed_plan_with_actions|… words…",
    about="Answer the call; the calling stops, the raising side decides",
    title="Answer",
    reported=REPORTED["answer"],
    policy=Policy.SEES_IT,
    side=Side.BOTH,
    command=c.Answer,
    turns=True,
    pages=pages,
    act=act,
)

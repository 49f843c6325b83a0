"""/concern ack: say you have it. The answer is still owed."""

from concerns import commands as c
from handlers.answers import Answers
from handlers.fields import long, reported
from handlers.scene import Page, Policy, Scene, Side, Verb
from views.labels import REPORTED
from views.parts import Field


def pages(scene: Scene, answers: Answers) -> tuple[Page, ...]:
    """Nothing need be said by the called side; the raising side says who told it, when and how."""
    note = long("text", "Anything to add? It goes on record.")
    if not scene.reports:
        return (Page((note,)),)
    lines = ("You speak for the raising side: this records what the other side told you elsewhere.",)
    return (Page((*reported("When did they tell you?", scene), note), lines),)


def act(scene: Scene, answers: Answers, fields: tuple[Field, ...]) -> c.Acknowledge:
    """An acknowledgement, reported or one's own."""
    return c.Acknowledge(by=scene.person, when=answers.instant("when"), words=answers.words(fields))


VERB = Verb(
    name="ack",
    label="Acknowledge",
    usage="REF words…",
    about="Say you have it; the answer is still owed",
    title="Acknowledge",
    reported=REPORTED["ack"],
    policy=Policy.SEES_IT,
    side=Side.BOTH,
    command=c.Acknowledge,
    turns=True,
    pages=pages,
    act=act,
)

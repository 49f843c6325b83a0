"""/concern dispute: the answer is not enough; the next tier is called."""

from concerns import commands as c
from handlers.answers import Answers
from handlers.fields import long
from handlers.scene import Page, Policy, Scene, Side, Verb
from views.parts import Field


def pages(scene: Scene, answers: Answers) -> tuple[Page, ...]:
    """Why it is not enough."""
    return (Page((long("why", "What is still missing? Whoever is called next reads this.", required=True),)),)


def act(scene: Scene, answers: Answers, fields: tuple[Field, ...]) -> c.Dispute:
    """The dispute as it was worded."""
    return c.Dispute(by=scene.person, words=answers.words(fields))


VERB = Verb(
    name="dispute",
    label="Not enough",
    usage="REF words…",
    about="Say the answer is not enough; it moves up",
    title="The answer is not enough",
    policy=Policy.SEES_IT,
    side=Side.RAISING,
    command=c.Dispute,
    turns=True,
    pages=pages,
    act=act,
)

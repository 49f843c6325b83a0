"""/concern reopen: take a settled concern up again; the tier that settled it is called."""

from concerns import commands as c
from handlers.answers import Answers
from handlers.fields import long
from handlers.scene import Page, Policy, Scene, Side, Verb
from views.parts import Field


def pages(scene: Scene, answers: Answers) -> tuple[Page, ...]:
    """What has happened since."""
    return (Page((long("reason", "What has happened since it was settled?", required=True),)),)


def act(scene: Scene, answers: Answers, fields: tuple[Field, ...]) -> c.Reopen:
    """The reopening, with its reason."""
    return c.Reopen(by=scene.person, words=answers.words(fields))


VERB = Verb(
    name="reopen",
    label="Reopen",
    usage="REF words…",
    about="Take a settled concern up again",
    title="Reopen",
    policy=Policy.SEES_IT,
    side=Side.RAISING,
    command=c.Reopen,
    pages=pages,
    act=act,
)

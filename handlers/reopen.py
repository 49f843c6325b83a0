"""/concern reopen: take a settled concern up again; the tier that settled it is called."""

from concerns import commands as c
from concerns.model import Ground
from handlers.answers import Answers
from handlers.fields import grounds, long
from handlers.scene import Page, Policy, Scene, Side, Verb
from views.parts import Field


def pages(scene: Scene, answers: Answers) -> tuple[Page, ...]:
    """What has happened since; and on what ground, where none is on record yet."""
    since = long("reason", "What has happened since it was settled?", required=True)
    return (Page((since,) if scene.about.grounds else (grounds(), since)),)


def act(scene: Scene, answers: Answers, fields: tuple[Field, ...]) -> c.Reopen:
    """The reopening, with its reason."""
    named = tuple(Ground(ground) for ground in answers.chosen("ground"))
    return c.Reopen(by=scene.person, grounds=named, words=answers.words(fields))


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

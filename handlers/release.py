"""/concern release: hand an acknowledgement back; clocks as if it was never given."""

from concerns import commands as c
from handlers.answers import Answers
from handlers.fields import long
from handlers.scene import Page, Policy, Scene, Side, Verb
from views.parts import Field


def pages(scene: Scene, answers: Answers) -> tuple[Page, ...]:
    """Nothing need be said; whoever takes it next may want to know."""
    return (Page((long("reason", "Anything whoever takes it next should know?"),)),)


def act(scene: Scene, answers: Answers, fields: tuple[Field, ...]) -> c.Release:
    """The acknowledgement, handed back."""
    return c.Release(by=scene.person, words=answers.words(fields))


VERB = Verb(
    name="release",
    label="Hand back",
    usage="REF words…",
    about="Hand it back so that somebody else can take it",
    title="Hand it back",
    policy=Policy.SEES_IT,
    side=Side.CHALLENGED,
    command=c.Release,
    turns=True,
    pages=pages,
    act=act,
)

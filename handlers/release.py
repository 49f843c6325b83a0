"""/concern release: hand an acknowledgement back; clocks as if it was never given."""

from concerns import commands as c
from handlers.answers import Answers
from handlers.scene import Policy, Scene, Side, Verb
from views.parts import Field


def act(scene: Scene, answers: Answers, fields: tuple[Field, ...]) -> c.Release:
    """Nothing is asked."""
    return c.Release(by=scene.person)


VERB = Verb(
    name="release",
    label="Hand back",
    usage="REF",
    about="Hand it back so that somebody else can take it",
    title="Hand it back",
    policy=Policy.SEES_IT,
    side=Side.CHALLENGED,
    command=c.Release,
    turns=True,
    act=act,
)
